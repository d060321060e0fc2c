// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// What the company bought: contracts, their seats, and whether an ATS may read them.
struct ContractsPage: Page {
    static let template = PageTemplate("contracts", utf8: PackageResources.contracts_mustache)

    struct Access: Sendable {
        var system: String
        var state: Badge
    }

    struct Row: Sendable {
        var number: Int64
        var name: String
        /// Its name does not say its number.
        var isNamed: Bool
        var seats: String
        var seatsLink: String
        var access: [Access]
        var isOwn: Bool
    }

    let title = "Contracts"
    var rows: [Row]
    var number: String
    var name: String
    var error: String?
    var pager: Pager

    static let routes: [PageRoute] = [
        .seatGet("/talent/admin/contracts") { try await show($0) },
        .seatPost("/talent/admin/contracts") { try await add($0) },
        .seatPost("/talent/admin/contracts/{contract}") { try await rename($0) },
    ]

    private static let pageSize = 50
    private static let mostName = 200

    private static func show(_ call: PageCall, error: String? = nil, status: Int = 200, notice: Notice? = nil)
        async throws
        -> WebResponse
    {
        let admin = try call.admin()
        let organization = admin.contract.organization
        let after = call.query["after"].flatMap { Int64($0) } ?? 0
        let systems = try await ATSLevels.all(admin, call)
        let (contracts, counts) = try await call.read { tx in
            let page = try tx.contracts(organization: organization).filter { $0.number > after }
                .prefix(pageSize + 1)
            let counts = try page.map { contract in
                try tx.seatCounts(SeatFilter(organization: organization, contract: contract.number)).values
                    .reduce(0, +)
            }
            return (Array(page), counts)
        }
        let rows = zip(contracts, counts).prefix(pageSize).map { contract, count in
            Row(
                number: contract.number, name: contract.name,
                isNamed: contract.name != Contract.standardName(contract.number), seats: Wording.count(count, "seat"),
                seatsLink: "/talent/admin/seats?contract=\(contract.number)",
                access: systems.map { system in
                    Access(
                        system: system.name,
                        state: system.levels.first { $0.key == "contract-\(contract.number)" }?.state
                            ?? Badge(.quiet, "Not requested"))
                }, isOwn: contract.number == admin.contract.number)
        }
        let page = ContractsPage(
            rows: rows, number: call.form["number"] ?? "", name: error == nil ? "" : call.form["name"] ?? "",
            error: error,
            pager: Pager(
                "/talent/admin/contracts", call.query,
                nextKey: contracts.count > pageSize ? rows.last.map { String($0.number) } : nil,
                says: Wording.count(rows.count, "contract")))
        return call.page(page, status: status, notice: notice)
    }

    private static func name(_ call: PageCall) -> String? {
        call.form["name"].flatMap { $0.count <= mostName ? $0 : nil }
    }

    private static func add(_ call: PageCall) async throws -> WebResponse {
        let organization = try call.admin().contract.organization
        guard let number = call.form["number"].flatMap({ Int64($0) }), number > 0 else {
            return try await show(call, error: "The number is a whole number above 0.", status: 422)
        }
        guard let name = name(call) else {
            return try await show(call, error: "The name has 1 to \(mostName) characters.", status: 422)
        }
        if try await call.read({ tx in try tx.contract(number: number) }) != nil {
            return try await show(
                call, error: "Contract \(number) is there already; choose another number.", status: 409)
        }
        _ = try await SeatDesk(core: call.core).putContract(number, organization: organization, name: name)
        return .see("/talent/admin/contracts?done=contract-added")
    }

    private static func rename(_ call: PageCall) async throws -> WebResponse {
        let (organization, number) = (try call.admin().contract.organization, try call.number(0))
        guard let contract = try await call.read({ tx in try tx.contract(number: number) }),
            contract.organization == organization
        else { throw PageProblem.unknownPage }
        guard let name = name(call) else {
            return try await show(
                call, status: 422,
                notice: Notice(.bad, "The name has 1 to \(mostName) characters. Nothing was changed."))
        }
        guard call.form.exact("was") == contract.name else {
            return try await show(
                call, status: 409,
                notice: Notice(
                    .warn, "Another admin renamed contract \(number) meanwhile; you wanted to call it “\(name)”."))
        }
        _ = try await SeatDesk(core: call.core).putContract(number, organization: organization, name: name)
        return .see("/talent/admin/contracts?done=contract-renamed")
    }
}
