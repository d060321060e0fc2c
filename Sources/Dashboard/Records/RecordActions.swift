// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import Store
import Web

/// One record: what is known of it, sending it again, and asking LinkedIn what it holds.
enum RecordActions {
    static func show(_ call: DashboardCall) async throws -> WebResponse {
        try await page(call, readBack: nil)
    }

    static func readBack(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        guard let key = RecordKey(call.query) else { throw DashboardProblem.unknownRecord(customer) }
        guard let reader = call.parts.readBack, ReadBack.canShow(key.kind) else {
            throw DashboardProblem(
                status: 409, title: "LinkedIn cannot be asked",
                text: "LinkedIn shows no \(key.kind.label.lowercased()) by its id.",
                links: [Link("Back to the record", key.path(of: customer.id))])
        }
        return try await page(call, readBack: try await reader(customer, key))
    }

    static func retry(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        guard let key = RecordKey(call.form) else { throw DashboardProblem.unknownRecord(customer) }
        let (now, actor) = (call.now, call.visitor.account.name)
        let name = call.store.receipts.auditName(of: key, customer: customer.id)
        let isDue = try await call.store.write { tx in
            guard try tx.retry(customer: customer.number, key: key, at: now) else { return false }
            try tx.audit(
                AuditEntry(
                    actor: actor, action: "record.retry", customer: customer.number, subject: name), at: now)
            return true
        }
        guard isDue else {
            throw DashboardProblem(
                status: 409, title: "It cannot be sent now",
                text: "LinkedIn works on it just now, or it is not known any more.",
                links: [Link("Back to the record", key.path(of: customer.id))])
        }
        call.parts.signal.recordsChanged(customer.number)
        return .see(.page(key.path(of: customer.id) + "&done=retried"))
    }

    private static func page(_ call: DashboardCall, readBack: ReadBack?) async throws -> WebResponse {
        let customer = try await call.customer()
        guard let key = RecordKey(call.query) else { throw DashboardProblem.unknownRecord(customer) }
        let facts = try await call.store.read { try RecordFacts.read($0, key, of: customer.number) }
        guard let facts else { throw DashboardProblem.unknownRecord(customer) }
        let mayAct = call.visitor.account.role >= .operator
        var screen = RecordScreen(
            customer: customer, facts: facts, readBack: readBack, mayAct: mayAct,
            canAsk: call.parts.readBack != nil, now: call.now)
        if mayAct { screen.audit = AuditArea.about(call.store.receipts.auditName(of: key, customer: customer.id)) }
        return call.page(screen, of: customer)
    }
}

extension DashboardProblem {
    static func unknownRecord(_ customer: Customer) -> Self {
        Self(
            status: 404, title: "There is no such record",
            text: "The ATS never sent it, or it was deleted here and at LinkedIn.",
            links: [Link("All records", "/ui/customers/\(customer.id)/records")])
    }
}

/// Everything that the store knows about one record.
struct RecordFacts: Sendable {
    var status: RecordStatus
    var line: RecordLine
    var body: [UInt8]?
    var events: [Event]
    var ties: [PersonTie]
    var choice: ManualChoice?
    /// Its page in the ATS.
    var inATS: String?
    var related: [(kind: RecordKind, page: RecordPage)]

    private static let relatedRows = 10

    static func read(_ tx: StoreTransaction, _ key: RecordKey, of customer: Int64) throws -> RecordFacts? {
        guard let status = try tx.explain(customer: customer, key: key),
            let line = try tx.recordLine(customer: customer, key: key)
        else { return nil }
        let candidate = try candidate(tx, line, of: customer)
        var related: [(kind: RecordKind, page: RecordPage)] = []
        for kind in RecordKind.allCases where isRelated(kind, to: key.kind) {
            let page = try tx.recordPage(customer: customer, of: key, kind: kind, limit: relatedRows)
            if !page.lines.isEmpty { related.append((kind, page)) }
        }
        return RecordFacts(
            status: status, line: line, body: try tx.body(customer: customer, key: key),
            events: try candidate.map { try tx.history(candidate: $0, customer: customer, limit: 50) } ?? [],
            ties: key.kind == .candidate ? try tx.persons(ofCandidate: key.id, customer: customer) : [],
            choice: key.kind == .candidate ? try tx.manualChoice(candidate: key.id, customer: customer) : nil,
            inATS: try ATSPage.address(of: line, tx, customer: customer), related: related)
    }

    private static func isRelated(_ kind: RecordKind, to owner: RecordKind) -> Bool {
        kind.owner == owner || (kind == .application && (owner == .job || owner == .candidate))
    }

    /// The candidate that a record is about.
    static func candidate(_ tx: StoreTransaction, _ line: RecordLine, of customer: Int64) throws -> String? {
        switch line.key.kind {
        case .candidate: line.key.id
        case .candidateNote: line.key.parent
        case .application: line.candidate
        case .applicationNote, .stage, .feedback:
            try tx.recordLine(customer: customer, key: RecordKey(.application, id: line.key.parent))?.candidate
        case .job, .acl, .assignee: nil
        }
    }
}

/// Where a record can be looked at, and mended, in the ATS.
enum ATSPage {
    /// - Returns: an http or https address, or nil: the record's own page, else that of the candidate it is about.
    static func address(of line: RecordLine, _ tx: StoreTransaction, customer: Int64) throws -> String? {
        if let own = OutsideLink.href(line.label.url) { return own }
        guard let candidate = try RecordFacts.candidate(tx, line, of: customer) else { return nil }
        if line.key.kind != .candidate {
            let about = try tx.recordLine(customer: customer, key: RecordKey(.candidate, id: candidate))
            if let page = OutsideLink.href(about?.label.url) { return page }
        }
        let template = try tx.customer(number: customer)?.settings.profileURLTemplate
        return OutsideLink.href(template?.replacing("{id}", with: candidate.urlComponent))
    }
}
