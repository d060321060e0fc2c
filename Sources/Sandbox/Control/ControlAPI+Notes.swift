// SPDX-License-Identifier: Apache-2.0

import JSONBytes

/// What recruiters write down about members.
extension ControlAPI {
    /// A contract's notes by last change, private and deleted ones too.
    func notes(_ request: ControlRequest) async throws -> JSONValue {
        try request.query.only("contract", "organization")
        let contract = try await contract(request.query).number
        let found = try await sandbox.core.world.read { tx in
            try tx.notes(
                contract: contract, seats: nil, after: nil, upTo: nil, showsPrivate: true, start: 0, limit: 10_000)
        }
        return ["notes": .array(found.map(\.json))]
    }

    func addNote(_ request: ControlRequest) async throws -> JSONValue {
        let input = request.body
        try input.only("seat", "member", "text", "visibility")
        let seat = try await activeSeat(input)
        let member = try await namedMember(input)
        try member.mustBeOpen()
        let text = try input.required("text", try input.string("text"))
        let visibility = try input.choice("visibility", RecruiterNote.Visibility.self) ?? .organization
        return try await desk.add(text, visibility, about: member, by: seat).json
    }

    private var desk: NoteDesk { NoteDesk(core: sandbox.core) }

    func editNote(_ request: ControlRequest) async throws -> JSONValue {
        try request.body.only("text")
        let text = try request.body.required("text", try request.body.string("text"))
        return try await change(request.rest) { $0.text = text }
    }

    func deleteNote(_ request: ControlRequest) async throws -> JSONValue {
        try request.body.only()
        return try await change(request.rest) { $0.isActive = false }
    }

    private func change(_ number: String, _ body: @escaping @Sendable (inout RecruiterNote) -> Void) async throws
        -> JSONValue
    {
        guard let number = Int64(number) else { throw RecruiterNote.unknown }
        return try await desk.change(number, body).json
    }
}

extension RecruiterNote {
    fileprivate var json: JSONValue {
        [
            "note": .int(number), "contract": .int(contract), "seat": .int(seat), "member": .int(member),
            "text": .string(text), "visibility": .string(visibility.rawValue), "active": .bool(isActive),
            "created": .int(created.millis), "modified": .int(modified.millis),
        ]
    }
}
