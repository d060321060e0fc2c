// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import People
import SQLFile
import Web

/// Signing in to Recruiter: the active seats by contract, and what happens to a person who has none. There are no
/// passwords: whoever reaches the sandbox plays every part.
struct SeatSignIn: Page {
    static let template = PageTemplate("seat_sign_in", utf8: PackageResources.seat_sign_in_mustache, layout: .frame)

    struct Offer: Sendable {
        var seat: Int64
        var person: String
        var email: String
        var isAdmin: Bool
    }

    struct Group: Sendable {
        var contract: Int64
        var contractName: String
        /// Nil when the name says it.
        var number: Int64?
        var offers: [Offer]
    }

    let title = "Sign in to Recruiter"
    var search: String
    /// Who is, already.
    var signedIn: String?
    /// Where to go afterwards.
    var target: String
    var groups: [Group]
    var pager: Pager
    /// The world has no seat at all: one button makes some.
    var isNew: Bool
    var empty: Nothing

    static let routes: [PageRoute] = [
        .get("/talent/sign-in") { try await show($0) },
        .post("/talent/sign-in") { try await signIn($0) },
        .post("/talent/sign-in/sample") { try await makeSample($0) },
        .post("/talent/sign-out") { call in
            call.sessions.change(call.session) { $0.seat = nil }
            return .see("/talent/sign-in?done=signed-out")
        },
    ].map { (route: PageRoute) in
        var route = route
        route.isDoor = true
        return route
    }

    private static let again = Notice(
        .warn, "The page was older than the sandbox, or your browser keeps no cookies. Please choose once more.")

    private static let pageSize = 50

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let text = call.query["q"]
        let cursor = call.query["after"].flatMap { SeatCursor($0) }
        let (seats, names, isNew) = try await call.sandbox.core.world.read { tx in
            let numbers = try tx.activeSeats(matching: text, after: cursor, limit: pageSize + 1)
            let seats = try numbers.compactMap { try tx.seat(number: $0) }
            var names: [Int64: String] = [:]
            for seat in seats where names[seat.contract] == nil {
                names[seat.contract] = try tx.contract(number: seat.contract)?.name
            }
            return (seats, names, try !tx.hasSeats())
        }
        let shown = seats.prefix(pageSize)
        var groups: [Group] = []
        for seat in shown {
            if groups.last?.contract != seat.contract {
                let name = names[seat.contract] ?? Contract.standardName(seat.contract)
                groups.append(
                    Group(
                        contract: seat.contract, contractName: name,
                        number: name == Contract.standardName(seat.contract) ? nil : seat.contract, offers: []))
            }
            groups[groups.count - 1].offers.append(
                Offer(
                    seat: seat.number, person: "\(seat.firstName) \(seat.lastName)", email: seat.email,
                    isAdmin: seat.isAdmin))
        }
        let next = seats.count > pageSize ? shown.last.map { SeatCursor(contract: $0.contract, seat: $0.number) } : nil
        let page = SeatSignIn(
            search: text ?? "", signedIn: call.recruiter?.name, target: target(call.query)?.text ?? "", groups: groups,
            pager: Pager(
                "/talent/sign-in", call.query, nextKey: next?.text, says: Wording.count(shown.count, "active seat")),
            isNew: isNew,
            empty: text == nil
                ? Nothing(
                    title: "No seat is active", text: "An admin invites, parks and activates seats.",
                    link: Link("To the seats", "/talent/admin/seats"))
                : Nothing(
                    title: "Nobody of that name has an active seat", text: "Search for part of a name or an e-mail.",
                    link: Link("Show all", "/talent/sign-in")))
        let waits = call.sessions.kept.has(call.session, at: PageCall.recruiterPlace)
        return call.page(page, notice: waits ? PageCall.keptNotice : call.query.has("again") ? again : nil)
    }

    /// By seat, or as whoever has an e-mail, which is how single sign-on knows a person.
    private static func signIn(_ call: PageCall) async throws -> WebResponse {
        let (number, email) = (call.form["seat"].flatMap { Int64($0) }, call.form["email"])
        let (seats, isMember) = try await call.sandbox.core.world.read { tx in
            if let number { return (try tx.seat(number: number).map { [$0] } ?? [], true) }
            guard let email else { return ([], false) }
            return (try tx.seats(ofEmail: email), try tx.member(email: email) != nil)
        }
        let active = seats.filter { $0.state == .active }
        guard let seat = active.first else { throw refusal(seats, isMember: isMember) }
        if active.count > 1 {
            // A person with seats on several contracts chooses one.
            return .see(
                "/talent/sign-in?q=\(seat.email.urlComponent)&to=\((target(call.form)?.text ?? "").urlComponent)")
        }
        call.sessions.change(call.session) { $0.seat = seat.number }
        if let kept = call.sessions.kept.take(call.session, at: PageCall.recruiterPlace) {
            var (inside, session) = (call, call.session)
            session.seat = seat.number
            inside.recruiter = try await Recruiter.signedIn(session, call.sandbox)
            return inside.show(kept, why: "You were signed out before this was sent.")
        }
        return .see(target(call.form) ?? "/talent")
    }

    /// Why a person is not let in, as with single sign-on and no assigned seat.
    private static func refusal(_ seats: [Seat], isMember: Bool) -> PageProblem {
        let text =
            switch seats.first?.state {
            case .invited: "The seat is INVITED: the person has not accepted the invitation yet."
            case .parked: "The seat is PARKED: an admin set the licence aside."
            case .inactive: "The seat is INACTIVE: an admin took the licence away."
            case .active, nil:
                isMember
                    ? "The person is a member and has no seat on any contract: single sign-on knows who it is, and no licence is assigned."
                    : "No member has that e-mail, and no seat was given to it."
            }
        return PageProblem(
            status: 403, title: "You have no Recruiter seat", text: text,
            links: [Link("Back to the seats", "/talent/sign-in"), Link("Assign seats", "/talent/admin/seats")])
    }

    /// Makes a contract, if there is none, and three seats on it, as `POST /_sandbox/contracts` and `seats` do.
    private static func makeSample(_ call: PageCall) async throws -> WebResponse {
        let sandbox = call.sandbox
        let control = ControlAPI(sandbox)
        let (contract, organization, hasSeats) = try await sandbox.core.world.read { tx in
            (
                try tx.contracts(organization: nil).first?.number, try tx.organizations().first ?? 1_000,
                try tx.hasSeats()
            )
        }
        // Sent twice, it makes them once.
        guard !hasSeats else { return .see("/talent/sign-in") }
        if contract == nil {
            _ = try await control.addContract(
                request(["contract": 5_000, "organization": .int(organization), "name": "Sample contract"]))
        }
        let people = People(seed: sandbox.core.settings.seed)
        for index in 0..<3 {
            let person = people.person(index)
            let roles: [JSONValue] = index == 0 ? [.string(Seat.adminRole)] : []
            _ = try await control.addSeat(
                request([
                    "contract": .int(contract ?? 5_000), "email": .string(person.email),
                    "first_name": .string(person.firstName), "last_name": .string(person.lastName),
                    "roles": .array(roles + [.string(Seat.sourcerRole)]),
                ]))
        }
        return .see("/talent/sign-in?done=sample-seats")
    }

    private static func request(_ body: JSONValue) throws -> ControlRequest {
        try ControlRequest(SandboxRequest("POST", "", body: body.bytes), rest: "")
    }

    private static func target(_ fields: FormFields) -> LocalPath? { fields["to"].flatMap { LocalPath($0) } }
}
