// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import JSONBytes

struct SandboxSee: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "see", abstract: "Look through a recruiter's eyes: the jobs to export to, or a member.",
        discussion: """
            Without --member: the open jobs that the seat can export to. With it: what the In-ATS indicator shows there,
            which is nothing when the ATS knows nobody like that. Both honour ACLs and deletions.
              crosswalk sandbox see --seat 142636035
              crosswalk sandbox see --seat 142636035 --query engineer
              crosswalk sandbox see --seat 142636035 --member ada@example.com
            """)
    @OptionGroup var sandbox: SandboxTarget
    @Option(name: .long, help: "The recruiter's seat; may be left out when there is only one.") var seat: Int64?
    @Option(name: .long, help: ArgumentHelp(MemberName.help + " who is looked at.")) var member: MemberName?
    @Option(name: .long, help: "Only jobs whose id or title contains this.") var query: String?
    @Option(name: .long, help: "The customer's organization; by default that of the seat's contract.")
    var organization: Int64?
    @Option(name: .long, help: "At most this many jobs.") var limit = 100
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard member == nil || query == nil else { throw ValidationError("--query searches jobs: leave --member out") }
    }

    func run() async throws {
        var parameters: [(String, String)] = []
        if let seat { parameters.append(("seat", String(seat))) }
        if let organization { parameters.append(("organization", String(organization))) }
        if let member {
            parameters.append(("member", member.json.string ?? member.json.int.map(String.init) ?? ""))
        } else {
            parameters.append(("limit", String(limit)))
        }
        if let query { parameters.append(("query", query)) }
        let text = parameters.map {
            "\($0.0)=\($0.1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
        }
        let answer = try await sandbox.client.send(.GET, "/_sandbox/see?" + text.joined(separator: "&"))
        output.print(answer, table: member == nil ? Self.jobs(answer) : Self.indicator(answer))
    }

    private static func jobs(_ answer: JSONValue) -> [String] {
        let jobs = answer["jobs"]?.array ?? []
        guard !jobs.isEmpty else {
            return ["No open job that this seat may see: ACLs, JOB_POSTING_VIEWERS and closed jobs hide the others."]
        }
        var table = Table(.text("job"), .text("title"), .text("location"))
        for job in jobs {
            table.add(job.word("id"), job.word("title").shortened(to: 60), job.word("location").shortened(to: 40))
        }
        let more = answer["next"]?.string == nil ? [] : ["There are more: --limit, or --query to search."]
        return table.lines(style: Terminal.style) + more
    }

    private static func indicator(_ answer: JSONValue) -> [String] {
        guard let candidates = answer["indicator"]?["candidates"]?.array else {
            return ["The ATS knows nobody like that: there is no indicator."]
        }
        return candidates.flatMap { candidate -> [String] in
            let applications = candidate["applications"]?.array ?? []
            let hidden = Int(candidate["hidden_applications"]?.int ?? 0)
            var lines = [
                "\(Terminal.style.bold(candidate.word("id")))  \(candidate.word("match")) match, "
                    + Self.count(candidate, "notes", "note")
            ]
            lines += applications.map { application in
                let job = application["job"] ?? .null
                let stages = (application["stages"]?.array ?? []).compactMap { $0["record"]?["stage"]?.string }
                return "  \(application.word("id"))  \(job.word("id")) \(job.word("title")): "
                    + (stages.isEmpty ? "no stage" : stages.joined(separator: " → "))
                    + ", \(Self.count(application, "feedback", "interview")), \(Self.count(application, "notes", "note"))"
            }
            if hidden > 0 { lines.append("  \(hidden.of("application")) of jobs that this seat may not see") }
            return lines
        }
    }

    private static func count(_ value: JSONValue, _ name: String, _ thing: String) -> String {
        (value[name]?.array?.count ?? 0).of(thing)
    }
}
