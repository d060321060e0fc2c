// SPDX-License-Identifier: Apache-2.0

import JSONBytes

/// Health, clock, reset, snapshots, journal, switches.
extension ControlAPI {
    func health(_ request: ControlRequest) async throws -> JSONValue {
        let made = try await sandbox.core.world.read { tx in try tx.memberCount() }
        return [
            "status": "ready", "now": .int(sandbox.clock.now().millis),
            "seed": .string(String(sandbox.core.settings.seed)),
            "members": .int(Int64(made)), "members_wanted": .int(Int64(sandbox.core.settings.members)),
            "requests": .int(Int64(sandbox.journal.lastNumber)),
        ]
    }

    func clock(_ request: ControlRequest) async throws -> JSONValue {
        ["now": .int(sandbox.clock.now().millis), "offset_ms": .int(sandbox.clock.offsetMillis)]
    }

    func advanceClock(_ request: ControlRequest) async throws -> JSONValue {
        let input = request.body
        try input.only("advance_seconds")
        // A century is enough, and keeps every sum inside 64 bits.
        let seconds = try input.required("advance_seconds", try input.int("advance_seconds", in: 0...3_155_760_000))
        try await sandbox.advance(by: .seconds(seconds))
        return try await clock(request)
    }

    func reset(_ request: ControlRequest) async throws -> JSONValue {
        try request.body.only()
        try await sandbox.reset()
        return ["reset": true, "now": .int(sandbox.clock.now().millis)]
    }

    func snapshots(_ request: ControlRequest) async throws -> JSONValue {
        ["snapshots": .array(sandbox.snapshots.map { .string($0) })]
    }

    func takeSnapshot(_ request: ControlRequest) async throws -> JSONValue {
        let name = try snapshotName(request.body)
        try await sandbox.snapshot(named: name)
        return ["name": .string(name)]
    }

    func restore(_ request: ControlRequest) async throws -> JSONValue {
        let name = try snapshotName(request.body)
        guard try await sandbox.restore(named: name) else {
            let known = sandbox.snapshots.joined(separator: ", ")
            throw ControlError(
                404, field: "name", "no snapshot is called that",
                remedy: known.isEmpty ? "take one with POST /_sandbox/snapshot" : "use one of: \(known)")
        }
        return ["name": .string(name), "now": .int(sandbox.clock.now().millis)]
    }

    func config(_ request: ControlRequest) async throws -> JSONValue { sandbox.core.settings.switches.json }

    func setConfig(_ request: ControlRequest) async throws -> JSONValue {
        try await sandbox.core.settings.change(request.body.all, in: sandbox.core.world)
        return sandbox.core.settings.switches.json
    }

    /// A name becomes a file's name, so it may hold nothing that means something in a path.
    private func snapshotName(_ input: ControlInput) throws -> String {
        try input.only("name")
        let name = try input.required("name", try input.string("name"))
        let allowed = name.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard allowed, name.utf8.count <= 64 else {
            throw ControlError(field: "name", "must be 1 to 64 letters, digits, - or _", remedy: "choose another name")
        }
        return name
    }
}
