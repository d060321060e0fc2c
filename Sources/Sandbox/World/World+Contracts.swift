// SPDX-License-Identifier: Apache-2.0

internal import LinkedIn
internal import SQLFile

/// Statements on `contract` and `seat`.
extension SQLTransaction {
    // Contracts

    func contract(number: Int64) throws -> Contract? {
        try first(Self.selectContract + "WHERE number = ?", [.int(number)], Self.contract)
    }

    /// - Parameter organization: nil means everybody's.
    func contracts(organization: Int64?) throws -> [Contract] {
        try rows(
            Self.selectContract + "WHERE ? IS NULL OR organization = ? ORDER BY number",
            [.optional(organization), .optional(organization)], Self.contract)
    }

    /// Every customer that was ever named, with or without a contract.
    func organizations() throws -> [Int64] {
        try rows("SELECT organization FROM tenancy UNION SELECT organization FROM contract ORDER BY 1") { $0.int(0) }
    }

    /// Adds a contract unless its number is taken, whoever's it is.
    func addContract(_ contract: Contract) throws {
        try run(
            "INSERT INTO contract (number, organization, name, created_ms) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            .int(contract.number), .int(contract.organization), .text(contract.name), .int(contract.created.millis))
    }

    func renameContract(number: Int64, _ name: String) throws {
        try run("UPDATE contract SET name = ? WHERE number = ?", .text(name), .int(number))
    }

    /// The status of the contract's integration of one type, asked for through this application by the organization
    /// that the contract belongs to; nil when there is none.
    func contractIntegration(_ type: IntegrationType, contract: Int64, application: Int64) throws -> IntegrationStatus?
    {
        try first(
            """
            SELECT integration.status FROM integration
            JOIN contract ON contract.number = ? AND contract.organization = integration.organization
            WHERE integration.application = ? AND integration.context = ? AND integration.type = ?
            """,
            [
                .int(contract), .int(application), .text(ContractURN(number: contract).description),
                .text(type.rawValue),
            ]
        ) { IntegrationStatus(rawValue: $0.text(0)) } ?? nil
    }

    private static let selectContract = "SELECT number, organization, name, created_ms FROM contract "

    private static func contract(_ row: borrowing SQLRow) -> Contract {
        Contract(number: row.int(0), organization: row.int(1), name: row.text(2), created: Moment(row.int(3)))
    }

    // Seats

    func seat(number: Int64) throws -> Seat? {
        try first(Self.selectSeat + "WHERE number = ?", [.int(number)], Self.seat)
    }

    func seat(ofMember member: Int64, contract: Int64) throws -> Seat? {
        try first(Self.selectSeat + "WHERE contract = ? AND member = ?", [.int(contract), .int(member)], Self.seat)
    }

    /// Seats by number.
    ///
    /// - Parameters:
    ///   - contracts: of these, in any order; nil means of every contract.
    ///   - states: nil means whatever the state.
    ///   - limit: of those after the first `start`.
    func seats(contracts: [Int64]?, states: Set<Seat.State>?, start: Int, limit: Int) throws -> [Seat] {
        let ofContracts = contracts.map { "contract IN (\(Self.holes($0.count)))" } ?? "1 = 1"
        let words = states?.map(\.rawValue).sorted()
        let inStates = words.map { "state IN (\(Self.holes($0.count)))" } ?? "1 = 1"
        return try rows(
            Self.selectSeat + "WHERE \(ofContracts) AND \(inStates) ORDER BY number LIMIT ? OFFSET ?",
            (contracts ?? []).map { .int($0) } + (words ?? []).map { .text($0) } + [.int(limit), .int(start)],
            Self.seat)
    }

    func nextSeat() throws -> Int64 {
        try first("SELECT coalesce(max(number) + 1, ?) FROM seat", [.int(Seat.firstNumber)]) { $0.int(0) }
            ?? Seat.firstNumber
    }

    /// - Throws: `SQLError` with `.constraint` when the member has a seat on the contract already.
    func addSeat(_ seat: Seat) throws {
        try run(
            """
            INSERT INTO seat (number, contract, member, first_name, last_name, email, state, roles, created_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .int(seat.number), .int(seat.contract), .int(seat.member), .text(seat.firstName), .text(seat.lastName),
            .text(seat.email), .text(seat.state.rawValue), .text(seat.roles.joined(separator: " ")),
            .int(seat.created.millis))
    }

    /// Writes what can change of a seat: names, e-mail, state and roles.
    func updateSeat(_ seat: Seat) throws {
        try run(
            "UPDATE seat SET first_name = ?, last_name = ?, email = ?, state = ?, roles = ? WHERE number = ?",
            .text(seat.firstName), .text(seat.lastName), .text(seat.email), .text(seat.state.rawValue),
            .text(seat.roles.joined(separator: " ")), .int(seat.number))
    }

    private static let selectSeat = """
        SELECT number, contract, member, first_name, last_name, email, state, roles, created_ms FROM seat

        """

    private static func seat(_ row: borrowing SQLRow) -> Seat {
        Seat(
            number: row.int(0), contract: row.int(1), member: row.int(2), firstName: row.text(3),
            lastName: row.text(4), email: row.text(5), state: Seat.State(rawValue: row.text(6))!,  // checked by the schema
            roles: row.text(7).split(separator: " ").map(String.init), created: Moment(row.int(8)))
    }
}
