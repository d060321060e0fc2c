// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import Testing

@Suite struct TextTests {
    @Test func `the validator's lines are LinkedIn's, with their line feed`() {
        #expect(
            ValidatorText.missing("/title")
                == "ERROR :: /title :: field is required but not found and has no default value\n")
        #expect(
            ValidatorText.notCoercible("/listedAt", value: "soon", type: "Long")
                == "ERROR :: /listedAt :: soon cannot be coerced to Long\n")
        #expect(
            ValidatorText.notAnEnumSymbol("/jobPostingOperationType", value: "UPDATED")
                == "ERROR :: /jobPostingOperationType :: \"UPDATED\" is not an enum symbol\n")
    }

    @Test func `the gateway's errors have LinkedIn's numbers and words`() {
        #expect(GatewayError.invalidToken.serviceErrorCode == 65600)
        #expect(
            GatewayError.accessDenied("simpleJobPostings", method: "BATCH_CREATE").message
                == "Not enough permissions to access: simpleJobPostings.BATCH_CREATE.NO_VERSION")
        #expect(
            GatewayError.accessDenied("candidates", method: "BATCH_GET", version: "202603").message.hasSuffix(
                ".20260301"))
        #expect(
            GatewayError.unpermittedFields(["/elements"]).message
                == "Unpermitted fields present in REQUEST_BODY: Data Processing Exception while processing "
                + "fields [/elements]"
        )
        #expect(GatewayError.nonexistentVersion("202401").message == "Requested version 20240101 is not active")
        #expect(GatewayError.noSuchResource("foo").message == "Resource foo does not exist")
    }

    @Test func `a blocked field names its reference code`() {
        typealias Failure = JobTaskFailure
        #expect(
            Failure.blocked(.companyApplyUrl)
                == "This job is blocked as its companyApplyUrl is marked invalid. "
                + "Failure reason reference code: [JOB_FIELD_PROCESSOR_COMPANY_APPLY_URL].")
        #expect(Failure.blocked(.jobCode).contains("[JOB_FIELD_PROCESSOR_ORIGINAL_JOB_CODE]"))
        #expect(Failure.BlockedField.allCases.count == 15)
    }

    @Test func `a dropped job lists its invalid fields`() {
        let text = JobTaskFailure.dropped(
            partner: JobPostingPartnerURN(number: 9), externalID: "R1", invalid: ["city", "state"])
        #expect(
            text == "Job {partner=urn:li:jobPostingPartner:9, partnerJobCode=R1} was dropped: true\n\n"
                + "Invalid Field: /city; \nInvalid Field: /state; ")
    }
}
