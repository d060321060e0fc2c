// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import Testing

@testable import Sandbox

/// Job submissions: what is refused at once, and how the operation ends. Jobs reference 5.4 to 5.7.
@Suite struct JobRulesTests {
    static let now = Moment(1_794_000_000_000)
    static let description = String(repeating: "We build hiring tools. ", count: 6)
    static let whole: [(String, String)] = [
        ("integrationContext", "\"urn:li:organization:5001\""), ("externalJobPostingId", "\"REQ-1\""),
        ("title", "\"Engineer\""),
        ("description", "\"\(description)\""), ("location", "\"Austin, TX\""), ("availability", "\"PUBLIC\""),
        ("state", "\"LISTED\""),
        ("companyApplyUrl", "\"http://localhost:5000/jobs\""), ("listedAt", "1767225600000"),
    ]

    private func check(_ changes: [String: String?], _ surface: Surface = .v2, _ switches: Switches = Switches()) throws
        -> Result<JobSubmission, RecordProblem>
    {
        var members = Self.whole.filter { changes[$0.0] == nil }
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) { if let value { members.append((name, value)) } }
        let body = "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
        let rules = JobRules(surface: surface, switches: switches)
        var sketch = rules.sketch
        return try Array(body.utf8).withUnsafeBytes { try rules.check($0, &sketch, task: "t-1", now: Self.now) }
    }

    private func problem(_ changes: [String: String?]) throws -> RecordProblem? {
        if case .failure(let problem) = try check(changes) { problem } else { nil }
    }

    @Test func `the job of LinkedIn's own collection passes`() throws {
        let job = try check([:]).get()
        #expect(
            job
                == JobSubmission(
                    id: "REQ-1", organization: 5001, operation: .upsert(isListed: true), isPrivate: false,
                    expireAt: nil, taskFailure: nil))
    }

    @Test(
        arguments: [
            ("title", nil, 422, "ERROR :: /title :: field is required but not found and has no default value\n"),
            ("listedAt", "\"today\"", 422, "ERROR :: /listedAt :: today cannot be coerced to Long\n"),
            (
                "jobPostingOperationType", "\"UPDATED\"", 422,
                "ERROR :: /jobPostingOperationType :: \"UPDATED\" is not an enum symbol\n"
            ),
            ("state", "\"OPEN\"", 422, "ERROR :: /state :: \"OPEN\" is not an enum symbol\n"),
            ("employmentStatus", "5", 422, "ERROR :: /employmentStatus :: enum type is not backed by a String\n"),
            (
                "state", nil, 422,
                "ERROR :: /jobPostingOperationType :: field is required but not found and has no default value\n"
            ),
            ("location", nil, 422, "ERROR :: /location :: field is required but not found and has no default value\n"),
            ("externalJobPostingId", "77", 500, "Internal Server Error"),
            (
                "workplaceTypes", "[\"On-site\",\"Remote\"]", 400,
                "The workplaceTypes field cannot have more than one value provided. Provided values [On-site, Remote]"
            ),
            (
                "companyApplyUrl", "\"jobs/77\"", 400,
                "Invalid company apply url for job with externalPartnerId REQ-1, taskUrn urn:li:simpleJobPostingTask:t-1"
            ),
            (
                "integrationContext", nil, 400,
                "Either `context` or `company` or `companyPageUrl` or `companyName` must be provided"
            ),
            (
                "alternateLocations", "[\"A\",\"B\",\"C\",\"D\",\"E\",\"F\",\"G\"]", 422,
                "The job contains more than seven locations. Please ensure maximum seven locations per job"
            ),
            ("expireAt", "1", 400, "Invalid ExpirationDate"),
        ] as [(String, String?, Int, String)])
    func `a bad submission is answered as documented`(field: String, value: String?, status: Int, message: String)
        throws
    {
        #expect(try problem([field: value]) == RecordProblem(status, message))
    }

    @Test func `a job id has 200 characters on v2 and 75 on the versioned surface`() throws {
        let long = "\"" + String(repeating: "x", count: 76) + "\""
        #expect(try problem(["externalJobPostingId": long]) == nil)
        guard case .failure = try check(["externalJobPostingId": long], .rest(version: "202603")) else {
            Issue.record("76 characters were accepted")
            return
        }
    }

    @Test func `countryCode and postalCode stand in for a location`() throws {
        #expect(try problem(["location": nil, "countryCode": "\"us\"", "postalCode": "\"78701\""]) == nil)
    }

    @Test func `CLOSE needs no more than the job's id and company`() throws {
        let changes: [String: String?] = [
            "jobPostingOperationType": "\"CLOSE\"", "title": nil, "description": nil, "location": nil,
            "availability": nil, "state": nil,
            "companyApplyUrl": nil, "listedAt": nil,
        ]
        #expect(try check(changes).get().operation == .close)
    }

    @Test(arguments: [
        ("description", "\"short\"", "The description length should be at least 100 characters"),
        ("title", "\"" + String(repeating: "t", count: 201) + "\"", "[JOB_FIELD_PROCESSOR_TITLE]"),
        ("location", "\"---\"", "We could not standardize your job's location."),
    ])
    func `what LinkedIn notices later fails the task`(field: String, value: String, message: String) throws {
        let job = try check([field: value]).get()
        let failure = try #require(job.taskFailure)
        #expect(failure.contains(message))
        #expect(job.verdict(on: nil, partner: 1, now: Self.now) == .fails(failure))
    }

    // Verdicts

    private static let open = StoredPosting(
        number: 4_000_000_001, isListed: true, availability: "PUBLIC", expires: 1_800_000_000_000, settled: 0)
    private static var closed: StoredPosting {
        var posting = open
        posting.isListed = false
        return posting
    }

    private func job(_ operation: JobSubmission.Operation) -> JobSubmission {
        JobSubmission(
            id: "REQ-1", organization: 5001, operation: operation, isPrivate: false, expireAt: nil, taskFailure: nil)
    }

    @Test func `CLOSE of an unknown or closed job is refused at once`() {
        let refusal = JobVerdict.refused(
            RecordProblem(409, "Cannot close job which is already closed or does not exist"))
        #expect(job(.close).verdict(on: nil, partner: 1, now: Self.now) == refusal)
        #expect(job(.close).verdict(on: Self.closed, partner: 1, now: Self.now) == refusal)
    }

    @Test func `duplicate CREATE and UPDATE or RENEW of an unknown job fail in the task`() {
        for (operation, existing, text) in [
            (.create, Self.open, "LinkedIn job id: 4000000001, externalJobPostingId: REQ-1"),
            (
                .update, nil,
                "Operation type UPDATE is not allowed for a non-existing job of partner urn urn:li:jobPostingPartner:9"
            ),
            (.update, Self.closed, "partner job code (REQ-1)"),
            (.renew, nil, "Operation type RENEW is not allowed for a non-existing job"),
        ] as [(JobSubmission.Operation, StoredPosting?, String)] {
            guard case .fails(let message) = job(operation).verdict(on: existing, partner: 9, now: Self.now) else {
                Issue.record("\(operation) did not fail")
                continue
            }
            #expect(message.contains(text))
        }
    }

    @Test func `RENEW adds thirty days to what is later, now or the expiry`() {
        let expected = Moment(1_800_000_000_000) + .seconds(30 * 86_400)
        #expect(
            job(.renew).verdict(on: Self.open, partner: 1, now: Self.now)
                == .succeeds(.init(isNew: false, isListed: true, expires: expected.millis, replacesBody: false)))
    }

    @Test func `state LISTED opens, state CLOSED closes, and a closed job that opens again is a new posting`() {
        func change(_ isListed: Bool, _ existing: StoredPosting?) -> JobVerdict.Change? {
            if case .succeeds(let change) = job(.upsert(isListed: isListed)).verdict(
                on: existing, partner: 1, now: Self.now)
            {
                change
            } else {
                nil
            }
        }
        #expect(change(true, nil)?.isNew == true)
        #expect(change(true, Self.open)?.isNew == false)
        #expect(change(true, Self.closed)?.isNew == true)
        #expect(change(false, nil)?.isListed == false)
        #expect(change(false, Self.open)?.isListed == false)
        #expect(change(false, Self.closed)?.isNew == false)
    }
}
