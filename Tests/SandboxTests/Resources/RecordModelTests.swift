// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import People
import RestLi
import Testing

@testable import Sandbox

/// Random writes and deletions, in both key syntaxes: the world stays equal to a dictionary that follows the same
/// rules.
@Suite struct RecordModelTests {
    private struct Place: Hashable {
        var kind: EntityKind
        var parent = ""
        var id: String
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>) func `after any sequence the world equals a small model`(
        seed: UInt64
    ) async throws {
        let side = try await FarSide()
        var dice = Dice(seed: seed, index: 0)
        var model: [Place: JSONValue] = [:]
        for step in 0..<120 {
            let syntax = dice.pick(Syntax.both)
            let kind = dice.pick([
                EntityKind.candidate, .candidateNote, .application, .applicationNote, .stage, .feedback,
            ])
            let parent = kind.parent == nil ? "" : "P-\(dice.next() % 3)"
            // Parents share the ids of children's parents, so that cascades and unknown parents both happen.
            let places = (0..<(1 + dice.next() % 4)).map { number in
                Place(
                    kind: kind, parent: parent,
                    id: kind.parent == nil ? "P-\((dice.next() + number) % 3)" : "x&\((dice.next() + number) % 4)")
            }
            let unique = Array(Set(places))
            let body = Self.body(kind, step)
            switch dice.next() % 10 {
            case 0..<6:
                let answer = try await Self.batch(side, syntax, "PUT", unique, body)
                for place in unique {
                    let isParentThere = kind.parent.map { model[Place(kind: $0, id: place.parent)] != nil } ?? true
                    #expect(answer.status(of: Self.key(place, syntax)) == (isParentThere ? 204 : 404), "step \(step)")
                    if isParentThere { model[place] = body }
                }
            case 6..<8:
                let answer = try await Self.batch(
                    side, syntax, "POST", unique, ["patch": ["$set": Self.change(kind, step)]])
                for place in unique {
                    #expect(
                        answer.status(of: Self.key(place, syntax)) == (model[place] == nil ? 404 : 204), "step \(step)")
                    if let old = model[place] { model[place] = old.with(Self.change(kind, step).object ?? [:]) }
                }
            default:
                let answer = try await Self.batch(side, syntax, "DELETE", unique, nil)
                for place in unique {
                    #expect(
                        answer.status(of: Self.key(place, syntax)) == (model[place] == nil ? 404 : 204), "step \(step)")
                    model[place] = nil
                    model = model.filter { !(kind.children.contains($0.key.kind) && $0.key.parent == place.id) }
                }
            }
        }
        #expect(try await Self.world(side) == model)
        let (tallied, counted) = try await side.sandbox.core.world.read { tx in
            (try tx.entityCounts(organization: 5001), try tx.recountEntities(organization: 5001))
        }
        #expect(tallied.filter { $0.value > 0 } == counted)
    }

    private static func body(_ kind: EntityKind, _ step: Int) -> JSONValue {
        switch kind {
        case .candidate: Sample.candidate.with(["suffix": .string("\(step)")])
        case .application: Sample.application.with(["source": .string("\(step)")])
        case .stage: Sample.stage.with(["stage": .string("Stage \(step)")])
        case .feedback: Sample.feedback.with(["feedback": .string("\(step)")])
        default: Sample.note.with(["note": .string("\(step)")])
        }
    }

    private static func change(_ kind: EntityKind, _ step: Int) -> JSONValue {
        switch kind {
        case .candidate: ["currentJobTitle": .string("Title \(step)")]
        case .application: ["dispositionReason": .string("Reason \(step)")]
        case .stage: ["stage": .string("Changed \(step)")]
        case .feedback: ["interviewType": "PHONE_SCREEN"]
        default: ["note": .string("Changed \(step)")]
        }
    }

    private static func batch(
        _ side: FarSide, _ syntax: Syntax, _ method: String, _ places: [Place], _ body: JSONValue?
    ) async throws -> FarSide.Reply {
        let kind = places[0].kind
        let keys = places.map(entityKey)
        let place = kind.resource.place(on: .v2)
        var path = "/v2/\(place.segment)"
        if let owner = kind.parent {
            let parent = KeyCodec.encode(entityKey(Place(kind: owner, id: places[0].parent)), in: .path, syntax.version)
            path = "/v2/\(owner.resource.place(on: .v2).segment)/\(parent)/\(place.segment)"
        }
        let entities = body.map { body in
            JSONValue.object([
                "entities": .object(
                    JSONObject(keys.map { (KeyCodec.encode($0, in: .requestBody, syntax.version), body) }))
            ])
        }
        return try await side.send(
            method, "\(path)?\(KeyCodec.idsQuery(keys, syntax.version))", entities, headers: syntax.headers)
    }

    private static func entityKey(_ place: Place) -> EntityKey {
        switch place.kind {
        case .candidate: .parts(KeyParts(Keys.candidate(place.id)))
        case .application: .parts(KeyParts(Keys.application(place.id)))
        default: .simple(place.id)
        }
    }

    private static func key(_ place: Place, _ syntax: Syntax) -> String {
        KeyCodec.encode(entityKey(place), in: .responseBody, syntax.version)
    }

    private static func world(_ side: FarSide) async throws -> [Place: JSONValue] {
        var found: [Place: JSONValue] = [:]
        for kind in EntityKind.allCases {
            var cursor: String?
            repeat {
                let page = try await side.sandbox.controls.page(
                    of: kind.resource, organization: 5001, after: cursor, limit: 3)
                for entity in page.entities {
                    let parent = (entity["candidateId"] ?? entity["applicationId"])?.string ?? ""
                    found[Place(kind: kind, parent: parent, id: entity["id"]?.string ?? "")] = entity["body"]
                }
                cursor = page.next
            } while cursor != nil
        }
        return found
    }
}
