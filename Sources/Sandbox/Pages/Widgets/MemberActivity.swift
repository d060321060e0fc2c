// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// What the company's recruiters did about a member, as far as one of them may see it. Source: LinkedIn help a498631 (modules 3–5, B.1):
/// the sender sees the first message, the others only who wrote and when; a private note and a rejection only who made it.
struct MemberActivity: Sendable {
    struct Mail: Sendable {
        var sender: String
        var sent: ShownTime
        var answer: Badge
        /// Only for the sender.
        var text: String?
        var subject: String?
    }

    struct Note: Sendable {
        var author: String
        var written: ShownTime
        var text: String
        var isPrivate: Bool
    }

    struct Rejection: Sendable {
        var reason: String
        var said: ShownTime
    }

    var mails: [Mail]
    var notes: [Note]
    var rejection: Rejection?
    var isEmpty: Bool

    private static let most = 20

    init(_ member: Member, _ recruiter: Recruiter, _ now: Moment, _ tx: SQLTransaction) throws {
        func shown(_ moment: Moment) -> ShownTime { ShownTime(moment.millis, now: now.millis) }
        let seat = recruiter.seat.number
        let organization = recruiter.contract.organization
        mails = try tx.conversations(member: member.number, organization: organization, after: nil, limit: Self.most)
            .map {
                let isOwn = $0.thread.seat == seat
                return Mail(
                    sender: $0.recruiter, sent: shown($0.thread.opened), answer: $0.thread.answer.badge,
                    text: isOwn ? try tx.opening(thread: $0.thread.number) : nil,
                    subject: isOwn ? $0.thread.subject : nil)
            }
        notes = try tx.visibleNotes(
            member: member.number, organization: organization, seat: seat, after: nil, limit: Self.most
        ).map {
            Note(
                author: $0.author, written: shown($0.note.modified), text: $0.note.text,
                isPrivate: $0.note.visibility == .onlyAuthor)
        }
        rejection = try tx.notInterested(seat: seat, member: member.number).map {
            Rejection(reason: $0.reason, said: shown($0.said))
        }
        isEmpty = mails.isEmpty && notes.isEmpty && rejection == nil
    }
}
