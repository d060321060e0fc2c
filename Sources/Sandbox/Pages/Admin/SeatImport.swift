// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// Managing seats in bulk: load a file up, see what every line would do, then do it.
struct SeatImport: Page {
    static let template = PageTemplate("seat_import", utf8: PackageResources.seat_import_mustache)

    struct Line: Sendable {
        var line: Int
        var person: String
        var text: String
    }

    struct Preview: Sendable {
        var says: String
        var kept: String?
        var problems: [Line]
        var changes: [Line]
        /// Lines that the tables have no room for, as text.
        var more: String?
        var fingerprint: String
        var apply: String?
    }

    let title = "Import seats"
    var contracts: [SeatsPage.Option]
    var text: String
    var preview: Preview?
    var columns: String

    static let routes: [PageRoute] = [
        .seatGet("/talent/admin/seats/import") { try await show($0, nil) },
        .seatPost("/talent/admin/seats/import") { try await check($0) },
        .seatPost("/talent/admin/seats/import/apply") { try await apply($0) },
    ]

    /// Rows of a table.
    private static let most = 100

    private static func show(_ call: PageCall, _ plan: SeatPlan?, status: Int = 200, notice: Notice? = nil) async throws
        -> WebResponse
    {
        let admin = try call.admin()
        let chosen = (call.form["contract"] ?? call.query["contract"]).flatMap { Int64($0) } ?? admin.contract.number
        let (contracts, columns) = try await call.read { tx in
            (
                try tx.contracts(organization: admin.contract.organization),
                try SeatFile.columns(contract: chosen, tx)
            )
        }
        let page = SeatImport(
            contracts: contracts.map {
                SeatsPage.Option(value: String($0.number), label: $0.name, isChosen: $0.number == chosen)
            }, text: text(call), preview: plan.map(preview), columns: columns.joined(separator: ","))
        return call.page(page, status: status, notice: notice)
    }

    /// The file if one was chosen, and otherwise what stands in the text field.
    private static func text(_ call: PageCall) -> String {
        if let file = call.form.exact("file"), !file.isEmpty { return file }
        return call.form.exact("csv") ?? ""
    }

    private static func contract(_ call: PageCall) async throws -> Contract {
        let organization = try call.admin().contract.organization
        let number = call.form["contract"].flatMap { Int64($0) } ?? 0
        guard let contract = try await call.read({ tx in try tx.contract(number: number) }),
            contract.organization == organization
        else { throw PageProblem.unknownPage }
        return contract
    }

    private static func check(_ call: PageCall) async throws -> WebResponse {
        let (contract, text) = (try await contract(call), text(call))
        do {
            return try await show(call, try await call.read { tx in try SeatPlan(text, contract: contract, tx) })
        } catch let mistake as CSVText.Mistake {
            return try await show(call, nil, status: 422, notice: notice(mistake))
        }
    }

    private static func apply(_ call: PageCall) async throws -> WebResponse {
        let (contract, text, now) = (try await contract(call), text(call), call.now)
        let agreed = call.form["agreed"]
        do {
            // Planned anew in the transaction that does it: what was agreed to is what happens.
            let plan = try await call.write { tx in
                let plan = try SeatPlan(text, contract: contract, tx)
                if plan.fingerprint == agreed { try plan.apply(at: now, tx) }
                return plan
            }
            guard plan.fingerprint == agreed else {
                return try await show(
                    call, plan, status: 409,
                    notice: Notice(
                        .warn, "The file or the seats have changed since the preview. This is what it would do now."))
            }
            return .see("/talent/admin/seats?contract=\(contract.number)&done=seats-imported")
        } catch let mistake as CSVText.Mistake {
            return try await show(call, nil, status: 422, notice: notice(mistake))
        }
    }

    private static func notice(_ mistake: CSVText.Mistake) -> Notice {
        Notice(.bad, "Line \(mistake.line): \(mistake.message). Nothing was changed.")
    }

    private static func preview(_ plan: SeatPlan) -> Preview {
        let (problems, changes) = (plan.problems, plan.changes)
        func row(_ line: SeatPlan.Line) -> Line { Line(line: line.line, person: line.person, text: line.text) }
        let hidden = (problems.dropFirst(most) + changes.dropFirst(most)).map {
            "line \($0.line): \($0.person) \($0.text)"
        }
        let unchanged = plan.lines.count - problems.count - changes.count
        let says =
            "\(Wording.count(changes.count, "user")) would change, \(Wording.count(unchanged)) stay as they are, "
            + "\(Wording.count(problems.count, "line")) cannot be done."
        return Preview(
            says: says, kept: plan.kept.joined(separator: ", ").orNil, problems: problems.prefix(most).map(row),
            changes: changes.prefix(most).map(row), more: hidden.joined(separator: "\n").orNil,
            fingerprint: plan.fingerprint,
            apply: changes.isEmpty
                ? nil
                : "Change \(Wording.count(changes.count, "user"))"
                    + (problems.isEmpty ? "" : " and leave \(Wording.count(problems.count, "line")) out"))
    }
}
