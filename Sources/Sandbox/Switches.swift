// SPDX-License-Identifier: Apache-2.0

/// What the sandbox does where LinkedIn's pages are silent or contradict each other.
///
/// One property per open question; the default is the one named in the protocol reference ("M" = Modules 1–2 section
/// 9, "J" = jobs,
/// OAuth and Rest.li section 9, "P" = Modules 3–5 part J; the number is the row). `POST /_sandbox/config` changes
/// them in a running
/// sandbox. Every one of them is UNVERIFIED until somebody watches the real service.
package struct Switches: Sendable, Hashable {
    package init() {}

    // Integrations

    /// M 5. True: an integration is enabled as soon as the partner has patched its `integrationName`.
    package var autoEnable = false
    /// M 2.4.4. True: enabling needs `integrationName`, and for `ONE_CLICK_EXPORT` the `CALLBACK_URL`. False by
    /// default, because scripts enable
    /// before the ATS has configured anything.
    package var enableNeedsConfiguration = false
    /// M 9. Longest `integrationName`, in characters.
    package var integrationNameLimit = 255
    /// M 36. True: data calls answer 403 until an RSC integration of (application, organization) is ENABLED.
    package var dataNeedsEnabledIntegration = true
    /// M 14, P 1. What happens when `CALLBACK_URL` is set.
    package var callbackValidation = CallbackValidation.probe

    package enum CallbackValidation: String, Sendable, CaseIterable {
        /// No challenge is sent.
        case off
        /// A challenge is sent and its result kept; the URL is used whatever the result.
        case probe
        /// Three failures in a row block the URL.
        case enforce
    }

    // Provisioning and OAuth

    /// M 6. True: the finder of `provisionedApplications` returns the client secret.
    package var finderReturnsSecret = false
    /// J 13. True: `expires_in` is the text "1800", as the documentation prints it; false: a number, as all official
    /// clients model it.
    package var expiresInAsText = false
    /// J 14. `error` of a wrong client secret: `invalid_client` in captures, `invalid_client_id` in the
    /// documentation's table.
    package var wrongSecretError = "invalid_client"
    /// Life of a 2-legged token, in seconds [doc: client credentials flow].
    package var tokenSeconds = 1800

    // Jobs

    /// J 1 (and M, section 4.1.1, 24 hours). Hours until a task id is forgotten.
    package var taskHours = 720
    /// Seconds a task stays `IN_PROGRESS`. No figure is documented.
    package var taskSeconds = 5
    /// M 18. True: tasks of `PRIVATE_TO_ATS_INTEGRATION` jobs end as `PROCESSED`; false: as `SUCCEEDED`, like public
    /// ones.
    package var privateJobsEndProcessed = true
    /// J 11. True: unknown task ids are reported under `errors` with 404; false: they are left out.
    package var unknownTaskIsError = true
    /// J 7. True: a batch of one job answers the documented HTTP status instead of 200 with an element error.
    package var singleJobErrorsAsHTTP = false
    /// J 6. True: `employmentStatus` and `experienceLevel` outside the documented values are 422.
    package var strictJobEnumerations = true
    /// J 3. True: jobs without `posterEmail` are 422.
    package var posterEmailRequired = false

    // Records

    /// J 34. True: fields that the catalogue does not know are 422 (`unrecognized field found but not allowed`).
    package var rejectUnknownFields = false
    /// M 21. True: candidates need `lastName`.
    package var lastNameRequired = true
    /// M 22. Seconds until a candidate is matched to a member.
    package var matchSeconds = 3
    /// M 24. True: a candidate PUT without `manualMatchedMember` leaves the stored one.
    package var putKeepsManualMatch = true
    /// M 28. True: notes, stages and feedback under an unknown parent are 404 per entity; false: accepted.
    package var parentMustExist = true
    /// P 10. True: deleting a candidate deletes its applications too.
    package var cascadeToApplications = false

    // Recruiter's data

    /// P 13. True: `seatsV2` without `start` is 400; false: it is the first page.
    package var seatsNeedStart = true
    /// P 14. False: the older `seats` answers 404.
    package var legacySeats = true
    /// P 9. True: the thirteenth `conversationEvents` request of a viewer within a minute is 429; false: it is only
    /// logged. What the documentation's "12 records per member per minute" counts is not clear.
    package var strictViewerPace = false
    /// P 15. How many results of one `mailStubs` query can be reached [documented]; beyond it is 400.
    package var mailStubReach = 20_000
    /// P 4. How a stub profile is written.
    package var stubStyle = StubStyle.current
    /// P, A.10. True: `prospectNotes` returns notes that in Recruiter only their author sees.
    package var returnPrivateNotes = false

    package enum StubStyle: String, Sendable, CaseIterable {
        /// `emailAddress` is a text: since March 2024.
        case current
        /// `emailAddress` is a list of texts: before.
        case legacy
    }

    // Gateway

    /// M 43, J 17. Versions that `/rest` accepts, inclusive, `YYYYMM`.
    package var oldestVersion = 202501
    package var newestVersion = 202604
    /// M 32. True: 429 answers carry `Retry-After`. None is documented.
    package var retryAfter = false
    /// True: the records-per-minute limit looks at the last 60 seconds; false: at the UTC minute. Neither is
    /// documented; a client that keeps
    /// the first keeps the second too.
    package var slidingMinute = true
    /// M 41. Requests per day for `provisionedApplications`; 0: no limit.
    package var provisioningRequestsPerDay = 0

    // Exports and permissions

    /// P 16. True: an unknown or expired `requestId` is 404; false: an empty page.
    package var unknownRequestIsError = true
    /// P 5. True: an exported candidate names the recruiter's seat as `owner`.
    package var exportNamesOwner = false
    /// P, A.5.2. True: an exported candidate carries e-mail and telephone, which vendors do not see.
    package var exportSharesContact = false
    /// Exports per seat and calendar month [doc]; that the month is the calendar's is P 6.
    package var exportsPerMonth = 300
    /// P 8. Id of the ACL that shows a job to everybody: cut off on every copy of the page.
    package var everyoneACL = "ALL_PRODUCT_USERS"
    /// ACLs that one member may be an assignee of [doc]; how the next one is refused is not documented.
    package var aclsPerUser = 10
    /// True: an assignee who is no member as the application sees them is 422. Not documented.
    package var assigneesMustExist = true
    /// P 17. True: deleting an unknown ACL or assignee is a 404 of its key; false: it succeeds.
    package var unknownDeleteIsError = true
    /// P 18. True: a new ACL or assignee is answered with 201, an existing one with 204; false: always 204.
    package var newPermissionsAre201 = true

    // Push notifications

    /// P 24. True: `CALLBACK_URL` must be https on port 80 or 443; false: any port, and plain http to this machine.
    package var strictCallbackPorts = false
    /// P 2. True: `id` of a notification is a number.
    package var pushIDAsNumber = false
    /// P 2. True: a notification has no `expiresAt`.
    package var pushOmitsExpiry = false
    /// P 23. True: notifications are signed with the partner's secret instead of the customer's application's.
    package var signWithParentSecret = false
    /// J 21. How `X-LI-Signature` is made.
    package var signatureForm = SignatureForm.prefixedMessage

    package enum SignatureForm: String, Sendable, CaseIterable {
        /// hex(HMAC("hmacsha256=" + body)): the documentation's text.
        case prefixedMessage
        /// "hmacsha256=" + hex(HMAC("hmacsha256=" + body)).
        case prefixedMessageAndHeader
        /// "hmacsha256=" + hex(HMAC(body)).
        case prefixedHeader
    }

    /// J 30, P 7. Seconds between attempts and seconds after which LinkedIn stops trying: 5 minutes for 8 hours, of a
    /// sibling webhook family.
    package var pushRetrySeconds = 300
    package var pushLifeSeconds = 28_800
    /// P 2. Seconds until the event expires, which ends the attempts too.
    package var pushExpirySeconds = 86_400
}
