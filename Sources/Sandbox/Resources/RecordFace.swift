// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn
internal import RestLi

/// How one kind of record looks on one surface: its key parts, its fields' names and its shape. Records are stored in
/// v2 names, so the versioned surface is a renaming (modules-1-2 section 0.2).
struct RecordFace: Sendable {
    let kind: EntityKind
    let surface: Surface
    /// Rules of the body, in the surface's names.
    let shape: RecordShape
    private let place: ResourcePlace
    /// Versioned name → v2 name, of the fields whose names differ.
    private let renamed: [String: String]
    /// Where the rules that span fields look.
    let created: Int?
    let modified: Int?
    let emails: Int?
    let profileURL: Int?
    let manual: Int?
    let matched: Int?
    let candidate: Int?

    init(_ kind: EntityKind, on surface: Surface, _ switches: Switches) {
        self.kind = kind
        self.surface = surface
        place = kind.resource.place(on: surface)
        // Every kind of record has a schema: `Catalogue.schema` is nil only for resources that store none.
        let schema = Catalogue.schema(of: kind.resource)!
        var shape = RecordShape(schema, on: surface)
        if kind == .candidate && !switches.lastNameRequired {
            shape = shape.changing { $0 == "lastName" ? (false, .text(least: 0, most: nil)) : nil }
        }
        self.shape = shape
        renamed =
            surface.isVersioned
            ? Dictionary(
                uniqueKeysWithValues: schema.fields.compactMap { field in field.restName.map { ($0, field.name) } })
            : [:]
        created = shape.index(of: surface.isVersioned && kind == .candidate ? "externalCreatedAt" : "atsCreatedAt")
        modified = shape.index(
            of: surface.isVersioned && kind == .candidate ? "externalLastModifiedAt" : "atsLastModifiedAt")
        emails = shape.index(of: "emailAddresses")
        profileURL = shape.index(of: "linkedInProfileUrl")
        manual = shape.index(of: "manualMatchedMember")
        matched = shape.index(of: "matchedMembers")
        candidate = shape.index(of: "atsCandidateId")
    }

    // Keys

    /// Reads a record's key; parts by name, so their order is of no account.
    ///
    /// - Parameter parent: the key in front in the path, on v2's sub-resources.
    /// - Throws: `GatewayError` 400: a part is missing, `dataProvider` is not `ATS`, or the context is no organization.
    func address(_ key: EntityKey, under parent: EntityKey?) throws -> RecordAddress {
        var address = RecordAddress(organization: 0, parent: "", id: "")
        if let owner = kind.parent, !surface.isVersioned {
            guard let parent, let id = key.text else { throw Self.badKey }
            try read(parent, owner.resource.place(on: surface).key.parts) { role, value in
                switch role {
                case .id: address.parent = value
                case .context: address.organization = try Self.organization(value)
                default: break
                }
            }
            address.id = id
        } else {
            try read(key, place.key.parts) { role, value in
                switch role {
                case .id: address.id = value
                case .ownerID: address.parent = value
                case .context: address.organization = try Self.organization(value)
                default: break
                }
            }
        }
        guard !address.id.isEmpty, kind.parent == nil || !address.parent.isEmpty else { throw Self.badKey }
        return address
    }

    private func read(_ key: EntityKey, _ parts: [KeyPart], _ found: (KeyPart.Role, String) throws -> Void) throws {
        // A part too many is as wrong as one too few: `dataProvider` is mandatory in every v2 key and absent from
        // every versioned one.
        guard case .parts(let values) = key, values.count == parts.count else { throw Self.badKey }
        for part in parts {
            guard let value = values[part.name] else { throw Self.badKey }
            if part.role == .dataProvider && value != KeyPart.dataProviderValue {
                // UNVERIFIED: the wording (protocol reference 9, item 39: 400 for the request).
                throw GatewayError(400, "dataProvider must be \(KeyPart.dataProviderValue)")
            }
            try found(part.role, value)
        }
    }

    /// Documented by LinkedIn for task ids; the framework says it of every batch key that cannot be read.
    static let badKey = GatewayError(400, "Batch key parameter value is invalid")

    private static func organization(_ context: String) throws -> Int64 {
        let prefix = "urn:li:organization:"
        guard context.hasPrefix(prefix), let number = Int64(context.dropFirst(prefix.count)), number > 0 else {
            throw GatewayError(400, "integrationContext must be an organization URN")
        }
        return number
    }

    // Names

    /// The body in v2 names; the bytes as they are when no name differs.
    func stored(_ body: UnsafeRawBufferPointer, without dropped: [String] = []) throws -> [UInt8] {
        if renamed.isEmpty && dropped.isEmpty { return Array(body) }
        var result = JSONObject()
        for (name, value) in try JSONValue(parsing: body).object ?? [:] where !dropped.contains(name) {
            result[renamed[name] ?? name] = value
        }
        return JSONValue.object(result).bytes
    }

    /// A stored record in the surface's names.
    func shown(_ object: JSONObject) -> JSONObject {
        if renamed.isEmpty { return object }
        let back = Dictionary(uniqueKeysWithValues: renamed.map { ($1, $0) })
        return JSONObject(object.map { (back[$0.0] ?? $0.0, $0.1) })
    }
}

/// Which record a key names.
struct RecordAddress: Hashable, Sendable {
    var organization: Int64
    /// The candidate's or application's id; empty for kinds without a parent.
    var parent: String
    var id: String
}
