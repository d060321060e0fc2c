// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Web

/// Copies of the whole world, to go back to; and a new beginning.
struct SnapshotsPage: Page {
    static let template = PageTemplate("developer_snapshots", utf8: PackageResources.developer_snapshots_mustache)

    struct Row: Sendable {
        var name: String
        var restore: String
    }

    let title = "Snapshots"
    var rows: [Row]
    var empty: EmptyNote
    var name: String
    var error: String?

    static let routes: [PageRoute] = [
        .get("/developers/snapshots") { page($0) },
        .post("/developers/snapshots") { try await take($0) },
        .get("/developers/snapshots/{name}/restore") { try confirmRestore($0) },
        PageRoute(
            method: "POST", pattern: RoutePattern("/developers/snapshots/{name}/restore"), swapsWorld: true
        ) { call in
            _ = try await call.control.restore(ControlRequest(["name": .string(call.values[0])]))
            return .see("/developers/snapshots?done=restored")
        },
        .get("/developers/reset") { call in
            call.page(
                ConfirmPage(
                    "Reset the world",
                    [
                        "Customers, their applications, tokens, records, seats, messages, notifications and counters are gone afterwards, and the connector has to provision its customers anew.",
                        "What stays: the partner application with its oldest secret, the seed with its members, and the snapshots.",
                    ], action: "/developers/reset", button: "Reset the world", back: "/developers/snapshots"))
        },
        PageRoute(method: "POST", pattern: RoutePattern("/developers/reset"), swapsWorld: true) { call in
            _ = try await call.control.reset(ControlRequest())
            return .see("/developers?done=reset")
        },
    ]

    private static func take(_ call: PageCall) async throws -> WebResponse {
        do {
            _ = try await call.control.takeSnapshot(ControlRequest(["name": .string(call.form["name"] ?? "")]))
        } catch let error as ControlError {
            return page(call, error: error)
        }
        return .see("/developers/snapshots?done=snapshot-taken")
    }

    private static func confirmRestore(_ call: PageCall) throws -> WebResponse {
        let name = call.values[0]
        guard call.sandbox.snapshots.contains(name) else {
            throw PageProblem(
                status: 404, title: "There is no such snapshot", text: "Nobody took one of that name.",
                links: [Link("To the snapshots", "/developers/snapshots")])
        }
        return call.page(
            ConfirmPage(
                "Go back to \(name)",
                [
                    "Everything that happened since the snapshot is lost: records, messages, members added by hand, and the clock's offset. Take another snapshot first to be able to come back."
                ], action: "/developers/snapshots/\(name.urlComponent)/restore", button: "Go back to \(name)",
                back: "/developers/snapshots"))
    }

    private static func page(_ call: PageCall, error: ControlError? = nil) -> WebResponse {
        let page = SnapshotsPage(
            rows: call.sandbox.snapshots.map {
                Row(name: $0, restore: "/developers/snapshots/\($0.urlComponent)/restore")
            },
            empty: EmptyNote(
                "No snapshot yet", "One before each rehearsal makes it repeatable: take it, try things out, go back."),
            name: call.form["name"] ?? "", error: error?.sentence)
        return call.page(page, status: error?.status ?? 200)
    }
}
