// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import SQLFile
import Web

/// A first InMail to a member, perhaps about a job.
struct InMailPage: Page {
    static let template = PageTemplate("inmail", utf8: PackageResources.inmail_mustache)

    let title: String
    var head: MemberHead
    var path: String
    var draft: MailForm
    /// The job that the InMail is about.
    var job: String?

    static let routes: [PageRoute] = [
        .seatGet("/talent/profile/{member}/inmail") { try await compose($0) },
        .seatPost("/talent/profile/{member}/inmail") { try await send($0) },
    ]

    /// `?job=` comes from *Save and InMail*; `?ats=` names whose job it is.
    private static func compose(_ call: PageCall) async throws -> WebResponse {
        let recruiter = try call.seated()
        let member = try await call.member()
        var draft = MailForm()
        var title: String?
        if let id = call.query["job"], let system = try await recruiter.tenant(call.query["ats"], call.sandbox) {
            let sight = recruiter.sight(through: system.tenant, call.core)
            title = try await call.read { tx in try sight.job(id, tx) }?["title"]?.string
            draft.subject = title.map { String($0.prefix(MailForm.mostSubject)) } ?? ""
        }
        return try show(call, member, draft, job: title)
    }

    private static func show(_ call: PageCall, _ member: Member, _ draft: MailForm, job: String?, status: Int = 200)
        throws -> WebResponse
    {
        try member.mustTakeMail()
        let page = InMailPage(
            title: "InMail to \(member.name)", head: MemberHead(member, .other),
            path: "/talent/profile/\(member.number)/inmail", draft: draft, job: job)
        return call.page(page, status: status)
    }

    private static func send(_ call: PageCall) async throws -> WebResponse {
        let recruiter = try call.seated()
        let member = try await call.member()
        try member.mustTakeMail()
        var draft = MailForm(call.form)
        guard draft.check(needsSubject: true) else {
            return try show(call, member, draft, job: nil, status: 422)
        }
        let said = try await InMailDesk(core: call.core).open(
            from: recruiter.seat, to: member, subject: draft.subject, text: draft.text)
        return .see("/talent/inbox/\(said.thread.number)?done=inmail-sent")
    }
}

extension Member {
    fileprivate func mustTakeMail() throws {
        guard closed == nil else {
            throw PageProblem.refused(
                "This member has closed the account", "Nobody can be written to there.",
                Link("Back to the profile", "/talent/profile/\(number)"))
        }
    }
}

/// What somebody is writing, kept when the form is shown again.
struct MailForm: Sendable {
    static let mostSubject = 200
    static let mostText = 8_000

    var subject = ""
    var text = ""
    var subjectError: String?
    var textError: String?

    init() {}

    init(_ form: FormFields) {
        subject = form["subject"] ?? ""
        text = (form["text"] ?? "").replacing("\r\n", with: "\n")
    }

    /// - Returns: whether it can be sent; otherwise the errors say what is wrong.
    mutating func check(needsSubject: Bool) -> Bool {
        subjectError = nil
        textError = nil
        if needsSubject && subject.isEmpty { subjectError = "Write what it is about." }
        if subject.count > Self.mostSubject { subjectError = "A subject has at most \(Self.mostSubject) characters." }
        if text.isEmpty { textError = "Write something." }
        if text.count > Self.mostText {
            textError = "A message has at most \(Wording.count(Self.mostText)) characters."
        }
        return subjectError == nil && textError == nil
    }
}
