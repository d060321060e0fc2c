// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import SQLFile
import Store

/// Stores what a page brought and tells the ATS what is new in it, in one transaction. What is known already makes no event.
struct PullIntake {
    let tx: SQLTransaction
    let customer: Int64
    let contract: Int64
    let now: Millis

    /// One event for each conversation.
    func take(_ messages: [InMail]) throws {
        let fresh = try tx.addInMails(messages, contract: contract, customer: customer, at: now)
        let threads = Dictionary(grouping: fresh) { $0.thread }
        for (thread, messages) in threads.sorted(by: { $0.key < $1.key }) {
            let ordered = messages.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
            var data: JSONObject = ["thread": .string(thread)]
            try tell(.inMailReceived, person: ordered.lazy.compactMap(\.person).first, &data) { data in
                data["messages"] = .array(
                    try ordered.map { message in
                        try PullJSON.message(message, user: tx.user(ofSeat: message.seat, customer: customer)?.id)
                    })
            }
        }
    }

    func take(_ profiles: [SharedProfile]) throws {
        for profile in try tx.storeProfiles(profiles, contract: contract, customer: customer, at: now) {
            // Contact data is what a candidate can be recognised by (design: URN, then profile, then e-mail address).
            let shared = try JSONValue(parsing: profile.profile)
            _ = try tx.identify(
                CandidateTraces(ExportedProfile(shared), person: profile.person), person: profile.person,
                customer: customer, at: now)
            var data: JSONObject = ["stub": .string(profile.id)]
            try tell(.stubReceived, person: profile.person, &data) { data in
                data["seat"] = PullJSON.optional(profile.seat)
                data["userId"] = try user(ofSeat: profile.seat)
                data["at"] = PullJSON.optional(profile.at)
                data["profile"] = shared
            }
        }
    }

    func take(_ notes: [RecruiterNote]) throws {
        for note in try tx.storeNotes(notes, contract: contract, customer: customer, at: now) {
            var data: JSONObject = ["note": .string(note.id)]
            let number = try tell(.noteChanged, person: note.person, &data) { data in
                data["active"] = .bool(note.isActive)
                data["seat"] = PullJSON.optional(note.seat)
                data["userId"] = try user(ofSeat: note.seat)
                data["text"] = PullJSON.optional(note.text)
                data["at"] = .string(note.modifiedAt.iso8601)
            }
            try tx.noteTold(note, event: number, customer: customer)
        }
    }

    /// Does what the customer's policy says about closed accounts, tells the ATS, and writes down that LinkedIn was asked.
    func take(_ accounts: [ClosedAccount], receipts: ReceiptKey) throws {
        let policy = try tx.retentionPolicy(customer: customer).closed
        let fresh = try tx.addClosures(accounts, customer: customer, at: now)
        var erasures = 0
        for account in fresh {
            // What is said of the person is looked up first: an erasure leaves nothing to be found.
            let candidate = try tx.candidate(ofPerson: account.person, customer: customer)?.candidate
            let held = try tx.holdings(ofPerson: account.person, customer: customer)
            let erased = try tx.applyClosedPolicy(
                policy, to: account.person, candidate: candidate, customer: customer, receipts: receipts, at: now)
            erasures += erased.count
            let data: JSONObject = [
                "person": .string(account.person), "candidateId": PullJSON.optional(candidate),
                "closedAt": PullJSON.optional(account.closedAt), "policy": .string(policy.word),
                "data": .array(held.map { .string($0.rawValue) }), "erasures": .array(erased.map(JSONValue.string)),
            ]
            try tx.append(
                NewEvent(
                    .profileClosed, candidate: candidate, person: account.person, isFromLinkedIn: true,
                    data: JSONValue.object(data).bytes),
                customer: customer, at: now)
        }
        try tx.addClosedCheck(
            policy, found: accounts.count, told: fresh.count, erased: erasures, customer: customer, at: now)
    }

    @discardableResult
    private func tell(
        _ type: EventType, person: String?, _ data: inout JSONObject, _ fill: (inout JSONObject) throws -> Void
    ) throws -> Int64 {
        let candidate = try person.flatMap { try tx.candidate(ofPerson: $0, customer: customer)?.candidate }
        data["person"] = PullJSON.optional(person)
        data["candidateId"] = PullJSON.optional(candidate)
        try fill(&data)
        return try tx.append(
            NewEvent(
                type, candidate: candidate, person: person, isFromLinkedIn: true, data: JSONValue.object(data).bytes),
            customer: customer, at: now)
    }

    private func user(ofSeat seat: Int64?) throws -> JSONValue {
        PullJSON.optional(try seat.flatMap { try tx.user(ofSeat: $0, customer: customer)?.id })
    }
}

extension ExportedProfile {
    /// What a shared profile says, as far as people are recognised by it.
    fileprivate init(_ shared: JSONValue) {
        self.init(
            firstName: shared["firstName"]?.string, lastName: shared["lastName"]?.string,
            companies: [shared["currentCompany"]?.string].compactMap(\.self),
            profileURL: shared["profileUrl"]?.string, emails: [shared["email"]?.string].compactMap(\.self))
    }
}

/// Parts of events in the language of our API.
enum PullJSON {
    static func message(_ message: InMail, user: String?) -> JSONValue {
        [
            "id": .string(message.id), "from": message.isFromMember ? "member" : "recruiter",
            "seat": .int(message.seat), "userId": optional(user), "at": .string(message.at.iso8601),
            "subject": optional(message.subject), "text": optional(message.text),
        ]
    }

    static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
    static func optional(_ number: Int64?) -> JSONValue { number.map(JSONValue.int) ?? .null }
    static func optional(_ moment: Millis?) -> JSONValue { moment.map { .string($0.iso8601) } ?? .null }
}
