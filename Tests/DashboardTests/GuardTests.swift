// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import HTTPTypes
import Store
import Testing
import Web
import Webhooks

@testable import Dashboard

/// What holds for every page, whoever wrote it.
@Suite struct GuardTests {
    /// A path of a route: parameters become words that name nothing.
    private static func path(_ route: RoutePattern) -> String {
        "/"
            + route.segments.map { segment in
                switch segment {
                case .literal(let text): text
                case .parameter: "1"
                }
            }.joined(separator: "/")
    }

    @Test func `these pages alone ask for no role`() {
        #expect(
            Door.pages.map { "\($0.method) \($0.path)" } == [
                "GET /ui/sign-in", "POST /ui/sign-in", "GET /ui/setup", "POST /ui/setup",
                "GET /ui/invitation/{token}", "POST /ui/invitation/{token}", "POST /ui/oidc",
                "GET /ui/oidc/callback",
            ])
    }

    @Test func `no page and no action is there for whoever is not signed in`() async throws {
        let world = try await DashboardWorld()
        for route in Dashboard.routes {
            let answer = try await world.send(
                route.method, Self.path(route.pattern), route.method == .post ? [("a", "b")] : nil, nil)
            let place = "\(route.method) \(route.pattern)"
            if route.method == .post {
                #expect(answer.status == 401, "\(place)")
            } else {
                #expect(answer.location?.hasPrefix("/ui/sign-in") == true, "\(place)")
            }
        }
    }

    @Test func `every action without a token, or from another site, is refused and does nothing`() async throws {
        let world = try await DashboardWorld()
        try await world.addCustomer()
        let before = try await world.store.read { try $0.auditCount() }
        for route in Dashboard.routes where route.method == .post {
            let path = Self.path(route.pattern).replacing("/customers/1", with: "/customers/acme")
            let place = "\(route.method) \(route.pattern)"
            #expect(try await world.post(path, token: "").status == 403, "\(place)")
            var headers: HTTPFields = [:]
            headers[.origin] = "https://evil.example"
            #expect(try await world.post(path, headers: headers).status == 403, "\(place)")
            headers = [:]
            headers[HTTPField.Name("Sec-Fetch-Site")!] = "cross-site"
            #expect(try await world.post(path, headers: headers).status == 403, "\(place)")
        }
        #expect(try await world.store.read { try $0.auditCount() } == before)
    }

    @Test func `an action is refused to whoever has a lesser role`() async throws {
        let world = try await DashboardWorld()
        try await world.addCustomer()
        for route in Dashboard.routes {
            for role in Role.allCases where role < route.role {
                let path = Self.path(route.pattern).replacing("/customers/1", with: "/customers/acme")
                let answer =
                    route.method == .post ? try await world.post(path, as: role) : try await world.get(path, as: role)
                #expect(answer.status == 403, "\(route.method) \(route.pattern) as \(role)")
            }
        }
    }

    @Test(arguments: [HTTPRequest.Method.get, .head])
    func `an address that leads nowhere is a page with a way back, signed in or not`(method: HTTPRequest.Method)
        async throws
    {
        let world = try await DashboardWorld()
        try await world.addCustomer()
        let cookies = world.sessions[.viewer].map { "\(world.cookie.name)=\($0.text)" }
        // The third is an action: somebody loads its address again. The last cannot even be read.
        for path in [
            "/ui/nothing", "/ui/customers/acme/nothing", "/ui/customers/acme/remove", "/ui/a/b/c/d/e", "/ui/%zz",
        ] {
            for cookies in [cookies, nil] {
                let answer = try await world.send(method, path, nil, cookies)
                #expect(answer.status == (path == "/ui/%zz" ? 400 : 404), "\(path)")
                #expect(answer.headers[.contentType]?.hasPrefix("text/html") == true, "\(path)")
                #expect(answer.headers[.contentSecurityPolicy] != nil, "\(path)")
                guard method == .get else {
                    #expect(answer.text.isEmpty, "\(path)")
                    continue
                }
                #expect(answer.has("href=\"/ui\""), "\(path)")
                #expect(answer.has("Sign out") == (cookies != nil), "\(path)")
                let isOfCustomer = cookies != nil && path.contains("/acme/")
                #expect(answer.has("/ui/customers/acme/records") == isOfCustomer, "\(path)")
            }
        }
        #expect(try await world.get("/ui/audit/").location == "/ui/audit")
        // What is not the dashboard's stays as it is.
        #expect(try await world.get("/uix").headers[.contentType] == "application/problem+json")
    }

    @Test func `a customer, and anything of a customer, that is not there is a page that says so`() async throws {
        let world = try await DashboardWorld { parts in
            parts.webhooks = WebhookDesk(
                store: parts.store, policy: .strict, poster: HTTPPoster(policy: .strict), time: parts.time)
        }
        try await world.addCustomer()
        for route in Dashboard.routes where route.method == .get && route.pattern.segments.contains(.parameter) {
            let unknown = try await world.get(Self.path(route.pattern))
            // A short address of a record leads to its page, which says it then.
            if unknown.status == 303 { continue }
            #expect(unknown.status == 404, "\(route.pattern)")
            #expect(unknown.has("Sign out") && unknown.has("href=\"/ui\""), "\(route.pattern)")
            // Live updates are a stream that ends with the browser's connection.
            guard route.pattern.segments.count(where: { $0 == .parameter }) > 1,
                !route.pattern.description.hasSuffix("/live")
            else { continue }
            let path = Self.path(route.pattern).replacing("/customers/1", with: "/customers/acme")
            let missing = try await world.get(path)
            #expect(missing.status == 404, "\(path)")
            #expect(missing.has("Sign out") && missing.has("/ui/customers/acme/records"), "\(path)")
        }
    }

    @Test func `every page keeps scripts, frames and caches out`() async throws {
        let world = try await DashboardWorld()
        try await world.addCustomer()
        // A live page's updates never end.
        let pages = Dashboard.routes.filter { $0.method == .get && !$0.pattern.description.hasSuffix("/live") }
        let plain = pages.map {
            Self.path($0.pattern).replacing("/customers/1", with: "/customers/acme")
        }
        // Live updates are a stream that ends with the browser's connection.
        for path in plain.filter({ !$0.hasSuffix("/live") }) + ["/ui/sign-in", "/ui/invitation/none"] {
            let page = try await world.get(path, as: path.hasPrefix("/ui/sign-in") ? nil : .admin)
            guard page.headers[.contentType]?.hasPrefix("text/html") == true else { continue }
            let policy = page.headers[.contentSecurityPolicy] ?? ""
            #expect(policy.contains("default-src 'none'"), "\(path)")
            #expect(policy.contains("base-uri 'none'"), "\(path)")
            #expect(policy.contains("frame-ancestors 'none'"), "\(path)")
            #expect(!policy.contains("unsafe"), "\(path)")
            #expect(page.headers[.xContentTypeOptions] == "nosniff", "\(path)")
            #expect(page.headers[.cacheControl] == "no-store", "\(path)")
        }
    }

    @Test func `templates escape everything, quote every value and hold nothing inline`() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources")
        var seen = 0
        for folder in ["Web/Templates", "Dashboard/Templates"] {
            let place = sources.appending(path: folder).standardizedFileURL
            for name in try FileManager.default.contentsOfDirectory(atPath: place.path()) {
                guard name.hasSuffix(".mustache") else { continue }
                let text = try String(contentsOf: place.appending(path: name), encoding: .utf8)
                seen += 1
                for forbidden in ["{{{", "{{&", " style=", "javascript:", "<style", "<iframe"] {
                    #expect(!text.contains(forbidden), "\(name): \(forbidden)")
                }
                // The layout's one script is a file; LinkedIn's plugin is embedded as LinkedIn documents it.
                let files = ["layout.mustache": 1, "frame.mustache": 1, "plugin.mustache": 2]
                let data = ["plugin.mustache": 1]
                #expect(text.ranges(of: /<script [^>]*src="[^"]+"/).count == files[name] ?? 0, "\(name)")
                #expect(text.ranges(of: "<script type=\"IN/").count == data[name] ?? 0, "\(name)")
                #expect(text.ranges(of: "<script").count == (files[name] ?? 0) + (data[name] ?? 0), "\(name)")
                #expect(text.firstMatch(of: /\son[a-z]+=/)?.output == nil, "\(name): an inline handler")
                let bare = text.replacing(/="[^"]*"/, with: "")
                #expect(bare.firstMatch(of: /<[a-z][^>]*=/)?.output == nil, "\(name): an unquoted value")
            }
        }
        #expect(seen > 12)
    }
}
