// SPDX-License-Identifier: Apache-2.0

package import JSONBytes

/// One page of a get_all or a finder: `{"elements":[…],"paging":{…}}` (jobs-oauth-restli 2.5, confidence C).
package struct CollectionPage: Sendable, Hashable {
    package struct Link: Sendable, Hashable {
        /// `prev` or `next`.
        package var rel: String
        package var href: String
        package var type = "application/json"
    }

    package var elements: [JSONValue]
    package var start: Int
    /// How many were asked for, not how many there are.
    package var count: Int
    package var total: Int?
    package var links: [Link]
    package var metadata: JSONValue?

    /// The framework's defaults when a query names neither.
    package static let defaultStart = 0, defaultCount = 10

    /// A page with the links the framework would give it.
    ///
    /// - Parameters:
    ///   - path: of the request, relative, without query.
    ///   - query: of the request, encoded; its `start` and `count` are replaced in the links.
    package init(elements: [JSONValue], start: Int, count: Int, total: Int?, path: String, query: String) {
        self.elements = elements
        self.start = start
        self.count = count
        self.total = total
        links = []
        guard count > 0 else { return }
        func link(_ rel: String, _ start: Int) -> Link {
            let kept = query.split(separator: "&").filter { !$0.hasPrefix("start=") && !$0.hasPrefix("count=") }
            let parameters = kept.map(String.init) + ["start=\(start)", "count=\(count)"]
            return Link(rel: rel, href: "\(path)?\(parameters.joined(separator: "&"))")
        }
        if start > 0 { links.append(link("prev", max(0, start - count))) }
        // Also after a full page that was exactly the last one.
        if total.map({ start + elements.count < $0 }) ?? false || elements.count == count {
            links.append(link("next", start + elements.count))
        }
    }

    /// Reads a page. `paging` may be missing, and hold only `start` and `count` (LinkedIn's samples).
    ///
    /// - Throws: `JSONError` when the body is not JSON or has no `elements`.
    package init(_ body: [UInt8]) throws {
        let value = try JSONValue(parsing: body)
        guard let elements = value["elements"]?.array else { throw JSONError(.type, at: 0, "expected elements") }
        self.elements = elements
        func number(_ name: String) -> Int? { value["paging"]?[name]?.int.flatMap(Int.init(exactly:)) }
        start = number("start") ?? Self.defaultStart
        count = number("count") ?? Self.defaultCount
        total = number("total")
        metadata = value["metadata"]
        links = (value["paging"]?["links"]?.array ?? []).compactMap { link in
            guard let rel = link["rel"]?.string, let href = link["href"]?.string else { return nil }
            return Link(rel: rel, href: href, type: link["type"]?.string ?? "application/json")
        }
    }

    /// Whether a client should ask for the next page: only a page shorter than asked for ends a collection. `total`
    /// and links are hints at most, because captures show a total of 0 on full pages (2.5, confidence D and T).
    package var mayHaveMore: Bool { count > 0 && elements.count >= count }

    package var json: JSONValue {
        var paging: JSONObject = ["start": .int(Int64(start)), "count": .int(Int64(count))]
        paging["links"] = .array(
            links.map { ["rel": .string($0.rel), "href": .string($0.href), "type": .string($0.type)] })
        paging["total"] = total.map { .int(Int64($0)) }
        var object: JSONObject = ["elements": .array(elements), "paging": .object(paging)]
        object["metadata"] = metadata
        return .object(object)
    }

    package var bytes: [UInt8] { json.bytes }
}

extension CollectionPage {
    /// The paging a query asks for.
    ///
    /// - Returns: start and count; an absent or empty parameter means the default.
    /// - Throws: `RestLiError` 400 with the framework's texts.
    package static func window(
        _ query: [String: Parameter]
    ) throws(RestLiError) -> (start: Int, count: Int) {
        func number(_ name: String, _ standard: Int) throws(RestLiError) -> Int {
            guard let parameter = query[name], parameter != .text("") else { return standard }
            guard let number = parameter.text.flatMap(Int32.init) else {
                throw RestLiError("Invalid (non-integer) start/count parameters")
            }
            return Int(number)
        }
        let start = try number("start", defaultStart)
        let count = try number("count", defaultCount)
        if start < 0 || count < 0 { throw RestLiError("start/count parameters must be non-negative") }
        return (start, count)
    }
}
