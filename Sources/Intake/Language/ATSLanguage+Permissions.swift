// SPDX-License-Identifier: Apache-2.0

extension ATSLanguage {
    /// A job's group. LinkedIn's record is its key alone. Source: sync-acls (documented; modules-3-5, C.3).
    static let acl: [ATSField] = [
        ATSField(
            "jobId", aliases: ["atsEntityId", "entityId"], .id, .required, to: nil, example: #""REQ-77""#,
            "The job that only the groups' members may see"),
        ATSField(
            "id", aliases: ["aclId", "atsEntityAclId", "entityAclId"], .id, .required, to: nil,
            example: #""eng-managers""#, "The group's id in the ATS; many jobs may carry one"),
    ]

    /// A user in a group, as the ATS knows both; LinkedIn gets the person the user is bound to.
    static let assignee: [ATSField] = [
        ATSField(
            "aclId", aliases: ["atsEntityAclId", "entityAclId"], .id, .required, to: nil,
            example: #""eng-managers""#, "The group that the user is in; at most 10 groups a user"),
        ATSField(
            "id", aliases: ["userId"], .id, .required, to: nil, example: #""u-17""#,
            "The user's id in the ATS; it may be told before the user is"),
    ]
}
