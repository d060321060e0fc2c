// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import HTTPTypes
import Synchronization
import Web

/// A browser of one person: keeps cookies, follows redirects, and sends the fields that the last page's forms carry hidden.
final class PageBrowser: Sendable {
    private let world: DashboardWorld
    private let state = Mutex((cookies: [String: String](), page: ""))

    init(_ world: DashboardWorld) { self.world = world }

    func open(_ path: String) async throws -> PageAnswer { try await send(.get, path, nil) }

    /// Sends a form with the hidden fields of the last page's form that leads there.
    func press(_ path: String, _ fields: [(String, String)] = [], headers: HTTPFields = [:]) async throws -> PageAnswer
    {
        try await send(.post, path, hidden(path) + fields, headers)
    }

    var cookies: [String: String] { state.withLock { $0.cookies } }
    func forget(_ cookie: String) { state.withLock { $0.cookies[cookie] = nil } }

    private func send(
        _ method: HTTPRequest.Method, _ path: String, _ fields: [(String, String)]?, _ headers: HTTPFields = [:]
    ) async throws -> PageAnswer {
        var answer = try await world.send(method, path, fields, jar, headers)
        keep(answer)
        // As far as it stays here.
        while answer.status == 303, let location = answer.location, location.hasPrefix("/") {
            answer = try await world.send(.get, location, nil, jar)
            keep(answer)
        }
        return answer
    }

    private var jar: String? {
        let text = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        return text.isEmpty ? nil : text
    }

    private func keep(_ answer: PageAnswer) {
        state.withLock { state in
            for header in answer.headers[values: .setCookie] {
                let pair = header.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
                state.cookies[String(pair[0])] =
                    header.contains("Max-Age=0") ? nil : pair.count == 2 ? String(pair[1]) : nil
            }
            state.page = answer.text
        }
    }

    private func hidden(_ path: String) -> [(String, String)] {
        let page = state.withLock { $0.page }
        let bare = String(path.prefix { $0 != "?" })
        let forms = page.components(separatedBy: "<form").dropFirst().map { form in
            form.components(separatedBy: "</form>")[0]
        }
        let form =
            forms.first { $0.contains("action=\"\(bare)\"") }
            ?? forms.first { !$0.prefix { $0 != ">" }.contains("action=") }
        return (form ?? "").components(separatedBy: "<input").filter { $0.hasPrefix(" type=\"hidden\"") }.compactMap {
            input in
            guard let name = input.between("name=\"", "\""), let value = input.between("value=\"", "\"")
            else { return nil }
            return (name, value.unescaped)
        }
    }
}

extension String {
    func between(_ before: String, _ after: String) -> String? {
        guard let start = firstRange(of: before)?.upperBound, let end = self[start...].firstRange(of: after)?.lowerBound
        else { return nil }
        return String(self[start..<end])
    }

    /// What a browser makes of the five characters that templates escape.
    var unescaped: String {
        replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&#x27;", with: "'").replacing("&amp;", with: "&")
    }
}
