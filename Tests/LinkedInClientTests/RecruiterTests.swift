// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import LinkedInClient
import Testing

/// Seats, InMail, shared profiles, notes and closed accounts: what is asked, and what can be read.
@Suite struct RecruiterTests {
    static let page = LinkedInClient.PageRange(start: 49, count: 50)
    static let contract = ContractURN(number: 5000)
    static let empty = ScriptedTransport.json(200, #"{"elements":[],"paging":{"start":0,"count":50}}"#)

    @Test func `every finder is asked as LinkedIn's pages spell it, always with start and count`() async throws {
        let far = ScriptedTransport(Array(repeating: Self.empty, count: 6))
        let client = far.client()
        _ = try await client.seats(contract: Self.contract, isLegacy: false, page: Self.page)
        _ = try await client.seats(contract: Self.contract, isLegacy: true, page: Self.page)
        _ = try await client.conversationEvents(viewer: SeatURN(number: 7), window: 1000..<2000, page: Self.page)
        _ = try await client.mailStubs(
            contract: Self.contract, owners: [SeatURN(number: 7), SeatURN(number: 8)], window: 1000..<2000,
            page: Self.page)
        _ = try await client.prospectNotes(
            contract: Self.contract, owners: [SeatURN(number: 7)], window: 1000..<2000, page: Self.page)
        _ = try await client.closedProfiles(organization: OrganizationURN(number: 1000), page: Self.page)
        let base = "https://far.example/v2/"
        #expect(
            far.calls.map { $0.url.replacing("%3A", with: ":") } == [
                base + "seatsV2?q=attributes&contracts=urn:li:contract:5000&start=49&count=50",
                base + "seats?q=seatsByAttributes&contracts=urn:li:contract:5000&active=true&start=49&count=50",
                base
                    + "conversationEvents?q=criteria&viewer=urn:li:seat:7&timeRange.end=2000&timeRange.start=1000&start=49&count=50",
                base
                    + "mailStubs?q=contract&contract=urn:li:contract:5000&owners=urn:li:seat:7&owners=urn:li:seat:8&createdDateStart=1000&createdDateEnd=2000&start=49&count=50",
                base
                    + "prospectNotes?q=criteria&contract=urn:li:contract:5000&owners=urn:li:seat:7&cutoffDate=1000&beforeDate=2000&start=49&count=50",
                base
                    + "exportedCandidates?q=closedProfiles&integrationContext=urn:li:organization:1000&start=49&count=50",
            ])
    }

    @Test func `the versioned surface takes lists and records in its own syntax`() async throws {
        let far = ScriptedTransport([Self.empty, Self.empty])
        let client = far.client(.rest(version: "202603"))
        _ = try await client.conversationEvents(viewer: SeatURN(number: 7), window: 1000..<2000, page: Self.page)
        _ = try await client.mailStubs(
            contract: Self.contract, owners: [SeatURN(number: 7), SeatURN(number: 8)], window: 1000..<2000,
            page: Self.page)
        #expect(far.calls[0].url.contains("/rest/conversationEvents?"))
        #expect(far.calls[0].url.contains("timeRange=(end:2000,start:1000)"))
        #expect(far.calls[1].url.contains("owners=List(urn%3Ali%3Aseat%3A7,urn%3Ali%3Aseat%3A8)"))
        #expect(far.calls[0].header("LinkedIn-Version") == "202603")
    }

    @Test func `five hundred owners are tunnelled`() async throws {
        let far = ScriptedTransport([Self.empty])
        _ = try await far.client().prospectNotes(
            contract: Self.contract, owners: (1...500).map { SeatURN(number: 142_636_000 + $0) }, window: 1000..<2000,
            page: Self.page)
        #expect(far.calls[0].method == "POST" && far.calls[0].header("X-HTTP-Method-Override") == "GET")
    }

    @Test func `a page says how much came, also what nobody can read`() async throws {
        let body =
            #"{"elements":[{"id":1},{"id":"2","author":"urn:li:seat:7"},{"x":3}],"paging":{"start":0,"count":3}}"#
        let far = ScriptedTransport([ScriptedTransport.json(200, body)])
        let page = try await far.client().conversationEvents(
            viewer: SeatURN(number: 7), window: 1..<2, page: .init(start: 0, count: 3))
        #expect(page.items.isEmpty && page.elements == 3 && page.first == "1" && page.last == #"{"x":3}"#)
    }

    @Test(arguments: [
        #"{"id":7,"contract":"urn:li:contract:5000","member":"urn:li:person:a","state":"PARKED","seatRoles":["ADMIN_SEAT"],"created":{"time":9},"email":"r@e.x","firstName":"R","lastName":"M"}"#,
        #"{"seatId":"7","contract":"urn:li:contract:5000","member":"urn:li:person:a","state":"PARKED","seatRoles":"ADMIN_SEAT","createdAt":{"actor":"x","time":"9"},"email":["r@e.x"],"firstName":"R","lastName":"M","news":{}}"#,
    ])
    func `a seat is read whichever way it is written`(json: String) throws {
        let seat = try #require(RecruiterSeat(json: try JSONValue(parsing: json)))
        #expect(seat.number == 7 && seat.contract?.number == 5000 && seat.member?.id == "a" && seat.state == "PARKED")
        #expect(seat.roles == ["ADMIN_SEAT"] && seat.createdAt == 9 && seat.email == "r@e.x" && seat.firstName == "R")
    }

    @Test func `an older seat has flags instead of words`() throws {
        let json =
            #"{"id":7,"contractId":"urn:li:contract:5000","member":"urn:li:person:a","active":false,"admin":true}"#
        let seat = try #require(RecruiterSeat(json: try JSONValue(parsing: json)))
        #expect(seat.state == "INACTIVE" && seat.roles == ["ADMIN_SEAT"] && seat.contract?.number == 5000)
    }

    @Test(arguments: [
        #"{"com.linkedin.messaging.events.MailContent":{"subject":"S","body":{"text":"T"}}}"#,
        #"{"MailContent":{"subject":"S","body":{"text":"T"}}}"#, #"{"subject":"S","body":"T"}"#,
    ])
    func `a message is read whatever its content's union is called`(content: String) throws {
        let json =
            #"{"id":"I1","threadUrn":"urn:li:messagingThread:7","author":"urn:li:person:a","recipients":["urn:li:seat:7"],"createdAt":5,"content":\#(content)}"#
        let event = try #require(ConversationEvent(json: try JSONValue(parsing: json)))
        #expect(event.subject == "S" && event.text == "T" && event.seat?.number == 7 && event.person?.id == "a")
    }

    @Test(arguments: [
        #"{"id":9,"member":"urn:li:person:a","location":"Lagos","emailAddress":"a@e.x","created":5,"owner":"urn:li:seat:7","currentEmployerNames":["N"]}"#,
        #"{"id":"9","member":"urn:li:person:a","location":{"locationName":"Lagos"},"emailAddress":["a@e.x","b@e.x"],"created":{"time":5},"owner":"urn:li:seat:7","currentEmployerNames":"N"}"#,
    ])
    func `a shared profile is read whichever way it is written`(json: String) throws {
        let stub = try #require(MailStub(json: try JSONValue(parsing: json)))
        #expect(stub.id == "9" && stub.place == "Lagos" && stub.email == "a@e.x" && stub.createdAt == 5)
        #expect(stub.owner?.number == 7 && stub.companies == ["N"])
    }

    @Test func `a deleted note may be little more than its id`() throws {
        let note = try #require(
            ProspectNote(json: try JSONValue(parsing: #"{"id":3,"active":false,"lastModified":8}"#)))
        #expect(note.id == "3" && !note.isActive && note.lastModified == 8 && note.text == nil && note.owner == nil)
        #expect(ProspectNote(json: ["active": true]) == nil && ClosedProfile(json: ["closedAt": 1]) == nil)
    }
}
