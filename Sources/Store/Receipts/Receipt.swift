// SPDX-License-Identifier: Apache-2.0

package import Domain
package import JSONBytes

/// What is left of an erasure: that it happened, when, and what LinkedIn said. No personal data.
///
/// `{"receipt": {…}, "signature": {"algorithm": "Ed25519", "key", "value"}}`. Signed are the bytes of `receipt` as JSON with its names
/// sorted and nothing between its tokens, so that a receipt may be laid out anew without losing its signature.
package struct Receipt: Sendable {
    package enum Verdict: Hashable, Sendable {
        /// Unaltered, and signed by the key that was expected.
        case valid
        /// Unaltered, and signed by another key.
        case otherKey(String)
        /// Its signature does not fit its words.
        case altered
        /// It is no receipt.
        case unreadable
    }

    package var json: JSONValue

    /// - Parameter bytes: a receipt as it was handed out, in any layout.
    package init?(_ bytes: [UInt8]) {
        guard let json = try? JSONValue(parsing: bytes), json["receipt"]?.object != nil,
            json["signature"]?.object != nil
        else { return nil }
        self.json = json
    }

    init(_ facts: JSONValue, key: ReceiptKey) throws {
        json = [
            "receipt": facts,
            "signature": [
                "algorithm": "Ed25519", "key": .string(key.publicKey),
                "value": .string(try key.sign(facts.sorted.bytes)),
            ],
        ]
    }

    /// - Parameter key: the public key it must be signed with, in Base64.
    package func verdict(key: String) -> Verdict {
        guard let signed = json["receipt"], let signer = json["signature"]?["key"]?.string,
            let signature = json["signature"]?["value"]?.string
        else { return .unreadable }
        guard ReceiptKey.isValid(signature, of: signed.sorted.bytes, by: signer) else { return .altered }
        return signer == key ? .valid : .otherKey(signer)
    }

    /// Whether it is about this subject; nil when it does not say enough to tell.
    package func isAbout(_ scope: ErasureScope, key: ReceiptKey) -> Bool? {
        guard let subject = json["receipt"]?["subject"], let customer = json["receipt"]?["customer"]?.string,
            let id = CustomerID(customer), let salt = subject["salt"]?.string?.bytesOfHex,
            let hash = subject["hash"]?.string?.bytesOfHex
        else { return nil }
        return subject["kind"]?.string == scope.kind.word && key.subject(scope, customer: id, salt: salt) == hash
    }
}

extension JSONValue {
    /// The same value with the names of every object in order, so that equal values have equal bytes.
    var sorted: JSONValue {
        switch self {
        case .object(let object):
            .object(
                JSONObject(
                    object.sorted { Array($0.0.utf8).lexicographicallyPrecedes(Array($1.0.utf8)) }.map {
                        ($0.0, $0.1.sorted)
                    }))
        case .array(let elements): .array(elements.map(\.sorted))
        default: self
        }
    }
}
