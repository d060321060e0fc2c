// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONBytes

struct SandboxExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Play a recruiter: export a member to a job of the ATS.",
        discussion: """
            Says what became of it, down to what the ATS did: the notification's answer, then whether the ATS asked for
            the profile, linked a candidate to the member, and synced that candidate's application to the job.
              crosswalk sandbox export --member ada@example.com --job REQ-77
              crosswalk sandbox export --member 17 --job REQ-77 --seat 142636035 --wait 60 --format json
            Recruiter refuses when the seat is not active or does not see the job, the job is not open, the member's
            privacy settings forbid it, the integration is off, or the seat has had its 300 exports of the month.
            Ends with 1 when it was refused, or when the ATS had not finished in time.
            """)
    @OptionGroup var sandbox: SandboxTarget
    @Option(name: .long, help: ArgumentHelp(MemberName.help + " who is exported.")) var member: MemberName
    @Option(name: .long, help: "The job's id in the ATS.") var job: String
    @Option(name: .long, help: "The recruiter's seat; may be left out when there is only one.") var seat: Int64?
    @Option(name: .long, help: "The customer's organization; by default that of the seat's contract.")
    var organization: Int64?
    @Option(name: .long, help: "Seconds to wait for the ATS; 0 only announces.") var wait = 15
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (0...3600).contains(wait) else { throw ValidationError("--wait is from 0 to 3600 seconds") }
    }

    func run() async throws {
        let deadline = ContinuousClock.now + .seconds(wait)
        var order: JSONObject = ["member": member.json, "job": .string(job), "wait": .int(Int64(min(wait, 60)))]
        order["seat"] = seat.map { .int($0) }
        order["organization"] = organization.map { .int($0) }
        let answer = try await sandbox.client.send(.POST, "/_sandbox/export", .object(order), timeout: 90)
        guard let request = answer["request_id"]?.string else {
            output.print(answer, table: ["Refused: \(answer.word("reason"))"])
            throw ExitCode.needsAttention
        }
        let progress = try await progress(of: request, until: deadline)
        var result = progress.object ?? [:]
        result["status"] = "pushed"
        output.print(.object(result), table: ExportReport(progress, waited: wait).lines(style: Terminal.style))
        if wait > 0 && !ExportReport(progress, waited: wait).isComplete { throw ExitCode.needsAttention }
    }

    /// How far the ATS is, once it is finished or the time is over.
    private func progress(of request: String, until deadline: ContinuousClock.Instant) async throws -> JSONValue {
        while true {
            let progress = try await sandbox.client.send(.GET, "/_sandbox/exports/\(request)")
            if ExportReport(progress, waited: wait).isComplete || ContinuousClock.now >= deadline { return progress }
            try await Task.sleep(for: .milliseconds(250))
        }
    }
}

/// What became of an export, step by step, for a person.
struct ExportReport {
    private let progress: JSONValue
    private let waited: Int

    init(_ progress: JSONValue, waited: Int) {
        self.progress = progress
        self.waited = waited
    }

    /// The ATS did everything that an export asks of it.
    var isComplete: Bool { progress["application"]?.string != nil }

    func lines(style: Style) -> [String] {
        let delivery = progress["delivery"] ?? .null
        var lines = [
            "Exported as request \(progress.word("request_id")): \(progress.word("person")) to \(progress.word("job"))."
        ]
        lines.append(step(delivery["delivered"]?.bool == true, Self.sent(delivery), style))
        guard waited > 0 else { return lines }
        lines.append(step(progress["fetched"]?.int != nil, "the ATS asked for the profile", style))
        let candidate = progress["candidate"]?.string
        lines.append(
            step(
                candidate != nil, "the ATS linked \(candidate ?? "a candidate") to the member (manualMatchedMember)",
                style))
        let application = progress["application"]?.string
        lines.append(step(isComplete, "the ATS synced \(application ?? "an application") to the job", style))
        if !isComplete { lines.append("Waited \(waited) seconds; --wait gives it longer.") }
        return lines
    }

    private func step(_ isDone: Bool, _ text: String, _ style: Style) -> String {
        isDone ? style.green("✓ ") + text : style.yellow("– not yet: ") + text
    }

    private static func sent(_ delivery: JSONValue) -> String {
        let attempts = delivery["attempts"]?.int ?? 0
        if attempts == 0 { return "the callback is told (\(delivery.word("outcome")))" }
        let tries = Int(attempts).of("attempt")
        return "the callback \(delivery.word("outcome")) (\(tries), \(delivery.word("url")))"
    }
}
