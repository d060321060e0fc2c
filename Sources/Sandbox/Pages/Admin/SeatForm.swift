// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// The fields of a seat's form, kept when it is shown again.
struct SeatForm: Sendable {
    static let fragment = Fragment("seat_fields", utf8: PackageResources.seat_fields_mustache)

    struct Role: Sendable {
        var name: String
        var label: String
        var isOn: Bool
    }

    var firstName = ""
    var lastName = ""
    var email = ""
    var roles: [Role]
    var error: String?

    /// `ADMIN_SEAT` and `SOURCER_ADD_PROSPECT` were seen in LinkedIn's samples; what each is called for people is ours.
    private static let known = [(Seat.adminRole, "Admin"), (Seat.sourcerRole, "Add prospects")]

    var chosenRoles: [String] { roles.filter(\.isOn).map(\.name) }

    init() { roles = Self.roles(on: [Seat.sourcerRole], others: []) }

    init(_ seat: Seat) {
        firstName = seat.firstName
        lastName = seat.lastName
        email = seat.email
        roles = Self.roles(on: seat.roles, others: seat.roles)
    }

    /// - Parameter others: roles that the form offered besides the known ones.
    init(_ form: FormFields, roles others: [String] = []) {
        firstName = form["first_name"] ?? ""
        lastName = form["last_name"] ?? ""
        email = form["email"] ?? ""
        roles = Self.roles(on: form.all("role"), others: others)
    }

    private static func roles(on: [String], others: [String]) -> [Role] {
        let extra = others.filter { role in !known.contains { $0.0 == role } }.map { ($0, $0) }
        return (known + extra).map { Role(name: $0.0, label: $0.1, isOn: on.contains($0.0)) }
    }

    /// - Returns: whether it can be saved; otherwise `error` says why not.
    mutating func check() -> Bool {
        error = nil
        if firstName.isEmpty || lastName.isEmpty { error = "A seat needs a first and a last name." }
        if firstName.count > 200 || lastName.count > 200 { error = "A name has at most 200 characters." }
        if !Self.isEmail(email) { error = "The e-mail is no address." }
        return error == nil
    }

    /// One @ with something before and a dotted host behind, and no space: more is the mail server's business.
    static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !parts[1].hasPrefix(".")
            && !parts[1].hasSuffix(".") && text.count <= 320 && !text.contains(where: \.isWhitespace)
    }
}

/// Inviting somebody.
struct InvitePage: Page {
    static let template = PageTemplate("invite", utf8: PackageResources.invite_mustache)

    let title = "Invite somebody"
    var form: SeatForm
    var contracts: [SeatsPage.Option]

    static let routes: [PageRoute] = [
        .seatGet("/talent/admin/seats/invite") { try await show($0, SeatForm()) },
        .seatPost("/talent/admin/seats/invite") { try await invite($0) },
    ]

    private static func show(_ call: PageCall, _ form: SeatForm, status: Int = 200) async throws -> WebResponse {
        let admin = try call.admin()
        let contracts = try await call.read { tx in try tx.contracts(organization: admin.contract.organization) }
        let chosen = call.form["contract"].flatMap { Int64($0) } ?? admin.contract.number
        let page = InvitePage(
            form: form,
            contracts: contracts.map {
                SeatsPage.Option(value: String($0.number), label: $0.name, isChosen: $0.number == chosen)
            })
        return call.page(page, status: status)
    }

    private static func invite(_ call: PageCall) async throws -> WebResponse {
        let organization = try call.admin().contract.organization
        var form = SeatForm(call.form)
        guard form.check() else { return try await show(call, form, status: 422) }
        let number = call.form["contract"].flatMap { Int64($0) } ?? 0
        let email = form.email
        let (contract, taken) = try await call.read { tx in
            (try tx.contract(number: number), try tx.seat(ofEmail: email, contract: number))
        }
        guard let contract, contract.organization == organization else { throw PageProblem.unknownPage }
        if let taken {
            form.error = "Seat \(taken.number) on this contract has that e-mail already."
            return try await show(call, form, status: 409)
        }
        do {
            let seat = try await SeatDesk(core: call.core).give(
                SeatDesk.Draft(
                    contract: contract, email: email, firstName: form.firstName, lastName: form.lastName,
                    state: .invited, roles: form.chosenRoles))
            return .see("/talent/admin/seats/\(seat.number)?done=seat-invited")
        } catch let problem as ControlError {
            form.error = "The person \(problem.message)."
            return try await show(call, form, status: 409)
        }
    }
}
