// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// One export: announced, fetched, linked, applied. Everybody of the customer may look.
struct ExportResult: Page {
    static let template = PageTemplate("export_result", utf8: PackageResources.export_result_mustache)

    struct Step: Sendable {
        /// `done`, `current` or nothing.
        var state: String
        var label: String
        var text: String
        var time: ShownTime?
    }

    let title = "Export to the ATS"
    var person: String
    var profile: String
    var job: String
    var system: String
    var recruiter: String
    var time: ShownTime
    var requestID: String
    var steps: [Step]
    var isDone: Bool
    var path: String

    static let routes: [PageRoute] = [.seatGet("/talent/exports/{request}") { try await show($0) }]

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let recruiter = try call.seated()
        let (id, core) = (call.values[0], call.core)
        guard let (export, tenant) = try await call.read({ tx in try tx.exportOfAnybody(requestID: id) }),
            tenant.organization == recruiter.contract.organization
        else { throw PageProblem.unknownPage }
        let person = core.personIDs(application: tenant.application).urn(ofMember: export.member)
        let system = try await recruiter.tenant(String(tenant.application), call.sandbox)
        let (push, progress, member, seat) = try await call.read { tx in
            (
                try tx.push(requestID: id), try tx.exportProgress(export, person: person),
                try tx.member(number: export.member), try tx.seat(number: export.seat)
            )
        }
        let steps = steps(export, push, progress, call)
        let page = ExportResult(
            person: member?.name ?? "", profile: "/talent/profile/\(export.member)", job: export.job,
            system: system?.name ?? "", recruiter: seat.map { "\($0.firstName) \($0.lastName)" } ?? "",
            time: call.shown(export.created), requestID: id, steps: steps,
            isDone: steps.allSatisfy { $0.state == "done" }, path: "/talent/exports/\(id)")
        return call.page(page)
    }

    private static func steps(
        _ export: Export, _ push: Push?, _ progress: (candidate: String?, application: String?), _ call: PageCall
    ) -> [Step] {
        let isFetched = export.fetched != nil
        let isAnnounced = isFetched || push?.isDelivered ?? false
        let announced = push.map { one in
            one.isDelivered
                ? "The ATS acknowledged the notification with \(one.status ?? 0)."
                : "\(Wording.count(one.attempts, "attempt")): \(one.outcome)."
        }
        var steps = [
            Step(
                state: isAnnounced ? "done" : "", label: "Announced to the ATS",
                text: announced ?? "The notification is not kept any more.",
                time: push?.tried.map(call.shown)),
            Step(
                state: isFetched ? "done" : "", label: "Profile fetched",
                text: isFetched
                    ? "The ATS has asked for the profile."
                    : "The ATS can ask for it until \(Wording.time(export.expires.millis)) UTC.",
                time: export.fetched.map(call.shown)),
            Step(
                state: progress.candidate == nil ? "" : "done", label: "Linked to a candidate",
                text: progress.candidate.map { "Candidate \($0) is this member." }
                    ?? "The ATS has not said which of its candidates this member is."),
            Step(
                state: progress.application == nil ? "" : "done", label: "In the job’s pipeline",
                text: progress.application.map { "Application \($0) belongs to the job." }
                    ?? "The ATS has not sent an application of that candidate to the job."),
        ]
        if let next = steps.firstIndex(where: { $0.state.isEmpty }) { steps[next].state = "current" }
        return steps
    }
}
