// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import JSONBytes

extension JSONWriter {
    mutating func member(_ name: String, _ value: String) {
        self.name(name)
        string(value)
    }

    mutating func member(_ name: String, _ value: Int) {
        self.name(name)
        int(Int64(value))
    }

    mutating func member(_ name: String, _ value: Bool) {
        self.name(name)
        bool(value)
    }

    /// A moment in ISO 8601 with milliseconds, in UTC.
    mutating func member(_ name: String, _ moment: Millis) {
        member(name, moment.iso8601)
    }
}

extension Response {
    /// A JSON object as the body.
    static func json(_ status: HTTPResponse.Status = .ok, _ write: (inout JSONWriter) throws -> Void) rethrows
        -> Response
    {
        var json = JSONWriter()
        json.beginObject()
        try write(&json)
        json.endObject()
        return Response(
            status: status, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: json.bytes)))
    }
}
