// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing

/// Writes and deletes an ATS's records about people, one at a time.
struct Records {
    private let desk: Recruiting

    init(_ desk: Recruiting) { self.desk = desk }

    private func parent(_ kind: String, _ id: String) -> String {
        "\(kind)=\(id)&dataProvider=ATS&integrationContext=\(desk.context)"
    }

    private func query(_ kind: String, _ id: String) -> String {
        "ids[0].\(kind)=\(id)&ids[0].dataProvider=ATS&ids[0].integrationContext=\(desk.context)"
    }

    private func put(_ target: String, _ key: String, _ body: JSONValue) async throws {
        let answer = try await desk.send("PUT", target, ["entities": .object(JSONObject([(key, body)]))])
        #expect(try answer.json["errors"]?.object?.isEmpty == true, "\(answer.text)")
    }

    /// - Parameter manual: the member it is linked to by hand.
    func candidate(_ id: String, email: String, manual: Int64? = nil) async throws {
        var body: JSONObject = [
            "atsCreatedAt": 1_760_000_000_000, "atsLastModifiedAt": 1_760_000_000_000, "firstName": "Ada",
            "lastName": "Okafor", "emailAddresses": [.string(email)], "addresses": [], "phoneNumbers": [],
            "externalProfileUrl": .string("https://ats.example.com/c/\(id)"),
        ]
        if let manual { body["manualMatchedMember"] = .string(try await desk.person(manual)) }
        try await put(
            "/v2/atsCandidates?" + query("atsCandidateId", id), parent("atsCandidateId", id), .object(body))
    }

    func application(_ id: String, of candidate: String, job: String) async throws {
        try await put(
            "/v2/atsApplications?" + query("atsJobApplicationId", id), parent("atsJobApplicationId", id),
            [
                "atsCandidateId": .string(candidate), "atsCreatedAt": 1_760_000_000_000,
                "atsLastModifiedAt": 1_760_000_000_000, "atsJobPostingId": .string(job),
                "atsJobPostingName": .string("Engineer \(job)"), "candidateEmail": "ada@post.example",
                "firstName": "Ada", "lastName": "Okafor", "dispositionReason": "",
            ])
    }

    func candidateNote(_ id: String, of candidate: String) async throws {
        try await put(
            "/v2/atsCandidates/\(parent("atsCandidateId", candidate))/notes?ids=\(id)", id,
            [
                "atsCreatedAt": 1_760_000_000_000, "author": ["firstName": "Bo", "lastName": "Kay"],
                "note": "Called her.",
            ])
    }

    func applicationNote(_ id: String, of application: String) async throws {
        try await put(
            "/v2/atsApplications/\(parent("atsJobApplicationId", application))/notes?ids=\(id)", id,
            [
                "atsCreatedAt": 1_760_000_000_000, "author": ["firstName": "Bo", "lastName": "Kay"],
                "note": "Keen.",
            ])
    }

    func stage(_ id: String, of application: String) async throws {
        try await put(
            "/v2/atsApplications/\(parent("atsJobApplicationId", application))/stages?ids=\(id)", id,
            ["atsCreatedAt": 1_760_000_000_000, "stage": "Offer"])
    }

    func feedback(_ id: String, of application: String) async throws {
        try await put(
            "/v2/atsApplications/\(parent("atsJobApplicationId", application))/interviewFeedback?ids=\(id)", id,
            [
                "atsCreatedAt": 1_760_000_000_000, "interviewer": ["firstName": "Bo", "lastName": "Kay"],
                "interviewType": "ONSITE", "evaluations": [["attribute": "Communication", "result": "4/5"]],
                "feedback": "Good.",
            ])
    }

    private func delete(_ target: String) async throws {
        let answer = try await desk.send("DELETE", target)
        #expect(try answer.json["errors"]?.object?.isEmpty == true, "\(answer.text)")
    }

    func deleteCandidate(_ id: String) async throws {
        try await delete("/v2/atsCandidates?" + query("atsCandidateId", id))
    }

    func deleteApplication(_ id: String) async throws {
        try await delete("/v2/atsApplications?" + query("atsJobApplicationId", id))
    }

    func deleteCandidateNote(_ id: String, of candidate: String) async throws {
        try await delete("/v2/atsCandidates/\(parent("atsCandidateId", candidate))/notes?ids=\(id)")
    }

    /// - Parameter kind: `notes`, `stages` or `interviewFeedback`.
    func delete(_ kind: String, _ id: String, of application: String) async throws {
        try await delete("/v2/atsApplications/\(parent("atsJobApplicationId", application))/\(kind)?ids=\(id)")
    }
}
