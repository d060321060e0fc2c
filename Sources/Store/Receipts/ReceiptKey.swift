// SPDX-License-Identifier: Apache-2.0

import Crypto
package import Domain
import Foundation

/// What receipts are signed with, and what says whom a receipt or an entry of the audit is about: all derived from the master key by HKDF-SHA256 (RFC 5869), so that
/// nothing more has to be kept safe.
package struct ReceiptKey: Sendable {
    private let signing: Curve25519.Signing.PrivateKey
    private let subjects: SymmetricKey
    private let names: SymmetricKey

    init(master: SymmetricKey) throws {
        func derived(_ purpose: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: master, info: Array("crosswalk/\(purpose)/1".utf8), outputByteCount: 32)
        }
        do {
            signing = try Curve25519.Signing.PrivateKey(
                rawRepresentation: derived("receipt/signing").withUnsafeBytes { Array($0) })
        } catch {
            throw StoreError(.sealed, "the key for receipts cannot be derived from the master key")
        }
        subjects = derived("receipt/subject")
        names = derived("audit/name")
    }

    /// The Ed25519 public key (RFC 8032) that receipts are verified with, in Base64.
    package var publicKey: String { signing.publicKey.rawRepresentation.base64EncodedString() }

    /// An erasure to begin, with everything about it that is random.
    package func request(_ scope: ErasureScope, customer: CustomerID) -> ErasureRequest {
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        return ErasureRequest(
            id: "er_" + UUID().uuidString.lowercased().filter { $0 != "-" }, scope: scope, salt: salt,
            subject: subject(scope, customer: customer, salt: salt))
    }

    /// Whether an erasure was about this subject: answered by whoever knows the id *and* asks this connector. Without the key a list of
    /// receipts could be tried against every possible id, because ids are short.
    package func isAbout(_ scope: ErasureScope, _ erasure: Erasure) -> Bool {
        erasure.kind == scope.kind && subject(scope, customer: erasure.customer, salt: erasure.salt) == erasure.subject
    }

    /// The same for a receipt's own words.
    func subject(_ scope: ErasureScope, customer: CustomerID, salt: [UInt8]) -> [UInt8] {
        var mac = HMAC<SHA256>(key: subjects)
        mac.update(data: salt)
        for part in [customer.text, scope.kind.word, scope.subject] {
            mac.update(data: Array(part.utf8))
            mac.update(data: [0])
        }
        return Array(mac.finalize())
    }

    /// What the audit, which outlives people, calls a record: a job by its id, and what belongs to a person by a keyed hash. Whoever knows
    /// the id and asks this connector finds the entries; the audit alone says nothing about anybody.
    package func auditName(of key: RecordKey, customer: CustomerID) -> String {
        if key.kind == .job || key.kind == .acl { return "\(key.kind.rawValue) \(key.id)" }
        return auditName(key.kind.rawValue, [customer.text, key.kind.rawValue, key.parent, key.id])
    }

    /// The same for a user of the ATS, whose id may be an address.
    package func auditName(ofUser id: String, customer: CustomerID) -> String {
        auditName("user", [customer.text, "user", "", id])
    }

    private func auditName(_ word: String, _ parts: [String]) -> String {
        var mac = HMAC<SHA256>(key: names)
        for part in parts {
            mac.update(data: Array(part.utf8))
            mac.update(data: [0])
        }
        return "\(word) #\(mac.finalize().hex.prefix(16))"
    }

    func sign(_ bytes: [UInt8]) throws -> String {
        do { return try signing.signature(for: bytes).base64EncodedString() } catch {
            throw StoreError(.sealed, "the receipt cannot be signed")
        }
    }

    /// - Parameter key: a public key in Base64.
    /// - Returns: false also for a key or a signature that is none.
    static func isValid(_ signature: String, of bytes: [UInt8], by key: String) -> Bool {
        guard let key = Data(base64Encoded: key), let signature = Data(base64Encoded: signature),
            let verifier = try? Curve25519.Signing.PublicKey(rawRepresentation: key)
        else { return false }
        return verifier.isValidSignature(signature, for: bytes)
    }
}
