// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Sandbox
import Store
import Sync
import Testing

/// What recruiters and members do in the sandbox, and what the connector knows of it.
extension SandboxWorld {
    @discardableResult
    func ask(_ method: String, _ path: String, _ json: JSONValue? = nil) async throws -> JSONValue {
        let answer = try await sandbox.respond(
            to: SandboxRequest(
                method, "/_sandbox/" + path, headers: json == nil ? [] : [("content-type", "application/json")],
                body: json?.bytes ?? []))
        #expect(answer.status == 200, "\(method) \(path): \(answer.body.text)")
        return try JSONValue(parsing: answer.body)
    }

    /// A new seat and its number.
    func hire(_ name: String, contract: Int64 = 5000) async throws -> Int64 {
        let seat = try await ask(
            "POST", "seats",
            [
                "contract": .int(contract), "email": .string("\(name.lowercased())@acme.example"),
                "first_name": .string(name), "last_name": "Recruiter",
            ])
        return try #require(seat["seat"]?.int)
    }

    /// A new member and its number.
    func join(_ name: String) async throws -> Int64 {
        let member = try await ask(
            "POST", "members",
            [
                "first_name": .string(name), "last_name": "Member",
                "email": .string("\(name.lowercased())@mail.example"),
                "profile_url": .string("https://www.linkedin.com/in/\(name.lowercased())-member"),
            ])
        return try #require((member["number"] ?? member["member"])?.int)
    }

    /// The member's person URN as the customer's application sees it.
    func person(_ member: Int64) async throws -> String {
        let found = try await ask("GET", "members/\(member)?application=\(customer.clientID)")
        return try #require(found["person"]?.string)
    }

    @discardableResult
    func write(_ seat: Int64, to member: Int64, _ text: String) async throws -> String {
        let sent = try await ask(
            "POST", "inmails",
            ["seat": .int(seat), "member": .int(member), "subject": "A role", "text": .string(text)])
        return try #require(sent["thread"]?.string)
    }

    func reply(_ thread: String, _ text: String, sharing: Bool = false) async throws {
        var body: JSONObject = ["thread": .string(thread), "text": .string(text)]
        if sharing { body["share_contact"] = true }
        try await ask("POST", "inmails/reply", .object(body))
    }

    func note(_ seat: Int64, on member: Int64, _ text: String) async throws -> Int64 {
        let note = try await ask(
            "POST", "notes", ["seat": .int(seat), "member": .int(member), "text": .string(text)])
        return try #require(note["note"]?.int)
    }

    /// Lets the engine work for so long by the virtual clock.
    func live(_ engine: SyncEngine, for duration: Duration) async throws {
        let end = time.now() + duration
        while true {
            let wake = try await engine.pass()
            guard let wake, wake <= end else { break }
            time.advance(to: wake)
        }
        time.advance(to: end)
        _ = try await engine.pass()
    }

    /// Events of a type, oldest first.
    func events(_ type: EventType) async throws -> [JSONValue] {
        let number = customer.number
        let events = try await store.read { try $0.events(customer: number, after: 0, limit: 100_000) }
        return try events.filter { $0.type == type.rawValue }.map {
            try JSONValue(parsing: $0.data ?? Array("null".utf8))
        }
    }

    func cursors() async throws -> [PullCursor] {
        let number = customer.number
        return try await store.read { try $0.pullCursors(customer: number) }
    }

    /// Everything that was said, as the connector holds it: `id at from text`, by thread.
    func heldMessages() async throws -> [String: [String]] {
        let number = customer.number
        let threads = try await store.read { try $0.inMailThreads(customer: number, limit: 100_000) }
        return Dictionary(
            uniqueKeysWithValues: threads.map { thread in
                (
                    thread.thread,
                    thread.messages.map {
                        "\($0.id) \($0.at.value) \($0.isFromMember ? "member" : "recruiter") \($0.text ?? "")"
                    }
                )
            })
    }

    /// The same as the sandbox shows it.
    func saidMessages() async throws -> [String: [String]] {
        let threads = try await ask("GET", "inmails?limit=1000")["threads"]?.array ?? []
        var said: [String: [String]] = [:]
        for thread in threads {
            let messages = (thread["messages"]?.array ?? []).map { message in
                (
                    at: message["at"]?.int ?? 0, id: message["id"]?.string ?? "",
                    line: [
                        message["id"]?.string, message["at"]?.int.map { "\($0)" }, message["from"]?.string,
                        message["text"]?.string,
                    ].compactMap(\.self).joined(separator: " ")
                )
            }
            said[thread["thread"]?.string ?? ""] = messages.sorted { ($0.at, $0.id) < ($1.at, $1.id) }.map(\.line)
        }
        return said
    }

    /// Active notes: id and text.
    func heldNotes() async throws -> [String: String] {
        let number = customer.number
        let notes = try await store.read { try $0.notes(customer: number, limit: 100_000) }
        return Dictionary(uniqueKeysWithValues: notes.map { ($0.id, $0.text ?? "") })
    }

    func writtenNotes(contract: Int64 = 5000) async throws -> [String: String] {
        let notes = try await ask("GET", "notes?contract=\(contract)")["notes"]?.array ?? []
        return notes.reduce(into: [:]) { notes, note in
            guard note["active"]?.bool == true, note["visibility"]?.string == "ORGANIZATION" else { return }
            notes["\(note["note"]?.int ?? 0)"] = note["text"]?.string ?? ""
        }
    }
}
