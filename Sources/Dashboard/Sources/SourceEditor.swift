// SPDX-License-Identifier: Apache-2.0

import ATSSource
import Domain
import Intake
import Store
import Web

/// Writing a mapping: checked on the page, saved as a revision. Of two people who edit the same one the second is told.
enum SourceEditor {
    static let routes: [DashboardRoute] = [
        .get("/ui/customers/{id}/sources/new", .operator, begin),
        .post("/ui/customers/{id}/sources/new", .operator, add),
        .post("/ui/customers/{id}/sources/check", .operator, check),
        .get("/ui/customers/{id}/sources/{name}/edit", .operator, edit),
        .post("/ui/customers/{id}/sources/{name}/edit", .operator, save),
    ]

    private static func begin(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let allowed = call.parts.sources.allowed
        let kind = call.query["kind"] ?? (allowed.folders.isEmpty ? "odbc" : "csv")
        let page = SourceEditorPage(customer, name: nil, mapping: starter(kind, allowed))
        return call.page(page, of: customer)
    }

    private static func edit(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (name, wanted) = (call.values[1], call.query["revision"].flatMap { Int64($0) })
        let found = try await call.store.read { tx -> (StoredSource, SourceRevision?)? in
            guard let source = try tx.source(name, customer: customer.number) else { return nil }
            let old = try tx.sourceRevisions(name, customer: customer.number).first { $0.revision == wanted }
            return (source, old)
        }
        guard let (source, old) = found else { throw DashboardProblem.unknownSource(customer) }
        let page = SourceEditorPage(
            customer, name: name, mapping: old?.mapping ?? source.mapping, revision: source.edited.revision)
        let notice = old.map { Notice(.info, "This is revision \($0.revision). Saving makes it the newest.") }
        return call.page(page, of: customer, notice: notice)
    }

    /// What is in the form, as it was typed.
    private struct Typed {
        var name: String?
        var mapping: String
        /// Of a mapping that is saved already.
        var isSaved: Bool

        init(_ form: FormFields) {
            name = form["name"]
            // Browsers send line ends as CR LF.
            mapping = (form.exact("mapping") ?? "").replacing("\r\n", with: "\n")
            isSaved = form.has(EditedThing.field)
        }
    }

    /// Shows the first rows as records, with every problem; sends nothing. With `fragment` only that part of the page.
    private static func check(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let typed = Typed(call.form)
        let saved = try await call.store.read { tx in
            try typed.name.flatMap { try tx.source($0, customer: customer.number) }
        }
        let isNew = !typed.isSaved || saved == nil
        let result = try await call.parts.sources.check(
            typed.mapping, of: isNew ? nil : typed.name, customer: customer)
        let findings = ShownFindings(result)
        if call.form.has("fragment") {
            return .html(Array(call.renderer.html(ShownFindings.fragment, findings).utf8))
        }
        var page = SourceEditorPage(
            customer, name: isNew ? nil : typed.name, mapping: typed.mapping,
            revision: call.form[EditedThing.field])
        page.typedName = typed.name ?? ""
        page.findings = findings
        return call.page(page, of: customer)
    }

    private static func add(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let typed = Typed(call.form)
        var page = SourceEditorPage(customer, name: nil, mapping: typed.mapping)
        page.typedName = typed.name ?? ""
        guard let name = typed.name, StoredSource.isName(name), name != "new", name != "check" else {
            page.nameError = "A name has 1 to 60 small letters, digits and hyphens, and is not called new or check."
            return call.page(page, of: customer, status: 422)
        }
        guard try await keep(name, typed, basis: 0, page: &page, customer, call) != nil else {
            if page.findings == nil { page.nameError = "There is a source of this name already." }
            return call.page(page, of: customer, status: 422)
        }
        return .see("\(SourcePages.base(customer))/\(name)?done=source-saved")
    }

    private static func save(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (name, typed) = (call.values[1], Typed(call.form))
        guard let source = try await call.store.read({ try $0.source(name, customer: customer.number) }) else {
            throw DashboardProblem.unknownSource(customer)
        }
        let back = Link("The source", "\(SourcePages.base(customer))/\(name.urlComponent)")
        if let answer = call.conflict(with: source.edited, back: back, of: customer) { return answer }
        var page = SourceEditorPage(customer, name: name, mapping: typed.mapping, revision: source.edited.revision)
        if try await keep(name, typed, basis: source.revision, page: &page, customer, call) != nil {
            return .see("\(SourcePages.base(customer))/\(name)?done=source-saved")
        }
        guard page.findings == nil else { return call.page(page, of: customer, status: 422) }
        // Somebody saved between the look and the commit.
        let newest = try await call.store.read { try $0.source(name, customer: customer.number) }
        guard let newest, let answer = call.conflict(with: newest.edited, back: back, of: customer) else {
            throw DashboardProblem.unknownSource(customer)
        }
        return answer
    }

    /// - Returns: nil when it was not saved; `page.findings` says why, or else somebody was quicker.
    private static func keep(
        _ name: String, _ typed: Typed, basis: Int64, page: inout SourceEditorPage, _ customer: Customer,
        _ call: DashboardCall
    ) async throws -> Int64? {
        if let mistake = call.parts.sources.mistake(in: typed.mapping) {
            page.findings = ShownFindings(SourceDesk.CheckResult(mistakes: [mistake]), isSaving: true)
            return nil
        }
        let (now, author) = (call.now, call.visitor.account.name)
        let entry = call.entry(basis == 0 ? "source.add" : "source.edit", "source \(name)", of: customer)
        let mapping = typed.mapping
        return try await call.store.write { tx in
            let revision = try tx.saveSource(
                name, mapping: mapping, basis: basis, author: author, customer: customer.number, at: now)
            if revision != nil { try tx.audit(entry, at: now) }
            return revision
        }
    }

    /// Something to begin with.
    private static func starter(_ kind: String, _ allowed: SourceAllowance) -> String {
        let fields = """
                fields:
                  id: id
                  firstName: first_name
                  lastName: last_name
                  email: email
                  createdAt: {column: created_at, as: date}
                  profileUrl: {template: 'https://ats.example.com/candidates/{id}'}

            """
        let folder = allowed.folders.first ?? "/srv/ats"
        switch kind {
        case "odbc":
            return """
                version: 1
                source:
                  kind: odbc
                  connection:
                    DSN: \(allowed.dataSources.first ?? "ats")
                    UID: crosswalk            # a login that may SELECT is enough
                    PWD: ${ATS_PASSWORD}      # its value is saved as a secret
                  time_zone: UTC
                records:
                  - type: candidate
                    query: SELECT * FROM candidates WHERE updated_at >= {watermark}
                    key: [id]
                    watermark: updated_at

                """ + fields
        case "ndjson":
            return """
                version: 1
                source:
                  kind: ndjson
                  folder: \(folder)
                records:
                  - type: candidate
                    file: candidates.ndjson

                """
        default:
            return """
                version: 1
                source:
                  kind: csv
                  folder: \(folder)
                  time_zone: UTC
                records:
                  - type: candidate
                    file: candidates.csv

                """ + fields
        }
    }
}

extension StoredSource {
    fileprivate var edited: EditedThing { EditedThing([("Mapping", "mapping", mapping)]) }
}

struct SourceEditorPage: Page {
    static let template = PageTemplate("source-edit", utf8: PackageResources.source_edit_mustache)
    var title: String
    var back: String
    var action: String
    var check: String
    /// nil for a new one, whose name is typed.
    var savedName: String?
    var typedName = ""
    var nameError: String?
    var mapping: String
    /// What the form is based on: `EditedThing.revision`; nil for a new one.
    var revision: String?
    var findings: ShownFindings?
    var starters: [Link]

    init(_ customer: Customer, name: String?, mapping: String, revision: String? = nil) {
        let base = SourcePages.base(customer)
        title = name.map { "Edit \($0)" } ?? "A new source"
        back = name.map { "\(base)/\($0.urlComponent)" } ?? base
        action = name.map { "\(base)/\($0.urlComponent)/edit" } ?? base + "/new"
        check = base + "/check"
        savedName = name
        self.mapping = mapping
        self.revision = name == nil ? nil : revision
        starters =
            name != nil
            ? []
            : [
                Link("CSV files", base + "/new?kind=csv"), Link("NDJSON files", base + "/new?kind=ndjson"),
                Link("A database (ODBC)", base + "/new?kind=odbc"),
            ]
    }
}

/// What a check found, on the page.
struct ShownFindings: Sendable {
    static let fragment = Fragment("source-findings", utf8: PackageResources.source_findings_mustache)
    var verdict: Notice
    var mistakes: [Mistake]
    var entries: [Entry]

    struct Mistake: Sendable {
        var place: String
        var message: String
        var remedy: String?
    }

    struct Entry: Sendable {
        var name: String
        var says: String
        var unusable: [Mistake]
        var rows: [Row]
    }

    struct Row: Sendable {
        var number: String
        var badge: Badge
        var problems: [String]
        var warnings: [String]
        var record: String
        var isOpen: Bool
    }

    /// - Parameter isSaving: it was to be saved, not only looked at.
    init(_ result: SourceDesk.CheckResult, isSaving: Bool = false) {
        let findings = result.findings
        mistakes = result.mistakes.map(Mistake.init)
        entries = findings.entries.map { entry in
            Entry(
                name: entry.name == entry.kind.rawValue ? entry.name : "\(entry.name) (\(entry.kind.rawValue))",
                says: entry.rows == 0 ? "No rows." : "The first \(Wording.count(entry.rows, "row")).",
                unusable: entry.unusable.map(Mistake.init),
                rows: entry.shown.enumerated().map { index, row in Row(row, isFirst: index == 0) })
        }
        if isSaving {
            verdict = Notice(.bad, "It was not saved.")
        } else if !result.isClean {
            verdict = Notice(.bad, "There are problems. Nothing was sent.")
        } else if findings.entries.allSatisfy({ $0.rows == 0 }) {
            verdict = Notice(.warn, "The source can be read, and has no rows. Nothing was sent.")
        } else {
            verdict = Notice(.good, "No problem in the first rows. Nothing was sent.")
        }
    }
}

extension ShownFindings.Mistake {
    fileprivate init(_ error: SourceError) {
        let place = error.place.description
        self.init(
            place: place.isEmpty ? "The source" : place, message: error.message,
            remedy: error.remedy.isEmpty ? nil : error.remedy)
    }
}

extension ShownFindings.Row {
    fileprivate init(_ row: SourceFindings.Row, isFirst: Bool) {
        number = Wording.count(row.number)
        problems = row.problems.map { "\($0.pointer): \($0.message)" }
        warnings = row.warnings.map { "\($0.pointer): \($0.message)" }
        badge =
            !problems.isEmpty
            ? Badge(.bad, Wording.count(problems.count, "problem"))
            : warnings.isEmpty ? Badge(.good, "Fine") : Badge(.warn, Wording.count(warnings.count, "warning"))
        record = PrettyJSON.text(row.record)
        isOpen = isFirst || !problems.isEmpty
    }
}
