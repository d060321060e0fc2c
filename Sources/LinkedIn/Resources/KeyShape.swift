// SPDX-License-Identifier: Apache-2.0

/// How the entities of a resource are named on one surface.
package enum KeyShape: Hashable, Sendable {
    /// There is only one entity and it has no key (`/v2/me`).
    case keyless
    /// One text: `ids=N-1&ids=N-2`.
    case simple
    /// Named parts in any order: `ids[0].atsCandidateId=C-1&ids[0].dataProvider=ATS&…`.
    case parts([KeyPart])

    package var isSimple: Bool { self == .simple }

    /// The named parts; empty for the other two shapes.
    package var parts: [KeyPart] {
        if case .parts(let parts) = self { parts } else { [] }
    }
}

/// One named part of a complex key.
package struct KeyPart: Hashable, Sendable {
    package enum Role: Hashable, Sendable {
        /// The record's own id in the ATS.
        case id
        /// The id of the record it hangs on.
        case ownerID
        /// `urn:li:organization:…`, or `urn:li:contract:…` for contract-level integrations.
        case context
        /// Always `ATS`, only on v2. Source: Postman collection (postman); CRM products use another value.
        case dataProvider
        /// `ONE_CLICK_EXPORT`, … Source: integration-types (documented).
        case integrationType
        /// `RECRUITER` or `JOBS`.
        case tenantType
        /// What an ACL secures: always `JOB_POSTING` for RSC. Source: sync-acls (documented).
        case entityType
    }

    package var name: String
    package var role: Role

    package init(_ name: String, _ role: Role) {
        self.name = name
        self.role = role
    }

    /// The only value `dataProvider` may have. Source: sync-candidates and its siblings (documented).
    package static let dataProviderValue = "ATS"

    /// The only securable entity of RSC. Source: sync-acls (documented).
    package static let entityTypeValue = "JOB_POSTING"
}
