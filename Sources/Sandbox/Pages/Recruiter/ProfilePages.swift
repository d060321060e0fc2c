// SPDX-License-Identifier: Apache-2.0

import Web

/// The pages about one member, and the inbox on both sides.
enum ProfilePages {
    static let routes =
        ProfilePage.routes + RecordListPage.routes + ActivityPage.routes + NotePage.routes + InMailPage.routes
        + ExportPage.routes + ExportsPage.routes + ExportResult.routes + InboxPage.routes + ThreadPage.routes
        + MemberMailbox.routes + MemberThread.routes

    static let fragments = ProfilePage.fragments

    /// What they say after a redirect, by the word in `?done=`.
    static let notices = [
        "note-added": "The note is saved.", "note-saved": "The note is changed.",
        "note-deleted": "The note is deleted.", "inmail-sent": "Sent.",
        "not-interested": "Noted. Only you see it.", "interest-back": "You are interested again.",
        "member-answered": "The recruiter has your answer.", "member-declined": "You declined.",
    ]
}
