// SPDX-License-Identifier: Apache-2.0

package import Hummingbird
import JSONBytes

/// An answer that is not what the caller hoped for, as RFC 9457 problem JSON. It names the place and the remedy and
/// carries no data of people, so that it may be logged and pasted into a ticket.
package struct HTTPProblem: Error, Sendable {
    package var status: HTTPResponse.Status
    /// The last part of `type`; a stable name that programs switch on.
    package var code: String
    package var title: String
    /// What is wrong here, and what to do about it.
    package var detail: String
    /// One entry per fault of the body, each with the JSON pointer of the field.
    package var errors: [Fault] = []
    /// Seconds after which the same request may be sent again.
    package var retryAfter: Int?
    package var headers = HTTPFields()

    package init(_ status: HTTPResponse.Status, _ code: String, _ title: String, _ detail: String, errors: [Fault] = [])
    {
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.errors = errors
    }

    /// Appends the problem as one JSON object.
    func write(to json: inout JSONWriter, requestID: String) {
        json.beginObject()
        json.name("type")
        json.string("urn:crosswalk:problem:\(code)")
        json.name("title")
        json.string(title)
        json.name("status")
        json.int(Int64(status.code))
        json.name("detail")
        json.string(detail)
        json.name("requestId")
        json.string(requestID)
        if !errors.isEmpty {
            json.name("errors")
            json.faults(errors)
        }
        json.endObject()
    }

    func response(requestID: String) -> Response {
        var json = JSONWriter()
        write(to: &json, requestID: requestID)
        var headers = headers
        headers[.contentType] = "application/problem+json"
        if let retryAfter { headers[.retryAfter] = String(retryAfter) }
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: json.bytes)))
    }
}

extension JSONWriter {
    /// `[{"pointer","code","message"}, …]`
    mutating func faults(_ faults: [Fault]) {
        beginArray()
        for fault in faults {
            beginObject()
            name("pointer")
            string(fault.pointer)
            name("code")
            string(fault.code)
            name("message")
            string(fault.message)
            endObject()
        }
        endArray()
    }
}
