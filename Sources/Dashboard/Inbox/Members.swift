// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Store
import Web

/// Who members and recruiters are, as far as we know: looked up when a page is made, so that a later tie shows at once.
struct Members {
    private let tx: StoreTransaction
    private let customer: Customer

    init(_ tx: StoreTransaction, _ customer: Customer) {
        self.tx = tx
        self.customer = customer
    }

    /// A member in a list or above a conversation.
    func member(_ person: String?) throws -> ShownMember {
        guard let person else {
            return ShownMember(name: "A member whom LinkedIn does not name", urn: nil, candidate: nil)
        }
        let tie = try tx.candidate(ofPerson: person, customer: customer.number)
        return ShownMember(
            name: try name(person) ?? person, urn: person,
            candidate: tie.map { candidate(Link("Candidate \($0.candidate)", ""), $0.candidate) })
    }

    func recruiter(_ seat: Int64?) throws -> String {
        guard let seat else { return "A recruiter whom LinkedIn does not name" }
        if let user = try tx.user(ofSeat: seat, customer: customer.number) { return user.name }
        return "The recruiter of seat \(seat)"
    }

    /// The page of a candidate's record.
    static func candidatePage(_ customer: Customer, _ id: String) -> String { recordPage(customer, .candidate, id) }

    static func recordPage(_ customer: Customer, _ kind: RecordKind, _ id: String) -> String {
        "/ui/customers/\(customer.id)/records/\(kind.rawValue)/\(id.urlComponent)"
    }

    private func candidate(_ link: Link, _ id: String) -> Link {
        Link(link.label.excerpt(60), Self.candidatePage(customer, id))
    }

    /// From what LinkedIn told us: an export, or a profile that was shared.
    private func name(_ person: String) throws -> String? {
        for export in try tx.exports(ofPerson: person, customer: customer.number).reversed() {
            if let name = export.profile.flatMap(Self.name(in:)) { return name }
        }
        return try tx.profiles(customer: customer.number, person: person, limit: 1).first.flatMap {
            Self.name(in: $0.profile.profile)
        }
    }

    static func name(in profile: [UInt8]) -> String? {
        guard let json = try? JSONValue(parsing: profile) else { return nil }
        let name = [json["firstName"]?.string, json["lastName"]?.string].compactMap(\.self).joined(separator: " ")
        return name.isEmpty ? nil : name
    }
}

struct ShownMember: Sendable {
    var name: String
    var urn: String?
    /// The ATS's candidate whom the member is.
    var candidate: Link?
}
