// SPDX-License-Identifier: Apache-2.0

import Domain
import Intake

/// The customer a request speaks for: nothing of another customer can be named from here on.
struct Caller: Sendable {
    let number: Int64
    let id: CustomerID
    let settings: CustomerSettings
    /// Which of the customer's keys was shown, as the audit names it.
    private let key: String

    /// - Parameter hash: of the key that was shown.
    init(_ customer: Customer, keyHash hash: [UInt8]) {
        number = customer.number
        id = customer.id
        settings = customer.settings
        key = StoredKey.fingerprint(hash)
    }

    /// For the audit. Records are not in it one by one, nor what hangs on them: only what somebody would ask about later.
    func entry(_ action: String, _ subject: String = "") -> AuditEntry {
        AuditEntry(actor: AuditEntry.apiKey(key), action: action, customer: number, subject: subject)
    }

    /// The checks and translations of this customer.
    func intake(_ time: any Timekeeper) -> Intake { settings.intake(time) }
}

extension CustomerSettings {
    func intake(_ time: any Timekeeper) -> Intake {
        Intake(
            Intake.Settings(
                profileURLTemplate: profileURLTemplate, jobAvailability: publishesJobs ? .public : .private,
                now: { time.now() }))
    }
}
