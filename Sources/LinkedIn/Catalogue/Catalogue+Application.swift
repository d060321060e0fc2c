// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    /// `atsApplications`. On update every available field must be sent: an omitted one becomes null.
    /// Source: sync-applications (documented).
    package static let application = EntitySchema(
        "Application",
        [
            Field("atsCandidateId", .string(), .documented("sync-applications")),
            Field("atsCreatedAt", .epochMillis, .required, .documented("sync-applications")),
            // Also not before atsCreatedAt.
            Field("atsLastModifiedAt", .epochMillis, .required, .documented("sync-applications")),
            Field("atsJobPostingId", .string(min: 1), .required, .documented("sync-applications")),
            Field("atsJobPostingName", .string(min: 1), .required, .documented("sync-applications")),
            Field("candidateEmail", .email, .documented("sync-applications")),  // required "whenever available"
            Field("firstName", .string(min: 1), .required, .documented("rsc-release-notes 2021-11")),
            Field("lastName", .string(min: 1), .required, .inferred("collection always sends it")),  // UNVERIFIED
            Field("source", .string(), .postman("Modules 1-2 collection")),
            Field("dispositionReason", .string(), .postman("Modules 1-2 collection")),  // the collection sends ""
            Field("accessRestricted", .bool, .thirdParty("newer Postman workspace, name cut after accessRes")),
        ])

    /// One entry of an application's stage history. The current stage is the newest (UNVERIFIED).
    package static let stage = EntitySchema(
        "Stage",
        [
            Field("atsCreatedAt", .epochMillis, .required, .documented("sync-application-stages")),
            Field(
                "stage", .string(min: 1), .required, forbidden: ["Not Available"],
                .documented("sync-application-stages")),
        ])

    package static let feedback = EntitySchema(
        "InterviewFeedback",
        [
            Field("atsCreatedAt", .epochMillis, .documented("sync-application-interview-feedback")),
            Field("interviewer", .record(actor), .documented("sync-application-interview-feedback")),
            Field("evaluations", .array(.record(evaluation)), .documented("sync-application-interview-feedback")),
            Field("feedback", .string(), .documented("sync-application-interview-feedback")),
            Field(
                "interviewType", .enumeration(["PHONE_SCREEN", "ONSITE"]),
                .documented("sync-application-interview-feedback")),
        ])

    package static let evaluation = EntitySchema(
        "InterviewEvaluation",
        [
            Field("attribute", .string(), .required, .documented("sync-application-interview-feedback")),
            Field("result", .string(), .documented("sync-application-interview-feedback")),
        ])
}
