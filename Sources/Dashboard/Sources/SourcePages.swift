// SPDX-License-Identifier: Apache-2.0

import ATSSource
import Domain
import Store
import Web

/// Where the ATS's data is read from: mappings that are written here, when they run, and what came of it.
enum SourcePages {
    static let routes: [DashboardRoute] =
        [
            .get("/ui/customers/{id}/sources", .viewer, list)
        ] + SourceEditor.routes + SourceActions.routes + [
            .get("/ui/customers/{id}/sources/{name}", .viewer, show),
            .get("/ui/customers/{id}/sources/{name}/live", .viewer, live),
            .get("/ui/customers/{id}/sources/{name}/runs/{run}", .viewer, run),
            .get("/ui/customers/{id}/sources/{name}/revisions", .operator, revisions),
        ]

    static func base(_ customer: Customer) -> String { "/ui/customers/\(customer.id)/sources" }

    private static func list(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (now, canEdit) = (call.now, call.visitor.account.role >= .operator)
        let allowed = call.parts.sources.allowed
        let rows = try await call.store.read { tx in
            try tx.sources(customer: customer.number).map { source in
                let last = try tx.sourceRuns(of: source.name, customer: customer.number, limit: 1).first
                return SourceRow(source, last, customer, canRun: canEdit, now)
            }
        }
        let add = canEdit && !allowed.isEmpty ? base(customer) + "/new" : nil
        let page = SourceListPage(
            rows: rows, hasRows: !rows.isEmpty, add: add,
            allowed: allowed.folders + allowed.dataSources.map { "Data source \($0)" },
            isClosed: allowed.isEmpty,
            empty: EmptyBox(
                "No source yet",
                allowed.isEmpty
                    ? "Name what pages may read in the connector's setting sources.allowed, and start it again. crosswalk source run works without it."
                    : "A mapping says where the ATS keeps its data and which column is which field. Until there is one the ATS sends its records itself.",
                link: add.map { Link("Write a mapping", $0) }))
        return call.page(page, of: customer)
    }

    private static func show(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (name, now, query) = (call.values[1], call.now, call.query)
        let before = query["before"].flatMap { Int64($0) }
        let role = call.visitor.account.role
        let page = try await call.store.read { tx -> SourcePage? in
            guard let source = try tx.source(name, customer: customer.number) else { return nil }
            let runs = ListPart(
                try tx.sourceRuns(of: name, customer: customer.number, before: before, limit: Pager.asked),
                key: { String($0.number) })
            let newest =
                try before == nil ? runs.rows.first : tx.sourceRuns(of: name, customer: customer.number, limit: 1).first
            let secrets = try tx.sourceSecrets(name, customer: customer.number)
            let watermarks = try tx.watermarks(customer: customer.number, source: name)
            let revision = try tx.sourceRevisions(name, customer: customer.number).first
            var page = SourcePage(source, customer, ShownRun(source, newest, customer, now), role, now)
            page.runs = runs.rows.map { RunRow($0, name, customer, now) }
            page.hasRuns = !runs.rows.isEmpty
            page.pager = runs.pager(page.path, query, "run", key: "before")
            let named = SourceDesk.variables(in: source.mapping)
            page.secrets = (named.map(\.name) + secrets.map(\.variable)).reduce(into: [String]()) { all, one in
                if !all.contains(one) { all.append(one) }
            }.map { variable in
                SecretRow(
                    variable, secrets.first { $0.variable == variable }?.at,
                    isUsed: named.contains { $0.name == variable }, now)
            }
            page.hasSecrets = !page.secrets.isEmpty
            page.watermarks = watermarks.sorted { $0.key < $1.key }.map { Fact($0.key, $0.value) }
            page.saved = revision.map {
                "Revision \($0.revision), saved by \($0.author) \(Wording.relative($0.at.value, now: now.value))"
            }
            return page
        }
        guard let page else { throw DashboardProblem.unknownSource(customer) }
        return call.page(page, of: customer, live: before == nil ? page.path + "/live" : nil)
    }

    private static func live(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (name, store, parts, renderer) = (call.values[1], call.store, call.parts, call.renderer)
        return .events(
            call.live.listen(to: "source/\(customer.number)/\(name)") {
                let now = parts.time.now()
                let run = try? await store.read { tx -> ShownRun? in
                    guard let source = try tx.source(name, customer: customer.number) else { return nil }
                    let newest = try tx.sourceRuns(of: name, customer: customer.number, limit: 1).first
                    return ShownRun(source, newest, customer, now)
                }
                guard let run = run ?? nil else { return nil }
                return [LiveHub.Update("run", renderer.html(ShownRun.fragment, run))]
            })
    }

    private static func run(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (name, now, query) = (call.values[1], call.now, call.query)
        guard let number = Int64(call.values[2]), number > 0, number < .max else {
            throw DashboardProblem.unknownSource(customer)
        }
        let after = query["after"].flatMap { Int64($0) } ?? 0
        let page = try await call.store.read { tx -> SourceRunPage? in
            let found = try tx.sourceRuns(of: name, customer: customer.number, before: number + 1, limit: 1).first
            guard let run = found, run.number == number else { return nil }
            let problems = try tx.sourceProblems(
                of: name, run: number, customer: customer.number, after: after, limit: Pager.asked)
            return SourceRunPage(run, name, customer, problems, query, now)
        }
        guard let page else { throw DashboardProblem.unknownSource(customer) }
        return call.page(page, of: customer)
    }

    private static func revisions(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (name, now) = (call.values[1], call.now)
        let found = try await call.store.read { try $0.sourceRevisions(name, customer: customer.number) }
        guard !found.isEmpty else { throw DashboardProblem.unknownSource(customer) }
        let path = "\(base(customer))/\(name.urlComponent)"
        let page = SourceRevisionsPage(
            title: "Revisions of \(name)", back: path,
            rows: found.map { one in
                RevisionRow(
                    revision: String(one.revision), author: one.author, at: ShownTime(one.at.value, now: now.value),
                    edit: "\(path)/edit?revision=\(one.revision)", mapping: one.mapping)
            })
        return call.page(page, of: customer)
    }
}

extension DashboardProblem {
    static func unknownSource(_ customer: Customer) -> Self {
        Self(
            status: 404, title: "There is no such source", text: "It was removed, or the address is mistyped.",
            links: [Link("All sources", SourcePages.base(customer))])
    }
}

extension SourceSchedule {
    var words: String {
        switch self {
        case .every(let minutes) where minutes % 1_440 == 0: "Every \(Wording.count(minutes / 1_440, "day"))"
        case .every(let minutes) where minutes % 60 == 0: "Every \(Wording.count(minutes / 60, "hour"))"
        case .every(let minutes): "Every \(Wording.count(minutes, "minute"))"
        case .daily: "Every day at \(clock ?? "") UTC"
        }
    }
}

struct SourceRow: Sendable {
    var name: String
    var href: String
    var schedule: String
    var due: ShownTime?
    var badge: Badge
    var lastRun: RunRow?
    var run: String?

    init(_ source: StoredSource, _ last: SourceRunRecord?, _ customer: Customer, canRun: Bool, _ now: Millis) {
        name = source.name
        href = "\(SourcePages.base(customer))/\(source.name.urlComponent)"
        schedule = source.schedule?.words ?? "When somebody asks"
        due = source.dueAt.map { ShownTime($0.value, now: now.value) }
        badge = last.map(\.badge) ?? Badge(.quiet, "Never ran")
        lastRun = last.map { RunRow($0, source.name, customer, now) }
        run = canRun ? href + "/run" : nil
    }
}

struct SourceListPage: Page {
    static let template = PageTemplate("sources", utf8: PackageResources.sources_mustache)
    var title = "Sources"
    var rows: [SourceRow]
    var hasRows: Bool
    var add: String?
    var allowed: [String]
    var isClosed: Bool
    var empty: EmptyBox
}

extension SourceRunRecord {
    var badge: Badge {
        switch state {
        case .running: Badge(.info, "Running")
        case .finished where counts.refused > 0: Badge(.warn, "Finished with problems")
        case .finished: Badge(.good, "Finished")
        case .failed: Badge(.bad, "Failed")
        case .stopped: Badge(.warn, "Stopped")
        }
    }
}

/// A run in a list.
struct RunRow: Sendable {
    var number: String
    var href: String
    var badge: Badge
    var begun: ShownTime
    var took: String
    var who: String
    var read: String
    var changed: String
    var refused: String
    var hasProblems: Bool
    var reason: String?

    init(_ run: SourceRunRecord, _ name: String, _ customer: Customer, _ now: Millis) {
        number = Wording.count(Int(run.number))
        href = "\(SourcePages.base(customer))/\(name.urlComponent)/runs/\(run.number)"
        badge = run.badge
        begun = ShownTime(run.begunAt.value, now: now.value)
        took = Wording.duration(milliseconds: ((run.endedAt ?? now) - run.begunAt).milliseconds)
        who = (run.askedBy ?? "The schedule") + (run.isFull ? ", everything" : "")
        read = Wording.count(run.counts.read)
        changed = Wording.count(run.counts.added + run.counts.changed + run.counts.deleted)
        refused = Wording.count(run.counts.refused)
        hasProblems = run.counts.refused + run.counts.warnings > 0
        reason = run.reason
    }
}

/// How the newest run is; what an open page exchanges as a whole.
struct ShownRun: Sendable {
    static let fragment = Fragment("source-run-now", utf8: PackageResources.source_run_now_mustache)
    var badge: Badge
    var says: String
    var isRunning: Bool
    var newest: RunRow?

    init(_ source: StoredSource, _ newest: SourceRunRecord?, _ customer: Customer, _ now: Millis) {
        self.newest = newest.map { RunRow($0, source.name, customer, now) }
        isRunning = newest?.state == .running
        badge = newest?.badge ?? Badge(.quiet, "Never ran")
        if isRunning {
            says = source.stops ? "It is being stopped." : ""
        } else if let who = source.askedBy {
            says = "A run that \(who) asked for begins in a moment."
        } else if let due = source.dueAt, source.schedule != nil {
            says =
                due <= now
                ? "The next run begins in a moment." : "The next run is \(Wording.relative(due.value, now: now.value))."
        } else {
            says = "It runs when somebody asks."
        }
    }
}

struct SecretRow: Sendable {
    var name: String
    var at: ShownTime?
    var isUsed: Bool

    init(_ name: String, _ at: Millis?, isUsed: Bool, _ now: Millis) {
        self.name = name
        self.at = at.map { ShownTime($0.value, now: now.value) }
        self.isUsed = isUsed
    }
}

struct SourcePage: Page {
    static let template = PageTemplate("source", utf8: PackageResources.source_mustache)
    var title: String
    var path: String
    var back: String
    var mapping: String
    var saved: String?
    var schedule: String
    /// What the form is based on: as it is stored; empty for none.
    var scheduleText: String
    var run: ShownRun
    var actions: Actions?
    var secrets: [SecretRow] = []
    var hasSecrets = false
    var watermarks: [Fact] = []
    var runs: [RunRow] = []
    var hasRuns = false
    var pager: Pager?
    var noRuns: EmptyBox

    struct Actions: Sendable {
        var path: String
        var isNever: Bool
        var isEvery: Bool
        var isDaily: Bool
        var every: String
        var isMinutes: Bool
        var clock: String
    }

    init(_ source: StoredSource, _ customer: Customer, _ run: ShownRun, _ role: Role, _ now: Millis) {
        title = source.name
        back = SourcePages.base(customer)
        path = "\(back)/\(source.name.urlComponent)"
        mapping = source.mapping
        schedule = source.schedule?.words ?? "When somebody asks"
        scheduleText = source.schedule?.text ?? ""
        self.run = run
        noRuns = EmptyBox("It never ran", "Check the mapping, then run it or give it a schedule.")
        guard role >= .operator else { return }
        var minutes: Int?
        if case .every(let every)? = source.schedule { minutes = every }
        let isMinutes = (minutes ?? 60) % 60 != 0
        actions = Actions(
            path: path, isNever: source.schedule == nil, isEvery: minutes != nil,
            isDaily: source.schedule?.clock != nil,
            every: minutes.map { String(isMinutes ? $0 : $0 / 60) } ?? "1", isMinutes: isMinutes,
            clock: source.schedule?.clock ?? "02:30")
    }
}

struct ProblemRow: Sendable {
    var place: String
    var kind: String
    var record: Link?
    var message: String
    var tone: String
    var word: String

    init(_ problem: SourceProblem, _ customer: Customer) {
        place = problem.place.excerpt(200)
        kind = problem.kind
        record =
            problem.candidate.map { Link($0.excerpt(60), Members.recordPage(customer, .candidate, $0)) }
            ?? problem.job.map { Link($0.excerpt(60), Members.recordPage(customer, .job, $0)) }
        message = problem.message.excerpt(600)
        tone = (problem.isWarning ? Tone.warn : .bad).rawValue
        word = problem.isWarning ? "Warning" : "Refused"
    }
}

struct SourceRunPage: Page {
    static let template = PageTemplate("source-run", utf8: PackageResources.source_run_mustache)
    var title: String
    var back: String
    var run: RunRow
    var revision: String
    var facts: [Fact]
    var problems: [ProblemRow]
    var hasProblems: Bool
    var pager: Pager

    init(
        _ run: SourceRunRecord, _ name: String, _ customer: Customer,
        _ problems: [(number: Int64, problem: SourceProblem)], _ query: FormFields, _ now: Millis
    ) {
        let path = "\(SourcePages.base(customer))/\(name.urlComponent)"
        title = "Run \(Wording.count(Int(run.number))) of \(name)"
        back = path
        self.run = RunRow(run, name, customer, now)
        revision = "Revision \(run.revision) of the mapping"
        let counts = run.counts
        facts = [
            ("Rows read", counts.read), ("New records", counts.added), ("Changed", counts.changed),
            ("As they were", counts.unchanged), ("Deleted", counts.deleted), ("Refused", counts.refused),
            ("Warnings", counts.warnings),
        ].map { Fact($0.0, Wording.count($0.1)) }
        let part = ListPart(problems, key: { String($0.number) })
        self.problems = part.rows.map { ProblemRow($0.problem, customer) }
        hasProblems = !problems.isEmpty
        pager = Pager(
            "\(path)/runs/\(run.number)", query, nextKey: part.nextKey,
            says: "The first \(Wording.count(StoreTransaction.sourceProblemsKept)) of a run are kept")
    }
}

struct RevisionRow: Sendable {
    var revision: String
    var author: String
    var at: ShownTime
    var edit: String
    var mapping: String
}

struct SourceRevisionsPage: Page {
    static let template = PageTemplate("source-revisions", utf8: PackageResources.source_revisions_mustache)
    var title: String
    var back: String
    var rows: [RevisionRow]
}
