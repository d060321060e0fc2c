// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Web

/// Forms that were sent after their session had ended, until somebody signs in again in the same browser.
final class KeptForms: Sendable {
    private struct Waiting {
        var session: String
        /// Where it is shown again: a widget, or Recruiter.
        var place: String
        var form: KeptForm
    }

    /// The oldest goes when there are more.
    private static let most = 50
    /// Bytes of a form that is kept.
    static let longest = 1 << 20
    private let forms = Mutex<[Waiting]>([])

    func keep(_ form: KeptForm, for session: PageSession, at place: String) {
        forms.withLock { all in
            all.removeAll { $0.session == session.token && $0.place == place }
            all.append(Waiting(session: session.token, place: place, form: form))
            if all.count > Self.most { all.removeFirst() }
        }
    }

    func has(_ session: PageSession, at place: String) -> Bool {
        forms.withLock { $0.contains { $0.session == session.token && $0.place == place } }
    }

    /// - Returns: nil when none waits.
    func take(_ session: PageSession, at place: String) -> KeptForm? {
        forms.withLock { all in
            guard let index = all.firstIndex(where: { $0.session == session.token && $0.place == place }) else {
                return nil
            }
            return all.remove(at: index).form
        }
    }
}

extension PageCall {
    /// Recruiter, as a place where a form waits.
    static let recruiterPlace = "/talent"

    /// Whether the form came from a page of ours, as far as the browser tells: what another site made up is not shown as the person's own.
    var isFromHere: Bool {
        if let site = request.header("sec-fetch-site") { return site == "same-origin" || site == "none" }
        guard let origin = request.header("origin"), let here = WebOrigin(of: request) else { return true }
        return WebOrigin(origin.lowercased()) == here
    }

    /// The form that was sent, to be shown once more; nil for one that is too long.
    var kept: KeptForm? {
        guard request.body.count <= KeptForms.longest else { return nil }
        return KeptForm(path: request.path + (request.query.isEmpty ? "" : "?" + request.query), fields: form)
    }

    static let keptNotice = Notice(
        .warn,
        "You are signed out, so nothing was done yet. What you entered is kept, and shown once you have signed in.")

    /// What was entered before somebody signed in, or before the sandbox was started anew.
    func show(_ kept: KeptForm, why: String, status: Int = 200) -> WebResponse {
        let leave = request.path.hasPrefix("/developers") ? "/developers" : Self.recruiterPlace
        return page(KeptPage(kept, why: why, leave: leave), status: status)
    }
}
