// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// A member in a list: who it is, and what the customer's ATS knows, as far as the recruiter may see it.
///
/// Fragment `member_row` lays it out, without the box around it.
struct MemberRow: Sendable {
    static let fragment = Fragment("member_row", utf8: PackageResources.member_row_mustache)

    /// The In-ATS indicator.
    struct Mark: Sendable, Hashable {
        var says: String
        var href: String
    }

    var member: Int64
    var name: String
    var headline: String?
    var place: String?
    var href: String
    var skills: String?
    var isOpenToWork: Bool
    var isClosed: Bool
    /// Empty when no ATS that the recruiter looks through knows the member.
    var marks: [Mark]

    init(_ member: Member, marks: [Mark]) {
        self.member = member.number
        name = member.name
        href = "/talent/profile/\(member.number)"
        let isClosed = member.closed != nil
        self.isClosed = isClosed
        self.marks = marks
        // Of who left LinkedIn nothing but the name is left.
        func shown(_ text: String) -> String? { isClosed || text.isEmpty ? nil : text }
        headline = shown(member.headline)
        place = shown(member.place)
        skills = shown(member.skills.joined(separator: " · "))
        isOpenToWork = !isClosed && member.isOpenToWork
    }
}

/// How a recruiter looks at members: through every ATS of the customer whose indicator is on.
struct RecruiterView: Sendable {
    var tenants: [RecruiterTenant]
    var scope: SearchScope
    private let sights: [RecruiterSight]

    init(_ recruiter: Recruiter, _ core: SandboxCore, _ tx: SQLTransaction) throws {
        let tenants = try recruiter.tenants(core, tx)
        let sights = tenants.filter(\.showsIndicator).map { recruiter.sight(through: $0.tenant, core) }
        self.tenants = tenants
        self.sights = sights
        let switches = core.settings.switches
        scope = SearchScope(
            doors: try sights.map {
                SearchScope.Door(
                    tenant: $0.tenant,
                    visibility: try tx.visibility(
                        of: $0.recruiter, in: .indicator, tenant: $0.tenant, everyone: switches.everyoneACL))
            }, matched: core.clock.now() - .seconds(switches.matchSeconds))
    }

    func row(_ member: Member, _ tx: SQLTransaction) throws -> MemberRow {
        let marks = try zip(scope.doors, sights).compactMap { door, sight -> MemberRow.Mark? in
            guard let found = try sight.mark(of: member, door.visibility, tx) else { return nil }
            let name = tenants.first { $0.tenant == door.tenant }?.name ?? ""
            let jobs = found == 0 ? "" : ", \(Wording.count(found, "application"))"
            return MemberRow.Mark(
                says: (tenants.count > 1 ? "In \(name)" : "In ATS") + jobs,
                href: "/talent/profile/\(member.number)")
        }
        return MemberRow(member, marks: marks)
    }

    func rows(_ numbers: some Sequence<Int64>, _ tx: SQLTransaction) throws -> [MemberRow] {
        try numbers.compactMap { try tx.member(number: $0) }.map { try row($0, tx) }
    }
}

extension RecruiterSight {
    /// The indicator in one number, of what is taken in (`SearchKeeper`).
    ///
    /// - Returns: how many applications of the member the recruiter may see; nil when the ATS does not know the member.
    func mark(of member: Member, _ visibility: Visibility, _ tx: SQLTransaction) throws -> Int? {
        let candidates = try tx.candidates(
            of: member, person: persons.urn(ofMember: member.number), tenancy: tenant.tenancy,
            delay: .seconds(switches.matchSeconds), at: now, isThorough: false,
            limit: Self.mostCandidates)
        guard !candidates.isEmpty else { return nil }
        var count = 0
        for candidate in candidates {
            // Nobody reads on a row how many hundreds there are.
            for id in try tx.applications(tenancy: tenant.tenancy, candidate: candidate.id, limit: 100) {
                let place = EntityPlace(tenancy: tenant.tenancy, kind: .application, id: id)
                guard let stored = try tx.entity(place), let job = ApplicationJob(stored.body) else { continue }
                let acls = try tx.aclGroups(tenancy: tenant.tenancy, from: job.id, through: job.id)[ExactID(job.id)]
                if visibility.shows(jobWith: acls ?? []) { count += 1 }
            }
        }
        return count
    }
}
