// SPDX-License-Identifier: Apache-2.0

/// When to look again at something that changes by itself: soon at first, then ever less often.
package struct PollSchedule: Hashable, Sendable {
    /// The pauses before the first, second, … look. The last one repeats.
    package var pauses: [Duration]

    /// - Precondition: at least one pause, each longer than zero.
    package init(_ pauses: Duration...) {
        precondition(pauses.allSatisfy { $0 > .zero } && !pauses.isEmpty, "a schedule needs pauses longer than zero")
        self.pauses = pauses
    }

    /// The pause before look number `round`, counted from 0.
    package func pause(before round: Int) -> Duration { pauses[min(max(round, 0), pauses.count - 1)] }

    /// When look number `round` is due if the one before it was `at`.
    package func next(round: Int, after at: Millis) -> Millis { at + pause(before: round) }
}

extension PollSchedule {
    private static let hour = Duration.seconds(3600)
    private static let day = Duration.seconds(86_400)

    /// Job tasks at LinkedIn. Task results live 24 hours (create-jobs page, documented; the task page says 30 days), so every job
    /// is seen many times within a day. That the first look should come after five minutes is advice of LinkedIn's job pages, UNVERIFIED.
    package static let jobTasks = Self(
        .seconds(300), .seconds(300), .seconds(600), .seconds(1800), hour, hour * 2, hour * 4)
    package static let sandboxJobTasks = Self(
        .seconds(1), .seconds(2), .seconds(5), .seconds(15), .seconds(60), .seconds(300))

    /// Matches of candidates to members. Matching is asynchronous and may happen any time later, when a member joins or adds an address;
    /// no delay is documented (protocol reference 4.2.3).
    package static let matches = Self(.seconds(60), .seconds(600), hour, hour * 6, day, day * 3, day * 7)
    package static let sandboxMatches = Self(
        .seconds(2), .seconds(10), .seconds(60), .seconds(600), hour, hour * 6, day, day * 7)

    /// Integrations that are not enabled yet, inside 5,000 requests a day (documented); a push notification or a person's nudge asks at once.
    package static let integrationsPending = Self(
        .seconds(30), .seconds(30), .seconds(60), .seconds(120), .seconds(300))
    package static let sandboxIntegrationsPending = Self(
        .seconds(1), .seconds(1), .seconds(2), .seconds(5), .seconds(15), .seconds(30))
    /// Enabled ones: only to notice a notification that was lost.
    package static let integrationsEnabled = Self(.seconds(900))
    package static let sandboxIntegrationsEnabled = Self(.seconds(60))
}
