// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web

/// Notes that recruiters wrote about members and shared with their organization.
enum NotePages {
    static let routes: [DashboardRoute] = [.get("/ui/customers/{id}/inbox/notes", .viewer, list)]

    private static func list(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (mark, now, query) = (call.mark, call.now, call.query)
        let page = try await call.store.read { tx in
            let notes = ListPart(
                try tx.notesNewest(customer: customer.number, before: mark, limit: Pager.asked),
                mark: { PageMark(at: $0.modifiedAt, key: $0.id) })
            let (members, keeping) = (Members(tx, customer), try Keeping(tx, customer))
            return try NoteListPage(
                tabs: Inbox.tabs(customer, "notes", open: Inbox.openExports(tx, customer)),
                notes: notes.rows.map { note in
                    ShownNote(
                        member: try members.member(note.person), who: try members.recruiter(note.seat),
                        changed: ShownTime(note.modifiedAt.value, now: now.value), text: note.text ?? "",
                        keeping: keeping.says(
                            .notes,
                            receivedAt: try tx.receivedAt(note: note.id, customer: customer.number) ?? note.modifiedAt))
                }, hasNotes: !notes.rows.isEmpty,
                pager: notes.pager(Inbox.base(customer) + "/notes", query, "note"),
                empty: EmptyBox(
                    "No notes yet",
                    "Notes that recruiters share with their organization are read every 30 minutes. A note that is deleted at LinkedIn goes from here as well."
                ))
        }
        return call.page(page, of: customer)
    }
}

struct ShownNote: Sendable {
    var member: ShownMember
    var who: String
    var changed: ShownTime
    var text: String
    var keeping: String
}

struct NoteListPage: Page {
    static let template = PageTemplate("inbox-notes", utf8: PackageResources.inbox_notes_mustache)
    var title = "Inbox"
    var tabs: [PageTab]
    var notes: [ShownNote]
    var hasNotes: Bool
    var pager: Pager
    var empty: EmptyBox
}

/// Profiles and contact data that members shared with a reply to an InMail.
enum SharedProfilePages {
    static let routes: [DashboardRoute] = [.get("/ui/customers/{id}/inbox/profiles", .viewer, list)]

    private static func list(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (mark, now, query) = (call.mark, call.now, call.query)
        let page = try await call.store.read { tx in
            let profiles = ListPart(
                try tx.profilesNewest(customer: customer.number, before: mark, limit: Pager.asked),
                mark: { PageMark(at: $0.receivedAt, key: $0.profile.id) })
            let (members, keeping) = (Members(tx, customer), try Keeping(tx, customer))
            return try SharedProfileListPage(
                tabs: Inbox.tabs(customer, "profiles", open: Inbox.openExports(tx, customer)),
                profiles: profiles.rows.map { kept in
                    let facts = Fact.profile(kept.profile.profile)
                    return ShownProfile(
                        member: try members.member(kept.profile.person), who: try members.recruiter(kept.profile.seat),
                        facts: facts, shared: ShownTime((kept.profile.at ?? kept.receivedAt).value, now: now.value),
                        keeping: keeping.says(.stubProfiles, receivedAt: kept.receivedAt))
                }, hasProfiles: !profiles.rows.isEmpty,
                pager: profiles.pager(Inbox.base(customer) + "/profiles", query, "shared profile"),
                empty: EmptyBox(
                    "Nobody shared a profile yet",
                    "When a member agrees to share contact data with a first reply to an InMail, it is shown here."))
        }
        return call.page(page, of: customer)
    }
}

struct ShownProfile: Sendable {
    var member: ShownMember
    var who: String
    var facts: [Fact]
    var shared: ShownTime
    var keeping: String
}

struct SharedProfileListPage: Page {
    static let template = PageTemplate("inbox-profiles", utf8: PackageResources.inbox_profiles_mustache)
    var title = "Inbox"
    var tabs: [PageTab]
    var profiles: [ShownProfile]
    var hasProfiles: Bool
    var pager: Pager
    var empty: EmptyBox
}
