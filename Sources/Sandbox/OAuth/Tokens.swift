// SPDX-License-Identifier: Apache-2.0

import Crypto
import Synchronization

/// What a bearer token stands for.
package struct Grant: Sendable, Hashable {
    package var application: Int64
    /// The member of a 3-legged token; nil for 2-legged ones.
    package var member: Int64?
    /// Space-separated; empty for 2-legged tokens.
    package var scope: String
    package var issued: Moment
    package var expires: Moment

    /// Whether the member has since given the application other scopes.
    func isReplaced(by newer: Grant) -> Bool {
        member != nil && member == newer.member && application == newer.application && scope != newer.scope
    }

    /// Whether a scope lets the application read the member's profile.
    var showsProfile: Bool {
        scope.split(separator: " ").contains { AuthorizationRequest.profileScopes.contains(String($0)) }
    }
}

/// The access tokens: looked up in memory by hash, stored by hash, never kept in the clear.
package final class Tokens: Sendable {
    /// How long an expired token is still known, so that it is answered as expired and not as invalid.
    private static let memory = Duration.seconds(86_400)

    private let world: World
    private let grants = Mutex<[[UInt8]: Grant]>([:])

    init(world: World) { self.world = world }

    /// Makes a token. Earlier ones of the application stay valid (inferred: nothing says otherwise); those of a member
    /// with other scopes do not [D: authorization code flow].
    func issue(_ grant: Grant) async throws -> String {
        let token = Credential.token()
        let digest = Array(SHA256.hash(data: Array(token.utf8)))
        let forgotten = grant.issued - Self.memory
        try await world.write { tx in
            try tx.addToken(hash: digest, grant)
            try tx.removeTokens(otherThan: grant)
            try tx.removeTokens(expiredBefore: forgotten)
        }
        grants.withLock { grants in
            if grant.member != nil { grants = grants.filter { !$0.value.isReplaced(by: grant) } }
            grants[digest] = grant
            if grants.count.isMultiple(of: 1024) { grants = grants.filter { $0.value.expires >= forgotten } }
        }
        return token
    }

    /// The grant of a token, expired ones of the last day included; nil when it was never issued.
    func grant(of token: some Sequence<UInt8>) -> Grant? {
        let digest = Array(SHA256.hash(data: Array(token)))
        return grants.withLock { $0[digest] }
    }

    func load() async throws {
        let stored = try await world.read { tx in try tx.tokens() }
        grants.withLock { $0 = Dictionary(uniqueKeysWithValues: stored) }
    }
}
