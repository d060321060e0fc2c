// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The registered applications: all in memory, every change on the disk before it is visible.
package final class Applications: Sendable {
    private struct State {
        var byNumber: [Int64: DeveloperApplication] = [:]
        var byClientID: [String: Int64] = [:]
    }

    private let world: World
    private let state = Mutex(State())

    init(world: World) { self.world = world }

    package func application(number: Int64) -> DeveloperApplication? {
        state.withLock { $0.byNumber[number] }
    }

    package func application(clientID: String) -> DeveloperApplication? {
        state.withLock { state in state.byClientID[clientID].flatMap { state.byNumber[$0] } }
    }

    /// The child of `parent` that was provisioned for this customer of the ATS.
    package func child(of parent: Int64, uniqueForeignID: String) -> DeveloperApplication? {
        state.withLock { $0.byNumber.values.first { $0.parent == parent && $0.uniqueForeignID == uniqueForeignID } }
    }

    /// All of them, parents first, in order of creation.
    package var all: [DeveloperApplication] {
        state.withLock { $0.byNumber.values.sorted { ($0.parent ?? 0, $0.number) < ($1.parent ?? 0, $1.number) } }
    }

    /// Makes the child application of a customer, with its first secret.
    ///
    /// - Throws: `GatewayError` 409 when the parent has a child of this `uniqueForeignID` [doc: "conflict error"; 409
    ///   is the mirror's].
    package func provision(
        parent: Int64, uniqueForeignID: String, name: String, description: String, jsDomains: [String],
        callbackURLs: [String], now: Moment
    ) async throws -> DeveloperApplication {
        let conflict = GatewayError(
            409, "An application with uniqueForeignId \(uniqueForeignID) already exists", code: "CONFLICT")
        guard child(of: parent, uniqueForeignID: uniqueForeignID) == nil else { throw conflict }
        let draft = DeveloperApplication(
            number: 0, clientID: Credential.clientID(), parent: parent, uniqueForeignID: uniqueForeignID, name: name,
            description: description, jsDomains: jsDomains, callbackURLs: callbackURLs, secrets: [Credential.secret()],
            created: now)
        let made = try await world.write { tx -> DeveloperApplication? in
            guard try tx.applicationNumber(parent: parent, uniqueForeignID: uniqueForeignID) == nil else { return nil }
            return try tx.addApplication(draft)
        }
        guard let made else { throw conflict }
        remember(made)
        return made
    }

    /// Replaces what a partial update may change; nil leaves it as it is.
    package func update(
        number: Int64, name: String? = nil, description: String? = nil, jsDomains: [String]?, callbackURLs: [String]?
    ) async throws {
        guard var application = application(number: number) else { return }
        application.name = name ?? application.name
        application.description = description ?? application.description
        application.jsDomains = jsDomains ?? application.jsDomains
        application.callbackURLs = callbackURLs ?? application.callbackURLs
        let changed = application
        try await world.write { tx in try tx.updateApplication(changed) }
        remember(changed)
    }

    /// Adds a second secret; the first stays valid.
    ///
    /// - Returns: the new secret.
    /// - Throws: `GatewayError` 400 when there are two already (the page says it fails; the status is UNVERIFIED).
    package func rollSecret(number: Int64, now: Moment) async throws -> String {
        let secret = Credential.secret()
        let secrets = try await world.write { tx -> [String] in
            let secrets = try tx.secrets(application: number)
            guard secrets.count < DeveloperApplication.mostSecrets else {
                throw GatewayError(400, "The application already has two secrets; delete one first")
            }
            try tx.addSecret(secret, application: number, at: now)
            return secrets + [secret]
        }
        change(number) { $0.secrets = secrets }
        return secret
    }

    /// Removes a secret; the last one stays.
    ///
    /// - Returns: whether it was there and is gone.
    package func removeSecret(_ secret: String, number: Int64) async throws -> Bool {
        let left = try await world.write { tx -> [String]? in
            let secrets = try tx.secrets(application: number)
            guard secrets.count > 1, secrets.contains(secret) else { return nil }
            try tx.removeSecret(secret, application: number)
            return secrets.filter { $0 != secret }
        }
        guard let left else { return false }
        change(number) { $0.secrets = left }
        return true
    }

    /// Reads everything from the world, and makes the default partner application in a new one.
    func load(partner: SandboxOptions.Credentials?, now: Moment) async throws {
        let stored = try await world.write { tx -> [DeveloperApplication] in
            let stored = try tx.applications()
            guard stored.isEmpty else { return stored }
            let credentials =
                partner
                ?? SandboxOptions.Credentials(clientID: Credential.clientID(), clientSecret: Credential.secret())
            return [
                try tx.addApplication(
                    DeveloperApplication(
                        number: 0, clientID: credentials.clientID, parent: nil, uniqueForeignID: nil,
                        name: "Default partner",
                        description: "Made by the sandbox", jsDomains: [], callbackURLs: [],
                        secrets: [credentials.clientSecret],
                        created: now))
            ]
        }
        state.withLock { state in
            state = State()
            for application in stored {
                state.byNumber[application.number] = application
                state.byClientID[application.clientID] = application.number
            }
        }
    }

    /// The partner application that a new world begins with.
    package var defaultPartner: DeveloperApplication? { all.first { $0.isParent } }

    private func remember(_ application: DeveloperApplication) {
        state.withLock { state in
            state.byNumber[application.number] = application
            state.byClientID[application.clientID] = application.number
        }
    }

    private func change(_ number: Int64, _ body: (inout DeveloperApplication) -> Void) {
        state.withLock { state in
            guard var application = state.byNumber[number] else { return }
            body(&application)
            state.byNumber[number] = application
        }
    }
}
