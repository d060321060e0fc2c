// SPDX-License-Identifier: Apache-2.0

/// What may stand in a field of LinkedIn's entities. Lengths count characters.
package indirect enum FieldType: Hashable, Sendable {
    case string(min: Int = 0, max: Int? = nil)
    /// An absolute http or https URL in a string; see `URLRule`.
    case url
    /// A string of the form `X@X.X`; see `EmailRule`.
    case email
    /// Milliseconds since 1970-01-01 UTC, greater than zero; see `EpochRule`.
    case epochMillis
    case bool
    case enumeration([String])
    /// A URN of one of these types: `["organization"]`.
    case urn([String])
    case array(FieldType, min: Int = 0, max: Int? = nil)
    case record(EntitySchema)
    /// Exactly one of the members, written with its name: `{"string": "…"}`.
    case union([Field])
}

/// One field of an entity, as data: the sandbox validates from it and the documentation is generated from it.
package struct Field: Hashable, Sendable {
    package enum Requirement: Hashable, Sendable {
        case required
        case optional
        /// Required unless what the text says holds: `a member is attached`.
        case unless(String)
        /// Written by LinkedIn; a value sent for it is ignored.
        case readOnly
    }

    package enum Availability: Hashable, Sendable {
        case everywhere
        case v2Only
        case restOnly
    }

    /// When LinkedIn notices a broken rule.
    package enum Checked: Hashable, Sendable {
        /// In the answer to the request.
        case atOnce
        /// Only in the job's task, which then fails.
        case inTask
    }

    /// The name on v2.
    package var name: String
    /// The name on the versioned surface where it differs.
    package var restName: String?
    package var type: FieldType
    package var requirement: Requirement
    package var availability: Availability
    package var checked: Checked
    /// Texts that may not stand here.
    package var forbidden: [String]
    package var source: Source

    package init(
        _ name: String, rest restName: String? = nil, _ type: FieldType, _ requirement: Requirement,
        on availability: Availability = .everywhere, checked: Checked = .atOnce, forbidden: [String] = [],
        _ source: Source
    ) {
        self.name = name
        self.restName = restName
        self.type = type
        self.requirement = requirement
        self.availability = availability
        self.checked = checked
        self.forbidden = forbidden
        self.source = source
    }

    /// An optional field.
    package init(
        _ name: String, rest restName: String? = nil, _ type: FieldType, on availability: Availability = .everywhere,
        checked: Checked = .atOnce, _ source: Source
    ) {
        self.init(name, rest: restName, type, .optional, on: availability, checked: checked, source)
    }

    package var isRequired: Bool { requirement == .required }

    package func name(on surface: Surface) -> String {
        surface.isVersioned ? restName ?? name : name
    }

    package func exists(on surface: Surface) -> Bool {
        switch availability {
        case .everywhere: true
        case .v2Only: !surface.isVersioned
        case .restOnly: surface.isVersioned
        }
    }
}

/// The fields of one kind of entity, without its key parts.
package struct EntitySchema: Hashable, Sendable {
    /// LinkedIn's name for the record: `Candidate`, `Address`.
    package var name: String
    package var fields: [Field]

    package init(_ name: String, _ fields: [Field]) {
        self.name = name
        self.fields = fields
    }

    /// - Returns: the field of that name on that surface, or nil.
    package func field(_ name: String, on surface: Surface = .v2) -> Field? {
        fields.first { $0.exists(on: surface) && $0.name(on: surface) == name }
    }
}
