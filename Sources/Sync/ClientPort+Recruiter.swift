// SPDX-License-Identifier: Apache-2.0

package import Domain
import JSONBytes
import LinkedIn
import LinkedInClient

/// What recruiters did, over HTTP, in the engine's values.
extension ClientPort {
    package func seats(contract: Int64, isLegacy: Bool, _ call: PullCall) async throws -> PulledPage<Seat> {
        try await pulled(
            { try await client.seats(contract: ContractURN(number: contract), isLegacy: isLegacy, page: call.page) },
            { Seat($0, contract: contract) })
    }

    package func inMails(seat: Int64, _ call: PullCall) async throws -> PulledPage<InMail> {
        try await pulled(
            {
                try await client.conversationEvents(
                    viewer: SeatURN(number: seat), window: call.range, page: call.page)
            }, { InMail($0, viewer: seat) })
    }

    package func sharedProfiles(contract: Int64, owners: [Int64], _ call: PullCall) async throws
        -> PulledPage<SharedProfile>
    {
        try await pulled(
            {
                try await client.mailStubs(
                    contract: ContractURN(number: contract), owners: owners.map { SeatURN(number: $0) },
                    window: call.range, page: call.page)
            }, SharedProfile.init)
    }

    package func recruiterNotes(contract: Int64, owners: [Int64], _ call: PullCall) async throws
        -> PulledPage<RecruiterNote>
    {
        try await pulled(
            {
                try await client.prospectNotes(
                    contract: ContractURN(number: contract), owners: owners.map { SeatURN(number: $0) },
                    window: call.range, page: call.page)
            }, RecruiterNote.init)
    }

    package func closedAccounts(_ call: PullCall) async throws -> PulledPage<ClosedAccount> {
        try await pulled(
            { try await client.closedProfiles(organization: organization, page: call.page) },
            { ClosedAccount(person: $0.member.description, closedAt: $0.closedAt.map(Millis.init)) })
    }

    private func pulled<Read, Item>(
        _ fetch: () async throws -> LinkedInClient.FinderPage<Read>, _ value: (Read) -> Item
    ) async throws -> PulledPage<Item> {
        let page = try await translated(fetch)
        return PulledPage(
            items: page.items.map(value), elements: page.elements, first: page.first, last: page.last)
    }
}

extension PullCall {
    fileprivate var page: LinkedInClient.PageRange { .init(start: start, count: count) }
    fileprivate var range: Range<Int64> { window.from.value..<max(window.from.value, window.to.value) }
}

extension Seat {
    fileprivate init(_ seat: RecruiterSeat, contract: Int64) {
        self.init(
            number: seat.number, contract: seat.contract?.number ?? contract, person: seat.member?.description,
            firstName: seat.firstName, lastName: seat.lastName, email: seat.email, state: seat.state,
            roles: seat.roles, createdAt: seat.createdAt.map(Millis.init))
    }
}

extension InMail {
    /// - Parameter viewer: whose InMails were asked for: the seat of a message that names none.
    fileprivate init(_ event: ConversationEvent, viewer: Int64) {
        self.init(
            id: event.id, thread: event.thread, person: event.person?.description,
            seat: event.seat?.number ?? viewer, isFromMember: SeatURN(event.author) == nil,
            at: Millis(event.createdAt), subject: event.subject, text: event.text)
    }
}

extension SharedProfile {
    fileprivate init(_ stub: MailStub) {
        let id = stub.id ?? "\(stub.member.id)/\(stub.owner?.id ?? "")/\(stub.createdAt ?? 0)"
        var profile = JSONObject()
        func set(_ name: String, _ value: String?) { profile[name] = value.map(JSONValue.string) }
        set("firstName", stub.firstName)
        set("lastName", stub.lastName)
        set("headline", stub.headline)
        set("currentCompany", stub.companies.first)
        set("location", stub.place)
        set("profileUrl", stub.profileURL)
        set("email", stub.email)
        set("phone", stub.phone)
        self.init(
            id: id, person: stub.member.description, seat: stub.owner?.number,
            at: stub.createdAt.map(Millis.init), profile: JSONValue.object(profile).bytes)
    }
}

extension RecruiterNote {
    fileprivate init(_ note: ProspectNote) {
        self.init(
            id: note.id, person: note.prospect?.description, seat: note.owner?.number, isActive: note.isActive,
            createdAt: note.createdAt.map(Millis.init), modifiedAt: Millis(note.lastModified), text: note.text)
    }
}
