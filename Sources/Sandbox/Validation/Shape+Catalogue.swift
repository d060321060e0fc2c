// SPDX-License-Identifier: Apache-2.0

internal import LinkedIn

extension RecordShape {
    /// The shape of an entity on one surface, from LinkedIn's field catalogue.
    ///
    /// Limits that LinkedIn checks only in a job's task, and fields that it writes itself, are not part of it.
    init(_ schema: EntitySchema, on surface: Surface) {
        self.init(
            schema.name,
            schema.fields.filter { $0.exists(on: surface) }.map { field in
                Field(field.name(on: surface), isRequired: field.isRequired, Shape(field, on: surface))
            })
    }

    /// The same shape with other rules for some fields; nil leaves a field's own shape.
    func changing(_ change: (_ name: String) -> (isRequired: Bool, shape: Shape)?) -> RecordShape {
        RecordShape(
            name,
            fields.map { field in
                guard let (isRequired, shape) = change(field.name) else { return field }
                return Field(field.name, isRequired: isRequired, shape)
            })
    }
}

extension Shape {
    fileprivate init(_ field: LinkedIn.Field, on surface: Surface) {
        guard field.requirement != .readOnly else {
            self = .anything
            return
        }
        self.init(field.type, on: surface)
        switch self {
        case .text(let least, let most, _) where field.checked == .atOnce:
            self = .text(least: least, most: most, never: field.forbidden.map { Array($0.utf8) })
        case .text:
            self = .text(least: 0, most: nil)
        default: break
        }
    }

    private init(_ type: FieldType, on surface: Surface) {
        switch type {
        case .string(let least, let most): self = .text(least: least, most: most)
        case .url: self = .url
        case .email: self = .email
        case .epochMillis: self = .long(isPositive: true)
        case .bool: self = .flag
        case .enumeration(let words): self = .symbol(words.map { Array($0.utf8) })
        case .urn(let types): self = .urn(types.map { Array("urn:li:\($0):".utf8) })
        case .array(let element, let least, let most):
            self = .list(Shape(element, on: surface), least: least, most: most)
        case .record(let schema): self = .record(RecordShape(schema, on: surface))
        case .union(let members): self = .union(RecordShape(EntitySchema("union", members), on: surface))
        }
    }
}
