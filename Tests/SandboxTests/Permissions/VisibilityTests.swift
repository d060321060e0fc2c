// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONBytes
import People
import Testing

@testable import Sandbox

/// The rule of who sees which job, against one written from its description in modules 3–5, C.1, with sets of pairs.
@Suite struct VisibilityTests {
    /// Who is in what, and what is open to whom, as a list of facts.
    private struct Facts {
        var aclsOfJobs: Set<[String]> = []
        var membersOfAcls: Set<[String]> = []
        var isOpenByDefault = false

        func sees(_ user: String, _ job: String) -> Bool {
            let acls = aclsOfJobs.filter { $0[0] == job }.map { $0[1] }
            if acls.isEmpty { return isOpenByDefault }
            if acls.contains("ALL_PRODUCT_USERS") { return true }
            return acls.contains { membersOfAcls.contains([user, $0]) }
        }
    }

    @Test func `the rule agrees with its description for thousands of random users, jobs and ACLs`() {
        for seed in 0..<200 {
            var dice = Dice(seed: UInt64(seed))
            var facts = Facts()
            facts.isOpenByDefault = dice.fraction() < 0.5
            let groups = (0..<6).map { "G\($0)" } + ["ALL_PRODUCT_USERS"]
            for job in 0..<30 where dice.fraction() < 0.8 {
                for group in groups where dice.fraction() < 0.15 { facts.aclsOfJobs.insert(["J\(job)", group]) }
            }
            for user in 0..<30 {
                for group in groups.dropLast() where dice.fraction() < 0.2 {
                    facts.membersOfAcls.insert(["U\(user)", group])
                }
            }
            for user in (0..<30).map({ "U\($0)" }) {
                let visibility = Visibility(
                    showsUnsecured: facts.isOpenByDefault,
                    groups: Set(facts.membersOfAcls.filter { $0[0] == user }.map { ExactID($0[1]) }),
                    everyone: ExactID("ALL_PRODUCT_USERS"))
                for job in (0..<30).map({ "J\($0)" }) {
                    let acls = facts.aclsOfJobs.filter { $0[0] == job }.map { ExactID($0[1]) }
                    #expect(visibility.shows(jobWith: acls) == facts.sees(user, job), "seed \(seed) \(user) \(job)")
                }
            }
        }
    }

    /// The same through the whole sandbox: random upserts and deletions over the wire, then every seat's list of jobs.
    @Test(arguments: 1...4)
    func `what seats see follows random changes of ACLs, assignees and configurations`(seed: Int) async throws {
        let desk = try await Recruiting()
        let permissions = Permissions(desk)
        var dice = Dice(seed: UInt64(seed))
        var facts = Facts()
        let jobs = (0..<12).map { "REQ-\($0)" }
        try await desk.sync(jobs: jobs)
        var seats: [(seat: Int64, person: String)] = []
        for index in 0..<5 {
            let seat = try await Recruiting.seat(desk.world, "user\(index)")
            seats.append((seat, try await desk.personOfSeat(seat)))
        }
        let groups = ["eng", "sales", "hr"]
        func pick<Value>(_ list: [Value]) -> Value { list[Int(dice.fraction() * Double(list.count))] }
        for _ in 0..<25 {
            for _ in 0..<4 {
                let (group, job, user) = (pick(groups), pick(jobs), pick(seats))
                switch Int(dice.fraction() * 6) {
                case 0, 1:
                    let group = dice.fraction() < 0.1 ? "ALL_PRODUCT_USERS" : group
                    try await permissions.secure(job, group)
                    facts.aclsOfJobs.insert([job, group])
                case 2:
                    _ = try await permissions.unsecure(job, group)
                    facts.aclsOfJobs.remove([job, group])
                case 3, 4:
                    try await permissions.assign(user.person, group)
                    facts.membersOfAcls.insert([user.person, group])
                case 5 where dice.fraction() < 0.3:
                    facts.isOpenByDefault.toggle()
                    try await desk.configure(
                        "JOB_POSTING_VIEWERS", of: "ONE_CLICK_EXPORT",
                        facts.isOpenByDefault ? "ALL_PRODUCT_USERS" : nil)
                default:
                    _ = try await permissions.unassign(user.person, group)
                    facts.membersOfAcls.remove([user.person, group])
                }
            }
            for (seat, person) in seats {
                #expect(try await desk.jobs(seat: seat) == jobs.filter { facts.sees(person, $0) }.sorted())
            }
        }
        let job = pick(jobs)
        for (seat, person) in seats {
            let status = try await desk.export(job: job, seat: seat)["status"]?.string
            #expect(status == (facts.sees(person, job) ? "pushed" : "refused"))
        }
    }

    @Test func `ids that only look alike are two ids`() {
        let visibility = Visibility(
            showsUnsecured: false, groups: [ExactID("caf\u{E9}")], everyone: ExactID("ALL_PRODUCT_USERS"))
        #expect(visibility.shows(jobWith: [ExactID("caf\u{E9}")]))
        #expect(!visibility.shows(jobWith: [ExactID("cafe\u{301}")]))
    }
}
