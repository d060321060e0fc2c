// SPDX-License-Identifier: Apache-2.0

private import LinkedIn

extension ATSLanguage {
    static let application: [ATSField] = [
        ATSField(
            "id", aliases: ["applicationId", "atsJobApplicationId", "externalJobApplicationId"], .id, .required,
            to: nil,
            example: #""A-1""#, "The application's id in the ATS"),
        ATSField(
            "jobId", aliases: ["atsJobPostingId", "externalJobPostingId"], .id, .required, to: "atsJobPostingId",
            example: #""REQ-77""#, "The job applied for"),
        ATSField(
            "candidateId", aliases: ["atsCandidateId", "externalCandidateId"], .id, .required, to: "atsCandidateId",
            example: #""C-1""#, "The candidate who applies"),
        ATSField(
            "jobTitle", aliases: ["atsJobPostingName", "jobName"], .shortText, to: "atsJobPostingName",
            example: #""Data Engineer""#, "Title of the job; taken from the job when absent"),
        ATSField("firstName", .shortText, to: "firstName", example: #""Ada""#, "Taken from the candidate when absent"),
        ATSField(
            "lastName", .shortText, to: "lastName", example: #""Lovelace""#, "Taken from the candidate when absent"),
        ATSField(
            "email", aliases: ["candidateEmail"], .email, to: "candidateEmail", example: #""ada@example.org""#,
            "Taken from the candidate when absent"),
        ATSField("source", .shortText, to: "source", example: #""Referral""#, "How the candidate came"),
        ATSField(
            "dispositionReason", aliases: ["rejectionReason"], .longText, to: "dispositionReason",
            example: #""Withdrew""#, "Why it ended"),
        ATSField(
            "accessRestricted", .flag, to: "accessRestricted", example: "false",
            "Only recruiters with access to the job may see it"),
        ATSField(
            "createdAt", aliases: ["atsCreatedAt", "appliedAt"], .time, .required, to: "atsCreatedAt",
            example: #""2024-03-02T10:00:00Z""#, "When the candidate applied"),
        ATSField(
            "updatedAt", aliases: ["modifiedAt", "atsLastModifiedAt"], .time, to: "atsLastModifiedAt",
            else: .sameAs("createdAt"),
            example: #""2024-03-09T16:20:00Z""#, "When the ATS last changed it; createdAt when absent"),
    ]

    static let applicationID = ATSField(
        "applicationId", aliases: ["atsJobApplicationId", "externalJobApplicationId", "jobApplicationId"], .id,
        .required, to: nil,
        example: #""A-1""#, "The application it belongs to")

    static let stage: [ATSField] = [
        applicationID,
        ATSField(
            "id", aliases: ["stageId", "jobApplicationStageId"], .id, .required, to: nil, example: #""S-1""#,
            "The id of this entry of the stage history"),
        ATSField(
            "stage", aliases: ["name", "stageName"], .text(min: 1, max: 1_000), .required, to: "stage",
            example: #""Phone interview""#, "The stage's name, not \"\(StageRule.forbidden)\""),
        ATSField(
            "createdAt", aliases: ["atsCreatedAt", "enteredAt"], .time, .required, to: "atsCreatedAt",
            example: #""2024-03-05T08:00:00Z""#, "When the application entered it"),
    ]

    static let feedback: [ATSField] = [
        applicationID,
        ATSField(
            "id", aliases: ["feedbackId", "interviewFeedbackId"], .id, .required, to: nil, example: #""F-1""#,
            "The feedback's id in the ATS"),
        ATSField(
            "text", aliases: ["feedback"], .longText, to: "feedback", example: #""Clear and quick""#,
            "General impression"),
        ATSField(
            "interviewType",
            .choice([
                ATSType.Choice("phoneScreen", or: "phone", means: "PHONE_SCREEN"),
                ATSType.Choice("onsite", means: "ONSITE"),
            ]), to: "interviewType", example: #""phoneScreen""#,
            "Kind of interview; may be called type where that does not mean the record's type"),
        ATSField(
            "interviewer", .record(.personName), to: "interviewer", example: #""Grace Hopper""#,
            "Who interviewed: an object, or \"First Last\""),
        ATSField(
            "evaluations", .list(.record(.evaluation)), to: "evaluations",
            example: #"[{"attribute":"Communication","result":"4/5"}]"#, "Scores and recommendations"),
        ATSField(
            "createdAt", aliases: ["atsCreatedAt"], .time, to: "atsCreatedAt", example: #""2024-03-06T15:00:00Z""#,
            "When it was given"),
    ]
}
