// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Web

/// A browser that looks at the sandbox.
struct PageSession: Sendable {
    /// The cookie's value.
    var token: String
    /// What the tokens of its forms are made with.
    var secret: [UInt8]
    /// Number of the seat it is signed in as.
    var seat: Int64?
    /// Number of the member it acts as, on the member's side of the inbox.
    var member: Int64?
}

/// Sessions live as long as the process: a restart signs everybody out, which costs one click.
final class PageSessions: Sendable {
    static let cookie = "sandbox_session"
    private static let most = 10_000
    private let sessions = Mutex<[String: PageSession]>([:])

    /// The session of a request, or a new one with the cookie to set.
    func session(of request: SandboxRequest) -> (PageSession, Cookie?) {
        if let token = Cookie.read(Self.cookie, from: request.header("cookie")),
            let known = sessions.withLock({ $0[token] })
        {
            return (known, nil)
        }
        let session = PageSession(token: Self.random(), secret: Array(Self.random().utf8))
        sessions.withLock { all in
            if all.count >= Self.most { all.removeAll() }
            all[session.token] = session
        }
        return (session, Cookie(Self.cookie, session.token, isSecure: false))
    }

    func change(_ session: PageSession, _ body: (inout PageSession) -> Void) {
        sessions.withLock { all in
            guard var known = all[session.token] else { return }
            body(&known)
            all[session.token] = known
        }
    }

    private static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in String(UInt64.random(in: 0...UInt64.max, using: &generator), radix: 36) }.joined()
    }
}
