// SPDX-License-Identifier: Apache-2.0

import ATSSource
import Domain
import Foundation
import JSONBytes
import Store
import Sync

/// The two sides, side by side.
struct DemoReport {
    struct Row: CustomStringConvertible {
        var kind: RecordKind
        var inATS: Int
        var refused: Int
        var tally: Tally
        var atLinkedIn: Int
        /// Everything the ATS has is at LinkedIn or accounted for, and LinkedIn has nothing else.
        var isEqual: Bool {
            atLinkedIn == tally.observed && tally.desired == tally.observed + tally.rejected + tally.waiting
                && inATS == tally.desired + refused
        }

        var description: String {
            "\(kind.rawValue): \(inATS) in the ATS, \(refused) refused, \(tally), \(atLinkedIn) at LinkedIn"
        }
    }

    var rows: [Row]
    var rejections: [Rejection]
    var waiting: [RecordStatus]
    var refusals: DemoRefusals
    /// Endpoint groups that were called, in the order of the protocol.
    var quota: [(group: String, requests: Int, perDay: Int?)]

    var isEqual: Bool { rows.allSatisfy(\.isEqual) }

    static func make(
        _ stage: DemoStage, ats: [RecordKind: Int], mapping: Mapping, tenant: CustomerAdd.Added
    ) async throws -> DemoReport {
        let customer = try await stage.connector.workspace.customer(tenant.id.text)
        let refused = try await DemoRefusals.find(mapping, stage.connector.workspace.store, customer)
        let counts = try await HTTPJSON.sandbox(stage.sandboxURL).counts(organization: customer.organization)
        let (tallies, rejections) = try await stage.connector.workspace.store.read { tx in
            (
                try tx.tallies(customer: customer.number),
                try RecordKind.allCases.flatMap { try tx.rejections(customer: customer.number, kind: $0, limit: 3) }
            )
        }
        let waiting = try await SyncReport.waiting(stage.connector.workspace.store, customer, perKind: 2)
        var quota: [(String, Int, Int?)] = []
        for budget in try await stage.connector.engine.status(customer).budgets where budget.usage.requestsToday > 0 {
            if !quota.contains(where: { $0.0 == budget.group }) {
                quota.append((budget.group, budget.usage.requestsToday, budget.usage.requestsPerDay))
            }
        }
        return DemoReport(
            rows: RecordKind.allCases.map { kind in
                Row(
                    kind: kind, inATS: ats[kind] ?? 0, refused: refused.counts[kind] ?? 0,
                    tally: tallies[kind] ?? Tally(),
                    atLinkedIn: counts[kind] ?? 0)
            },
            rejections: rejections, waiting: waiting, refusals: refused, quota: quota)
    }

    func show(seconds: Double) {
        let style = Terminal.style
        var table = Table(
            .text("type"), .number("in the ATS"), .number("refused"), .number("desired"), .number("observed"),
            .number("rejected"), .number("waiting"),
            .number("matched"), .number("at LinkedIn"), .text(""))
        for row in rows {
            table.add(
                row.kind.rawValue, row.inATS.grouped, row.refused.grouped, row.tally.desired.grouped,
                row.tally.observed.grouped,
                row.tally.rejected.grouped, row.tally.waiting.grouped,
                row.kind == .candidate ? row.tally.matched.grouped : "", row.atLinkedIn.grouped,
                row.isEqual ? style.green("✓") : style.red("✗ differs"))
        }
        table.lines(style: style).forEach(Terminal.out)
        if !refusals.examples.isEmpty {
            Terminal.out("\n" + style.yellow("Refused at the door, the first reasons:"))
            refusals.examples.forEach { Terminal.out("  " + $0) }
        }
        SyncReport.reasons(rejections, style).forEach(Terminal.out)
        SyncReport.reasons(waiting, style).forEach(Terminal.out)
        Terminal.out("")
        quotaTable.lines(style: style).forEach(Terminal.out)
        let sent = rows.reduce(0) { $0 + $1.atLinkedIn }
        Terminal.out("\n\(sent.grouped) records are at LinkedIn's side. The whole took \(ProgressLine.clock(seconds)).")
        Terminal.out(
            isEqual
                ? style.green("Both sides agree: what the ATS has is at LinkedIn or listed above with its reason.")
                : style.red("The two sides differ."))
        for row in rows where !row.isEqual { Terminal.note("the two sides differ: \(row)") }
    }
}

extension DemoReport {
    /// Calls of today, and which part of LinkedIn's daily limit they are.
    private var quotaTable: Table {
        var table = Table(.text("endpoint group"), .number("calls today"), .number("LinkedIn allows"), .number("used"))
        for line in quota {
            let share =
                line.perDay.map { "\((Double(line.requests) * 1000 / Double(max($0, 1))).rounded(.up) / 10) %" } ?? ""
            table.add(line.group, line.requests.grouped, line.perDay?.grouped ?? "unlimited", share)
        }
        return table
    }
}

extension RecordKind {
    /// The kind in a sentence: `1 candidate note`, `2 candidate notes`, `3 feedback`.
    func plural(_ count: Int) -> String {
        let words =
            switch self {
            case .candidateNote: "candidate note"
            case .applicationNote: "application note"
            case .feedback: "interview feedback"
            default: rawValue
            }
        return self == .feedback || count == 1 ? words : words + "s"
    }
}

extension HTTPJSON {
    /// How many entities of each type the sandbox holds for an organization.
    func counts(organization: Int64) async throws -> [RecordKind: Int] {
        let counts = try await send(.GET, "/_sandbox/state?organization=\(organization)")["counts"]
        func count(_ name: String) -> Int { Int(counts?[name]?.int ?? 0) }
        return [
            .job: count("jobs"), .candidate: count("candidates"), .candidateNote: count("candidateNotes"),
            .application: count("applications"),
            .applicationNote: count("applicationNotes"), .stage: count("stages"), .feedback: count("feedback"),
        ]
    }
}
