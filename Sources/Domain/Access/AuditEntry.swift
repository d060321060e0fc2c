// SPDX-License-Identifier: Apache-2.0

/// What somebody did, for the audit: `SQLTransaction.audit(_:at:)` keeps it in the transaction that does it.
///
/// Nothing in it is about candidates or members: the audit outlives them.
package struct AuditEntry: Sendable, Hashable {
    /// The account's name, or who else did it: `AuditEntry.commandLine`, `AuditEntry.apiKey(_:)`.
    package var actor: String
    /// What was done, as `area.verb`: `record.retry`, `account.role`.
    package var action: String
    /// The customer's number; nil for what concerns none.
    package var customer: Int64?
    /// What it was done to: ids and words of ours, such as `webhook wh_1`. Never a name, an e-mail address or a text of a person, nor the
    /// ATS's id of one: `ReceiptKey.auditName(of:customer:)` stands for it.
    package var subject: String

    package init(actor: String, action: String, customer: Int64? = nil, subject: String = "") {
        self.actor = actor
        self.action = action
        self.customer = customer
        self.subject = subject
    }

    /// Whoever has a shell on the machine; no account has a name with spaces.
    package static let commandLine = "command line"

    /// An ATS, by the key that it showed: the audit names the key and never holds it.
    ///
    /// - Parameter fingerprint: `StoredKey.fingerprint`, as the page of the customer's keys shows it.
    package static func apiKey(_ fingerprint: String) -> String { "API key \(fingerprint)" }
}

/// One entry as the audit holds it.
package struct AuditRecord: Sendable, Hashable {
    /// 1, 2, 3, … without a gap.
    package var number: Int64
    package var at: Millis
    package var actor: String
    package var action: String
    /// The customer's id; it stays when the customer is removed.
    package var customer: String?
    package var subject: String
    /// SHA-256 of the hash before it and this entry's own bytes.
    package var hash: [UInt8]

    package init(
        number: Int64, at: Millis, actor: String, action: String, customer: String?, subject: String, hash: [UInt8]
    ) {
        self.number = number
        self.at = at
        self.actor = actor
        self.action = action
        self.customer = customer
        self.subject = subject
        self.hash = hash
    }
}
