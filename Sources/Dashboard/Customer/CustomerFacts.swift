// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Sync
import Web

/// One customer's page as it is now: what a live page compares and the templates lay out.
struct CustomerFacts: Hashable, Sendable {
    struct Integration: Hashable, Sendable {
        var type: String
        var context: String
        var name: String
        var status: Badge
        var changed: String
    }

    struct Callback: Hashable, Sendable {
        var state: Badge
        var says: String
        var challenged: String
        var pushed: String
    }

    var state: Badge
    var sentence: String
    var link: Link?
    var tone: String
    var onboarding: OnboardingSteps
    var integrations: [Integration]
    var callback: Callback

    static func read(_ customer: Customer, _ parts: Dashboard.Parts, mayAct: Bool) async throws -> Self {
        let (now, number) = (parts.time.now(), customer.number)
        let found = try await parts.store.read { tx in
            (
                standing: try Standing.read(customer, parts, tx, at: now),
                integrations: try tx.integrations(customer: number), marks: try tx.onboarding(customer: number),
                health: try tx.callbackHealth(customer: number)
            )
        }
        let (current, tally, trouble) = (found.standing.customer, found.standing.glance.tally, found.standing.trouble)
        var marks = found.marks
        // Kept the first time that somebody sees it: later the counts move on.
        if marks.finishedAt == nil, OnboardingSteps.isThrough(current, tally) {
            try await parts.store.write { try $0.noteFinished(customer: number, at: now) }
            marks.finishedAt = now
        }
        let isSandbox = !parts.onboarder.address(current).contains("linkedin.com")
        return Self(
            state: found.standing.badge, sentence: trouble.sentence, link: trouble.link,
            tone: trouble.rank == .bad
                ? "bad" : trouble.rank == .warn ? "warn" : trouble.rank == .well ? "good" : "info",
            onboarding: OnboardingSteps(
                current, marks, found.integrations, tally, isSandbox: isSandbox, mayAct: mayAct, now: now),
            integrations: found.integrations.map(Integration.init),
            callback: Callback(found.health, current))
    }
}

extension CustomerFacts.Integration {
    init(_ integration: CustomerIntegration) {
        let tone: Tone =
            switch integration.status {
            case "ENABLED": .good
            case "DISABLED": .bad
            case "REQUESTED": .info
            default: .quiet
            }
        // The others are switched on by the customer alone.
        let isNamedByUs = (Onboarding.organizationTypes + [Onboarding.contractType]).contains(integration.type)
        self.init(
            type: integration.type, context: integration.context,
            name: integration.name.isEmpty ? isNamedByUs ? "not named yet" : "–" : integration.name,
            status: Badge(tone, integration.status), changed: Wording.time(integration.changedAt.value))
    }
}

extension CustomerFacts.Callback {
    init(_ health: CallbackHealth, _ customer: Customer) {
        func time(_ moment: Millis?) -> String { moment.map { Wording.time($0.value) + " UTC" } ?? "never" }
        let (state, says) =
            switch (health.challengedAt, health.pushedAt) {
            case (nil, nil) where customer.status == .enabled:
                (Badge(.warn, "silent"), "LinkedIn has never called this address. Is it reachable from the internet?")
            case (nil, nil): (Badge(.quiet, "not used yet"), "LinkedIn calls it once the integration is configured.")
            case (_, nil): (Badge(.info, "answers"), "LinkedIn's challenge was answered; no notification came yet.")
            case (_, _?): (Badge(.good, "works"), "LinkedIn's notifications arrive.")
            }
        self.init(state: state, says: says, challenged: time(health.challengedAt), pushed: time(health.pushedAt))
    }
}
