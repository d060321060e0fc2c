// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import LinkedIn
import LinkedInClient
import Logging
import Sandbox
import Store
import Sync
import Synchronization
import TestSupport
import Testing

/// The whole way without a socket: engine, client, sandbox, one virtual clock.
final class SandboxWorld: Sendable {
    let folder: TemporaryFolder
    let store: Store
    let sandbox: Sandbox
    let time = VirtualTime(SyncWorld.noon)
    let customer: Customer
    let meddler = Meddler()
    private let port: ClientPort
    /// Runs when LinkedIn has answered a call and the engine does not know it yet.
    let afterCall = Hook()

    init(
        contracts: [Int64] = [5000], faults: FaultPlan? = nil, _ change: (inout SandboxOptions) -> Void = { _ in }
    ) async throws {
        let folder = try TemporaryFolder()
        let time = time
        var options = SandboxOptions(directory: folder.path("world"), clock: .following { time.now().value })
        options.switches.callbackValidation = .off
        change(&options)
        let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let sandbox = try await Sandbox(options: options, logger: quiet)
        let transport = InProcess(sandbox: sandbox, after: afterCall, meddler: meddler)
        let partner = try #require(sandbox.core.applications.defaultPartner)
        func client(_ id: String, _ secret: String) -> LinkedInClient {
            LinkedInClient(
                hosts: .init(both: "http://sandbox"), credentials: TokenRequest(clientID: id, clientSecret: secret),
                transport: transport,
                nowMillis: { time.now().value }, logger: quiet)
        }
        let child = try await Provisioner(client(partner.clientID, partner.secrets[0])).add(
            foreignID: "acme", customer: "Acme")
        let store = try Store.open(directory: folder.path("data"))
        let customer = try await store.write { tx in
            try tx.addCustomer(
                NewCustomer(
                    id: CustomerID("acme")!, name: "Acme", organization: 1000, contracts: contracts,
                    linkedInURL: "http://sandbox",
                    clientID: child.clientID, clientSecret: SealedSecret([1]), applicationURN: child.applicationURN),
                at: SyncWorld.noon)
        }
        port = ClientPort(client(child.clientID, child.clientSecret), customer: customer)
        self.folder = folder
        self.store = store
        self.sandbox = sandbox
        self.customer = customer
        try await enable()
        if let faults { sandbox.faults.set(faults) }
    }

    func enable() async throws {
        try await control("integrations/enable", ["organization": 1000, "contract": 5000, "unique_foreign_id": "acme"])
    }

    func control(_ path: String, _ json: JSONValue) async throws {
        let answer = try await sandbox.respond(
            to: SandboxRequest(
                "POST", "/_sandbox/" + path, headers: [("content-type", "application/json")], body: json.bytes))
        #expect(answer.status == 200, "\(path): \(answer.body.text)")
    }

    /// - Parameter clock: the connector's own, when it differs from the sandbox's.
    func engine(
        _ holder: String = "one", clock: (any Timekeeper)? = nil, _ change: (inout SyncOptions) -> Void = { _ in }
    ) -> SyncEngine {
        var options = SyncOptions(holder: holder, callbackBase: "http://127.0.0.1:8080")
        options.pace = .sandbox
        let dice = Mutex(SeededRandom(seed: 7))
        options.jitter = { dice.withLock { Double.random(in: 0..<1, using: &$0) } }
        change(&options)
        let port = port
        return SyncEngine(
            store: store, options: options, time: clock ?? time,
            log: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        ) { _ in port }
    }

    func accept(_ changes: [Change]) async throws {
        let (customer, now) = (customer.number, time.now())
        _ = try await store.write { try $0.accept(changes, customer: customer, priority: .backfill, at: now) }
    }

    /// Runs the engine and moves the clock until nothing is left to do.
    @discardableResult
    func settle(_ engine: SyncEngine, within limit: Duration = .seconds(86_400)) async throws -> Duration {
        let start = time.now()
        while true {
            let wake = try await engine.pass()
            if try await engine.status(customer).isIdle { return time.now() - start }
            time.advance(to: try #require(wake, "the engine sleeps with work left"))
            guard time.now() - start < limit else {
                Issue.record("no end after \(limit): \(try await tallies()) \(try await engine.status(customer).lanes)")
                return limit
            }
        }
    }

    func tallies() async throws -> [RecordKind: Tally] {
        let customer = customer.number
        return try await store.read { try $0.tallies(customer: customer) }
    }

    /// What the sandbox holds of a resource: a page of `GET /_sandbox/state`.
    func state(_ query: String) async throws -> JSONValue {
        let answer = try await sandbox.respond(to: SandboxRequest("GET", "/_sandbox/state?organization=1000" + query))
        #expect(answer.status == 200, "\(answer.body.text)")
        return try JSONValue(parsing: answer.body)
    }

    /// How often the sandbox answered 429.
    var throttled: Int { sandbox.quotas.usage.reduce(0) { $0 + $1.throttled } }
}

/// A place for a test to step in.
final class Hook: Sendable {
    private let body = Mutex<(@Sendable () async throws -> Void)?>(nil)

    func set(_ body: (@Sendable () async throws -> Void)?) { self.body.withLock { $0 = body } }
    func run() async throws { try await body.withLock { $0 }?() }
}

/// The sandbox as a transport: a dropped connection is one that cannot be reached.
private struct InProcess: Transport {
    let sandbox: Sandbox
    let after: Hook
    let meddler: Meddler

    func send(_ call: HTTPCall) async throws -> HTTPAnswer {
        let target =
            call.url.hasPrefix("http://sandbox") ? String(call.url.dropFirst("http://sandbox".count)) : call.url
        do {
            let answer = try await sandbox.respond(
                to: SandboxRequest(
                    call.method, target, headers: call.headers.map { ($0.name, $0.value) }, body: call.body))
            try await after.run()
            return try meddler.pass(
                call,
                HTTPAnswer(
                    status: answer.status, headers: answer.headers.map { HTTPCall.Header($0.0, $0.1) },
                    body: answer.body))
        } catch is ConnectionDropped {
            throw LinkedInError(.unreachable, "connection reset")
        }
    }
}

/// What LinkedIn might do and the sandbox does not: changes answers on their way.
final class Meddler: Sendable {
    typealias Change = @Sendable (HTTPCall, HTTPAnswer) throws -> HTTPAnswer
    private let change = Mutex<Change?>(nil)

    func set(_ change: Change?) { self.change.withLock { $0 = change } }

    func pass(_ call: HTTPCall, _ answer: HTTPAnswer) throws -> HTTPAnswer {
        try change.withLock { $0 }?(call, answer) ?? answer
    }
}

/// Records that LinkedIn's rules accept.
enum Proper {
    static func candidate(_ id: String, _ name: String) -> Change {
        record(
            RecordKey(.candidate, id: id),
            """
            {"firstName":"\(name)","lastName":"Sample","emailAddresses":["\(id.lowercased())@example.com"],"addresses":[],"phoneNumbers":[],\
            "externalProfileUrl":"https://ats.example.com/c/\(id)","atsCreatedAt":1767225600000,"atsLastModifiedAt":1767225600000}
            """)
    }

    static func job(_ id: String, state: String = "LISTED", description: Int = 120) -> Change {
        record(
            RecordKey(.job, id: id),
            """
            {"title":"Engineer \(id)","description":"\(String(repeating: "d", count: description))","location":"Austin, TX","state":"\(state)",\
            "availability":"PRIVATE_TO_ATS_INTEGRATION","companyApplyUrl":"https://ats.example.com/j/\(id)","listedAt":1767225600000}
            """)
    }

    static func application(_ id: String, job: String, candidate: String) -> Change {
        record(
            RecordKey(.application, id: id),
            """
            {"atsJobPostingId":"\(job)","atsCandidateId":"\(candidate)","atsCreatedAt":1767225600000,"atsLastModifiedAt":1767225600000}
            """, job: job, candidate: candidate)
    }

    static func stage(_ id: String, application: String, _ stage: String = "Applied") -> Change {
        record(RecordKey(.stage, parent: application, id: id), #"{"stage":"\#(stage)","atsCreatedAt":1767225600000}"#)
    }

    static func note(_ kind: RecordKind, _ id: String, of parent: String) -> Change {
        record(RecordKey(kind, parent: parent, id: id), #"{"note":"called","atsCreatedAt":1767225600000}"#)
    }

    static func feedback(_ id: String, application: String) -> Change {
        record(
            RecordKey(.feedback, parent: application, id: id),
            #"{"feedback":"good","interviewType":"ONSITE","atsCreatedAt":1767225600000}"#)
    }

    /// Ids with everything that has a meaning in a key or a URL.
    static let odd = ["a&b=c", "(x,y)", "50%/+", "O'Brien ß😀", "~tilde.dot", "urn:li:x"]

    static func history(_ candidates: Int, jobs: Int = 4) -> [Change] {
        var changes: [Change] = []
        for number in 0..<candidates {
            let id = number < odd.count ? odd[number] : "C\(number)"
            let application = number < odd.count ? "A-" + odd[number] : "A\(number)"
            changes.append(stage("S1", application: application))
            changes.append(self.application(application, job: "J\(number % jobs)", candidate: id))
            changes.append(note(.candidateNote, "N1", of: id))
            changes.append(record(RecordKey(.candidate, id: id), body(of: candidate("C\(number)", "First"))))
            if number % 3 == 0 { changes.append(feedback("F1", application: application)) }
            if number % 4 == 0 { changes.append(note(.applicationNote, "N/1", of: application)) }
        }
        for number in 0..<jobs { changes.append(job("J\(number)", state: number == 1 ? "CLOSED" : "LISTED")) }
        return changes
    }

    static func record(_ key: RecordKey, _ body: String, job: String? = nil, candidate: String? = nil) -> Change {
        let bytes = Array(body.utf8)
        return .put(DesiredRecord(key: key, body: bytes, hash: contentHash(bytes), job: job, candidate: candidate))
    }

    private static func body(of change: Change) -> String {
        guard case .put(let record) = change else { return "" }
        return record.body.text
    }
}
