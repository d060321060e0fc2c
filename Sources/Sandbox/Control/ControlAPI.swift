// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Logging

/// `/_sandbox/…`: the acts of everybody who is not the ATS (admin, recruiter, time, bad luck), and a look inside.
/// Every route with its example is in docs/sandbox.md; every error names the field and the remedy.
struct ControlAPI: Sendable {
    let sandbox: Sandbox

    init(_ sandbox: Sandbox) { self.sandbox = sandbox }

    /// Most routes answer with an object; those that list answer with a page.
    typealias Route = @Sendable (ControlAPI, ControlRequest) async throws -> JSONValue

    func respond(to request: SandboxRequest) async -> SandboxResponse {
        do {
            let path = String(request.path.dropFirst("/_sandbox/".count))
            let (route, rest) = try Self.route(request.method, path)
            // These two swap the world, which waits until everybody else is outside.
            let isOutside = path == "reset" || path == "restore"
            if !isOutside { await sandbox.gate.enter() }
            defer { if !isOutside { sandbox.gate.leave() } }
            return Self.response(200, try await route(self, ControlRequest(request, rest: rest)))
        } catch let error as ControlError {
            return Self.response(error.status, error.json)
        } catch let error as GatewayError {
            let control = ControlError(error.status, error.message, remedy: "see docs/sandbox.md")
            return Self.response(error.status, control.json)
        } catch {
            sandbox.core.logger.error("a control request failed inside", metadata: ["error": "\(error)"])
            return Self.response(500, ControlError(500, "the sandbox failed inside", remedy: "its log says why").json)
        }
    }

    /// The route table. A path that ends in `/` takes one segment more, and so does one with a `*` in its middle.
    static let routes: [String: Route] = [
        "GET health": { try await $0.health($1) },
        "GET partner": { try await $0.partner($1) },
        "GET applications": { try await $0.applications($1) },
        "DELETE applications/secret": { try await $0.removeSecret($1) },

        "GET integrations": { try await $0.integrations($1) },
        "POST integrations/request": { try await $0.set(.requested, $1) },
        "POST integrations/enable": { try await $0.set(.enabled, $1) },
        "POST integrations/disable": { try await $0.set(.disabled, $1) },
        "POST products": { try await $0.setProducts($1) },
        "GET pushes": { try await $0.pushes($1) },
        "GET pushes/": { try await $0.push($1) },
        "POST pushes/*/resend": { try await $0.resendPush($1) },
        "POST callbacks/validate": { try await $0.validateCallbacks($1) },
        "POST callbacks/block": { try await $0.blockCallbacks($1) },
        "POST callbacks/unblock": { try await $0.unblockCallbacks($1) },
        "POST export": { try await $0.export($1) },
        "GET exports/": { try await $0.exported($1) },
        "GET see": { try await $0.see($1) },

        "GET state": { try await $0.state($1) },
        "POST match": { try await $0.match($1) },
        "GET members": { try await $0.members($1) },
        "POST members": { try await $0.addMember($1) },
        "POST members/token": { try await $0.memberToken($1) },
        "POST members/close": { try await $0.closeMember($1) },
        "POST members/privacy": { try await $0.setPrivacy($1) },
        "GET members/": { try await $0.member($1) },

        "GET contracts": { try await $0.contracts($1) },
        "POST contracts": { try await $0.addContract($1) },
        "GET seats": { try await $0.seats($1) },
        "POST seats": { try await $0.addSeat($1) },
        "POST seats/": { try await $0.changeSeat($1) },
        "GET inmails": { try await $0.inMails($1) },
        "POST inmails": { try await $0.sendInMail($1) },
        "POST inmails/reply": { try await $0.replyToInMail($1) },
        "GET notes": { try await $0.notes($1) },
        "POST notes": { try await $0.addNote($1) },
        "POST notes/": { try await $0.editNote($1) },
        "POST activity": { try await $0.makeActivity($1) },
        "DELETE notes/": { try await $0.deleteNote($1) },

        "GET clock": { try await $0.clock($1) },
        "POST clock": { try await $0.advanceClock($1) },
        "GET faults": { try await $0.faults($1) },
        "POST faults": { try await $0.setFaults($1) },
        "DELETE faults": { try await $0.clearFaults($1) },
        "GET quotas": { try await $0.quotas($1) },
        "POST quotas": { try await $0.setQuotas($1) },
        "GET usage": { try await $0.usage($1) },
        "GET config": { try await $0.config($1) },
        "POST config": { try await $0.setConfig($1) },

        "GET journal": { try await $0.journal($1) },
        "DELETE journal": { try await $0.clearJournal($1) },
        "POST reset": { try await $0.reset($1) },
        "GET snapshots": { try await $0.snapshots($1) },
        "POST snapshot": { try await $0.takeSnapshot($1) },
        "POST restore": { try await $0.restore($1) },
    ]

    /// - Throws: `ControlError` 404 or 405.
    private static func route(_ method: String, _ path: String) throws(ControlError) -> (Route, rest: String) {
        if let route = routes["\(method) \(path)"] { return (route, "") }
        if let slash = path.lastIndex(of: "/"), let route = routes["\(method) \(path[...slash])"] {
            return (route, String(path[path.index(after: slash)...]))
        }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        if segments.count == 3, let route = routes["\(method) \(segments[0])/*/\(segments[2])"] {
            return (route, String(segments[1]))
        }
        let methods = routes.keys.filter { $0.split(separator: " ")[1] == path }.map {
            String($0.split(separator: " ")[0])
        }.sorted()
        guard methods.isEmpty else {
            throw ControlError(
                405, field: path, "takes \(methods.joined(separator: " or "))", remedy: "send \(methods[0])")
        }
        let known = Set(routes.keys.map { $0.split(separator: " ")[1] }).sorted().joined(separator: ", ")
        throw ControlError(404, field: path, "is not part of the control API", remedy: "use one of: \(known)")
    }

    private static func response(_ status: Int, _ json: JSONValue) -> SandboxResponse {
        SandboxResponse(status: status, headers: [("content-type", "application/json")], body: json.bytes)
    }
}

/// A control request with its input read.
struct ControlRequest: Sendable {
    /// What follows the route's path.
    var rest: String
    var query: ControlInput
    var body: ControlInput

    init(_ request: SandboxRequest, rest: String) throws {
        self.rest = rest
        query = ControlInput(query: request.query)
        body = try ControlInput(body: request.body)
    }
}
