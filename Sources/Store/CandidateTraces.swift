// SPDX-License-Identifier: Apache-2.0

package import Domain
import JSONBytes

/// What a candidate can be recognised by, read from its stored bytes.
package struct CandidateTraces: Hashable, Sendable {
    /// What the address of its LinkedIn profile comes down to.
    package var profile: String?
    package var emails: Set<String> = []
    package var nameAndCompany: String?
    /// The member that the ATS itself says it is.
    package var person: String?
    /// What people find it by: its name, once from each of its words on.
    var names: Set<String> = []

    init(_ body: [UInt8]) throws {
        var (first, last, company): (String?, String?, String?)
        try body.withUnsafeBytes { bytes in
            var reader = JSONReader(bytes)
            try reader.object { reader, name in
                switch (name.string, try reader.peek()) {
                case ("firstName", .string): first = try reader.string()
                case ("lastName", .string): last = try reader.string()
                case ("currentCompanyName", .string): company = try reader.string()
                case ("linkedInProfileUrl", .string): profile = WhoIsWho.profile(try reader.string())
                case ("manualMatchedMember", .string): person = try reader.string()
                case ("emailAddresses", .array):
                    try reader.array { reader, _ in
                        guard try reader.peek() == .string else {
                            _ = try reader.skip()
                            return
                        }
                        if let email = WhoIsWho.email(try reader.string()) { emails.insert(email) }
                    }
                default: _ = try reader.skip()
                }
            }
        }
        nameAndCompany = WhoIsWho.nameAndCompany(first: first, last: last, company: company)
        names = WhoIsWho.turns(of: [first, last])
    }

    /// Of a member of LinkedIn.
    package init(_ profile: ExportedProfile, person: String) {
        self.profile = profile.profileURL.flatMap(WhoIsWho.profile)
        emails = Set(profile.emails.compactMap(WhoIsWho.email))
        nameAndCompany = WhoIsWho.nameAndCompany(
            first: profile.firstName, last: profile.lastName, company: profile.companies.first)
        self.person = person
    }

    /// 64 bits for each thing: what is found by them is compared in full.
    var hashes: Set<Int64> {
        var hashes = Set(emails.map { Self.hash("e", $0) })
        if let profile { hashes.insert(Self.hash("u", profile)) }
        if let nameAndCompany { hashes.insert(Self.hash("n", nameAndCompany)) }
        if let person { hashes.insert(Self.hash("p", person)) }
        return hashes
    }

    /// FNV-1a.
    private static func hash(_ kind: String, _ text: String) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in kind.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return Int64(bitPattern: hash)
    }
}
