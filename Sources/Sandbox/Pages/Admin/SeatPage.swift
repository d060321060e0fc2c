// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// One seat: who has it, what it may do, and what an admin does with it.
struct SeatPage: Page {
    static let template = PageTemplate("seat", utf8: PackageResources.seat_mustache)

    /// A step from one state to another, as LinkedIn's admin centre allows it: only an active seat can be parked [H].
    struct Step: Sendable {
        var to: String
        var label: String
        var isDangerous: Bool
    }

    let title: String
    var state: Badge
    var contract: String
    var profile: String
    var path: String
    var form: SeatForm
    var was: String
    var steps: [Step]
    var exports: String
    var usage: String

    static let routes: [PageRoute] = [
        .seatGet("/talent/admin/seats/{seat}") { try await show($0, nil) },
        .seatPost("/talent/admin/seats/{seat}") { try await save($0) },
        .seatPost("/talent/admin/seats/{seat}/state") { try await step($0) },
    ]

    private static func steps(from state: Seat.State) -> [(to: Seat.State, label: String, isDangerous: Bool)] {
        switch state {
        case .invited:
            [(.active, "Accept as the invited person", false), (.inactive, "Withdraw the invitation", true)]
        case .active: [(.parked, "Park the seat", false), (.inactive, "Remove the licence", true)]
        case .parked: [(.active, "Unpark the seat", false), (.inactive, "Remove the licence", true)]
        case .inactive: [(.invited, "Invite again", false)]
        }
    }

    private static func seat(_ call: PageCall) async throws -> (Seat, Contract) {
        let (organization, number) = (try call.admin().contract.organization, try call.number(0))
        let found = try await call.read { tx -> (Seat, Contract)? in
            guard let seat = try tx.seat(number: number), let contract = try tx.contract(number: seat.contract),
                contract.organization == organization
            else { return nil }
            return (seat, contract)
        }
        guard let found else { throw PageProblem.unknownPage }
        return found
    }

    private static func show(_ call: PageCall, _ form: SeatForm?, status: Int = 200, notice: Notice? = nil) async throws
        -> WebResponse
    {
        let (seat, contract) = try await seat(call)
        let month = call.now.utcMonth
        let used = try await call.read { tx in try tx.exportCount(seat: seat.number, utcMonth: month) }
        let page = SeatPage(
            title: "\(seat.firstName) \(seat.lastName)", state: seat.state.badge, contract: contract.name,
            profile: "/talent/profile/\(seat.member)", path: "/talent/admin/seats/\(seat.number)",
            form: form ?? SeatForm(seat), was: seat.fingerprint,
            steps: steps(from: seat.state).map {
                Step(to: $0.to.rawValue, label: $0.label, isDangerous: $0.isDangerous)
            }, exports: Wording.count(used, "export") + " this month",
            usage: "/talent/admin/usage/exports?seat=\(seat.number)&month=\(month)")
        return call.page(page, status: status, notice: notice)
    }

    private static let overtaken = Notice(
        .warn, "Another admin changed this seat meanwhile. What you typed is still here; save again if it is right.")

    private static func save(_ call: PageCall) async throws -> WebResponse {
        let (seat, contract) = try await seat(call)
        var form = SeatForm(call.form, roles: seat.roles)
        guard form.check() else { return try await show(call, form, status: 422) }
        guard call.form["was"] == seat.fingerprint else {
            return try await show(call, form, status: 409, notice: overtaken)
        }
        let wanted = form
        _ = try await SeatDesk(core: call.core).change(seat.number) { changed, tx in
            let before = changed
            changed.firstName = wanted.firstName
            changed.lastName = wanted.lastName
            changed.email = wanted.email
            changed.roles = wanted.chosenRoles
            try tx.keepAnAdmin(before, changed, organization: contract.organization)
        }
        return .see("/talent/admin/seats/\(seat.number)?done=seat-saved")
    }

    private static func step(_ call: PageCall) async throws -> WebResponse {
        let (seat, contract) = try await seat(call)
        guard let to = call.form["to"].flatMap(Seat.State.init(rawValue:)) else { throw PageProblem.unknownPage }
        guard call.form["was"] == seat.fingerprint, steps(from: seat.state).contains(where: { $0.to == to }) else {
            return try await show(call, nil, status: 409, notice: overtaken)
        }
        _ = try await SeatDesk(core: call.core).change(seat.number) { changed, tx in
            let before = changed
            changed.state = to
            try tx.keepAnAdmin(before, changed, organization: contract.organization)
        }
        return .see("/talent/admin/seats/\(seat.number)?done=seat-\(to.rawValue.lowercased())")
    }
}
