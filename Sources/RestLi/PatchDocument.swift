// SPDX-License-Identifier: Apache-2.0

package import JSONBytes

/// What a partial update changes: `{"patch":{"$set":{…},"$delete":[…],"child":{"$set":{…}}}}` (jobs-oauth-restli 2.5,
/// confidence C).
package struct PatchDocument: Sendable, Hashable {
    package var set: JSONObject
    package var delete: [String]
    /// Patches of members that are objects themselves.
    package var children: [String: PatchDocument]

    package init(set: JSONObject = [:], delete: [String] = [], children: [String: PatchDocument] = [:]) {
        self.set = set
        self.delete = delete
        self.children = children
    }

    /// Reads the whole body, `{"patch":{…}}`.
    ///
    /// - Throws: `RestLiError` 400 for another shape, 422 for a field that is both set and deleted, or touched twice.
    package static func parse(_ body: JSONValue) throws(RestLiError) -> PatchDocument {
        guard let patch = body["patch"] else { throw malformed("expected the member patch") }
        return try parse(patch, depth: 0)
    }

    private static func parse(_ value: JSONValue, depth: Int) throws(RestLiError) -> PatchDocument {
        guard case .object(let members) = value else { throw malformed("expected an object") }
        guard depth < Parameter.depthLimit else { throw malformed("more than \(Parameter.depthLimit) levels") }
        var patch = PatchDocument()
        for (name, member) in members {
            switch (name, member) {
            case ("$set", .object(let fields)): patch.set = fields
            case ("$delete", .array(let names)):
                for name in names {
                    guard case .string(let text) = name else { throw malformed("expected names in $delete") }
                    patch.delete.append(text)
                }
            case ("$set", _): throw malformed("expected an object in $set")
            case ("$delete", _): throw malformed("expected an array in $delete")
            // LinkedIn's APIs replace whole arrays with $set; the framework's $reorder is not among them (2.5).
            case ("$reorder", _): throw malformed("$reorder is not supported")
            default: patch.children[name] = try parse(member, depth: depth + 1)
            }
        }
        // UNVERIFIED: the texts of both; the rule is the framework's.
        for name in patch.delete where patch.set[name] != nil {
            throw RestLiError(status: 422, "ERROR :: /\(name) :: field is both set and deleted\n")
        }
        for name in patch.children.keys.sorted() where patch.set[name] != nil || patch.delete.contains(name) {
            throw RestLiError(status: 422, "ERROR :: /\(name) :: field is changed more than once\n")
        }
        return patch
    }

    /// The fields an object would have after this patch.
    ///
    /// - Throws: `RestLiError` 422 when a patch of a child meets a member that is no object.
    package func apply(to object: JSONObject) throws(RestLiError) -> JSONObject {
        var result = object
        for name in delete { result[name] = nil }
        for (name, value) in set { result[name] = value }
        for (name, child) in children {
            switch result[name] ?? .object([:]) {
            case .object(let members): result[name] = .object(try child.apply(to: members))
            default:
                throw RestLiError(status: 422, "ERROR :: /\(name) :: patch of a field that is no record\n")
            }
        }
        return result
    }

    /// The whole body, `{"patch":{…}}`.
    package var bytes: [UInt8] { JSONValue.object(["patch": json]).bytes }

    private var json: JSONValue {
        var object: JSONObject = [:]
        if !set.isEmpty { object["$set"] = .object(set) }
        if !delete.isEmpty { object["$delete"] = .array(delete.map { .string($0) }) }
        for name in children.keys.sorted() { object[name] = children[name]?.json }
        return .object(object)
    }

    private static func malformed(_ what: String) -> RestLiError { RestLiError("Malformed patch: \(what)") }
}
