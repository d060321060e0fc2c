// SPDX-License-Identifier: Apache-2.0

import Crypto
import CryptoExtras
import Dispatch
import Foundation
import Web

/// How much work one password is: scrypt's parameters (RFC 7914). They are stored with each hash, so that they can grow.
package struct PasswordCost: Sendable, Hashable {
    /// A power of two.
    package var rounds: Int
    package var blockSize: Int
    package var parallelism: Int

    package init(rounds: Int, blockSize: Int, parallelism: Int) {
        self.rounds = rounds
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// 32 MiB and about a quarter of a second. Source: OWASP, Password Storage Cheat Sheet, scrypt, N=2^15, r=8, p=3.
    package static let strong = Self(rounds: 1 << 15, blockSize: 8, parallelism: 3)
}

/// A password's hash as it is stored: `scrypt$rounds$blockSize$parallelism$salt$key`, salt and key in Base64.
struct PasswordHash: Sendable, Hashable {
    var cost: PasswordCost
    var salt: [UInt8]
    var key: [UInt8]

    /// - Throws: what the cryptography says about parameters that cannot be.
    init(_ password: String, cost: PasswordCost) throws {
        self.cost = cost
        salt = SymmetricKey(size: .init(bitCount: 128)).withUnsafeBytes { Array($0) }
        key = try Self.key(password, salt, cost)
    }

    /// - Returns: nil for what is no such text.
    init?(_ stored: String) {
        let parts = stored.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
            let parallelism = Int(parts[3]), let salt = Data(base64Encoded: String(parts[4])),
            let key = Data(base64Encoded: String(parts[5])), key.count == 32
        else { return nil }
        cost = PasswordCost(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
        self.salt = Array(salt)
        self.key = Array(key)
    }

    var text: String {
        "scrypt$\(cost.rounds)$\(cost.blockSize)$\(cost.parallelism)$\(Data(salt).base64EncodedString())$\(Data(key).base64EncodedString())"
    }

    func fits(_ password: String) -> Bool {
        guard let shown = try? Self.key(password, salt, cost) else { return false }
        return OneTimeSecret.isEqual(shown, key)
    }

    private static func key(_ password: String, _ salt: [UInt8], _ cost: PasswordCost) throws -> [UInt8] {
        // One letter can be typed as different code points on different machines.
        let typed = Array(password.precomposedStringWithCompatibilityMapping.utf8)
        return try KDF.Scrypt.deriveKey(
            from: typed, salt: salt, outputByteCount: 32, rounds: cost.rounds, blockSize: cost.blockSize,
            parallelism: cost.parallelism
        ).withUnsafeBytes { Array($0) }
    }
}

/// Hashes and checks passwords one at a time and on a thread of its own: many sign-ins at once take neither all processors nor all memory.
package struct PasswordDesk: Sendable {
    package static let shortest = 12
    static let longest = 1_000

    let cost: PasswordCost
    private let queue = DispatchQueue(label: "crosswalk.passwords")

    package init(cost: PasswordCost = .strong) { self.cost = cost }

    /// - Returns: what is wrong with a new password; nil when nothing is.
    package static func problem(with password: String, of name: String) -> String? {
        if password.count < shortest { return "A password has at least \(shortest) characters." }
        if password.utf8.count > longest { return "A password has at most \(longest) characters." }
        if password.lowercased() == name { return "The password must not be the name." }
        if Set(password).count < 4 { return "The password has too few different characters." }
        return nil
    }

    package func hash(_ password: String) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [cost] in
                continuation.resume(with: Result { try PasswordHash(password, cost: cost).text })
            }
        }
    }

    /// - Parameter stored: nil when there is no such account or it has no password: the check takes as long and fails.
    func fits(_ password: String, _ stored: String?) async -> Bool {
        await withCheckedContinuation { continuation in
            queue.async { [cost] in
                if let hash = stored.flatMap({ PasswordHash($0) }) {
                    continuation.resume(returning: hash.fits(password))
                } else {
                    _ = try? PasswordHash(password, cost: cost)
                    continuation.resume(returning: false)
                }
            }
        }
    }
}
