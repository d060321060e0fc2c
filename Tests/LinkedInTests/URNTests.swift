// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import Testing

@Suite struct URNTests {
    @Test func `a URN is read and written unchanged`() throws {
        let text = "urn:li:simpleJobPostingTask:6f0f:7"
        let urn = try #require(URN(text))
        #expect(urn.type == "simpleJobPostingTask")
        #expect(urn.id == "6f0f:7")
        #expect(urn.description == text)
    }

    @Test(arguments: [
        "", "urn:li:", "urn:li:person", "urn:li:person:", "urn:li::5", "li:person:5", "urn:li:per son:5",
        "urn:li:person:a b",
        "URN:LI:person:5", "urn:li:person:" + String(repeating: "a", count: 250),
    ])
    func `what is not a URN is refused`(text: String) {
        #expect(URN(text) == nil)
    }

    @Test func `a typed URN takes its own type only`() {
        #expect(OrganizationURN("urn:li:organization:5001")?.number == 5001)
        #expect(OrganizationURN("urn:li:contract:5001") == nil)
        #expect(OrganizationURN("urn:li:organization:acme") == nil)
        #expect(PersonURN("urn:li:person:Ab3dEf")?.id == "Ab3dEf")
        #expect(ContractURN(number: 7).description == "urn:li:contract:7")
    }
}
