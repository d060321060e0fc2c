// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import SQLFile
import Web

/// What the seats did lately, and what the ATS asked LinkedIn today.
struct UsagePage: Page {
    static let template = PageTemplate("usage", utf8: PackageResources.usage_mustache)

    struct Cell: Sendable {
        var count: String
        /// The rows behind a number that is not 0.
        var href: String?
    }

    struct Row: Sendable {
        var person: String
        var seat: String
        var exports: [Cell]
        var inMails: [Cell]
    }

    struct System: Sendable {
        var name: String
        var meters: [Meter]
        var isQuiet: Bool
    }

    let title = "Usage"
    var months: [String]
    var rows: [Row]
    var systems: [System]
    var pager: Pager

    static let routes: [PageRoute] = [.seatGet("/talent/admin/usage") { try await show($0) }]

    private static let pageSize = 50

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let admin = try call.admin()
        let now = call.now
        let after = call.query["after"].flatMap { Int64($0) } ?? 0
        let months = [now.utcMonth - 2, now.utcMonth - 1, now.utcMonth]
        let filter = SeatFilter(organization: admin.contract.organization)
        let (seats, exports, inMails) = try await call.read { tx in
            let numbers = try tx.seatNumbers(filter, after: after, limit: pageSize + 1)
            let shown = Array(numbers.prefix(pageSize))
            return (
                try numbers.compactMap { try tx.seat(number: $0) },
                try tx.exportCounts(seats: shown, from: months[0]),
                try tx.inMailCounts(seats: shown, from: MonthName.start(of: months[0]))
            )
        }
        let shown = seats.prefix(pageSize)
        func cells(_ seat: Int64, _ counts: [SeatMonth: Int], _ what: String) -> [Cell] {
            months.map { month in
                let count = counts[SeatMonth(seat: seat, month: month)] ?? 0
                return Cell(
                    count: Wording.count(count),
                    href: count == 0 ? nil : "/talent/admin/usage/\(what)?seat=\(seat)&month=\(month)")
            }
        }
        let systems = try await admin.tenants(call.sandbox).map { one in
            system(one.name, one.tenant.application, call)
        }
        let page = UsagePage(
            months: months.map { String(MonthName.of($0).prefix(3)) },
            rows: shown.map { seat in
                Row(
                    person: "\(seat.firstName) \(seat.lastName)", seat: "/talent/admin/seats/\(seat.number)",
                    exports: cells(seat.number, exports, "exports"), inMails: cells(seat.number, inMails, "inmails"))
            }, systems: systems,
            pager: Pager(
                "/talent/admin/usage", call.query,
                nextKey: seats.count > pageSize ? shown.last.map { String($0.number) } : nil,
                says: Wording.count(shown.count, "seat") + (seats.count > pageSize ? " on this page" : "")))
        return call.page(page)
    }

    private static func system(_ name: String, _ application: Int64, _ call: PageCall) -> System {
        let quotas = call.sandbox.quotas
        let limits = quotas.limits(call.core.settings.switches)
        let client = call.core.applications.all.first { $0.number == application }?.clientID
        let used = quotas.usage.filter { $0.application == application && $0.utcDay == call.now.utcDay }
        let meters = used.sorted { $0.group.rawValue < $1.group.rawValue }.map { usage in
            let most = limits[usage.group]?.requestsPerDay
            let says =
                most.map { "\(Wording.count(usage.requests)) of \(Wording.count($0)) calls today" }
                ?? Wording.count(usage.requests, "call") + " today"
            // Without a limit there is nothing to fill.
            return Meter(
                usage.group.rawValue, most == nil ? 0 : usage.requests, of: most ?? 1, says: says,
                rowsLink: client.map { RequestFilter.rows(of: $0, usage.group) })
        }
        return System(name: name, meters: meters, isQuiet: meters.isEmpty)
    }
}

/// The rows behind the numbers of one seat and month. An admin sees to whom a recruiter wrote and when, never what (B.1).
struct SeatUsePage: Page {
    static let template = PageTemplate("seat_use", utf8: PackageResources.seat_use_mustache)

    struct Row: Sendable {
        var person: String
        var profile: String
        var what: String
        var time: ShownTime
    }

    let title: String
    var seat: String
    var rows: [Row]
    var empty = Nothing(title: "Nothing in this month", text: "", link: Link("Usage", "/talent/admin/usage"))
    var pager: Pager

    static let routes: [PageRoute] = [
        .seatGet("/talent/admin/usage/exports") { try await exports($0) },
        .seatGet("/talent/admin/usage/inmails") { try await inMails($0) },
    ]

    private static let pageSize = 50

    private static func seat(_ call: PageCall) async throws -> (Seat, Int64) {
        let organization = try call.admin().contract.organization
        guard let number = call.query["seat"].flatMap({ Int64($0) }),
            let month = call.query["month"].flatMap({ Int64($0) }), (0...24_000).contains(month),
            let seat = try await call.read({ tx -> Seat? in
                guard let seat = try tx.seat(number: number),
                    try tx.contract(number: seat.contract)?.organization == organization
                else { return nil }
                return seat
            })
        else { throw PageProblem.unknownPage }
        return (seat, month)
    }

    private static func exports(_ call: PageCall) async throws -> WebResponse {
        let (seat, month) = try await seat(call)
        let cursor = TimeCursor(call.query["after"])
        let found = try await call.read { tx in
            try tx.exports(seat: seat.number, utcMonth: month, after: cursor, limit: pageSize + 1)
        }
        let rows = found.prefix(pageSize).map {
            Row(
                person: $0.member, profile: "/talent/exports/\($0.export.requestID)", what: "to job \($0.export.job)",
                time: call.shown($0.export.created))
        }
        return show(call, "Exports", seat, month, rows, found.count > pageSize ? found[pageSize - 1].cursor : nil)
    }

    private static func inMails(_ call: PageCall) async throws -> WebResponse {
        let (seat, month) = try await seat(call)
        let cursor = TimeCursor(call.query["after"])
        let found = try await call.read { tx in
            try tx.sentInMails(
                seat: seat.number, from: MonthName.start(of: month), to: MonthName.start(of: month + 1), after: cursor,
                limit: pageSize + 1)
        }
        let rows = found.prefix(pageSize).map {
            Row(
                person: $0.name, profile: "/talent/profile/\($0.member)/activity", what: "InMail",
                time: call.shown($0.sent))
        }
        let next = found.count > pageSize ? found[pageSize - 1] : nil
        return show(call, "InMails", seat, month, rows, next.map { TimeCursor($0.sent, $0.number) })
    }

    private static func show(
        _ call: PageCall, _ what: String, _ seat: Seat, _ month: Int64, _ rows: [Row], _ next: TimeCursor?
    ) -> WebResponse {
        call.page(
            SeatUsePage(
                title: "\(what) of \(seat.firstName) \(seat.lastName), \(MonthName.of(month))",
                seat: "/talent/admin/seats/\(seat.number)", rows: rows,
                pager: Pager(
                    call.request.path, call.query, nextKey: next?.text,
                    says: Wording.count(rows.count, "row") + (next == nil ? "" : " on this page"))))
    }
}
