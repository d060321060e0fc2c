// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import JSONBytes
import Store
import Synchronization
import Web

/// Erasing somebody in two steps, watching it, and the receipt.
enum ErasurePages {
    static let routes: [DashboardRoute] = [
        .get("/ui/customers/{id}/privacy/erase", .admin) { try await ask($0) },
        .post("/ui/customers/{id}/privacy/erase", .admin, erase),
        .get("/ui/customers/{id}/privacy/erasures/{erasure}", .viewer, show),
        .get("/ui/customers/{id}/privacy/erasures/{erasure}/live", .viewer, live),
        .get("/ui/customers/{id}/privacy/erasures/{erasure}/receipt", .viewer, receipt),
        .post("/ui/customers/{id}/privacy/erasures/{erasure}/close", .admin, close),
    ]

    /// What is held, and the question.
    ///
    /// - Parameter error: why the answer was not taken.
    private static func ask(_ call: DashboardCall, whom: String? = nil, error: String? = nil) async throws
        -> WebResponse
    {
        let customer = try await call.customer()
        guard let whom = whom ?? call.query["whom"], whom.count <= 600 else {
            return .see("\(Privacy.base(customer))")
        }
        let scope = Privacy.scope(whom)
        let outlook = try await call.store.read { tx -> ErasureOutlook in
            switch scope {
            case .candidate(let id): try tx.erasureOutlook(candidate: id, customer: customer.number)
            case .person(let person): try tx.erasureOutlook(person: person, customer: customer.number)
            case .everything: ErasureOutlook()
            }
        }
        return call.page(
            EraseQuestionPage(scope, whom, outlook, customer, error: error), of: customer,
            status: error == nil ? 200 : 422)
    }

    /// What `POST /api/v1/erasures` does.
    private static func erase(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        guard let whom = call.form["whom"], whom.count <= 600 else { return .see("\(Privacy.base(customer))") }
        guard call.form["confirm"] == whom else {
            return try await ask(call, whom: whom, error: "This is not the id above. Nothing was erased.")
        }
        let id = try await begin(Privacy.scope(whom), customer, call)
        return .see("\(Privacy.base(customer))/erasures/\(id)?done=erasing")
    }

    /// Begins an erasure: what is held here is gone when this returns.
    ///
    /// - Returns: its id.
    static func begin(_ scope: ErasureScope, _ customer: Customer, _ call: DashboardCall) async throws -> String {
        let (now, request) = (call.now, call.store.receipts.request(scope, customer: customer.id))
        let entry = call.entry("erasure.begin", "", of: customer)
        let id = try await call.store.write { tx in
            let id = try tx.beginErasure(request, of: customer, at: now)
            // The audit outlives the person: it names the erasure and not whom it is about.
            var entry = entry
            entry.subject = "erasure \(id)"
            try tx.audit(entry, at: now)
            return id
        }
        call.parts.signal.erasureAsked(customer.number)
        _ = try await call.store.emptyLog()
        return id
    }

    private static func show(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (id, now, key) = (call.values[1], call.now, call.store.receipts.publicKey)
        let isAdmin = call.visitor.account.role >= .admin
        let found = try await call.store.read { try Self.read(id, customer, now, $0) }
        guard let (erasure, progress) = found else { throw DashboardProblem.unknownErasure(customer) }
        let page = ErasurePage(erasure, progress, customer, key: key, isAdmin: isAdmin)
        return call.page(page, of: customer, live: erasure.state == .finished ? nil : page.path + "/live")
    }

    private static func read(_ id: String, _ customer: Customer, _ now: Millis, _ tx: StoreTransaction) throws -> (
        Erasure, ErasureState.Shown
    )? {
        guard let erasure = try tx.erasure(id, customer: customer.number) else { return nil }
        let progress = try tx.progress(erasure: id, customer: customer.number)
        return (erasure, ErasureState.Shown(erasure, progress, now))
    }

    private static func live(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (id, store, parts, renderer) = (call.values[1], call.store, call.parts, call.renderer)
        return .events(
            call.live.listen(to: "erasure/\(customer.number)/\(id)") {
                let now = parts.time.now()
                guard let found = try? await store.read({ try Self.read(id, customer, now, $0) }) else { return nil }
                var shown = found.1
                if found.0.state == .finished { shown.receiptPage = "\(Privacy.base(customer))/erasures/\(id)" }
                return [LiveHub.Update("progress", renderer.html(ErasureState.Shown.fragment, shown))]
            })
    }

    private static func receipt(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let id = call.values[1]
        let erasure = try await call.store.read { try $0.erasure(id, customer: customer.number) }
        guard let receipt = erasure?.receipt else { throw DashboardProblem.unknownErasure(customer) }
        return .download("\(id).json", type: "application/json", receipt)
    }

    /// What `POST /api/v1/erasures/{id}/close` does.
    private static func close(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (id, now) = (call.values[1], call.now)
        let entry = call.entry("erasure.close", "erasure \(id)", of: customer)
        let closed = try await call.store.write { tx -> Bool in
            guard try tx.closeErasure(id, customer: customer.number, at: now) != nil else { return false }
            try tx.audit(entry, at: now)
            return true
        }
        guard closed else { throw DashboardProblem.unknownErasure(customer) }
        call.parts.signal.erasureAsked(customer.number)
        return .see("\(Privacy.base(customer))/erasures/\(id.urlComponent)?done=closing")
    }
}

extension ErasureState {
    /// How far an erasure is; what an open page exchanges as a whole.
    struct Shown: Sendable {
        static let fragment = Fragment("erasure-progress", utf8: PackageResources.erasure_progress_mustache)
        var badge: Badge
        var because: String?
        var steps: [Step]
        var kinds: [Kind]
        var hasKinds: Bool
        /// Where the receipt is shown once it is there; for a page that was opened before.
        var receiptPage: String?

        struct Step: Sendable {
            var label: String
            /// `done`, `current` or nothing: the class of its line.
            var mark: String
            var at: ShownTime?
        }

        struct Kind: Sendable {
            var name: String
            var total: String
            var deleted: String
            var proven: String
            var unproven: String
        }

        init(_ erasure: Erasure, _ progress: [RecordKind: ErasureProgress], _ now: Millis) {
            badge = erasure.state.badge
            because = erasure.because
            func step(_ label: String, _ moment: Millis?, _ states: [ErasureState]) -> Step {
                Step(
                    label: label, mark: moment != nil ? "done" : states.contains(erasure.state) ? "current" : "",
                    at: moment.map { ShownTime($0.value, now: now.value) })
            }
            let isOver = erasure.state == .finished
            steps = [
                step("Asked for", erasure.askedAt, []),
                step("Erased here", erasure.localAt, [.marking]),
                step("Deleted at LinkedIn", erasure.deletedAt, [.deleting]),
                step("Read back at LinkedIn, and not there", erasure.provedAt, isOver ? [] : [.proving]),
                step("Overwritten and signed", erasure.finishedAt, [.clearing, .sealing]),
            ]
            kinds = progress.sorted { $0.key < $1.key }.map { kind, counts in
                Kind(
                    name: kind.rawValue, total: Wording.count(counts.total), deleted: Wording.count(counts.deleted),
                    proven: Wording.count(counts.proven), unproven: Wording.count(counts.unproven))
            }
            hasKinds = !kinds.isEmpty
        }
    }
}

struct ErasurePage: Page {
    static let template = PageTemplate("privacy-erasure", utf8: PackageResources.privacy_erasure_mustache)
    var title: String
    var back: String
    var path: String
    var id: String
    var progress: ErasureState.Shown
    var receipt: ShownReceipt?
    var close: String?

    struct ShownReceipt: Sendable {
        var verdict: Notice
        var outcome: String
        var why: String?
        var erasedHere: [Fact]
        var download: String
        var key: String
        var json: String
    }

    init(
        _ erasure: Erasure, _ progress: ErasureState.Shown, _ customer: Customer, key: String, isAdmin: Bool
    ) {
        title =
            "Erasure of \(erasure.kind == .everything ? "everything" : erasure.kind == .person ? "a member" : "a candidate")"
        back = Privacy.base(customer)
        path = "\(Privacy.base(customer))/erasures/\(erasure.id)"
        id = erasure.id
        self.progress = progress
        receipt = erasure.receipt.map { ShownReceipt($0, key: key, download: path + "/receipt") }
        close = isAdmin && (erasure.state == .deleting || erasure.state == .proving) ? path + "/close" : nil
    }
}

extension ErasurePage.ShownReceipt {
    init(_ bytes: [UInt8], key: String, download: String) {
        let receipt = Receipt(bytes)
        verdict =
            switch receipt?.verdict(key: key) {
            case .valid?:
                Notice(.good, "The signature is valid: the receipt is unaltered and was signed by this connector.")
            case .otherKey?:
                Notice(.bad, "The receipt is unaltered, but it was signed with another key than this connector's.")
            case .altered?: Notice(.bad, "The receipt was altered: its signature does not fit its words.")
            case .unreadable?, nil: Notice(.bad, "This is no signed receipt.")
            }
        let facts = receipt?.json["receipt"]
        let word = facts?["linkedIn"]?["outcome"]?.string ?? ""
        outcome = Self.outcomes[word] ?? word
        why = facts?["linkedIn"]?["because"]?.string
        erasedHere = (facts?["erasedHere"]?.object ?? [:]).map { name, count in
            Fact(Holding.all.first { $0.table == name }?.holds ?? name, Wording.count(Int(count.int ?? 0), "row"))
        }
        self.download = download
        self.key = key
        json = PrettyJSON.text(bytes)
    }

    private static let outcomes = [
        "proven": "LinkedIn was asked for every record that can be read back, and has none of them.",
        "unproven": "It is not proven that LinkedIn deleted everything.",
        "never held": "LinkedIn never had a record of it.",
        "nothing to delete": "There was nothing to delete at LinkedIn.",
    ]
}

struct EraseQuestionPage: Page {
    static let template = PageTemplate("privacy-erase", utf8: PackageResources.privacy_erase_mustache)
    var title: String
    var back: String
    var action: String
    var whom: String
    var record: Link?
    var held: [Fact]
    var persons: [String]
    var hasNothing: Bool
    var isPerson: Bool
    var isEnding: Bool
    var error: String?

    init(
        _ scope: ErasureScope, _ whom: String, _ outlook: ErasureOutlook, _ customer: Customer, error: String?
    ) {
        isPerson = scope.kind == .person
        title = isPerson ? "Erase this member?" : "Erase this candidate?"
        back = Privacy.base(customer)
        action = Privacy.base(customer) + "/erase"
        self.whom = whom
        record =
            outlook.records[.candidate] == nil
            ? nil : Link("Its record", Members.candidatePage(customer, whom))
        held =
            outlook.records.sorted { $0.key < $1.key }.map { kind, count in
                Fact("Records of the type \(kind.rawValue)", Wording.count(count))
            } + outlook.fromLinkedIn.map { Fact("From LinkedIn: \($0.what)", Wording.count($0.count)) }
        persons = outlook.persons
        hasNothing = held.isEmpty && persons.isEmpty
        isEnding = outlook.isEnding
        self.error = error
    }
}

extension DashboardProblem {
    fileprivate static func unknownErasure(_ customer: Customer) -> Self {
        Self(
            status: 404, title: "There is no such erasure", text: "Compare the id with the answer to the DELETE.",
            links: [Link("All erasures", Privacy.base(customer))])
    }
}
