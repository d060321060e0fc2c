// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Web

/// What an ATS that uses Crosswalk does when a widget calls its page: one request to the connector's REST API.
struct DemoATSCall: Sendable {
    private let method: HTTPMethod
    private let path: String
    private let connector: PageSession.Connector?

    /// - Returns: nil for a callback after which an ATS calls nobody: the connector sees by itself what was asked for in the
    ///   configuration plugin.
    init?(_ form: FormFields, _ connector: PageSession.Connector?) {
        guard let candidate = form["candidate"], let person = form["person"] else { return nil }
        switch form["callback"] {
        case "onlink": method = .PUT
        case "onunlink": method = .DELETE
        default: return nil
        }
        path = "/api/v1/candidates/\(candidate.urlComponent)/ties/\(person.urlComponent)"
        self.connector = connector
    }

    /// - Returns: the request, and what became of it.
    func send() async -> String {
        guard let connector, !connector.key.isEmpty, connector.url.hasPrefix("http") else {
            return "An ATS would now send \(method.rawValue) \(path) to its connector."
        }
        var request = HTTPClientRequest(url: connector.url + path)
        request.method = method
        request.headers.add(name: "authorization", value: "Bearer \(connector.key)")
        do {
            let response = try await CallbackClient.shared.execute(request, timeout: .seconds(10))
            return "Sent \(method.rawValue) \(path) to the connector, which answered \(response.status.code)."
        } catch {
            return "\(method.rawValue) \(path) could not be sent: the connector at \(connector.url) does not answer."
        }
    }
}
