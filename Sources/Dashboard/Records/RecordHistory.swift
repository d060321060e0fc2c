// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Store
import Web

/// What happened to a record, as far as the store knows, the latest first.
struct RecordHistory: Sendable {
    struct Item: Sendable {
        var tone: String
        var text: String
        var time: ShownTime
    }

    var items: [Item]

    init(_ status: RecordStatus, events: [Event], now: Millis) {
        var found: [(at: Millis, tone: Tone, text: String)] = []
        found.append(
            (
                status.changedAt, .info,
                status.isDeletion ? "The ATS deleted it." : "The ATS sent the version that is wanted now."
            ))
        if let accepted = status.observedAt {
            let isThis = status.desired.map { status.observed == .exactly($0) } ?? false
            found.append(
                (accepted, .good, isThis ? "LinkedIn accepted this version." : "LinkedIn accepted an earlier version."))
        }
        if let sent = status.sentAt, sent != status.observedAt, let reason = status.reason {
            found.append(
                (sent, status.state == .rejected ? .bad : .warn, "LinkedIn did not accept it: \(reason.message)"))
        }
        if let task = status.task {
            found.append((task.submittedAt, .info, "LinkedIn took it and works on it (\(task.task))."))
        }
        for match in status.matches {
            found.append(
                (
                    match.readAt, .good,
                    match.isManual ? "Somebody chose \(match.person)." : "LinkedIn matched it to \(match.person)."
                ))
        }
        for event in events {
            guard let text = Self.text(event, status.key) else { continue }
            found.append((event.at, event.type == EventType.recordRejected.rawValue ? .bad : .quiet, text))
        }
        items = found.sorted { $0.at > $1.at }.map {
            Item(tone: $0.tone.rawValue, text: $0.text, time: ShownTime($0.at.value, now: now.value))
        }
    }

    /// - Returns: nil for what is about another record of the same candidate, and for what the record itself says.
    private static func text(_ event: Event, _ key: RecordKey) -> String? {
        let data = event.data.flatMap { try? JSONValue(parsing: $0) }
        let type = EventType(rawValue: event.type)
        if type == .recordRejected {
            guard data?["type"]?.string == key.kind.rawValue, data?["id"]?.string == key.id,
                (data?["parent"]?.string ?? "") == key.parent
            else { return nil }
            return "The ATS was told that LinkedIn refused it: \(data?["reason"]?.string ?? "")"
        }
        guard key.kind == .candidate else { return nil }
        switch type {
        case .exportReceived: return "A recruiter exported the member that it is tied to."
        case .matchChanged:
            guard let person = data?["person"]?.string else { return "LinkedIn took its match back." }
            return "Its match became \(person)."
        case .inMailReceived: return "An InMail conversation went on."
        case .noteChanged: return "A recruiter's note at LinkedIn changed."
        case .stubReceived: return "The member shared contact data."
        case .profileClosed: return "The member closed the account at LinkedIn."
        case .personTied:
            let person = data?["person"]?.string ?? "a member"
            if data?["undone"]?.bool == true { return "The tie to \(person) was undone." }
            if data?["suggestion"]?.bool == true { return "A suggestion was made: it may be \(person)." }
            return "It was tied to \(person)."
        case .recordRejected, .integrationChanged, .unknownPush, .erased, .webhookDisabled, nil: return nil
        }
    }
}
