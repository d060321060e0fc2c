// SPDX-License-Identifier: Apache-2.0

internal import LinkedIn
internal import RestLi
internal import Synchronization

/// Candidates, applications, and what hangs on them, on both surfaces.
///
/// A batch answers 200 whatever becomes of its records; one bad record never fails its neighbours. Without a batch,
/// the record's own outcome is the answer. The methods are in the extensions `+Write`, `+Patch`, `+Read` and
/// `+Delete`.
final class RecordResource: ResourceHandler {
    let kind: EntityKind
    let core: SandboxCore
    private let rules: Mutex<(switches: Switches, unversioned: RecordRules?, versioned: RecordRules?)>

    /// - Precondition: jobs are submitted, not stored: they have a resource of their own.
    init(_ kind: EntityKind, _ core: SandboxCore) {
        precondition(kind != .job, "jobs are submitted to JobPostingResource")
        self.kind = kind
        self.core = core
        rules = Mutex((core.settings.switches, nil, nil))
    }

    /// One record of a request.
    struct Item {
        var key: EntityKey
        var address: RecordAddress
        /// Where its body is in the request's; nil for reads and deletions.
        var body: Range<Int>?
    }

    func answer(_ call: Call) async throws -> Answer {
        switch call.method {
        case .batchUpdate: return .batch(try await update(bodies(call), call), call.version)
        case .update: return .single(try await update([whole(call)], call)[0].outcome)
        case .batchPartialUpdate: return .batch(try await patch(bodies(call), call), call.version)
        case .partialUpdate: return .single(try await patch([whole(call)], call)[0].outcome)
        case .batchGet: return .batch(try await get(items(call), call), call.version, isRead: true)
        case .get: return .single(try await get([whole(call)], call)[0].outcome)
        case .batchDelete: return .batch(try await delete(items(call), call), call.version)
        case .delete: return .single(try await delete([whole(call)], call)[0].outcome)
        default: throw call.unsupported
        }
    }

    /// The rules of a surface under the switches of now; made anew only when a switch was turned.
    func rules(for call: Call) -> RecordRules {
        let switches = call.switches
        return rules.withLock { cached in
            if cached.switches != switches { cached = (switches, nil, nil) }
            let known = call.surface.isVersioned ? cached.versioned : cached.unversioned
            if let known { return known }
            let made = RecordRules(RecordFace(kind, on: call.surface, switches), switches)
            if call.surface.isVersioned { cached.versioned = made } else { cached.unversioned = made }
            return made
        }
    }

    func gate(_ call: Call) -> RecordGate {
        RecordGate(application: call.application.number, access: call.access, call.switches)
    }
}

extension RecordResource {
    /// The batch limit of every page of this family (documented). The text is the framework's.
    static let mostKeys = 100

    /// The keys of `ids`.
    private func items(_ call: Call) throws -> [Item] {
        try Self.limit(call.keys.count, call.method)
        let face = rules(for: call).face
        return try call.keys.map { Item(key: $0, address: try face.address($0, under: call.parentKey), body: nil) }
    }

    /// The members of `entities`, which name the keys of `ids`.
    private func bodies(_ call: Call) throws -> [Item] {
        let isSimple = kind.resource.place(on: call.surface).key.isSimple
        let ranges = try call.body.withUnsafeBytes { bytes in
            try Envelope.match(Envelope.entities(in: bytes, call.method), to: call.keys, call.version, simple: isSimple)
        }
        return try zip(items(call), ranges).map { Item(key: $0.key, address: $0.address, body: $1) }
    }

    /// The record that the path names, its body the whole request body.
    private func whole(_ call: Call) throws -> Item {
        guard let key = call.entityKey else { throw RecordFace.badKey }
        return Item(
            key: key, address: try rules(for: call).face.address(key, under: call.parentKey), body: 0..<call.body.count)
    }

    static func limit(_ count: Int, _ method: Method) throws {
        guard count > mostKeys else { return }
        throw GatewayError(
            400,
            "The request batch size: \(count) is larger than the allowed max batch size: \(mostKeys) for method: \(method.rawValue)"
        )
    }
}
