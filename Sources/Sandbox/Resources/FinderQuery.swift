// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn
internal import RestLi

/// A call of one finder: its parameters, read by name, and the page that answers it.
///
/// UNVERIFIED: the texts of refusals; that they are 400 is the framework's (modules 3–5, A.5.3).
struct FinderQuery {
    private let call: Call
    let window: (start: Int, count: Int)
    private let projection: Projection?

    /// - Throws: `RestLiError` 400 when another method or finder was called, or `start`, `count` or `fields` is wrong.
    init(_ call: Call, finder: String) throws {
        guard call.method == .finder, call.query["q"]?.text == finder else { throw call.unsupported }
        self.call = call
        window = try CollectionPage.window(call.query)
        projection = try call.query["fields"]?.text.map(Projection.parse)
    }

    /// A page of the answer, each element in the fields that were asked for.
    func page(_ elements: [JSONObject], total: Int? = nil) -> Answer {
        let shown = elements.map { element in projection.map { $0.apply(to: .object(element)) } ?? .object(element) }
        return Answer(
            body: CollectionPage(
                elements: shown, start: window.start, count: window.count, total: total,
                path: "/\(call.surface.base)/\(call.resource.place(on: call.surface).segment)", query: call.rawQuery
            ).bytes)
    }

    /// True when the parameter is there and says something.
    func has(_ name: String) -> Bool { call.query[name].map { $0 != .text("") } ?? false }

    func text(_ name: String) throws -> String? { try text(call.query[name], name) }

    func urn<Kind>(_ name: String, _: TypedURN<Kind>.Type) throws -> TypedURN<Kind>? {
        try text(name).map { try Self.urn($0, name) }
    }

    /// Every value of a parameter that may come more than once: `name=a&name=b` and `name[0]=a` under 1.0.0,
    /// `name=List(a,b)` under 2.0.0.
    func texts(_ name: String) throws -> [String]? {
        guard has(name), let value = call.query[name] else { return nil }
        return try (value.list ?? [value]).map { try Self.required(try text($0, name), name) }
    }

    func urns<Kind>(_ name: String, _: TypedURN<Kind>.Type) throws -> [TypedURN<Kind>]? {
        try texts(name)?.map { try Self.urn($0, name) }
    }

    /// Milliseconds since 1970.
    func millis(_ name: String) throws -> Int64? { try millis(call.query[name], name) }

    /// The two ends of a range: `name.start=1&name.end=2` under 1.0.0, `name=(start:1,end:2)` under 2.0.0. The first
    /// spelling is read under both, because LinkedIn's page knows no other.
    func range(_ name: String) throws -> (start: Int64?, end: Int64?) {
        let record = call.query[name]
        guard record == nil || record?.map != nil else { throw Self.invalid(name) }
        func end(_ part: String) throws -> Int64? {
            try millis(record?.map?[part] ?? call.query["\(name).\(part)"], "\(name).\(part)")
        }
        return (try end("start"), try end("end"))
    }

    func flag(_ name: String) throws -> Bool? {
        try text(name).map { text in
            guard let flag = Bool(text) else { throw Self.invalid(name) }
            return flag
        }
    }

    func required<Value>(_ name: String, _ value: Value?) throws -> Value { try Self.required(value, name) }

    static func invalid(_ name: String) -> RestLiError { RestLiError("Parameter '\(name)' is invalid") }

    // Reading

    private func text(_ parameter: Parameter?, _ name: String) throws -> String? {
        guard let parameter, parameter != .text("") else { return nil }
        guard let text = parameter.text else { throw Self.invalid(name) }
        return text
    }

    private func millis(_ parameter: Parameter?, _ name: String) throws -> Int64? {
        try text(parameter, name).map { text in
            guard let number = Int64(text) else { throw Self.invalid(name) }
            return number
        }
    }

    private static func urn<Kind>(_ text: String, _ name: String) throws -> TypedURN<Kind> {
        guard let urn = TypedURN<Kind>(text) else { throw invalid(name) }
        return urn
    }

    private static func required<Value>(_ value: Value?, _ name: String) throws -> Value {
        guard let value else { throw RestLiError("Parameter '\(name)' is required") }
        return value
    }
}
