// SPDX-License-Identifier: Apache-2.0

import People
import Testing

@testable import Sandbox

@Suite struct MemberTraitsTests {
    /// What is made from a seed stands in people's tests, screenshots and bug reports.
    @Test func `a seed makes the same members in every version, to the byte`() {
        let lines = (0..<2_000).map { index in
            let member = Member(People(seed: 1).person(index))
            return [
                member.firstName, member.lastName, member.email, member.title, member.company, member.city,
                member.state, member.country, member.phone, member.profileURL, member.skills.joined(separator: ","),
                member.isOpenToWork ? "open" : "",
            ].joined(separator: "|")
        }
        #expect(
            lines[0]
                == "Amira|Haddad|amira.haddad.q6j27as@mail.example|Recruiter|Foxglade Logistics|Dubai||ae|+971 555 0177|https://www.linkedin.com/in/amira-haddad-q6j27as|Employer Branding,Onboarding,Negotiation,Talent Pipelines|"
        )
        // FNV-1a.
        let digest = lines.joined(separator: "\n").utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { hash, byte in
            (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        #expect(digest == 0x3650_7F2C_27F9_6BA7)
    }

    @Test func `a title has the same skills with a level, in any case, and none when nobody knows it`() {
        let skills = Skills.of(title: "Chemist")
        #expect(skills.count == 6 && skills.first == "Chromatography")
        #expect(Skills.of(title: "Senior Chemist") == skills && Skills.of(title: "the chemist") == skills)
        #expect(Skills.of(title: "Lamplighter").isEmpty && Skills.of(title: "").isEmpty)
    }
}
