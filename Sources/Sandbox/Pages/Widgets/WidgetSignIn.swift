// SPDX-License-Identifier: Apache-2.0

import Web

/// What a widget shows to somebody who is not signed in to LinkedIn (RSC-305): the active seats. There are no passwords.
struct WidgetSignIn: Page {
    static let template = PageTemplate(
        "widget_sign_in", utf8: PackageResources.widget_sign_in_mustache, layout: .frame)

    struct Offer: Sendable {
        var seat: Int64
        var person: String
        var contract: String
        var isAdmin: Bool
    }

    let title = "Sign in to LinkedIn"
    var bar: WidgetBar
    /// What the widget is, for somebody who does not see it yet.
    var what: String
    /// Form target.
    var enter: String
    /// Of the search form.
    var action: String
    var kept: [WidgetVisit.Kept]
    var search: String
    var offers: [Offer]
    var isMore: Bool
    /// The sign-in was made, and the browser did not send it along.
    var isForgotten: Bool

    private static let most = 8

    private static let again = Notice(
        .warn,
        "That did not work: the page was older than the sandbox, or your browser did not send its cookie. Please choose once more."
    )

    /// - Parameter isOld: the page was made for another session.
    static func show(_ visit: WidgetVisit, isOld: Bool = false) async throws -> WebResponse {
        let text = visit.call.query["q"]
        let (seats, names) = try await visit.sandbox.core.world.read { tx in
            let seats = try tx.activeSeats(matching: text, after: nil, limit: most + 1).compactMap {
                try tx.seat(number: $0)
            }
            var names: [Int64: String] = [:]
            for contract in Set(seats.map(\.contract)) { names[contract] = try tx.contract(number: contract)?.name }
            return (seats, names)
        }
        return visit.page(
            WidgetSignIn(
                bar: visit.bar, what: visit.widget.title, enter: visit.url("sign-in"), action: visit.widget.framePath,
                kept: visit.kept, search: text ?? "",
                offers: seats.prefix(most).map {
                    Offer(
                        seat: $0.number, person: "\($0.firstName) \($0.lastName)", contract: names[$0.contract] ?? "",
                        isAdmin: $0.isAdmin)
                },
                isMore: seats.count > most || text != nil, isForgotten: visit.call.query["signed"] != nil),
            status: isOld ? 403 : 200,
            notice: isOld
                ? again
                : visit.call.sessions.kept.has(visit.call.session, at: visit.place) ? PageCall.keptNotice : nil)
    }

    static func signIn(_ visit: WidgetVisit) async throws -> WebResponse {
        let number = visit.call.form["seat"].flatMap { Int64($0) }
        let seat = try await visit.sandbox.core.world.read { tx in try number.flatMap { try tx.seat(number: $0) } }
        guard let seat, seat.state == .active else {
            throw WidgetProblem(
                status: 403, title: "You have no Recruiter seat",
                text: "The seat is not active any more. An administrator assigns seats in Recruiter.")
        }
        visit.call.sessions.change(visit.call.session) { $0.seat = seat.number }
        return visit.see("", [("signed", "yes")])
    }
}
