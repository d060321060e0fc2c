// SPDX-License-Identifier: Apache-2.0

import Crypto
package import Domain
import Foundation

/// Seals secrets at rest with AES-256-GCM under the master key.
///
/// Each is bound to what it is for (`customer/acme/clientSecret`), so that one moved to another row does not open.
package struct Vault: Sendable {
    private let key: SymmetricKey

    /// - Throws: `StoreError` `.sealed` unless `key` has 32 bytes.
    package init(key: [UInt8]) throws {
        guard key.count == 32 else { throw StoreError(.sealed, "the master key must have 32 bytes") }
        self.key = SymmetricKey(data: key)
    }

    package func seal(_ secret: String, for purpose: String) throws -> SealedSecret {
        guard let box = try AES.GCM.seal(Array(secret.utf8), using: key, authenticating: Array(purpose.utf8)).combined
        else {
            throw StoreError(.sealed, "the secret cannot be sealed")
        }
        return SealedSecret(Array(box))
    }

    /// - Throws: `StoreError` `.sealed` when it was sealed under another key or for another purpose, or was altered.
    package func open(_ sealed: SealedSecret, for purpose: String) throws -> String {
        do {
            let box = try AES.GCM.SealedBox(combined: sealed.bytes)
            return String(
                decoding: try AES.GCM.open(box, using: key, authenticating: Array(purpose.utf8)), as: UTF8.self)
        } catch {
            throw StoreError(
                .sealed, "a secret does not open with this master key; give the key that it was stored under")
        }
    }

    /// What receipts of erasures are signed with; `Store.receipts` holds it.
    func receiptKey() throws -> ReceiptKey { try ReceiptKey(master: key) }

    /// The key in `master.key` (32 bytes as 64 hexadecimal digits, mode 0600), made on first use.
    static func key(inDirectory directory: String) throws -> [UInt8] {
        let path = directory + "/master.key"
        if let key = try stored(at: path) { return key }
        let key = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        let text = key.hex + "\n"
        // Written whole under another name and then linked: of two processes that start together one wins, and both read its key.
        let draft = "\(path).\(UUID().uuidString)"
        let files = FileManager.default
        guard files.createFile(atPath: draft, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]) else {
            throw StoreError(.io, "\(path) cannot be written; make the data directory writable")
        }
        defer { try? files.removeItem(atPath: draft) }
        do {
            try files.linkItem(atPath: draft, toPath: path)
            return key
        } catch {
            guard let key = try stored(at: path) else { throw StoreError(.io, "\(path) cannot be written") }
            return key
        }
    }

    private static func stored(at path: String) throws -> [UInt8]? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        guard let key = decode(String(decoding: data, as: UTF8.self)) else {
            throw StoreError(.sealed, "\(path) does not hold 64 hexadecimal digits; restore it from a backup")
        }
        return key
    }

    private static func decode(_ text: String) -> [UInt8]? {
        let digits = text.filter { !$0.isWhitespace }.compactMap { $0.hexDigitValue.map(UInt8.init) }
        guard digits.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}

/// A customer's key to our API: `cwk_` and 43 random letters and digits (256 bits). Shown once; only its hash is stored.
package enum APIKey {
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")

    package static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        return "cwk_" + String((0..<43).map { _ in alphabet[Int.random(in: 0..<62, using: &generator)] })
    }

    /// SHA-256 is enough, without salt or stretching: the key is random and long.
    package static func hash(_ key: String) -> [UInt8] { Array(SHA256.hash(data: Array(key.utf8))) }
}
