// SPDX-License-Identifier: Apache-2.0

import JSONBytes

enum JSONText {
    /// The members of an object with the text of their values, or nil when it is none.
    static func members(_ text: String) -> [(name: String, value: String)]? {
        (try? JSONValue(parsing: text))?.object.map { object in
            object.map { ($0.0, String(decoding: $0.1.bytes, as: UTF8.self)) }
        }
    }
}
