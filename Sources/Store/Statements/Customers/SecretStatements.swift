// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// The secrets that LinkedIn may sign a customer's pushes with.
package struct SigningSecrets: Sendable {
    package var customer: Int64
    package var id: CustomerID
    /// Sealed for `Customer.secretPurpose`.
    package var secret: SealedSecret
    /// The one before it, which counts until then.
    package var previous: SealedSecret?
    package var previousUntil: Millis?
}

extension SQLTransaction {
    /// How long the secret before the present one counts after it was replaced: a delivery that failed keeps its signature, and LinkedIn
    /// forgets what it announced after 24 hours (modules-3-5 A.4.4 and J-2, third party and chosen).
    package static let previousSecretLifetime: Duration = .seconds(86_400)

    /// Replaces what provisioning or an operator decides about the child application; the secret that was there stays good for pushes
    /// for `previousSecretLifetime`.
    package func setCredentials(
        customer: Int64, clientID: String, clientSecret: SealedSecret, applicationURN: String?, at now: Millis
    ) throws {
        try run(
            """
            UPDATE customer SET client_id = ?, client_secret_previous = client_secret, previous_until_ms = ?, client_secret = ?,
                application_urn = ?
            WHERE customer_id = ?
            """,
            .text(clientID), .int((now + Self.previousSecretLifetime).value), .blob(clientSecret.bytes),
            .optional(applicationURN), .int(customer))
    }

    /// The secrets of every customer whose contract has not ended.
    package func signingSecrets() throws -> [SigningSecrets] {
        try rows(
            """
            SELECT customer_id, slug, client_secret, client_secret_previous, previous_until_ms FROM customer c WHERE NOT EXISTS (
                SELECT 1 FROM erasure e WHERE e.customer_id = c.customer_id AND e.scope = 3 AND e.finished_ms IS NOT NULL)
            """
        ) { row in
            guard let id = CustomerID(row.text(1)) else {
                throw StoreError(.schema, "a customer of the database is not readable")
            }
            return SigningSecrets(
                customer: row.int(0), id: id, secret: SealedSecret(row.blob(2)),
                previous: row.optionalBlob(3).map { SealedSecret($0) },
                previousUntil: row.optionalInt(4).map(Millis.init))
        }
    }
}
