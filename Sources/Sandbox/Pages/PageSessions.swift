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
    /// What a widget has to tell the page around it next.
    var news: WidgetVisit.News?
    /// What the demo ATS tells about links.
    var connector: Connector?
}

/// Sessions live as long as the process: a restart signs everybody out, which costs one click.
final class PageSessions: Sendable {
    static let cookie = "sandbox_session"
    /// The same for pages inside another site's page, where browsers send no other: an ATS on another host shows the widgets.
    static let frameCookie = "sandbox_session_in_frames"
    private static let most = 10_000
    private let sessions = Mutex<[String: PageSession]>([:])
    /// What was entered in sessions that are gone.
    let kept = KeptForms()

    /// The session of a request, or a new one with the cookies to set.
    func session(of request: SandboxRequest) -> (PageSession, [Cookie]) {
        let sent = request.header("cookie")
        for token in [Cookie.read(Self.cookie, from: sent), Cookie.read(Self.frameCookie, from: sent)] {
            if let token, let known = sessions.withLock({ $0[token] }) { return (known, []) }
        }
        let session = PageSession(token: Self.random(), secret: Array(Self.random().utf8))
        sessions.withLock { all in
            if all.count >= Self.most { all.removeAll() }
            all[session.token] = session
        }
        // Browsers take the second over https and from this machine. In the pages of another site it makes a session of its own there.
        return (
            session,
            [
                Cookie(Self.cookie, session.token, isSecure: false),
                Cookie(Self.frameCookie, session.token, isSecure: true, isForFrames: true),
            ]
        )
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
