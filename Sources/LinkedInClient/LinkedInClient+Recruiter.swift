// SPDX-License-Identifier: Apache-2.0

import JSONBytes
package import LinkedIn
import RestLi

/// What recruiters did, page by page. Every method is one page and one call; `start` and `count` are always sent,
/// because `seatsV2` fails without a start (modules-3-5 A.7.1, confidence D).
extension LinkedInClient {
    /// Which elements of a finder are asked for.
    package struct PageRange: Sendable, Hashable {
        package var start: Int
        package var count: Int

        package init(start: Int, count: Int) {
            self.start = start
            self.count = count
        }
    }

    /// One page of a finder.
    package struct FinderPage<Item: Sendable>: Sendable {
        /// What could be read; an element that nobody can make sense of is left out.
        package var items: [Item]
        /// How many elements came, readable or not: fewer than asked for end the collection.
        package var elements: Int
        /// What tells the first and the last element from others.
        package var first: String?
        package var last: String?
    }

    /// Seats of a contract, in every state.
    ///
    /// - Parameter isLegacy: true asks the older `seats`, for where `seatsV2` is a 404 (J-14); it lists active ones.
    /// - Throws: `LinkedInError`, as do all below.
    package func seats(contract: ContractURN, isLegacy: Bool, page: PageRange) async throws -> FinderPage<RecruiterSeat>
    {
        var parameters: [(String, Parameter)] = [
            ("q", .text(isLegacy ? "seatsByAttributes" : "attributes")),
            ("contracts", .list([.text(contract.description)])),
        ]
        if isLegacy { parameters.append(("active", .text("true"))) }
        return try await find(isLegacy ? .legacySeats : .seats, parameters, page, RecruiterSeat.init(json:))
    }

    /// InMails that a seat sent and received.
    ///
    /// - Parameter window: milliseconds since 1970; the start is included, the end is not (A.8, confidence D). At most 12
    ///   hours are recommended.
    package func conversationEvents(viewer: SeatURN, window: Range<Int64>, page: PageRange) async throws
        -> FinderPage<ConversationEvent>
    {
        let range: [String: Parameter] = [
            "start": .text(String(window.lowerBound)), "end": .text(String(window.upperBound)),
        ]
        return try await find(
            .conversationEvents,
            [("q", .text("criteria")), ("viewer", .text(viewer.description)), ("timeRange", .map(range))], page,
            ConversationEvent.init(json:))
    }

    /// Profiles that members shared with seats of a contract.
    ///
    /// - Parameter window: by creation; whether the end is included is contradicted on the page (J-11).
    package func mailStubs(contract: ContractURN, owners: [SeatURN], window: Range<Int64>, page: PageRange) async throws
        -> FinderPage<MailStub>
    {
        try await find(
            .mailStubs,
            [
                ("q", .text("contract")), ("contract", .text(contract.description)),
                ("owners", .list(owners.map { .text($0.description) })),
                ("createdDateStart", .text(String(window.lowerBound))),
                ("createdDateEnd", .text(String(window.upperBound))),
            ], page, MailStub.init(json:))
    }

    /// Notes that seats of a contract wrote, changed or deleted.
    ///
    /// - Parameter window: by last change, at most 12 hours (A.10, confidence D); which end is included is contradicted
    ///   on the page (J-11).
    package func prospectNotes(contract: ContractURN, owners: [SeatURN], window: Range<Int64>, page: PageRange)
        async throws -> FinderPage<ProspectNote>
    {
        try await find(
            .prospectNotes,
            [
                ("q", .text("criteria")), ("contract", .text(contract.description)),
                ("owners", .list(owners.map { .text($0.description) })),
                ("cutoffDate", .text(String(window.lowerBound))), ("beforeDate", .text(String(window.upperBound))),
            ], page, ProspectNote.init(json:))
    }

    /// Members who closed the account after the organization's recruiters exported them. UNVERIFIED (J-3).
    package func closedProfiles(organization: OrganizationURN, page: PageRange) async throws
        -> FinderPage<ClosedProfile>
    {
        try await find(
            .exportedCandidates,
            [("q", .text(ClosedProfile.finder)), ("integrationContext", .text(organization.description))], page,
            ClosedProfile.init(json:))
    }

    private func find<Item: Sendable>(
        _ resource: Resource, _ parameters: [(String, Parameter)], _ page: PageRange, _ read: (JSONValue) -> Item?
    ) async throws -> FinderPage<Item> {
        let paging: [(String, Parameter)] = [
            ("start", .text(String(page.start))), ("count", .text(String(page.count))),
        ]
        let query = QueryCodec.encode(parameters + paging, version)
        let answer = try await call(
            ResourceCall(resource: resource, method: .finder, path: path(resource), query: query))
        guard let found = try? CollectionPage(answer.body) else { throw unreadable(answer) }
        return FinderPage(
            items: found.elements.compactMap(read), elements: found.elements.count,
            first: found.elements.first.map(Self.identity(of:)), last: found.elements.last.map(Self.identity(of:)))
    }

    private static func identity(of element: JSONValue) -> String {
        (element["id"] ?? element["seatId"])?.looseID ?? String(decoding: element.bytes, as: UTF8.self)
    }
}
