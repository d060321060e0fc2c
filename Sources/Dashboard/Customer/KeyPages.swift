// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import Store
import Web

/// A customer's keys to our API, and the secret of its application at LinkedIn.
enum KeyPages {
    static let routes: [DashboardRoute] = [
        .get("/ui/customers/{id}/keys", .admin, show), .post("/ui/customers/{id}/keys", .admin, make),
        .post("/ui/customers/{id}/keys/{key}/revoke", .admin, revoke),
        .post("/ui/customers/{id}/secret", .admin, replaceSecret),
    ]

    private static func show(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        return try await page(call, customer)
    }

    private static func page(_ call: DashboardCall, _ customer: Customer, secretError: String? = nil) async throws
        -> WebResponse
    {
        let (keys, secrets) = try await call.store.read { tx in
            (
                try tx.apiKeys(customer: customer.number),
                try tx.signingSecrets().first { $0.customer == customer.number }
            )
        }
        let until = secrets?.previousUntil.flatMap { $0 > call.now ? $0 : nil }
        return call.page(
            KeysPage(customer, keys, previousUntil: until, secretError: secretError, now: call.now), of: customer,
            status: secretError == nil ? 200 : 422)
    }

    private static func make(_ call: DashboardCall) async throws -> WebResponse {
        let (customer, now) = (try await call.customer(), call.now)
        let key = APIKey.make()
        let label = String((call.form["label"] ?? "dashboard").prefix(100))
        try await call.audited("key.make", of: customer) { tx in
            try tx.addAPIKey(customer: customer.number, hash: APIKey.hash(key), label: label, at: now)
        }
        // Not a redirect: the key is nowhere but in this answer.
        return call.page(ShownKeyPage(customer, key: key), of: customer)
    }

    private static func revoke(_ call: DashboardCall) async throws -> WebResponse {
        let (customer, key) = (try await call.customer(), call.values[1])
        try await call.audited("key.revoke", of: customer, "key \(key)") { tx in
            guard try tx.removeAPIKey(key, customer: customer.number) else { throw DashboardProblem.unknownPage }
        }
        return .see("/ui/customers/\(customer.id)/keys?done=revoked")
    }

    /// What `crosswalk customer secret` does.
    private static func replaceSecret(_ call: DashboardCall) async throws -> WebResponse {
        let (customer, now) = (try await call.customer(), call.now)
        guard let secret = call.form["secret"], (1...256).contains(secret.utf8.count) else {
            return try await page(
                call, customer, secretError: "Paste the secret that LinkedIn made, at most 256 characters.")
        }
        let sealed = try call.store.vault.seal(secret, for: Customer.secretPurpose(customer.id))
        try await call.audited("secret.replace", of: customer) { tx in
            try tx.setCredentials(
                customer: customer.number, clientID: customer.clientID, clientSecret: sealed,
                applicationURN: customer.applicationURN, at: now)
        }
        call.parts.signal.integrationAsked(customer.number)
        return .see("/ui/customers/\(customer.id)/keys?done=secret")
    }
}

struct KeysPage: Page {
    static let template = PageTemplate("keys", utf8: PackageResources.keys_mustache)

    struct Key: Sendable {
        var label: String
        var fingerprint: String
        var made: ShownTime
        var revoke: String
    }

    var title: String
    var tabs: [PageTab]
    var base: String
    var keys: [Key]
    var clientID: String
    /// Until when the secret before counts.
    var previous: String?
    var secretError: String?

    init(_ customer: Customer, _ keys: [StoredKey], previousUntil: Millis?, secretError: String?, now: Millis) {
        title = customer.name
        tabs = CustomerTab.all(customer, current: .keys, for: .admin)
        let base = "/ui/customers/\(customer.id)"
        self.base = base
        self.keys = keys.map {
            Key(
                label: $0.label, fingerprint: $0.fingerprint, made: ShownTime($0.createdAt.value, now: now.value),
                revoke: base + "/keys/\($0.fingerprint)/revoke")
        }
        clientID = customer.clientID
        previous = previousUntil.map { Wording.time($0.value) + " UTC" }
        self.secretError = secretError
    }
}
