// SPDX-License-Identifier: Apache-2.0

import JSONBytes

/// One element of the answer to a batch_create, in the request's order (jobs-oauth-restli 2.5, confidence C).
package enum CreateAnswer: Sendable, Hashable {
    case created(id: String, status: Int, location: String?)
    case failed(ErrorBody)

    /// Writes `{"elements":[…]}`.
    package static func write(_ answers: [CreateAnswer]) -> [UInt8] {
        var writer = JSONWriter(capacity: answers.count * 128)
        writer.beginObject()
        writer.name("elements")
        writer.beginArray()
        for answer in answers { answer.write(to: &writer) }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    /// Reads `{"elements":[…]}`. An element is a failure when it has an `error`, or a status of 400 or more.
    ///
    /// - Throws: `JSONError` when the body is not JSON or not such an object.
    package static func read(_ body: [UInt8]) throws -> [CreateAnswer] {
        let value = try JSONValue(parsing: body)
        guard let elements = value["elements"]?.array else { throw JSONError(.type, at: 0, "expected elements") }
        return elements.map { element in
            let status = element["status"]?.int.flatMap(Int.init(exactly:)) ?? 500
            if let error = element["error"], !error.isNull { return .failed(.decode(error, fallback: status)) }
            guard status < 400, let id = element["id"]?.string ?? element["id"]?.int.map({ "\($0)" }) else {
                return .failed(.decode(element, fallback: status))
            }
            return .created(id: id, status: status, location: element["location"]?.string)
        }
    }

    private func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("status")
        switch self {
        case .created(let id, let status, let location):
            writer.int(Int64(status))
            writer.name("id")
            writer.string(id)
            if let location {
                writer.name("location")
                writer.string(location)
            }
        case .failed(let error):
            writer.int(Int64(error.status))
            writer.name("error")
            writer.value(error.json)
        }
        writer.endObject()
    }
}
