// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import Sandbox
import TestSupport
import Testing

/// `conversationEvents`. Protocol reference modules 3–5, A.8.
@Suite struct InMailTests {
    private static let noon = TestSandbox.noon.millis

    private func path(_ stage: RecruiterStage) -> String { "/v2/conversationEvents?q=criteria&viewer=\(stage.ritaURN)" }

    @Test(arguments: FinderSyntax.both, ["/v2", "/rest"])
    func `a conversation looks as LinkedIn's sample shows it`(syntax: FinderSyntax, base: String) async throws {
        let stage = try await RecruiterStage()
        let thread = try await stage.write()
        #expect(thread == "urn:li:messagingThread:7000")
        try await stage.pass(5)
        try await stage.reply(thread)
        let viewer = syntax.text("viewer", stage.ritaURN)
        let range = syntax.range("timeRange", Self.noon, Self.noon + 43_200_000)
        let page = try await stage.get(
            "\(base)/conversationEvents?q=criteria&\(viewer)&\(range)&start=0&count=50",
            syntax.headers + [("LinkedIn-Version", "202603")])
        let ada = JSONValue.string(try await stage.person(stage.ada))
        let rita = JSONValue.string(stage.ritaURN)
        func mail(_ subject: String, _ text: String) -> JSONValue {
            [
                "com.linkedin.messaging.events.MailContent": [
                    "subject": .string(subject), "body": ["text": .string(text)],
                ]
            ]
        }
        #expect(
            page == [
                "elements": [
                    [
                        "id": "I7001_1000", "threadUrn": thread, "author": ada, "recipients": [rita],
                        "createdAt": .int(Self.noon + 5000), "content": mail("RE: Platform role", "Happy to talk."),
                    ],
                    [
                        "id": "S7000_1000", "threadUrn": thread, "author": rita, "recipients": [ada],
                        "createdAt": .int(Self.noon), "content": mail("Platform role", "Dear Ada, …"),
                    ],
                ], "paging": ["start": 0, "count": 50, "total": 2, "links": []],
            ])
    }

    @Test func `the range's start is in and its end is out`() async throws {
        let stage = try await RecruiterStage()
        let thread = try await stage.write()
        try await stage.pass(10)
        try await stage.reply(thread)
        let (first, second) = (Self.noon, Self.noon + 10_000)
        func ids(_ range: String) async throws -> [JSONValue] { try await stage.ids(path(stage) + range) }
        let both: [JSONValue] = ["I7001_1000", "S7000_1000"]
        #expect(try await ids("&timeRange.start=\(first)") == both)
        #expect(try await ids("&timeRange.start=\(first + 1)") == [both[0]])
        #expect(try await ids("&timeRange.start=\(second)") == [both[0]])
        #expect(try await ids("&timeRange.end=\(second)") == [both[1]])
        #expect(try await ids("&timeRange.end=\(second + 1)") == both)
        #expect(try await ids("&timeRange.end=\(first)").isEmpty)
        #expect(try await ids("&timeRange.start=\(second)&timeRange.end=\(first)").isEmpty)
    }

    @Test func `a viewer sees own conversations only, and one of them by its URN`() async throws {
        let stage = try await RecruiterStage()
        let paul = try await stage.seat("Paul")
        let mine = try await stage.write("Mine")
        let his = try await stage.write("His", from: paul)
        try await stage.reply(his)
        let more = try await stage.write("More")
        try await stage.world.control("POST", "inmails", ["thread": mine, "text": "Did you see this?"])
        #expect(try await stage.ids(path(stage)) == ["I7004_1000", "S7003_1000", "S7000_1000"])
        #expect(
            try await stage.ids(path(stage) + "&threadUrn=\(mine.string ?? "")") == ["I7004_1000", "S7000_1000"])
        #expect(try await stage.ids(path(stage) + "&threadUrn=\(his.string ?? "")").isEmpty)
        #expect(try await stage.ids(path(stage) + "&threadUrn=urn:li:messagingThread:2-x").isEmpty)
        #expect(
            try await stage.ids("/v2/conversationEvents?q=criteria&viewer=urn:li:seat:\(paul)") == [
                "I7002_1000", "S7001_1000",
            ])
        #expect(more == "urn:li:messagingThread:7003")
    }

    @Test func `a member who declines without a word leaves no message`() async throws {
        let stage = try await RecruiterStage()
        let thread = try await stage.write()
        let answer = try await stage.world.control("POST", "inmails/reply", ["thread": thread, "decline": true])
        #expect(answer["answer"] == "DECLINED" && answer["id"]?.isNull == true)
        #expect(try await stage.ids(path(stage)) == ["S7000_1000"])
        let more = try await stage.world.send(
            "POST", "/_sandbox/inmails", json: ["thread": thread, "text": "Please"])
        #expect(more.status == 409)
    }

    @Test func `pages say how many there are and link on; a message in between shifts them`() async throws {
        let stage = try await RecruiterStage()
        for number in 0..<5 { try await stage.write("Role \(number)") }
        let first = try await stage.get(path(stage) + "&timeRange.start=\(Self.noon)&start=0&count=2")
        #expect(first["paging"]?["total"] == 5)
        #expect(
            first["paging"]?["links"]?[0]?["href"]?.string
                == "\(path(stage))&timeRange.start=\(Self.noon)&start=2&count=2")
        try await stage.write("Role 5")
        // Newest first: what was last on the first page is first on the second.
        #expect(try await stage.ids(path(stage) + "&start=2&count=2") == ["S7003_1000", "S7002_1000"])
        #expect(first["elements"]?[1]?["id"] == "S7003_1000")
        #expect(try await stage.everything(path(stage) + "&start=0&count=4").count == 6)
        #expect(try await stage.elements(path(stage) + "&start=60").isEmpty)
        #expect(
            try await stage.elements(path(stage) + "&count=1&fields=id,threadUrn") == [
                ["id": "S7005_1000", "threadUrn": "urn:li:messagingThread:7005"]
            ])
    }

    @Test(arguments: 1...4) func `any window of any page is what a plain filter finds`(seed: UInt64) async throws {
        let stage = try await RecruiterStage()
        var dice = SeededRandom(seed: seed)
        var sent: [(id: String, at: Int64)] = []
        var now = Self.noon
        for number in 0..<40 {
            try await stage.write("Role \(number)")
            sent.insert(("S\(7000 + number)_1000", now), at: 0)
            let seconds = Int64.random(in: 0...2, using: &dice)
            try await stage.pass(seconds)
            now += seconds * 1000
        }
        try await stage.world.control("POST", "quotas", ["on": false])
        for _ in 0..<40 {
            let from = Self.noon + Int64.random(in: -1...45, using: &dice) * 1000
            let to = from + Int64.random(in: 0...30, using: &dice) * 1000
            let (start, count) = (Int.random(in: 0...12, using: &dice), Int.random(in: 0...12, using: &dice))
            let page = try await stage.get(
                "\(path(stage))&timeRange.start=\(from)&timeRange.end=\(to)&start=\(start)&count=\(count)")
            let expected = sent.filter { $0.at >= from && $0.at < to }
            #expect(page["paging"]?["total"]?.int == Int64(expected.count))
            #expect(
                page["elements"]?.array?.compactMap { $0["id"]?.string }
                    == expected.dropFirst(start).prefix(count).map(\.id))
        }
    }

    @Test func `a call counts as InMail and as recruiter data, and either limit refuses it`() async throws {
        let stage = try await RecruiterStage()
        func usage(_ group: EndpointGroup) -> [Int] {
            stage.world.sandbox.quotas.usage.first { $0.group == group }.map { [$0.requests, $0.throttled] } ?? [0, 0]
        }
        #expect(try await stage.status(path(stage)) == 200)
        #expect(usage(.inMail) == [1, 0] && usage(.recruiter) == [1, 0])
        #expect(
            try await stage.status("/v2/prospectNotes?q=criteria&contract=\(RecruiterStage.contract)") == 200)
        #expect(usage(.inMail) == [1, 0] && usage(.recruiter) == [2, 0])
        try await stage.world.control("POST", "quotas", ["group": "recruiter", "requests_per_day": 2])
        #expect(try await stage.status(path(stage)) == 429)
        #expect(usage(.inMail) == [1, 0] && usage(.recruiter) == [2, 1])
        try await stage.world.control("POST", "quotas", ["group": "recruiter", "requests_per_day": 9])
        try await stage.world.control("POST", "quotas", ["group": "inMail", "requests_per_day": 1])
        #expect(try await stage.status(path(stage)) == 429)
        #expect(usage(.inMail) == [1, 1] && usage(.recruiter) == [2, 1])
        #expect(
            try await stage.status("/v2/prospectNotes?q=criteria&contract=\(RecruiterStage.contract)") == 200)
    }

    @Test func `the thirteenth request of a minute for one viewer is refused only when the switch is on`() async throws
    {
        let stage = try await RecruiterStage { $0.switches.retryAfter = true }
        let paul = try await stage.seat("Paul")
        for _ in 0..<13 { #expect(try await stage.status(path(stage)) == 200) }
        try await stage.world.control("POST", "config", ["strict_viewer_pace": true])
        let refused = try await stage.world.send("GET", path(stage), token: stage.acme.token)
        #expect(refused.status == 429 && refused.header("retry-after") == "60")
        #expect(try await stage.status("/v2/conversationEvents?q=criteria&viewer=urn:li:seat:\(paul)") == 200)
        try await stage.pass(60)
        for _ in 0..<12 { #expect(try await stage.status(path(stage)) == 200) }
        #expect(try await stage.status(path(stage)) == 429)
    }
}
