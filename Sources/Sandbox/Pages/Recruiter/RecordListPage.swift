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
        let found = try await call.read { tx -> (entries: [SeenRecord], applications: [SeenApplication], total: Int) in
            let own = Set(try sight.candidates(of: member, most: 1, tx).map { ExactID($0.id) })
            switch list {
            case .application:
                guard own.contains(ExactID(parent)) else { throw PageProblem.unknownPage }
                let visible = try tx.applications(tenancy: tenancy, candidate: parent).sorted()
                    .compactMap { try sight.application($0, tx)?.application }
                return ([], Array(visible.filter { $0.id > after }.prefix(pageSize + 1)), visible.count)
            case .candidateNote:
                guard own.contains(ExactID(parent)) else { throw PageProblem.unknownPage }
            case .stage, .feedback, .applicationNote:
                // Who may not see the job sees nothing of the application.
                guard let (candidate, _) = try sight.application(parent, tx), own.contains(ExactID(candidate)) else {
                    throw PageProblem.unknownPage
                }
            }
            let page = try tx.children(of: parent, list.kind, tenancy: tenancy, after: after, limit: pageSize + 1)
            return (
                try page.map { try SeenRecord($0) }, [],
                try tx.childCount(of: parent, list.kind, tenancy: tenancy)
            )
        }
        let ids = found.entries.map(\.id) + found.applications.map(\.id)
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
                    label: list.words.title, count: Wording.count(found.total),
                    entries: found.entries.prefix(pageSize).map(entry), all: nil),
            applications: found.applications.prefix(pageSize).map { IndicatorView.application($0, records, now) },
            pager: Pager(
                path + "/records", call.query, nextKey: ids.count > pageSize ? ids[pageSize - 1] : nil,
                says: Wording.count(found.total, list.words.one)))
        return call.page(page)
    }
}

extension SeenRecord {
    fileprivate init(_ record: KnownRecord) throws {
        self.init(id: record.id, record: try JSONValue(parsing: record.body))
    }
}
