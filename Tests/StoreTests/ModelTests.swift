// SPDX-License-Identifier: Apache-2.0

import Domain
import SQLFile
import Store
import TestSupport
import Testing

/// Thousands of random changes, calls, crashes and refusals against a far side that knows the rules; any failure replays from its seed.
@Suite struct ModelTests {
    @Test(arguments: Array(UInt64(1)...8))
    func `whatever happens, both sides agree in the end, children follow parents, and the counts are exact`(
        seed: UInt64
    ) async throws {
        var run = RandomRun(world: try await World(), random: SeededRandom(seed: seed))
        for step in 0..<1_200 {
            try await run.step()
            if step.isMultiple(of: 100) { try await run.checkCounts() }
        }
        try await run.finish()
        try await run.checkCounts()
        run.checkFarSide()
    }
}

private struct RandomRun {
    let world: World
    var random: SeededRandom
    var now: Int64 = 1_000
    /// What the ATS wants, by key: the bytes of the last put.
    var desired: [RecordKey: DesiredRecord] = [:]
    /// The candidate that each application named last, even a deleted one.
    var candidates: [RecordKey: String] = [:]
    var far = FarSide()
    /// Who is in which group, and who is which person; assignees in `desired` follow from it.
    var members: Set<ACLMembership> = []
    var persons: [String: String] = [:]
    /// Calls under way, and whether LinkedIn acted on them already.
    var underWay: [(record: DueRecord, isDone: Bool, wanted: Set<RecordKey>)] = []
    var tasks: [String] = []

    init(world: World, random: SeededRandom) {
        self.world = world
        self.random = random
    }

    mutating func step() async throws {
        now += Int64.random(in: 0...50, using: &random)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<34: try await change()
        case 34..<40: try await bind()
        case 40..<65:
            try await claim(RecordKind.allCases.randomElement(using: &random)!, deletions: Bool.random(using: &random))
        case 65..<94: try await settleOne()
        case 94..<96: try await settleTasks()
        case 96:
            try await world.store.resync(customer: world.customer, at: Millis(now))
        case 97: try await retryRejected()
        default: crash()
        }
    }

    private mutating func change() async throws {
        let kind = RecordKind.allCases.randomElement(using: &random)!
        let key = RecordKey(kind, parent: kind.parent == nil ? "" : number(4), id: number(5))
        if kind == .assignee { return try await changeMember() }
        let change: Change
        if Int.random(in: 0..<10, using: &random) < 3 {
            change = .delete(key)
            forget(key)
        } else {
            change = put(key)
            if case .put(let record) = change {
                desired[key] = record
                candidates[key] = record.candidate
            }
        }
        try await world.accept(change, priority: Bool.random(using: &random) ? .backfill : .interactive, at: now)
    }

    private mutating func put(_ key: RecordKey) -> Change {
        let word = ["x", "y", "z"].randomElement(using: &random)!
        switch key.kind {
        case .job: return .job(key.id, word)
        case .candidate: return .candidate(key.id, word)
        case .application:
            let body =
                Bool.random(using: &random)
                ? #"{"source":"\#(word)"}"# : #"{"atsJobPostingName":"\#(word)","firstName":"own"}"#
            return .application(key.id, job: number(4), candidate: number(4), body)
        case .acl, .assignee: return .put(key.kind, parent: key.parent, key.id, "{}")
        case .candidateNote, .applicationNote, .stage, .feedback:
            return .put(key.kind, parent: key.parent, key.id, #"{"text":"\#(word)"}"#)
        }
    }

    /// Users join and leave: so many groups that some persons reach the limit.
    private mutating func changeMember() async throws {
        let member = ACLMembership(acl: "G" + number(14), user: number(5))
        let key = RecordKey(.assignee, parent: member.acl, id: member.user)
        if Int.random(in: 0..<10, using: &random) < 3 {
            members.remove(member)
            try await world.accept(.delete(key), at: now)
        } else {
            members.insert(member)
            try await world.accept(.put(.assignee, parent: member.acl, member.user, "{}"), at: now)
        }
        derive()
    }

    /// Users come, are bound to a person, also to one that another user is, are bound anew, unbound, and go.
    private mutating func bind() async throws {
        let (user, person, at, customer) = (number(5), "urn:li:person:p" + number(3), Millis(now), world.customer)
        switch Int.random(in: 0..<10, using: &random) {
        case 0:
            _ = try await world.store.write { try $0.deleteUser(user, customer: customer, at: at) }
            persons[user] = nil
            members = members.filter { $0.user != user }
        case 1, 2:
            try await world.store.write { try $0.unbind(user, customer: customer, at: at) }
            persons[user] = nil
        default:
            let outcome = try await world.store.write { tx in
                try tx.putUser(id: user, email: "\(user)@b.c", name: "N", customer: customer, at: at)
                return try tx.bind(user, to: person, source: .signIn, customer: customer, at: at)
            }
            let others = groups(of: person)
            let all = others.union(members.filter { $0.user == user }.map(\.acl))
            let isTooMany = persons[user] != person && all.count > max(others.count, ACLMembership.mostPerUser)
            #expect(outcome == (isTooMany ? .tooManyGroups(all.count) : .bound))
            if !isTooMany { persons[user] = person }
        }
        derive()
    }

    private func groups(of person: String) -> Set<String> {
        Set(members.filter { persons[$0.user] == person }.map(\.acl))
    }

    private mutating func derive() {
        desired = desired.filter { $0.key.kind != .assignee }
        for member in members {
            guard let person = persons[member.user] else { continue }
            let key = RecordKey(.assignee, parent: member.acl, id: person)
            desired[key] = DesiredRecord(key: key, body: Array("{}".utf8), hash: .of("{}"))
        }
    }

    private mutating func number(_ count: Int) -> String { String(Int.random(in: 0..<count, using: &random)) }

    private mutating func forget(_ key: RecordKey) {
        guard desired.removeValue(forKey: key) != nil else { return }
        for (child, record) in desired {
            let belongs =
                child.kind.owner == key.kind && child.parent == key.id
                || key.kind == .candidate && record.candidate == key.id
            if belongs { forget(child) }
        }
    }

    /// A new application goes when its job is at LinkedIn or will not come, never while the job is on its way.
    private func checkJob(of record: DueRecord) async throws {
        guard let job = record.job, record.hash != nil, !record.isObserved else { return }
        let status = try await world.store.read { [customer = world.customer] in
            try $0.explain(customer: customer, key: RecordKey(.job, id: job))
        }
        guard let status, !status.isDeletion else { return }
        if case .exactly = status.observed { return }
        #expect([.synced, .rejected].contains(status.state))
    }

    private mutating func claim(_ kind: RecordKind, deletions: Bool) async throws {
        let claimed = try await world.claim(
            kind, deletions: deletions, limit: 3, excluding: Set(underWay.map(\.record.rid)), at: now)
        for record in claimed {
            try await checkJob(of: record)
            let isDone = Bool.random(using: &random)
            if isDone { receive(record) }
            underWay.append((record, isDone, Set(desired.keys)))
        }
    }

    /// A parent takes its children along, but that is for those that the ATS sent again, or moved, meanwhile; the others are gone before.
    ///
    /// - Parameter wanted: what the ATS wanted when the call began.
    private mutating func receive(_ record: DueRecord, wanted: Set<RecordKey> = []) {
        far.receive(record) { [desired, candidates] child, parent in
            desired[child] != nil || wanted.contains(child)
                || child.kind == .application && candidates[child] != parent.id
        }
    }

    private mutating func settleOne() async throws {
        guard let index = underWay.indices.randomElement(using: &random) else { return }
        let (record, isDone, wanted) = underWay.remove(at: index)
        switch Int.random(in: 0..<10, using: &random) {
        case 0 where !isDone: try await world.settle([record], .rejected(Reason(.refused, "no")), at: now)
        case 1: try await world.settle([record], .retry(at: Millis(now + 20), Reason(.unreachable, "?")), at: now)
        default:
            if !isDone { receive(record, wanted: wanted) }
            guard record.key.kind == .job, Bool.random(using: &random) else {
                return try await world.settle([record], at: now)
            }
            let task = "task\(tasks.count)-\(now)"
            tasks.append(task)
            try await world.settle([record], .confirming(task: task, pollAt: Millis(now)), at: now)
        }
    }

    private mutating func settleTasks() async throws {
        let outcomes = tasks.map { TaskOutcome(task: $0, .succeeded) }
        tasks = []
        try await world.store.write { [world, now] in
            try $0.settleTasks(outcomes, customer: world.customer, at: Millis(now))
        }
    }

    private func retryRejected() async throws {
        for kind in RecordKind.allCases {
            _ = try await world.store.write { [world, now] in
                try $0.retryRejected(customer: world.customer, kind: kind, at: Millis(now))
            }
        }
    }

    /// Everything in memory is lost; what LinkedIn did stays done.
    private mutating func crash() { underWay = [] }

    mutating func finish() async throws {
        crash()
        now += 1_000
        try await settleTasks()
        try await retryRejected()
        var sent = 0
        repeat {
            sent = 0
            for kind in RecordKind.allCases {
                for deletions in [true, false] {
                    let records = try await world.claim(kind, deletions: deletions, at: now)
                    for record in records { receive(record) }
                    try await world.settle(records, at: now)
                    sent += records.count
                }
            }
        } while sent > 0
    }

    /// The stored counts are what counting the rows gives.
    func checkCounts() async throws {
        let counted = try await world.store.read { [world] tx in
            try tx.rows(
                """
                SELECT kind, count(desired), count(observed), count(*) FILTER (WHERE state = 1), count(*) FILTER (WHERE state = 4),
                    count(*) FILTER (WHERE state = 3), count(*) FILTER (WHERE state = 2), count(*) FILTER (WHERE desired IS NULL)
                FROM record WHERE customer_id = ? GROUP BY kind ORDER BY kind
                """, [.int(world.customer)]
            ) { row in (0..<8).map { row.int(Int32($0)) } }
        }
        let tallies = try await world.store.read { [world] in try $0.tallies(customer: world.customer) }
        let stored = tallies.sorted { $0.key < $1.key }.map { kind, tally in
            [
                kind.number, Int64(tally.desired), Int64(tally.observed), Int64(tally.due), Int64(tally.rejected),
                Int64(tally.waiting),
                Int64(tally.confirming), Int64(tally.deleting),
            ]
        }
        #expect(stored.filter { $0.dropFirst().contains { $0 != 0 } } == counted)
    }

    /// LinkedIn has every record whose parents are wanted too, with the parents' latest words, and nothing that was deleted.
    func checkFarSide() {
        #expect(far.broken.isEmpty)
        for (key, record) in desired where isReachable(key) {
            #expect(far.records[key] == expected(record), "\(key)")
        }
        for key in far.records.keys { #expect(desired[key] != nil, "\(key) was deleted") }
        for person in Set(persons.values) {
            let held = far.records.keys.count { $0.kind == .assignee && $0.id == person }
            #expect(held == min(groups(of: person).count, ACLMembership.mostPerUser))
        }
    }

    private func isReachable(_ key: RecordKey) -> Bool {
        guard let record = desired[key] else { return false }
        if key.kind == .assignee { return groups(of: key.id).count <= ACLMembership.mostPerUser }
        var parents: [RecordKey] = []
        if let kind = key.kind.owner { parents.append(RecordKey(kind, id: key.parent)) }
        if let job = record.job { parents.append(RecordKey(.job, id: job)) }
        if let candidate = record.candidate { parents.append(RecordKey(.candidate, id: candidate)) }
        return parents.allSatisfy(isReachable)
    }

    private func expected(_ record: DesiredRecord) -> String {
        func word(_ kind: RecordKind, _ id: String?) -> String? {
            guard let id, let text = desired[RecordKey(kind, id: id)].map({ String(decoding: $0.body, as: UTF8.self) })
            else { return nil }
            return ["x", "y", "z"].first { text.contains("\"\($0)\"") }
        }
        let text = String(decoding: record.body, as: UTF8.self)
        guard record.key.kind == .application else { return text }
        let person = word(.candidate, record.candidate)
        let fill = ApplicationFill(
            jobTitle: text.contains("atsJobPostingName") ? nil : word(.job, record.job),
            firstName: text.contains("own") ? nil : person,
            lastName: "B", email: person.map { "\($0)@b.c" })
        return FarSide.composed(text, fill)
    }
}

/// LinkedIn's side, as strict as can be about order.
private struct FarSide {
    var records: [RecordKey: String] = [:]
    private var candidates: [RecordKey: String] = [:]
    /// What should never have been sent.
    var broken: [String] = []

    /// - Parameter mayGo: whether a child may be there when its parent is deleted.
    mutating func receive(_ record: DueRecord, mayGo: (_ child: RecordKey, _ parent: RecordKey) -> Bool) {
        let key = record.key
        if record.hash == nil { return remove(key, mayGo: mayGo) }
        if key.kind == .assignee,
            records.keys.count(where: { $0.kind == .assignee && $0.id == key.id && $0 != key })
                >= ACLMembership.mostPerUser
        {
            broken.append("\(key) is one group too many")
        }
        if let parent = key.kind.owner, records[RecordKey(parent, id: key.parent)] == nil {
            broken.append("\(key) came before its parent")
        }
        if let candidate = record.candidate, records[RecordKey(.candidate, id: candidate)] == nil {
            broken.append("\(key) came before its candidate")
        }
        candidates[key] = record.candidate
        let text = String(decoding: record.body, as: UTF8.self)
        records[key] = record.fill.map { Self.composed(text, $0) } ?? text
    }

    private mutating func remove(_ key: RecordKey, mayGo: (_ child: RecordKey, _ parent: RecordKey) -> Bool) {
        records[key] = nil
        // A closed job keeps its groups until they are deleted, so that nobody sees it meanwhile.
        for child in records.keys
        where child.kind != .acl && child.kind.owner == key.kind && child.parent == key.id
            || key.kind == .candidate && candidates[child] == key.id
        {
            if !mayGo(child, key) { broken.append("\(key) was deleted before \(child)") }
            // One that moved meanwhile takes its own along, whatever becomes of them.
            remove(child) { _, _ in true }
        }
    }

    static func composed(_ text: String, _ fill: ApplicationFill) -> String { "\(text) \(fill)" }
}
