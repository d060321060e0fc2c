// SPDX-License-Identifier: Apache-2.0

import JSONBytes

/// Why the control API did not do what was asked: names the field and the remedy.
package struct ControlError: Error, Sendable, Hashable {
    package var status: Int
    /// The member, query parameter or path that is wrong; nil when it is the request as a whole.
    package var field: String?
    package var message: String
    package var remedy: String

    package init(_ status: Int = 400, field: String? = nil, _ message: String, remedy: String) {
        self.status = status
        self.field = field
        self.message = message
        self.remedy = remedy
    }

    /// `{"status","field","message","remedy"}`.
    var json: JSONValue {
        var object: JSONObject = ["status": .int(Int64(status))]
        if let field { object["field"] = .string(field) }
        object["message"] = .string(message)
        object["remedy"] = .string(remedy)
        return .object(object)
    }
}
