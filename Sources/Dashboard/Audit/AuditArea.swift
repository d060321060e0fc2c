// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Store
import Synchronization
import Web

/// Who did what, when.
enum AuditArea {
    static let path = "/ui/audit"

    static let routes: [DashboardRoute] = [
        .get("/ui/audit", .operator) { call in try await show(call) },
        .get("/ui/audit/download", .operator) { call in download(call.store) },
    ]

    /// What was done to one thing.
    static func about(_ subject: String) -> String { "\(path)?\(FormFields([("subject", subject)]).query())" }

    private static func show(_ call: DashboardCall) async throws -> WebResponse {
        let filter = AuditFilter(
            actor: call.query["actor"], action: call.query["action"], customer: call.query["customer"],
            subject: call.query["subject"])
        let before = call.query["before"].flatMap { Int64($0) }
        let (entries, words, customers) = try await call.store.read { tx in
            (
                try tx.auditEntries(filter, before: before, limit: Pager.asked), try tx.auditWords(),
                try tx.customers().map(\.id.text)
            )
        }
        let checked = try await call.parts.chain.check(call.store, anew: call.query.has("anew"))
        return call.page(
            AuditPage(entries, filter, words, customers, checked.chain, count: checked.count, call))
    }

    /// Every entry, first to last, as it is read from the store: however long the audit is, little of it is in memory.
    private static func download(_ store: Store) -> WebResponse {
        let last = Mutex<Int64>(0)
        let pieces = AsyncStream<[UInt8]> {
            let from = last.withLock { $0 }
            guard let entries = try? await store.read({ try $0.auditEntries(after: from, limit: 500) }),
                let end = entries.last
            else { return nil }
            last.withLock { $0 = end.number }
            var json = JSONWriter(capacity: entries.count * 300)
            for entry in entries { AuditChain.line(entry, to: &json) }
            return json.bytes
        }
        var response = WebResponse.download("crosswalk-audit.ndjson", type: "application/x-ndjson", [])
        response.body = .stream(pieces)
        return response
    }
}

struct AuditPage: Page {
    static let template = PageTemplate("audit", utf8: PackageResources.audit_mustache)

    struct Row: Sendable {
        var number: String
        var at: ShownTime
        var actor: String
        var action: String
        var customer: Link?
        var subject: Link?
        /// The first digits.
        var hash: String
        var wholeHash: String
    }

    var title = "Audit"
    var rows: [Row]
    var hasRows: Bool
    var actors: [Choice]
    var actions: [Choice]
    var customers: [Choice]
    var isFiltered: Bool
    /// What alone is looked at.
    var wanted: String?
    var chain: Notice
    var last: String?
    var pager: Pager
    var empty: EmptyBox

    init(
        _ entries: [AuditRecord], _ filter: AuditFilter, _ words: (actors: [String], actions: [String]),
        _ customers: [String], _ chain: AuditChain, count: Int64, _ call: DashboardCall
    ) {
        let part = ListPart(entries, key: { String($0.number) })
        rows = part.rows.map { entry in
            Row(
                number: String(entry.number), at: ShownTime(entry.at.value, now: call.now.value), actor: entry.actor,
                action: entry.action,
                customer: entry.customer.map { id in
                    Link(id, customers.contains(id) ? "/ui/customers/\(id)" : "\(AuditArea.path)?customer=\(id)")
                },
                subject: entry.subject.isEmpty ? nil : Link(entry.subject, AuditArea.about(entry.subject)),
                hash: String(entry.hash.hex.prefix(8)), wholeHash: entry.hash.hex)
        }
        hasRows = !rows.isEmpty
        actors = words.actors.map { Choice($0, $0, isChosen: $0 == filter.actor) }
        actions = words.actions.map { Choice($0, $0, isChosen: $0 == filter.action) }
        self.customers = customers.map { Choice($0, $0, isChosen: $0 == filter.customer) }
        isFiltered = filter != AuditFilter()
        wanted = filter.subject
        let entriesSay = Wording.count(Int(count), "entry", "entries")
        if let broken = chain.broken {
            self.chain = Notice(
                .bad,
                "The chain is broken: \(broken.says). Entries up to \(Wording.count(Int(chain.count))) of \(Wording.count(Int(count))) are whole. Compare with a downloaded audit.",
                link: Link("Check again", AuditArea.path + "?anew"))
        } else if chain.count < count {
            self.chain = Notice(
                .info,
                "\(entriesSay), chain intact up to entry \(Wording.count(Int(chain.count))); the rest is not checked yet.",
                link: Link("Go on", AuditArea.path))
        } else if chain.count > count {
            self.chain = Notice(
                .bad,
                "Entries after \(Wording.count(Int(count))) are gone: there were \(Wording.count(Int(chain.count))).",
                link: Link("Check again", AuditArea.path + "?anew"))
        } else {
            self.chain = Notice(
                count == 0 ? .quiet : .good,
                count == 0
                    ? "No entries yet." : "\(entriesSay), chain intact up to entry \(Wording.count(Int(count))).",
                link: count == 0 ? nil : Link("Check all again", AuditArea.path + "?anew"))
        }
        last = count > 0 && chain.broken == nil && chain.count == count ? chain.hash.hex : nil
        pager = Pager(
            AuditArea.path, call.query, nextKey: part.nextKey,
            says: isFiltered ? Wording.count(rows.count, "entry", "entries") + " on this page" : entriesSay,
            key: "before")
        empty =
            isFiltered
            ? EmptyBox(
                "No such entries", "Nobody did that, or not there.", link: Link("Show all", AuditArea.path)
            )
            : EmptyBox(
                "Nothing was done yet",
                "Every action of a person is noted here: on these pages and on the command line.", link: nil)
    }
}
