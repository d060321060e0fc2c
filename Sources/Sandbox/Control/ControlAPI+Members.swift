// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import SQLFile

extension ControlAPI {
    func members(_ request: ControlRequest) async throws -> JSONValue {
        let query = request.query
        try query.only("after", "limit", "email", "profile_url")
        let after = try query.int("after") ?? 0
        let limit = try query.int("limit", in: 1...1000) ?? 100
        let email = try query.string("email")
        let address = try query.string("profile_url")
        let found = try await sandbox.core.world.read { tx -> [Member] in
            if let email { return try [tx.member(email: email)].compactMap { $0 } }
            if let address { return try [tx.member(profileURL: address)].compactMap { $0 } }
            return try tx.members(after: after, limit: Int(limit))
        }
        let isMore = email == nil && address == nil && found.count == Int(limit)
        return ["members": .array(found.map(\.json)), "next": isMore ? found.last.map { .int($0.number) } ?? nil : nil]
    }

    /// One member, with its person id as every application sees it, and as `application` does.
    func member(_ request: ControlRequest) async throws -> JSONValue {
        try request.query.only("application")
        let member = try await member(number: Int64(request.rest), field: request.rest)
        var object = member.json.object ?? [:]
        let persons = sandbox.core.applications.all.map {
            ($0.clientID, JSONValue.string(sandbox.core.personIDs(application: $0.number).urn(ofMember: member.number)))
        }
        object["persons"] = .object(JSONObject(persons))
        let number = member.number
        object["exportable"] = .bool(
            try await sandbox.core.world.read { tx in try tx.isExportable(member: number) })
        if let clientID = try request.query.string("application") {
            guard let person = object["persons"]?[clientID] else {
                throw ControlError(
                    404, field: "application", "no application has that client id",
                    remedy: "GET /_sandbox/applications lists them")
            }
            object["person"] = person
        }
        return .object(object)
    }

    func addMember(_ request: ControlRequest) async throws -> JSONValue {
        let input = request.body
        try input.only(
            "first_name", "last_name", "email", "profile_url", "title", "company", "city", "state", "country", "phone",
            "exportable", "skills", "open_to_work")
        let address = try input.required("profile_url", try input.string("profile_url"))
        guard let profileURL = Member.profileURL(address) else {
            throw ControlError(
                field: "profile_url", "is no profile address",
                remedy: "for example https://www.linkedin.com/in/mira-okafor")
        }
        let email = try input.required("email", try input.string("email")).lowercased()
        var draft = Member(
            number: 0, firstName: try input.required("first_name", try input.string("first_name")),
            lastName: try input.required("last_name", try input.string("last_name")), email: email,
            profileURL: profileURL, isAdded: true)
        draft.title = try input.string("title") ?? ""
        draft.company = try input.string("company") ?? ""
        draft.city = try input.string("city") ?? ""
        draft.state = try input.string("state") ?? ""
        draft.country = try input.string("country") ?? ""
        draft.phone = try input.string("phone") ?? ""
        draft.saidOpenToWork = try input.bool("open_to_work")
        draft.saidSkills = try input.array("skills")?.map { value in
            guard let skill = value.string, !skill.isEmpty, !skill.contains(where: \.isNewline) else {
                throw ControlError(
                    field: "skills", "must be a list of texts of one line", remedy: "for example [\"SQL\", \"Python\"]")
            }
            return skill
        }
        let wanted = draft
        let isExportable = try input.bool("exportable") ?? true
        do {
            return try await sandbox.core.world.write { tx in
                var member = wanted
                member.number = try tx.nextAddedMember()
                try tx.addMember(member)
                try tx.setExportable(isExportable, member: member.number)
                return member
            }.json
        } catch let error as SQLError where error.code == .constraint {
            throw ControlError(
                409, field: "email", "e-mail or profile_url belongs to a member already", remedy: "choose others")
        }
    }

    /// Stands in for the 3-legged flow: a token of a member for an application, for `GET /v2/me`.
    func memberToken(_ request: ControlRequest) async throws -> JSONValue {
        let input = request.body
        try input.only("member", "unique_foreign_id", "client_id", "expires_seconds")
        let application = try application(input)
        let number = try input.required("member", try input.int("member", in: 1...Int64.max))
        let member = try await member(number: number, field: "member")
        let seconds = try input.int("expires_seconds", in: 1...31_536_000) ?? OAuthEndpoint.memberTokenSeconds
        let now = sandbox.clock.now()
        let token = try await sandbox.core.tokens.issue(
            Grant(
                application: application.number, member: member.number, scope: "r_liteprofile", issued: now,
                expires: now + .seconds(seconds)))
        return [
            "access_token": .string(token), "expires_in": .int(seconds),
            "person": .string(sandbox.core.personIDs(application: application.number).urn(ofMember: member.number)),
        ]
    }

    /// What a recruiter does with the profile plugin: links a candidate to a member, or unlinks it with `"unlink":
    /// true`.
    func match(_ request: ControlRequest) async throws -> JSONValue {
        let input = request.body
        try input.only("organization", "candidate", "member", "unlink", "unique_foreign_id", "client_id")
        let application = try application(input)
        let organization = try input.required("organization", try input.int("organization", in: 1...Int64.max))
        let candidate = try input.required("candidate", try input.string("candidate"))
        let isUnlink = try input.bool("unlink") ?? false
        let member = isUnlink ? nil : try input.required("member", try input.int("member", in: 1...Int64.max))
        if let member { try await self.member(number: member, field: "member").mustBeOpen() }
        let isKnown = try await sandbox.controls.link(
            candidate: candidate, organization: organization, application: application.number, member: member,
            now: sandbox.clock.now())
        guard isKnown else {
            throw ControlError(
                404, field: "candidate", "the organization has no such candidate",
                remedy: "GET /_sandbox/state?organization=\(organization)&resource=candidates lists them")
        }
        let person = member.map { sandbox.core.personIDs(application: application.number).urn(ofMember: $0) }
        return ["candidate": .string(candidate), "person": person.map { .string($0) } ?? nil]
    }

    func member(number: Int64?, field: String) async throws -> Member {
        let found = try await sandbox.core.world.read { tx in try number.flatMap { try tx.member(number: $0) } }
        guard let found else {
            throw ControlError(
                404, field: field, "no member has that number", remedy: "GET /_sandbox/members lists them")
        }
        return found
    }
}

extension ControlAPI {
    /// A member closes the account: nobody is matched to it any more, its shared profile is no longer given, and who
    /// exported it learns of it. Closing twice changes nothing.
    func closeMember(_ request: ControlRequest) async throws -> JSONValue {
        try request.body.only("member")
        let number = try await namedMember(request.body).number
        let now = sandbox.clock.now()
        let isChanged = try await sandbox.core.world.write { tx in try tx.closeMember(number: number, at: now) }
        var object = try await member(number: number, field: "member").json.object ?? [:]
        object["changed"] = .bool(isChanged)
        return .object(object)
    }

    /// The member that `member` names: by number, e-mail or profile address.
    func namedMember(_ input: ControlInput) async throws -> Member {
        let field = "member"
        if let number = try? input.int(field, in: 1...Int64.max) {
            return try await member(number: number, field: field)
        }
        let text = try input.required(field, try input.string(field))
        let found = try await sandbox.core.world.read { tx in
            try text.contains("@") ? tx.member(email: text) : tx.member(profileURL: text)
        }
        guard let found else {
            throw ControlError(
                404, field: field, "is no member's number, e-mail or profile address",
                remedy: "GET /_sandbox/members lists them")
        }
        return found
    }
}

extension Member {
    /// - Throws: `ControlError` 409 once the account is closed.
    func mustBeOpen() throws {
        guard closed == nil else {
            throw ControlError(
                409, field: "member", "closed the account", remedy: "name another; GET /_sandbox/members lists them")
        }
    }

    fileprivate var json: JSONValue {
        [
            "number": .int(number), "first_name": .string(firstName), "last_name": .string(lastName),
            "email": .string(email),
            "title": .string(title), "company": .string(company), "city": .string(city), "state": .string(state),
            "country": .string(country), "phone": .string(phone), "profile_url": .string(profileURL),
            "skills": .array(skills.map { .string($0) }), "open_to_work": .bool(isOpenToWork),
            "added": .bool(isAdded), "closed": closed.map { .int($0.millis) } ?? nil,
        ]
    }
}
