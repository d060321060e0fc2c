// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web

/// Where a customer's onboarding stands, step by step. Pure: everything is read off what is stored, so it can be left and resumed.
struct OnboardingSteps: Hashable, Sendable {
    struct Step: Hashable, Sendable {
        var title: String
        /// `done`, `current` or empty.
        var state: String
        /// For whoever cannot see the mark.
        var word: String
        var says: String
        var link: Link?
        /// Offers to show the plugin, or to ask LinkedIn.
        var showsPlugin = false
        var asks = false
        /// What to type when LinkedIn's side is the sandbox.
        var command: String?
    }

    var steps: [Step]
    var isFinished: Bool

    /// - Parameters:
    ///   - isSandbox: the customer's side can be played by a command.
    ///   - mayAct: the visitor may show the plugin and ask.
    init(
        _ customer: Customer, _ marks: OnboardingMarks, _ integrations: [CustomerIntegration], _ tally: Tally,
        isSandbox: Bool, mayAct: Bool, now: Millis
    ) {
        let base = "/ui/customers/\(customer.id)"
        let wasAsked = customer.status != .pending
        let isNamed = wasAsked && !integrations.isEmpty && integrations.allSatisfy { !$0.name.isEmpty }
        let isEnabled = customer.status == .enabled
        isFinished = marks.finishedAt != nil
        let contract = customer.contracts.first.map { " --contract \($0)" } ?? ""
        let play = "--customer \(customer.id) --organization \(customer.organization)\(contract)"
        let done = [
            true, marks.shownAt != nil || wasAsked, wasAsked, isNamed || isEnabled, isEnabled, isFinished, isFinished,
        ]
        let current = done.firstIndex(of: false)
        func step(_ index: Int, _ title: String, _ says: String, _ change: (inout Step) -> Void = { _ in }) -> Step {
            let state = done[index] ? "done" : index == current ? "current" : ""
            var step = Step(
                title: title, state: state, word: state == "done" ? "done" : state == "current" ? "now" : "later",
                says: says)
            if index == current { change(&step) }
            return step
        }
        steps = [
            step(
                0, "Application created",
                "LinkedIn knows the customer as application \(customer.clientID)"
                    + (customer.applicationURN == nil ? ", given by hand." : ".")),
            step(
                1, "Plugin shown",
                marks.shownAt.map {
                    "LinkedIn's configuration plugin was first shown at \(Wording.time($0.value)) UTC."
                }
                    ?? (wasAsked
                        ? "The plugin was shown elsewhere."
                        : "Show LinkedIn's configuration plugin to the customer's Recruiter administrator, here or in your ATS.")
            ) { $0.showsPlugin = mayAct },
            step(
                2, "Requested",
                wasAsked
                    ? "The administrator asked for the integration."
                    : "In the plugin the administrator chooses the company and its contracts, and confirms."
            ) {
                $0.showsPlugin = mayAct
                $0.asks = mayAct
                $0.command = isSandbox ? "crosswalk sandbox request \(play)" : nil
            },
            step(
                3, "Named and configured",
                isNamed
                    ? "LinkedIn has the name and the settings of \(Wording.count(integrations.count, "integration"))."
                    : isEnabled
                        ? "LinkedIn was told before the integration was enabled."
                        : "Crosswalk tells LinkedIn the name and the callback address by itself, within a minute or two."
            ) { $0.asks = mayAct },
            step(
                4, "Enabled",
                isEnabled
                    ? "Records are sent."
                    : customer.status == .disabled
                        ? "It was switched off. The administrator switches it on again in Recruiter: Admin settings, ATS."
                        : "The administrator enables each integration in Recruiter: Admin settings, ATS."
            ) {
                $0.asks = mayAct
                $0.command = isSandbox ? "crosswalk sandbox enable \(play)" : nil
            },
            step(5, "First sync", Self.progress(tally, marks, isEnabled)) { step in
                guard isEnabled else { return }
                step.link =
                    tally.desired == 0
                    ? Link("Set up a source", base + "/sources") : Link("Watch it", base + "/sync")
            },
            step(
                6, "Done",
                isFinished
                    ? "Everything was at LinkedIn for the first time at \(Wording.time(marks.finishedAt?.value ?? 0)) UTC."
                    : "From then on every change goes by itself."),
        ]
    }

    private static func progress(_ tally: Tally, _ marks: OnboardingMarks, _ isEnabled: Bool) -> String {
        if marks.finishedAt != nil { return "All records went to LinkedIn." }
        if tally.desired == 0 {
            return "The ATS has not sent anything yet: PUT records, upload a file, or run a source."
        }
        let (there, all) = (Wording.count(tally.observed), Wording.count(tally.desired, "record"))
        return isEnabled ? "\(there) of \(all) at LinkedIn." : "\(all) wait here until the integration is enabled."
    }

    /// Whether everything that can be at LinkedIn is there.
    static func isThrough(_ customer: Customer, _ tally: Tally) -> Bool {
        customer.status == .enabled && tally.observed > 0 && tally.due == 0 && tally.confirming == 0
    }
}
