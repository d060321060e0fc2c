// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// What an uploaded file would do, line by line; nothing is done yet.
struct SeatPlan: Sendable {
    struct Line: Sendable {
        enum Act: Sendable {
            case give(SeatDesk.Draft)
            case change(Seat)
            case nothing
            case problem
        }

        var line: Int
        var person: String
        var act: Act
        /// In words: what changes, or what is wrong.
        var text: String
        /// Columns that the sandbox only keeps.
        var attributes: [(name: String, value: String)] = []
    }

    /// More are refused as a whole.
    static let mostLines = 10_000

    var lines: [Line] = []
    /// Columns that are kept as they are.
    var kept: [String] = []

    var problems: [Line] { lines.filter { if case .problem = $0.act { true } else { false } } }
    var changes: [Line] {
        lines.filter {
            switch $0.act {
            case .give, .change: true
            case .nothing, .problem: false
            }
        }
    }

    /// Another when the file or the seats have changed since.
    var fingerprint: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for line in lines {
            for byte in "\(line.line) \(line.person) \(line.text)\n".utf8 {
                hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
            }
        }
        return String(hash, radix: 16)
    }

    /// - Throws: `CSVText.Mistake` when the file as a whole cannot be read.
    init(_ text: String, contract: Contract, _ tx: SQLTransaction) throws {
        let rows = try CSVText.rows(text)
        guard let head = rows.first else { throw CSVText.Mistake(line: 1, message: "the file is empty") }
        let columns = head.fields.map { $0.trimmed.lowercased() }
        if let twice = columns.first(where: { name in columns.filter { $0 == name }.count > 1 }) {
            throw CSVText.Mistake(line: head.line, message: "the column \(twice) is there twice")
        }
        guard columns.contains(SeatFile.email) else {
            throw CSVText.Mistake(line: head.line, message: "the column \(SeatFile.email) is missing")
        }
        guard rows.count <= Self.mostLines + 1 else {
            throw CSVText.Mistake(
                line: head.line, message: "there are more than \(Wording.count(Self.mostLines)) lines; split the file")
        }
        let known = [SeatFile.email, SeatFile.firstName, SeatFile.lastName, SeatFile.seatID, SeatFile.licence]
        kept = columns.filter { !known.contains($0) && SeatFile.role(of: $0) == nil && !$0.isEmpty }
        var reader = LineReader(columns: columns, kept: kept, contract: contract, tx: tx)
        reader.admins = try tx.activeAdmins(organization: contract.organization)
        lines = try rows.dropFirst().map { try reader.read($0) }
    }

    /// Does what the lines without a problem say.
    func apply(at now: Moment, _ tx: SQLTransaction) throws {
        for line in lines {
            let seat: Seat
            switch line.act {
            case .give(let draft): seat = try tx.giveSeat(draft, at: now)
            case .change(let changed):
                seat = changed
                try tx.updateSeat(seat)
            case .nothing, .problem: continue
            }
            for (name, value) in line.attributes { try tx.setSeatAttribute(name, value, seat: seat.number) }
        }
    }
}

/// Reads one line after the other, and remembers whom the lines before were about.
private struct LineReader {
    let columns: [String]
    let kept: [String]
    let contract: Contract
    let tx: SQLTransaction
    /// Active admins that the company has once the lines so far are done.
    var admins = 0
    private var seen: [String: Int] = [:]

    init(columns: [String], kept: [String], contract: Contract, tx: SQLTransaction) {
        self.columns = columns
        self.kept = kept
        self.contract = contract
        self.tx = tx
    }

    /// What is wrong with a line.
    private struct Wrong: Error { var text: String }

    mutating func read(_ row: CSVText.Row) throws -> SeatPlan.Line {
        var values: [String: String] = [:]
        for (name, field) in zip(columns, row.fields) {
            let value = CSVText.plain(field.trimmed)
            if !value.isEmpty { values[name] = value }
        }
        let person = values[SeatFile.email] ?? values[SeatFile.seatID].map { "seat \($0)" } ?? ""
        do {
            guard row.fields.count == columns.count else {
                throw Wrong(text: "has \(row.fields.count) cells, and the first line has \(columns.count)")
            }
            for column in SeatFile.ownIDs {
                if let id = values[column] { try remember("\(column) \(id)", row.line, "the \(column)") }
            }
            let email = values[SeatFile.email]
            if let email {
                guard SeatForm.isEmail(email) else { throw Wrong(text: "\(SeatFile.email) is no e-mail address") }
                try remember("e-mail \(email.lowercased())", row.line, "the e-mail")
            }
            for name in [SeatFile.firstName, SeatFile.lastName] where (values[name] ?? "").count > 200 {
                throw Wrong(text: "\(name) has more than 200 characters")
            }
            if let seat = try seat(values) {
                try remember("seat \(seat.number)", row.line, "the seat")
                return try change(seat, values, row.line, person)
            }
            guard let email else { throw Wrong(text: "\(SeatFile.email) is missing") }
            return try give(email, values, row.line)
        } catch let wrong as Wrong {
            return SeatPlan.Line(line: row.line, person: person, act: .problem, text: wrong.text)
        }
    }

    private mutating func remember(_ what: String, _ line: Int, _ name: String) throws {
        if let before = seen[what] { throw Wrong(text: "\(name) is that of line \(before) too") }
        seen[what] = line
    }

    private func seat(_ values: [String: String]) throws -> Seat? {
        guard let id = values[SeatFile.seatID] else {
            return try values[SeatFile.email].flatMap { try tx.seat(ofEmail: $0, contract: contract.number) }
        }
        guard let seat = try Int64(id).flatMap({ try tx.seat(number: $0) }), seat.contract == contract.number else {
            throw Wrong(text: "\(SeatFile.seatID) \(id) is no seat of this contract; leave it empty for a new user")
        }
        return seat
    }

    /// nil when the cell is empty, which changes nothing.
    private func flag(_ column: String, _ values: [String: String]) throws -> Bool? {
        guard let value = values[column] else { return nil }
        switch value.lowercased() {
        case "active": return true
        case "inactive": return false
        default: throw Wrong(text: "\(column) must be active or inactive")
        }
    }

    private func roles(of current: [String], _ values: [String: String]) throws -> [String] {
        var roles = current
        for column in columns {
            guard let role = SeatFile.role(of: column), let isOn = try flag(column, values) else { continue }
            guard !role.isEmpty, !role.contains(where: \.isWhitespace) else {
                throw Wrong(text: "\(column) names no permission")
            }
            roles.removeAll { $0 == role }
            if isOn { roles.append(role) }
        }
        return Set(roles) == Set(current) ? current : roles
    }

    private func give(_ email: String, _ values: [String: String], _ line: Int) throws -> SeatPlan.Line {
        let member = try tx.member(email: email)
        if let member {
            guard member.closed == nil else { throw Wrong(text: "the member of this e-mail has closed the account") }
            if let taken = try tx.seat(ofMember: member.number, contract: contract.number) {
                throw Wrong(text: "the member of this e-mail has seat \(taken.number) already; give that seat_id")
            }
        }
        let (first, last) = (values[SeatFile.firstName], values[SeatFile.lastName])
        guard member != nil || (first != nil && last != nil) else {
            throw Wrong(text: "\(first == nil ? SeatFile.firstName : SeatFile.lastName) is missing for a new user")
        }
        let isLicensed = try flag(SeatFile.licence, values) ?? false
        let hasRoles = columns.contains { SeatFile.role(of: $0) != nil }
        let draft = SeatDesk.Draft(
            contract: contract, email: email, firstName: first, lastName: last,
            state: isLicensed ? .invited : .inactive, roles: try roles(of: hasRoles ? [] : [Seat.sourcerRole], values))
        return SeatPlan.Line(
            line: line, person: email, act: .give(draft),
            text: isLicensed ? "is invited" : "is added without a licence", attributes: attributes(values, [:]))
    }

    private mutating func change(_ seat: Seat, _ values: [String: String], _ line: Int, _ person: String) throws
        -> SeatPlan.Line
    {
        var after = seat
        after.email = values[SeatFile.email] ?? seat.email
        after.firstName = values[SeatFile.firstName] ?? seat.firstName
        after.lastName = values[SeatFile.lastName] ?? seat.lastName
        after.roles = try roles(of: seat.roles, values)
        // What the file says as the download would say it is no change: a parked seat reads inactive.
        if let isLicensed = try flag(SeatFile.licence, values), isLicensed != SeatFile.hasLicence(seat.state) {
            after.state = isLicensed ? (seat.state == .parked ? .active : .invited) : .inactive
        }
        func rules(_ seat: Seat) -> Bool { seat.isAdmin && seat.state == .active }
        if rules(seat) && !rules(after) {
            guard admins > 1 else { throw Wrong(text: "is the last active admin, which the company needs") }
            admins -= 1
        } else if !rules(seat) && rules(after) {
            admins += 1
        }
        let attributes = attributes(values, try tx.seatAttributes(seat: seat.number))
        let text = differences(seat, after) + attributes.map(\.name)
        return SeatPlan.Line(
            line: line, person: person, act: text.isEmpty ? .nothing : .change(after),
            text: text.isEmpty ? "stays as it is" : "changes: " + text.joined(separator: ", "), attributes: attributes)
    }

    /// The kept columns whose value is another.
    private func attributes(_ values: [String: String], _ before: [String: String]) -> [(name: String, value: String)] {
        kept.compactMap { name in values[name].flatMap { $0 == before[name] ? nil : (name, $0) } }
    }

    private func differences(_ before: Seat, _ after: Seat) -> [String] {
        var found: [String] = []
        if after.state != before.state { found.append("\(before.state.badge.text) → \(after.state.badge.text)") }
        if after.email != before.email { found.append("e-mail") }
        if after.firstName != before.firstName || after.lastName != before.lastName { found.append("name") }
        if after.roles != before.roles {
            found += Set(after.roles).subtracting(before.roles).sorted().map { "gets \($0)" }
            found += Set(before.roles).subtracting(after.roles).sorted().map { "loses \($0)" }
        }
        return found
    }
}

extension String {
    /// Without white space at its ends.
    fileprivate var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
