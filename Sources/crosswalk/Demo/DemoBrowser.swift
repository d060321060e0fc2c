// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// A person's browser, as far as the sign-in needs one: follows a link, presses the button, keeps the connector's cookie.
struct DemoBrowser: Sendable {
    /// Opens a sign-in link and allows what LinkedIn asks, as this member.
    ///
    /// - Returns: the headline of the last page.
    /// - Throws: `CommandError` naming the page that was not as expected.
    static func signIn(_ link: String, member: Int64) async throws -> String {
        let client = HTTPClient(
            eventLoopGroup: HTTPClient.defaultEventLoopGroup,
            configuration: HTTPClient.Configuration(redirectConfiguration: .disallow))
        do {
            let headline = try await DemoBrowser(client: client).signIn(link, member)
            try await client.shutdown()
            return headline
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    private let client: HTTPClient

    private func signIn(_ link: String, _ member: Int64) async throws -> String {
        let invitation = try await open(link)
        guard let token = Self.text(between: "name=\"csrf\" value=\"", and: "\"", in: invitation.body),
            let cookie = invitation.cookie
        else { throw CommandError("the sign-in page has no form") }
        let linkedIn = try await open(link, cookie: cookie, form: "csrf=\(token)")
        // The member presses "Allow" on LinkedIn's page.
        let back = try await open(try linkedIn.next("LinkedIn's page") + "&member=\(member)")
        let done = try await open(try back.next("the connector's page"), cookie: cookie)
        return Self.text(between: "<h1>", and: "</h1>", in: done.body) ?? "no headline"
    }

    private struct Page {
        var body: String
        var cookie: String?
        var location: String?

        func next(_ what: String) throws -> String {
            guard let location else { throw CommandError("the browser was not sent on to \(what)") }
            return location
        }
    }

    private func open(_ url: String, cookie: String? = nil, form: String? = nil) async throws -> Page {
        var request = HTTPClientRequest(url: url)
        if let cookie { request.headers.add(name: "cookie", value: cookie) }
        if let form {
            request.method = .POST
            request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
            request.body = .bytes(Array(form.utf8))
        }
        let response = try await client.execute(request, timeout: .seconds(30))
        let bytes = try await response.body.collect(upTo: 1 << 20)
        return Page(
            body: String(buffer: bytes),
            cookie: response.headers.first(name: "set-cookie").map { String($0.prefix { $0 != ";" }) },
            location: response.headers.first(name: "location"))
    }

    private static func text(between start: String, and end: String, in page: String) -> String? {
        guard let from = page.range(of: start)?.upperBound, let to = page.range(of: end, range: from..<page.endIndex)
        else { return nil }
        return String(page[from..<to.lowerBound])
    }
}
