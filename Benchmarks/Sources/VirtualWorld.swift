// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import LinkedIn
import LinkedInClient
import Logging
import Sandbox
import Store
import Sync

/// A customer's connector and LinkedIn, both in this process, with LinkedIn's real quotas and on one virtual clock.
struct VirtualWorld {
    /// 2026-02-02 12:00 UTC.
    static let noon = Millis(1_770_033_600_000)

    let time: VirtualTime
    let sandbox: Sandbox
    let store: Store
    let customer: Customer
    private let port: ClientPort
    private let quiet = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }

    /// - Parameter start: where the clock begins; the customer is added at noon.
    init(
        folder: String, from start: Millis = noon, _ change: (inout Switches) -> Void = { _ in }
    ) async throws {
        let time = VirtualTime(start)
        var options = SandboxOptions(directory: folder + "/world", clock: .following { time.now().value })
        options.switches.callbackValidation = .off
        change(&options.switches)
        let sandbox = try await Sandbox(options: options, logger: quiet)
        guard let partner = sandbox.core.applications.defaultPartner else {
            throw ValidationError("the sandbox has no partner")
        }
        let (transport, logger) = (InProcess(sandbox: sandbox), quiet)
        func client(_ id: String, _ secret: String) -> LinkedInClient {
            LinkedInClient(
                hosts: .init(both: InProcess.host), credentials: TokenRequest(clientID: id, clientSecret: secret),
                transport: transport, nowMillis: { time.now().value }, logger: logger)
        }
        let child = try await Provisioner(client(partner.clientID, partner.secrets[0])).add(
            foreignID: "acme", customer: "Acme")
        let store = try Store.open(directory: folder + "/data")
        let customer = try await store.write { tx in
            try tx.addCustomer(
                NewCustomer(
                    id: CustomerID("acme")!, name: "Acme", organization: 1000, contracts: [5000],
                    linkedInURL: InProcess.host, clientID: child.clientID, clientSecret: SealedSecret([1]),
                    applicationURN: child.applicationURN), at: Self.noon)
        }
        self.time = time
        self.sandbox = sandbox
        self.store = store
        self.customer = customer
        port = ClientPort(client(child.clientID, child.clientSecret), customer: customer)
        try await ask("integrations/enable", ["organization": 1000, "contract": 5000, "unique_foreign_id": "acme"])
    }

    /// How often the sandbox answered 429.
    var refused: Int { sandbox.quotas.usage.reduce(0) { $0 + $1.throttled } }

    /// Asks the sandbox's control API.
    @discardableResult
    func ask(_ path: String, _ json: JSONValue) async throws -> JSONValue {
        let answer = try await sandbox.respond(
            to: SandboxRequest(
                "POST", "/_sandbox/" + path, headers: [("content-type", "application/json")], body: json.bytes))
        guard answer.status == 200 else {
            throw ValidationError("\(path): \(answer.status) \(String(decoding: answer.body, as: UTF8.self))")
        }
        return try JSONValue(parsing: answer.body)
    }

    /// Runs the engine and moves the clock until `isDone`.
    ///
    /// - Throws: `ValidationError` when it does not move any more, or for longer than `limit` of the clock's time.
    func run(
        within limit: Duration, _ change: (inout SyncOptions) -> Void = { _ in }, until isDone: () async throws -> Bool
    ) async throws {
        var options = SyncOptions(holder: "bench", callbackBase: "http://127.0.0.1:8080")
        options.jitter = { 0.5 }
        change(&options)
        let (port, start) = (port, time.now())
        let engine = SyncEngine(store: store, options: options, time: time, log: quiet) { _ in port }
        while true {
            let wake = try await engine.pass()
            if try await isDone() { return }
            guard let wake, time.now() - start < limit else { throw ValidationError("the engine stands still") }
            time.advance(to: wake)
        }
    }

    func close() async throws {
        try await store.close()
        try await sandbox.close()
    }
}

/// The sandbox as a transport.
private struct InProcess: Transport {
    static let host = "http://sandbox"
    let sandbox: Sandbox

    func send(_ call: HTTPCall) async throws -> HTTPAnswer {
        let target = String(call.url.dropFirst(Self.host.count))
        let answer = try await sandbox.respond(
            to: SandboxRequest(call.method, target, headers: call.headers.map { ($0.name, $0.value) }, body: call.body))
        return HTTPAnswer(
            status: answer.status, headers: answer.headers.map { HTTPCall.Header($0.0, $0.1) }, body: answer.body)
    }
}
