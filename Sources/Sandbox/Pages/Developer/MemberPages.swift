// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Web

/// The directory of members.
struct MembersPage: Page {
    static let template = PageTemplate("developer_members", utf8: PackageResources.developer_members_mustache)

    struct Row: Sendable {
        var number: String
        var href: String
        var name: String
        var headline: String
        var place: String
        var email: String
        var isAdded: Bool
        var isClosed: Bool
    }

    let title = "Members"
    var search: String
    var rows: [Row]
    var empty: EmptyNote
    var pager: Pager

    static let routes: [PageRoute] = [
        .get("/developers/members") { try await show($0) },
        .get("/developers/members/new") { NewMemberPage.show($0) },
        .post("/developers/members") { try await NewMemberPage.add($0) },
        .get("/developers/members/{number}") { try await MemberPage.show($0) },
        .post("/developers/members/{number}/privacy") { try await MemberPage.setPrivacy($0) },
        .get("/developers/members/{number}/close") { try await MemberPage.confirmClosing($0) },
        .post("/developers/members/{number}/close") { try await MemberPage.close($0) },
    ]

    private static let pageSize = 50

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let text = call.query["q"]
        let after = call.query["after"].flatMap { Int64($0) } ?? 0
        let found = try await call.sandbox.core.world.read { tx in
            try tx.members(matching: text, after: after, limit: pageSize + 1)
        }
        let shown = found.prefix(pageSize)
        let page = MembersPage(
            search: text ?? "", rows: shown.map(Row.init),
            empty: text == nil
                ? EmptyNote(
                    "No member yet", "They are generated in the background after the start; reload in a moment.")
                : EmptyNote(
                    "No member is like that", "Search for a number, an e-mail, a profile address or part of a name.",
                    link: Link("Show all", "/developers/members")),
            pager: Pager(
                "/developers/members", call.query,
                nextKey: found.count > pageSize ? shown.last.map { String($0.number) } : nil,
                says: Wording.count(shown.count, "member") + " shown, by number"))
        return call.page(page)
    }
}

extension MembersPage.Row {
    init(_ member: Member) {
        number = String(member.number)
        href = "/developers/members/\(member.number)"
        name = "\(member.firstName) \(member.lastName)"
        headline = member.headline
        place = member.place
        email = member.email
        isAdded = member.isAdded
        isClosed = member.closed != nil
    }
}

/// One member, as every application sees them.
struct MemberPage: Page {
    static let template = PageTemplate("developer_member", utf8: PackageResources.developer_member_mustache)

    struct PersonID: Sendable {
        var caller: String
        var callerLink: String
        var element: String
        var urn: String
    }

    let title: String
    var number: String
    var headline: String
    var place: String
    var email: String
    var phone: String?
    var profileURL: String
    var origin: String
    var closed: ShownTime?
    var isOpen: Bool
    var isExportable: Bool
    var persons: [PersonID]

    private static func member(_ call: PageCall) async throws -> Member {
        let number = Int64(call.values[0])
        guard
            let found = try await call.sandbox.core.world.read({ tx in try number.flatMap { try tx.member(number: $0) }
            })
        else {
            throw PageProblem(
                status: 404, title: "There is no such member", text: "No member has that number.",
                links: [Link("To the members", "/developers/members")])
        }
        return found
    }

    fileprivate static func show(_ call: PageCall) async throws -> WebResponse {
        let member = try await member(call)
        let core = call.sandbox.core
        let isExportable = try await core.world.read { tx in try tx.isExportable(member: member.number) }
        let page = MemberPage(
            title: "\(member.firstName) \(member.lastName)", number: String(member.number), headline: member.headline,
            place: member.place, email: member.email, phone: member.phone.isEmpty ? nil : member.phone,
            profileURL: member.profileURL,
            origin: member.isAdded ? "added by hand" : "invented from the seed \(core.settings.seed)",
            closed: member.closed.map { call.shown($0) }, isOpen: member.closed == nil, isExportable: isExportable,
            persons: core.applications.all.prefix(100).map { application in
                PersonID(
                    caller: application.label, callerLink: "/developers/applications/\(application.number)",
                    element: "person-\(application.number)",
                    urn: core.personIDs(application: application.number).urn(ofMember: member.number))
            })
        return call.page(page)
    }

    fileprivate static func setPrivacy(_ call: PageCall) async throws -> WebResponse {
        let member = try await member(call)
        _ = try await call.control.setPrivacy(
            ControlRequest(["member": .int(member.number), "exportable": .bool(call.form["exportable"] == "true")]))
        return .see("/developers/members/\(member.number)?done=privacy-set")
    }

    fileprivate static func confirmClosing(_ call: PageCall) async throws -> WebResponse {
        let member = try await member(call)
        let path = "/developers/members/\(member.number)"
        return call.page(
            ConfirmPage(
                "Close the account of \(member.firstName) \(member.lastName)",
                [
                    "Nobody is matched to the member any more, the shared profile is no longer given, and whoever exported the member learns of it. An account is not opened again."
                ], action: path + "/close", button: "Close the account", back: path))
    }

    fileprivate static func close(_ call: PageCall) async throws -> WebResponse {
        let member = try await member(call)
        _ = try await call.control.closeMember(ControlRequest(["member": .int(member.number)]))
        return .see("/developers/members/\(member.number)?done=member-closed")
    }
}

/// The form for a member of one's own.
struct NewMemberPage: Page {
    static let template = PageTemplate("developer_member_new", utf8: PackageResources.developer_member_new_mustache)

    struct Field: Sendable {
        var name: String
        var label: String
        var hint: String?
        var value: String
        var isRequired: Bool
    }

    let title = "Add a member"
    var fields: [Field]
    var isExportable: Bool
    var error: String?

    private static let all: [(name: String, label: String, hint: String?, isRequired: Bool)] = [
        ("first_name", "First name", nil, true), ("last_name", "Last name", nil, true),
        ("email", "E-mail", "Candidates with this e-mail are matched to the member.", true),
        ("profile_url", "Profile address", "Such as https://www.linkedin.com/in/mira-okafor", true),
        ("title", "Title", nil, false), ("company", "Company", nil, false), ("city", "City", nil, false),
        ("state", "State", nil, false), ("country", "Country", "Two letters, such as de", false),
        ("phone", "Phone", nil, false),
    ]

    fileprivate static func show(_ call: PageCall, error: ControlError? = nil) -> WebResponse {
        let page = NewMemberPage(
            fields: all.map {
                Field(
                    name: $0.name, label: $0.label, hint: $0.hint, value: call.form[$0.name] ?? "",
                    isRequired: $0.isRequired)
            }, isExportable: call.form.pairs.isEmpty || call.form.has("exportable"), error: error?.sentence)
        return call.page(page, status: error?.status ?? 200)
    }

    fileprivate static func add(_ call: PageCall) async throws -> WebResponse {
        var input: JSONObject = ["exportable": .bool(call.form.has("exportable"))]
        for (name, _, _, _) in all { input[name] = call.form[name].map { .string($0) } }
        do {
            let added = try await call.control.addMember(ControlRequest(input))
            return .see("/developers/members/\(added["number"]?.int ?? 0)?done=member-added")
        } catch let error as ControlError {
            return show(call, error: error)
        }
    }
}
