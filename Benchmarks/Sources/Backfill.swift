// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import Foundation
import Intake
import JSONBytes
import LinkedIn
import LinkedInClient
import Logging
import Sandbox
import Store
import Sync

/// The first load of a large customer with LinkedIn's real quotas, both sides in this process and on one virtual clock.
struct Backfill: AsyncParsableCommand {
    @Option var records = 1_000_000
    @Option var folder: String

    func run() async throws {
        let began = ContinuousClock.now
        let start = Millis(1_770_033_600_000)  // 2026-02-02 12:00 UTC
        let time = VirtualTime(start)
        let quiet = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        var sandboxOptions = SandboxOptions(directory: folder + "/world", clock: .following { time.now().value })
        sandboxOptions.switches.callbackValidation = .off
        let sandbox = try await Sandbox(options: sandboxOptions, logger: quiet)
        guard let partner = sandbox.core.applications.defaultPartner else {
            throw ValidationError("the sandbox has no partner")
        }
        let transport = InProcess(sandbox: sandbox)
        func client(_ id: String, _ secret: String) -> LinkedInClient {
            LinkedInClient(
                hosts: .init(both: "http://sandbox"), credentials: TokenRequest(clientID: id, clientSecret: secret),
                transport: transport,
                nowMillis: { time.now().value }, logger: quiet)
        }
        let child = try await Provisioner(client(partner.clientID, partner.secrets[0])).add(
            foreignID: "acme", customer: "Acme")
        let store = try Store.open(directory: folder + "/data")
        let customer = try await store.write { tx in
            try tx.addCustomer(
                NewCustomer(
                    id: CustomerID("acme")!, name: "Acme", organization: 1000, contracts: [5000],
                    linkedInURL: "http://sandbox",
                    clientID: child.clientID, clientSecret: SealedSecret([1]), applicationURN: child.applicationURN),
                at: start)
        }
        let enable: JSONValue = ["organization": 1000, "contract": 5000, "unique_foreign_id": "acme"]
        _ = try await sandbox.respond(
            to: SandboxRequest(
                "POST", "/_sandbox/integrations/enable", headers: [("content-type", "application/json")],
                body: enable.bytes))
        try await fill(store, customer, at: start)
        let filled = ContinuousClock.now

        let port = ClientPort(client(child.clientID, child.clientSecret), customer: customer)
        var options = SyncOptions(holder: "bench", callbackBase: "http://127.0.0.1:8080")
        options.jitter = { 0.5 }
        let engine = SyncEngine(store: store, options: options, time: time, log: quiet) { _ in port }
        while true {
            let wake = try await engine.pass()
            let tally = try await store.read { try $0.tallies(customer: customer.number) }[.candidate]
            if tally?.observed == records { break }
            guard let wake, tally?.rejected == 0 else {
                throw ValidationError("the engine stands still: \(String(describing: tally))")
            }
            time.advance(to: wake)
        }
        let refused = sandbox.quotas.usage.reduce(0) { $0 + $1.throttled }
        report(
            ("minutes", (time.now() - start).seconds / 60), ("refused", Double(refused)),
            ("seconds", (ContinuousClock.now - filled).seconds), ("fill", (filled - began).seconds))
        try await store.close()
        try await sandbox.close()
    }

    private func fill(_ store: Store, _ customer: Customer, at now: Millis) async throws {
        let lines = CandidateLines(seed: 1)
        let intake = Intake()
        for start in stride(from: 0, to: records, by: 10_000) {
            let changes = try (start..<min(start + 10_000, records)).map { number in
                let checked = lines.lines(number..<number + 1).dropLast().withUnsafeBytes { intake.bulkLine($0) }
                guard let change = checked.change else { throw ValidationError("\(checked.problems)") }
                return change
            }
            let number = customer.number
            _ = try await store.write { try $0.accept(changes, customer: number, priority: .backfill, at: now) }
        }
    }
}

/// The sandbox as a transport.
struct InProcess: Transport {
    let sandbox: Sandbox

    func send(_ call: HTTPCall) async throws -> HTTPAnswer {
        let target = String(call.url.dropFirst("http://sandbox".count))
        let answer = try await sandbox.respond(
            to: SandboxRequest(call.method, target, headers: call.headers.map { ($0.name, $0.value) }, body: call.body))
        return HTTPAnswer(
            status: answer.status, headers: answer.headers.map { HTTPCall.Header($0.0, $0.1) }, body: answer.body)
    }
}
