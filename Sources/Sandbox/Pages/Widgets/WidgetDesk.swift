// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// What recruiters do with somebody whom a widget shows: save to the job, write, dismiss. Source: modules 3–5, B.4 and B.5: saving is a
/// one-click export, and Save and InMail is both, with the compose pane in between.
enum WidgetDesk {
    /// Which job the widget is about. The attribute's name is UNVERIFIED: the tags of the two widgets are in no readable page.
    static func job(_ visit: WidgetVisit) -> String? { visit.attribute("ats-job-posting-id") }

    static func save(_ visit: WidgetVisit) async throws -> WebResponse {
        let tenant = try await WidgetFrame.tenant(visit)
        let member = try await member(visit.call.form["member"], visit)
        guard let job = job(visit) else { throw noJob }
        let order = ExportDesk.Order(member: member, job: job, seat: try visit.recruiter().seat, tenant: tenant)
        if case .failure(let refusal) = try await ExportDesk(core: visit.sandbox.core).export(order) {
            throw WidgetProblem(status: 409, title: "\(member.name) was not saved", text: refusal.reason)
        }
        guard visit.call.form["then"] == "inmail" else { return visit.done("saved", visit.search) }
        return visit.see("", visit.search + [("ask", "inmail"), ("member", String(member.number)), ("done", "saved")])
    }

    static func dismiss(_ visit: WidgetVisit) async throws -> WebResponse {
        _ = try await WidgetFrame.tenant(visit)
        let member = try await member(visit.call.form["member"], visit)
        let (seat, now) = (try visit.recruiter().seat.number, visit.sandbox.clock.now())
        try await visit.sandbox.core.world.write { tx in
            try tx.sayNotInterested(seat: seat, member: member.number, reason: "Recommended match dismissed", at: now)
        }
        return visit.done("not-interested", visit.search)
    }

    /// Sends what was written in the compose pane.
    ///
    /// - Returns: nil when something is missing, and the pane is to be shown again.
    static func send(_ visit: WidgetVisit) async throws -> WebResponse? {
        _ = try await WidgetFrame.tenant(visit)
        guard let subject = visit.call.form["subject"], let text = visit.call.form["text"] else { return nil }
        let member = try await member(visit.call.form["member"], visit)
        _ = try await InMailDesk(core: visit.sandbox.core).open(
            from: try visit.recruiter().seat, to: member, subject: subject, text: text)
        return visit.done("sent", visit.search)
    }

    /// The pane, when the frame's address or a form asks for it.
    static func compose(_ visit: WidgetVisit) async throws -> WidgetCompose? {
        let form = visit.call.form
        let number = form["member"] ?? (visit.call.query["ask"] == "inmail" ? visit.call.query["member"] : nil)
        guard let number else { return nil }
        let member = try await member(number, visit)
        return WidgetCompose(
            act: visit.url("inmail", visit.search), number: member.number, person: member.name,
            subject: form.exact("subject") ?? "", text: form.exact("text") ?? "",
            isIncomplete: form.has("text"), close: visit.url("", visit.search))
    }

    /// - Throws: `WidgetProblem` 404.
    private static func member(_ number: String?, _ visit: WidgetVisit) async throws -> Member {
        let number = number.flatMap { Int64($0) }
        let found = try await visit.sandbox.core.world.read { tx in try number.flatMap { try tx.member(number: $0) } }
        guard let found, found.closed == nil else {
            throw WidgetProblem(
                status: 404, title: "There is no such member", text: "The account was closed meanwhile. Look again.")
        }
        return found
    }

    static let noJob = WidgetProblem(
        status: 400, title: "The widget does not say which job it is about",
        text: "data-ats-job-posting-id must be the id under which the job is synced.")
}

/// An InMail as it is written in a widget.
struct WidgetCompose: Sendable {
    /// Form target.
    var act: String
    var number: Int64
    var person: String
    var subject: String
    var text: String
    /// It was sent without a subject or a text.
    var isIncomplete: Bool
    /// Back, without writing.
    var close: String
}
