// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import SQLFile
import Web

/// Everything of one kind that hangs on a candidate or an application, page by page: the rows behind the profile's
/// numbers.
struct RecordListPage: Page {
    static let template = PageTemplate("record_list", utf8: PackageResources.record_list_mustache)

    /// What can be listed, as the address names it.
    private enum List: String {
        case application, candidateNote = "candidate_note", stage, feedback, applicationNote = "application_note"

        var kind: EntityKind {
            switch self {
            case .application: .application
            case .candidateNote: .candidateNote
            case .stage: .stage
            case .feedback: .feedback
            case .applicationNote: .applicationNote
            }
        }

        var words: (one: String, title: String) {
            switch self {
            case .application: ("application", "Applications")
            case .candidateNote, .applicationNote: ("note", "ATS notes")
            case .stage: ("stage", "Stages")
            case .feedback: ("interview", "Interview feedback")
            }
        }
    }

    let title: String
    var head: MemberHead
    var back: String
    var list: IndicatorView.Entries?
    var applications: [IndicatorView.Application]
    var pager: Pager

    static let routes: [PageRoute] = [.seatGet("/talent/profile/{member}/records") { try await show($0) }]

    private static let pageSize = 50

    private struct Found {
        var entries: [SeenRecord] = []
        var applications: [SeenApplication] = []
        var next: String?
        var says: String
    }

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let recruiter = try call.seated()
        let member = try await call.member()
        guard let list = call.query["list"].flatMap(List.init), let parent = call.query["of"],
            let system = try await recruiter.tenant(call.query["ats"], call.sandbox), system.showsIndicator
        else { throw PageProblem.unknownPage }
        let (core, now, after) = (call.core, call.now, call.query.exact("after") ?? "")
        let path = "/talent/profile/\(member.number)"
        let records = "\(path)/records?ats=\(system.key)"
        let sight = recruiter.sight(through: system.tenant, core)
        let tenancy = system.tenant.tenancy
        let found = try await call.read { tx -> Found in
            switch list {
            case .application:
                guard try sight.knows(parent, as: member, tx) else { throw PageProblem.unknownPage }
                let page = try sight.applications(of: parent, after: after, limit: pageSize, tx)
                return Found(
                    applications: page.applications, next: page.next,
                    says: Wording.count(page.applications.count, list.words.one)
                        + (page.next == nil ? "" : " on this page"))
            case .candidateNote:
                guard try sight.knows(parent, as: member, tx) else { throw PageProblem.unknownPage }
            case .stage, .feedback, .applicationNote:
                // Who may not see the job sees nothing of the application.
                guard let (candidate, _) = try sight.application(parent, tx),
                    try sight.knows(candidate, as: member, tx)
                else { throw PageProblem.unknownPage }
            }
            let page = try tx.children(of: parent, list.kind, tenancy: tenancy, after: after, limit: pageSize + 1)
            return Found(
                entries: try page.prefix(pageSize).map { try SeenRecord($0) },
                next: page.count > pageSize ? page[pageSize - 1].id : nil,
                says: Wording.count(
                    try tx.childCount(of: parent, list.kind, tenancy: tenancy), list.words.one))
        }
        let entry: @Sendable (SeenRecord) -> IndicatorView.Entry = { one in
            switch list {
            case .stage: IndicatorView.stage(one.record, now)
            case .feedback: IndicatorView.feedback(one.record, now)
            default: IndicatorView.note(one.record, now)
            }
        }
        let page = RecordListPage(
            title: list.words.title, head: MemberHead(member, .other), back: path,
            list: found.entries.isEmpty
                ? nil
                : IndicatorView.Entries(
                    label: list.words.title, count: "", entries: found.entries.map(entry), all: nil),
            applications: found.applications.map { IndicatorView.application($0, records, now) },
            pager: Pager(path + "/records", call.query, nextKey: found.next, says: found.says))
        return call.page(page)
    }
}

extension SeenRecord {
    fileprivate init(_ record: KnownRecord) throws {
        self.init(id: record.id, record: try JSONValue(parsing: record.body))
    }
}
