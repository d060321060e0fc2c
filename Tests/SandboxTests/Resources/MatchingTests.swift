// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import RestLi
import Testing

@testable import Sandbox

/// Candidates and members meet by e-mail and by public profile, after a while.
@Suite struct MatchingTests {
    private let syntax = Syntax(version: .v1)

    private func match(_ side: FarSide, _ body: JSONValue, after delay: Duration) async throws -> JSONValue? {
        let path = "/v2/atsCandidates/\(syntax.path(Keys.candidate("C-1")))"
        #expect(try await side.send("PUT", path, body).status == 204)
        try await side.sandbox.advance(by: delay)
        return try await side.send("GET", path + "?fields=matchedMembers").json["matchedMembers"]
    }

    @Test func `by e-mail in any case, as a person id of the application, and not at once`() async throws {
        let side = try await FarSide(members: 20)
        let member = try #require(try await side.sandbox.core.world.read { tx in try tx.member(number: 7) })
        let body = Sample.candidate.with([
            "emailAddresses": ["nobody@acme.example", .string(member.email.uppercased())]
        ])
        #expect(try await match(side, body, after: .zero) == nil)
        let urn = side.sandbox.core.personIDs(application: side.application.number).urn(ofMember: 7)
        #expect(try await match(side, body, after: .seconds(3)) == [.string(urn)])
        // Another version of the same person stays matched; another e-mail starts anew.
        #expect(try await match(side, body.with(["firstName": "Anna"]), after: .zero) == [.string(urn)])
        #expect(try await match(side, Sample.candidate, after: .seconds(60)) == nil)
    }

    @Test(arguments: ["", "/", "?trk=x"]) func `by the public profile's address however it is spelled`(tail: String)
        async throws
    {
        let side = try await FarSide(members: 20)
        let member = try #require(try await side.sandbox.core.world.read { tx in try tx.member(number: 3) })
        let url = member.profileURL.replacing("https://www.", with: "http://DE.") + tail
        let urn = side.sandbox.core.personIDs(application: side.application.number).urn(ofMember: 3)
        #expect(
            try await match(side, Sample.candidate.with(["linkedInProfileUrl": .string(url)]), after: .seconds(3)) == [
                .string(urn)
            ])
    }
}
