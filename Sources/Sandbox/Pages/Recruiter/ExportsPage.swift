// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// What a recruiter exported, the newest first: the rows behind the monthly counter.
struct ExportsPage: Page {
    static let template = PageTemplate("exports", utf8: PackageResources.exports_mustache)

    struct Row: Sendable {
        var href: String
        var person: String
        var profile: String
        var job: String
        var time: ShownTime
        var state: Badge

        init(_ row: ExportRow, now: Moment) {
            href = "/talent/exports/\(row.export.requestID)"
            person = row.member
            profile = "/talent/profile/\(row.export.member)"
            job = row.export.job
            time = ShownTime(row.export.created.millis, now: now.millis)
            state = Self.state(row)
        }

        static func state(_ row: ExportRow) -> Badge {
            if row.export.fetched != nil { return Badge(.good, "Fetched by the ATS") }
            if row.isDelivered { return Badge(.info, "Announced") }
            return row.status == nil ? Badge(.quiet, "Waiting") : Badge(.warn, "Not acknowledged")
        }
    }

    let title: String
    var quota: Meter?
    var rows: [Row]
    var empty = Nothing(
        title: "Nothing was exported",
        text: "Open a member’s profile and press Export to ATS.", link: Link("Search members", "/talent/search"))
    var pager: Pager

    static let routes: [PageRoute] = [.seatGet("/talent/exports") { try await show($0) }]

    static let pageSize = 50

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let seat = try call.seated().seat.number
        let (now, most) = (call.now, call.core.settings.switches.exportsPerMonth)
        let month = call.query["month"].flatMap { Int64($0) }
        let cursor = TimeCursor(call.query["after"])
        let (rows, used) = try await call.read { tx in
            (
                try tx.exports(seat: seat, utcMonth: month, after: cursor, limit: pageSize + 1),
                try tx.exportCount(seat: seat, utcMonth: month ?? now.utcMonth)
            )
        }
        let page = ExportsPage(
            title: month.map { "Your exports in \(MonthName.of($0))" } ?? "Your exports",
            quota: Meter(
                MonthName.of(month ?? now.utcMonth), used, of: most,
                says: "\(Wording.count(used)) of \(Wording.count(most))"),
            rows: rows.prefix(pageSize).map { Row($0, now: now) }, pager: pager(call, "/talent/exports", rows))
        return call.page(page)
    }

    static func pager(_ call: PageCall, _ path: String, _ rows: [ExportRow]) -> Pager {
        let shown = rows.prefix(pageSize)
        return Pager(
            path, call.query, nextKey: rows.count > pageSize ? shown.last?.cursor.text : nil,
            says: Wording.count(shown.count, "export") + (rows.count > pageSize ? " on this page" : ""))
    }
}

/// `March 2026`, from months since January 1970.
enum MonthName {
    private static let names = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    static func of(_ month: Int64) -> String {
        guard (0...24_000).contains(month) else { return "month \(month)" }
        return "\(names[Int(month % 12)]) \(1970 + month / 12)"
    }

    /// When a month begins, in UTC.
    static func start(of month: Int64) -> Moment {
        let (year, month) = (1970 + month / 12, month % 12)
        // Years are counted from March, so that the leap day is the last of its year.
        let shifted = month < 2 ? year - 1 : year
        let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + (153 * ((month + 10) % 12) + 2) / 5
        return Moment((days - 719_468) * 86_400_000)
    }
}
