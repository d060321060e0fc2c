// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web

/// Seats of the customer's contracts, and the ATS users who hold them.
enum RecruiterPages {
    static let routes: [DashboardRoute] = [.get("/ui/customers/{id}/inbox/recruiters", .viewer, list)]

    private static func list(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (after, query) = (call.query["after"].flatMap { Int64($0) } ?? 0, call.query)
        let all = call.query["show"] == "all"
        let page = try await call.store.read { tx in
            let seats = ListPart(
                try seats(tx, customer, after: after, all: all), key: { String($0.seat.number) })
            return try RecruiterListPage(
                tabs: Inbox.tabs(customer, "recruiters", open: Inbox.openExports(tx, customer)),
                choices: [
                    Choice("unmatched", "Without an ATS user", isChosen: !all),
                    Choice("all", "All seats", isChosen: all),
                ], rows: seats.rows.map(SeatRow.init), hasRows: !seats.rows.isEmpty, isUnmatched: !all,
                pager: seats.pager(Inbox.base(customer) + "/recruiters", query, "seat"),
                empty: after == 0 && !all && (try tx.heldSeats(customer: customer.number, limit: 1)).isEmpty == false
                    ? EmptyBox("Every recruiter is known", "Each seat belongs to a user of the ATS.")
                    : EmptyBox(
                        "No seats yet",
                        "Seats are read once a day, once the contract's administrator has enabled it at LinkedIn."))
        }
        return call.page(page, of: customer)
    }

    /// One more than a page has. Who is unmatched is only known when users and seats are compared; there are a few thousand seats at most.
    private static func seats(_ tx: StoreTransaction, _ customer: Customer, after: Int64, all: Bool) throws
        -> [HeldSeat]
    {
        var found: [HeldSeat] = []
        var last = after
        while found.count < Pager.asked {
            let page = try tx.heldSeats(customer: customer.number, after: last, limit: 500)
            found += page.filter { all || $0.user == nil }
            guard let end = page.last, page.count == 500 else { break }
            last = end.seat.number
        }
        return Array(found.prefix(Pager.asked))
    }
}

struct SeatRow: Sendable {
    var name: String
    var email: String
    var seat: Int64
    var contract: Int64
    var state: Badge
    var user: String?
    var match: String?

    init(_ held: HeldSeat) {
        let name = "\(held.seat.firstName) \(held.seat.lastName)"
        self.name = (name == " " ? "Seat \(held.seat.number)" : name).excerpt(120)
        email = held.seat.email?.excerpt(120) ?? ""
        seat = held.seat.number
        contract = held.seat.contract
        state = Badge(held.seat.isActive ? .good : .quiet, held.seat.state.excerpt(40))
        user = held.user.map { "\($0.name) (\($0.id))".excerpt(160) }
        match =
            switch held.match {
            case .person?: "by LinkedIn sign-in or the ATS's word"
            case .email?: "by e-mail address"
            case nil: nil
            }
    }
}

struct RecruiterListPage: Page {
    static let template = PageTemplate("inbox-recruiters", utf8: PackageResources.inbox_recruiters_mustache)
    var title = "Inbox"
    var tabs: [PageTab]
    var choices: [Choice]
    var rows: [SeatRow]
    var hasRows: Bool
    var isUnmatched: Bool
    var pager: Pager
    var empty: EmptyBox
}
