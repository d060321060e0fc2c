// SPDX-License-Identifier: Apache-2.0

package import JSONBytes

/// An error as Rest.li and LinkedIn's gateway write it (jobs-oauth-restli 3.3, confidence C).
///
/// Every member but `status` is optional: old pages show three of them, captures more, and a client accepts any subset.
package struct ErrorBody: Sendable, Hashable {
    package var status: Int
    package var message: String?
    package var code: String?
    /// Deprecated by LinkedIn in favour of `code`, still sent.
    package var serviceErrorCode: Int?
    package var requestID: String?
    /// Members we do not know, kept as they came (`docUrl`, `errorDetails`, …).
    package var others: JSONObject = [:]

    package init(
        status: Int, message: String? = nil, code: String? = nil, serviceErrorCode: Int? = nil, requestID: String? = nil
    ) {
        self.status = status
        self.message = message
        self.code = code
        self.serviceErrorCode = serviceErrorCode
        self.requestID = requestID
    }

    package init(_ error: RestLiError) { self.init(status: error.status, message: error.message) }

    /// Reads an error whatever is missing or of an unexpected type.
    ///
    /// - Parameter fallback: the status when the body has none, usually that of the HTTP answer.
    package static func decode(_ value: JSONValue, fallback: Int = 500) -> ErrorBody {
        var error = ErrorBody(status: value["status"]?.int.flatMap(Int.init(exactly:)) ?? fallback)
        guard case .object(let members) = value else { return error }
        for (name, member) in members {
            switch name {
            case "status": break
            case "message": error.message = member.string
            case "code": error.code = member.string ?? member.int.map { "\($0)" }
            case "serviceErrorCode": error.serviceErrorCode = member.int.flatMap(Int.init(exactly:))
            case "requestId": error.requestID = member.string
            default: error.others[name] = member
            }
        }
        return error
    }

    /// Reads the body of an error answer; a body that is no JSON object (a proxy's page) gives only the status.
    package static func decode(_ bytes: [UInt8], status: Int) -> ErrorBody {
        guard let value = try? JSONValue(parsing: bytes) else { return ErrorBody(status: status) }
        return decode(value, fallback: status)
    }

    package var json: JSONValue {
        var object: JSONObject = [:]
        object["message"] = message.map { .string($0) }
        object["serviceErrorCode"] = serviceErrorCode.map { .int(Int64($0)) }
        object["code"] = code.map { .string($0) }
        object["requestId"] = requestID.map { .string($0) }
        for (name, value) in others { object[name] = value }
        object["status"] = .int(Int64(status))
        return .object(object)
    }

    package var bytes: [UInt8] { json.bytes }
}
