// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import Store
import Web

/// Forgetting: people who are erased, how long LinkedIn's data is kept, accounts that were closed, and the end of a contract.
enum Privacy {
    static let routes: [DashboardRoute] =
        [
            .get("/ui/customers/{id}/privacy", .viewer, list)
        ] + ErasurePages.routes + RetentionPages.routes + ContractEndPages.routes

    static func base(_ customer: Customer) -> String { "/ui/customers/\(customer.id)/privacy" }

    static func tabs(_ customer: Customer, _ current: String) -> [PageTab] {
        let base = base(customer)
        return [
            PageTab("Erasures", base, current == "erasures"),
            PageTab("Retention", base + "/retention", current == "retention"),
            PageTab("Closed accounts", base + "/closed", current == "closed"),
            PageTab("End of the contract", base + "/end", current == "end"),
        ]
    }

    /// A candidate's id, or a member's URN, as somebody typed it.
    static func scope(_ text: String) -> ErasureScope {
        if text.hasPrefix("urn:li:person:"), let urn = PersonURN(text) { return .person(urn.description) }
        return .candidate(text)
    }

    private static func list(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (mark, now, query) = (call.mark, call.now, call.query)
        let (about, role) = (call.query["about"], call.visitor.account.role)
        let key = call.store.receipts
        let page = try await call.store.read { tx in
            let scope = about.map(scope)
            let found = try tx.erasuresNewest(customer: customer.number, before: mark, limit: Pager.asked) { erasure in
                scope.map { key.isAbout($0, erasure) } ?? true
            }
            let erasures = ListPart(found, mark: { PageMark(at: $0.askedAt, key: $0.id) })
            let open = try tx.openErasureCount(customer: customer.number)
            return ErasureListPage(
                tabs: tabs(customer, "erasures"), open: open == 0 ? nil : Wording.count(open, "erasure"),
                erase: role >= .admin ? base(customer) + "/erase" : nil, about: about ?? "",
                rows: erasures.rows.map { ErasureRow($0, customer, now) }, hasRows: !erasures.rows.isEmpty,
                pager: erasures.pager(base(customer), query, "erasure"),
                empty: about == nil
                    ? EmptyBox(
                        "Nobody was erased yet",
                        "Erase a person above, or let the ATS do it with DELETE /api/v1/candidates/{id}?erase=true. Each erasure ends with a signed receipt."
                    )
                    : EmptyBox(
                        "No erasure of this id",
                        "Receipts hold no names and no ids; whoever knows the id finds them. Mind its spelling.",
                        link: Link("All erasures", base(customer))))
        }
        return call.page(page, of: customer)
    }
}

extension ErasureState {
    var badge: Badge {
        switch self {
        case .marking: Badge(.info, "Marking records")
        case .deleting: Badge(.info, "Deleting at LinkedIn")
        case .proving: Badge(.info, "Reading back at LinkedIn")
        case .clearing: Badge(.info, "Clearing keys")
        case .sealing: Badge(.info, "Overwriting and signing")
        case .finished: Badge(.good, "Finished")
        }
    }
}

extension ErasureScope.Kind {
    var words: String {
        switch self {
        case .candidate: "A candidate"
        case .person: "A member of LinkedIn"
        case .everything: "Everything of the customer"
        }
    }
}

struct ErasureRow: Sendable {
    var id: String
    var href: String
    var what: String
    var badge: Badge
    var because: String?
    var asked: ShownTime
    var finished: ShownTime?

    init(_ erasure: Erasure, _ customer: Customer, _ now: Millis) {
        id = erasure.id
        href = "\(Privacy.base(customer))/erasures/\(erasure.id)"
        what = erasure.kind.words
        badge = erasure.state.badge
        because = erasure.because
        asked = ShownTime(erasure.askedAt.value, now: now.value)
        finished = erasure.finishedAt.map { ShownTime($0.value, now: now.value) }
    }
}

struct ErasureListPage: Page {
    static let template = PageTemplate("privacy", utf8: PackageResources.privacy_mustache)
    var title = "Privacy"
    var tabs: [PageTab]
    var open: String?
    /// Where somebody is looked up to be erased; nil for those who may not.
    var erase: String?
    var about: String
    var rows: [ErasureRow]
    var hasRows: Bool
    var pager: Pager
    var empty: EmptyBox
}
