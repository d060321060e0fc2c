// SPDX-License-Identifier: Apache-2.0

import Web

/// The first developer page: how everything stands, and the latest requests as they come.
struct DeveloperOverview: Page {
    static let template = PageTemplate("developer_overview", utf8: PackageResources.developer_overview_mustache)

    struct Tile: Sendable {
        var number: String
        var label: String
        var href: String
        var tone: String?
    }

    let title = "Developer overview"
    var tiles: [Tile]
    var list: RequestList
    /// Client id of the partner application, which everything begins with.
    var partner: String
    var partnerLink: String

    static let routes: [PageRoute] = [
        .get("/developers") { try await show($0) }
    ]

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let sandbox = call.sandbox
        let (members, waiting, blocked) = try await sandbox.core.world.read { tx in
            (try tx.memberCount(), try tx.waitingPushes(), try tx.callbackChecks().count { $0.isBlocked })
        }
        let throttled = sandbox.quotas.usage.reduce(0) { $0 + $1.throttled }
        let rules = sandbox.faults.report?.plan.rules.count ?? 0
        let partner = sandbox.core.applications.defaultPartner
        func tile(_ number: Int, _ label: String, _ href: String, warns: Bool = false) -> Tile {
            Tile(number: Wording.count(number), label: label, href: href, tone: warns && number > 0 ? "warn" : nil)
        }
        let page = DeveloperOverview(
            tiles: [
                tile(sandbox.journal.lastNumber, "requests so far", "/developers/requests"),
                tile(throttled, "refused with 429 today", "/developers/quotas", warns: true),
                tile(sandbox.core.applications.all.count, "applications", "/developers/applications"),
                tile(waiting, "notifications to be sent", "/developers/webhooks?state=waiting"),
                tile(blocked, "callbacks blocked", "/developers/webhooks", warns: true),
                tile(rules, "planned faults", "/developers/clock", warns: true),
                Tile(
                    number: sandbox.clock.offsetMillis == 0
                        ? "real time" : "+" + Wording.duration(milliseconds: sandbox.clock.offsetMillis),
                    label: "it is \(Wording.time(call.now.millis).prefix(16)) UTC", href: "/developers/clock", tone: nil
                ),
                tile(sandbox.snapshots.count, "snapshots", "/developers/snapshots"),
                tile(members, "members", "/developers/members"),
            ], list: RequestList(call, RequestFilter(FormFields()), limit: 12),
            partner: partner?.clientID ?? "",
            partnerLink: partner.map { "/developers/applications/\($0.number)" } ?? "/developers/applications")
        return call.page(page, live: "/developers/requests/live?limit=12")
    }
}
