// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// The licensed users of a company.
struct SeatsPage: Page {
    static let template = PageTemplate("seats", utf8: PackageResources.seats_mustache)

    struct Row: Sendable {
        var href: String
        var person: String
        var email: String
        var isAdmin: Bool
        var contract: String
        var state: Badge
    }

    struct Option: Sendable {
        var value: String
        var label: String
        var isChosen: Bool
    }

    let title = "Seats"
    var tabs: [MemberHead.Tab]
    var contracts: [Option]
    var state: String
    var search: String
    var rows: [Row]
    var empty = Nothing(
        title: "No seat is like that", text: "Change the filter, or invite somebody.",
        link: Link("Invite", "/talent/admin/seats/invite"))
    var pager: Pager
    var download: String

    static let routes: [PageRoute] = [
        .seatGet("/talent/admin/seats") { try await show($0) },
        .seatGet("/talent/admin/seats/export.csv") { try await download($0) },
    ]

    private static let pageSize = 50

    private static func filter(_ call: PageCall) throws -> SeatFilter {
        SeatFilter(
            organization: try call.admin().contract.organization,
            contract: call.query["contract"].flatMap { Int64($0) },
            state: call.query["state"].flatMap(Seat.State.init(rawValue:)), text: call.query["q"])
    }

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let filter = try filter(call)
        let after = call.query["after"].flatMap { Int64($0) } ?? 0
        let (seats, counts, contracts) = try await call.read { tx in
            let numbers = try tx.seatNumbers(filter, after: after, limit: pageSize + 1)
            return (
                try numbers.compactMap { try tx.seat(number: $0) }, try tx.seatCounts(filter),
                try tx.contracts(organization: filter.organization)
            )
        }
        let names = Dictionary(uniqueKeysWithValues: contracts.map { ($0.number, $0.name) })
        let shown = seats.prefix(pageSize)
        let kept = call.query.query(except: ["state", "after", "done"])
        func tab(_ label: String, _ state: Seat.State?, _ count: Int) -> MemberHead.Tab {
            let rest = kept + (state.map { (kept.isEmpty ? "" : "&") + "state=\($0.rawValue)" } ?? "")
            return MemberHead.Tab(
                label: "\(label) (\(Wording.count(count)))", href: "/talent/admin/seats?" + rest,
                isCurrent: filter.state == state)
        }
        let total = counts.values.reduce(0, +)
        let found = filter.state.map { counts[$0] ?? 0 } ?? total
        let page = SeatsPage(
            tabs: [tab("All", nil, total)] + Seat.State.allCases.map { tab($0.badge.text, $0, counts[$0] ?? 0) },
            contracts: contracts.map {
                Option(value: String($0.number), label: $0.name, isChosen: $0.number == filter.contract)
            }, state: filter.state?.rawValue ?? "", search: filter.text ?? "",
            rows: shown.map { seat in
                Row(
                    href: "/talent/admin/seats/\(seat.number)", person: "\(seat.firstName) \(seat.lastName)",
                    email: seat.email, isAdmin: seat.isAdmin, contract: names[seat.contract] ?? "",
                    state: seat.state.badge)
            },
            pager: Pager(
                "/talent/admin/seats", call.query,
                nextKey: seats.count > pageSize ? shown.last.map { String($0.number) } : nil,
                says: "\(Wording.count(shown.count)) of \(Wording.count(found, "seat"))"),
            download: "/talent/admin/seats/export.csv?" + call.query.query(except: ["after", "done"]))
        return call.page(page)
    }

    /// The filtered seats of a contract as the admin centre's file, which its import takes back.
    private static func download(_ call: PageCall) async throws -> WebResponse {
        let admin = try call.admin()
        let contract = try filter(call).contract ?? admin.contract.number
        var wanted = try filter(call)
        wanted.contract = contract
        let filter = wanted
        let text = try await call.read { tx in
            let columns = try SeatFile.columns(contract: contract, tx)
            var lines = CSVText.line(columns)
            var after: Int64 = 0
            while let numbers = try Optional(tx.seatNumbers(filter, after: after, limit: 500)), let last = numbers.last
            {
                for number in numbers {
                    guard let seat = try tx.seat(number: number) else { continue }
                    lines += CSVText.line(SeatFile.fields(seat, try tx.seatAttributes(seat: number), columns))
                }
                after = last
            }
            return lines
        }
        return .download("seats-\(contract).csv", type: "text/csv; charset=utf-8", Array(text.utf8))
    }
}
