// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import JSONBytes
import Store
import Sync

/// What was refused before it was stored.
struct DemoRefusals {
    var counts: [RecordKind: Int] = [:]
    /// Rows that became no record.
    var unusable = 0
    var examples: [String] = []

    static func += (lhs: inout Self, rhs: Self) {
        lhs.counts.merge(rhs.counts) { $0 + $1 }
        lhs.unusable += rhs.unusable
        lhs.examples += rhs.examples
    }
}

/// The two sides, side by side.
struct DemoReport {
    struct Row {
        var kind: RecordKind
        var inATS: Int
        var refused: Int
        var tally: Tally
        var atLinkedIn: Int
        /// Everything the ATS has is at LinkedIn or accounted for, and LinkedIn has nothing else.
        var isEqual: Bool { atLinkedIn == tally.observed && tally.desired == tally.observed + tally.rejected + tally.waiting && inATS == tally.desired + refused }
    }

    var rows: [Row]
    var rejections: [Rejection]
    var refusals: DemoRefusals
    var quota: [(group: String, requests: Int)]

    var isEqual: Bool { rows.allSatisfy(\.isEqual) }

    static func make(
        _ stage: DemoStage, ats: [RecordKind: Int], tenant: CustomerAdd.Added, refused: DemoRefusals
    ) async throws -> DemoReport {
        let customer = try await stage.connector.workspace.customer(tenant.id.text)
        let counts = try await HTTPJSON.sandbox(stage.sandboxURL).counts(organization: customer.organization)
        let (tallies, rejections) = try await stage.connector.workspace.store.read { tx in
            (
                try tx.tallies(customer: customer.number),
                try RecordKind.allCases.flatMap { try tx.rejections(customer: customer.number, kind: $0, limit: 3) }
            )
        }
        var quota: [(String, Int)] = []
        for budget in try await stage.connector.engine.status(customer).budgets where budget.usage.requestsToday > 0 {
            if !quota.contains(where: { $0.0 == budget.group }) { quota.append((budget.group, budget.usage.requestsToday)) }
        }
        return DemoReport(
            rows: RecordKind.allCases.map { kind in
                Row(
                    kind: kind, inATS: ats[kind] ?? 0, refused: refused.counts[kind] ?? 0, tally: tallies[kind] ?? Tally(),
                    atLinkedIn: counts[kind] ?? 0)
            },
            rejections: rejections, refusals: refused, quota: quota)
    }

    func show(seconds: Double) {
        let style = Terminal.style
        var table = Table(
            .text("type"), .number("in the ATS"), .number("refused"), .number("desired"), .number("observed"), .number("rejected"), .number("waiting"),
            .number("matched"), .number("at LinkedIn"), .text(""))
        for row in rows {
            table.add(
                row.kind.rawValue, row.inATS.grouped, row.refused.grouped, row.tally.desired.grouped, row.tally.observed.grouped,
                row.tally.rejected.grouped, row.tally.waiting.grouped, row.kind == .candidate ? row.tally.matched.grouped : "", row.atLinkedIn.grouped,
                row.isEqual ? style.green("✓") : style.red("✗ differs"))
        }
        Terminal.out("")
        table.lines(style: style).forEach(Terminal.out)
        if !refusals.examples.isEmpty {
            Terminal.out("\n" + style.yellow("Refused at the door, the first reasons:"))
            refusals.examples.prefix(5).forEach { Terminal.out("  " + $0) }
        }
        SyncReport.reasons(rejections, style).forEach(Terminal.out)
        let used = quota.map { "\($0.group) \($0.requests.grouped)" }.joined(separator: ", ")
        Terminal.out("\nRequests of today's quotas used: \(used)")
        Terminal.out("Time: \(ProgressBar.clock(seconds))")
        Terminal.out(
            isEqual
                ? style.green("Both sides agree: what the ATS has is at LinkedIn or listed above with its reason.")
                : style.red("The two sides differ."))
    }
}

extension HTTPJSON {
    /// How many entities of each type the sandbox holds for an organization.
    func counts(organization: Int64) async throws -> [RecordKind: Int] {
        let counts = try await send(.GET, "/_sandbox/state?organization=\(organization)")["counts"]
        func count(_ name: String) -> Int { Int(counts?[name]?.int ?? 0) }
        return [
            .job: count("jobs"), .candidate: count("candidates"), .candidateNote: count("candidateNotes"), .application: count("applications"),
            .applicationNote: count("applicationNotes"), .stage: count("stages"), .feedback: count("feedback"),
        ]
    }
}
