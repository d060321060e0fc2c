// SPDX-License-Identifier: Apache-2.0

/// One ATS tenant as the connector knows it.
package struct Customer: Hashable, Sendable, Identifiable {
    /// The number that leads every table; never shown outside.
    package var number: Int64
    package var id: CustomerID
    package var name: String
    /// LinkedIn's number of the company (`urn:li:organization:…`).
    package var organization: Int64
    /// LinkedIn's numbers of the Recruiter contracts (`urn:li:contract:…`), ascending.
    package var contracts: [Int64]
    /// The `unique_foreign_id` that the child application was provisioned under.
    package var foreignID: String
    /// The address that stands for LinkedIn's API and OAuth hosts: the sandbox's, or LinkedIn's own.
    package var linkedInURL: String
    package var clientID: String
    package var clientSecret: SealedSecret
    /// The child application's URN, when provisioning told it.
    package var applicationURN: String?
    package var status: IntegrationState
    package var createdAt: Millis
    package var settings: CustomerSettings
    /// Nothing is sent since then, because a person said so.
    package var pausedAt: Millis?

    package init(
        number: Int64, id: CustomerID, name: String, organization: Int64, contracts: [Int64], foreignID: String,
        linkedInURL: String,
        clientID: String, clientSecret: SealedSecret, applicationURN: String?, status: IntegrationState,
        createdAt: Millis,
        settings: CustomerSettings, pausedAt: Millis? = nil
    ) {
        self.number = number
        self.id = id
        self.name = name
        self.organization = organization
        self.contracts = contracts
        self.foreignID = foreignID
        self.linkedInURL = linkedInURL
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.applicationURN = applicationURN
        self.status = status
        self.createdAt = createdAt
        self.settings = settings
        self.pausedAt = pausedAt
    }
}

extension Customer {
    /// Which customer, in both of its names.
    package struct Name: Hashable, Sendable {
        package var number: Int64
        package var id: CustomerID

        package init(number: Int64, id: CustomerID) {
            self.number = number
            self.id = id
        }
    }

    package var called: Name { Name(number: number, id: id) }
}

/// What is said about a customer when it is added.
package struct NewCustomer: Sendable {
    package var id: CustomerID
    package var name: String
    package var organization: Int64
    package var contracts: [Int64]
    /// Defaults to the id.
    package var foreignID: String
    package var linkedInURL: String
    package var clientID: String
    package var clientSecret: SealedSecret
    package var applicationURN: String?
    package var settings: CustomerSettings

    package init(
        id: CustomerID, name: String, organization: Int64, contracts: [Int64], foreignID: String? = nil,
        linkedInURL: String,
        clientID: String, clientSecret: SealedSecret, applicationURN: String? = nil,
        settings: CustomerSettings = CustomerSettings()
    ) {
        self.id = id
        self.name = name
        self.organization = organization
        self.contracts = contracts
        self.foreignID = foreignID ?? id.text
        self.linkedInURL = linkedInURL
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.applicationURN = applicationURN
        self.settings = settings
    }
}

/// How a customer's records are translated; the defaults suit most.
package struct CustomerSettings: Hashable, Sendable {
    /// Where a candidate's page in the ATS is: `https://ats.example.com/c/{id}`. Used for candidates that name no page of their own.
    package var profileURLTemplate: String?
    /// Whether jobs are shown to the public unless they say so themselves.
    package var publishesJobs: Bool
    /// Who sees jobs that are in no group.
    package var visibility: JobVisibility

    package init(
        profileURLTemplate: String? = nil, publishesJobs: Bool = false, visibility: JobVisibility = .everybody
    ) {
        self.profileURLTemplate = profileURLTemplate
        self.publishesJobs = publishesJobs
        self.visibility = visibility
    }
}

/// Who of the customer's recruiters sees a job that carries no ACL. A job that carries one is seen by its groups' members alone.
package enum JobVisibility: Int64, Sendable, CaseIterable {
    /// LinkedIn's settings JOB_POSTING_VIEWERS and APPLICATION_VIEWERS are ALL_PRODUCT_USERS. Source: RSC-104 (documented).
    case everybody = 0
    /// Both settings are removed: nobody does. Source: acl-overview (documented; modules-3-5, C.1).
    case acl = 1

    /// The name in our API and on the command line.
    package var name: String {
        switch self {
        case .everybody: "everybody"
        case .acl: "acl"
        }
    }

    package init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }
}

/// How far the customer's side in Recruiter is. Nothing is sent unless it is `enabled`.
package enum IntegrationState: Int64, Sendable, CaseIterable {
    /// Nobody asked for the integration yet.
    case pending = 0
    /// The customer's administrator asked for it.
    case requested = 1
    case enabled = 2
    /// It was enabled and is not any more.
    case disabled = 3
}

/// One integration of a customer at LinkedIn, in LinkedIn's own words.
package struct CustomerIntegration: Hashable, Sendable {
    /// LinkedIn's type, verbatim: `SYNC_TALENT_PROFILE` and its like.
    package var type: String
    /// The organization or contract URN that it is for.
    package var context: String
    package var name: String
    /// LinkedIn's status, verbatim; values that we do not know are kept.
    package var status: String
    package var changedAt: Millis

    package init(type: String, context: String, name: String, status: String, changedAt: Millis) {
        self.type = type
        self.context = context
        self.name = name
        self.status = status
        self.changedAt = changedAt
    }
}

/// A secret as it lies in the database: AES-256-GCM under the master key (nonce, ciphertext, tag). `Vault` in `Store` opens it.
package struct SealedSecret: Hashable, Sendable, CustomStringConvertible {
    package var bytes: [UInt8]
    package init(_ bytes: [UInt8]) { self.bytes = bytes }
    package var description: String { "sealed secret" }
}
