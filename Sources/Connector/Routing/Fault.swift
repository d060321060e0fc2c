// SPDX-License-Identifier: Apache-2.0

import Intake

/// One thing that is wrong with a request, as it is shown: an entry of a problem's `errors`, or a warning.
package struct Fault: Hashable, Sendable {
    /// JSON pointer (RFC 6901) of the field; `?name` for a query parameter, empty for the whole body.
    package var pointer: String
    package var code: String
    /// What is wrong and the remedy; never the value.
    package var message: String

    init(_ pointer: String, _ code: String, _ message: String) {
        self.pointer = pointer
        self.code = code
        self.message = message
    }

    init(_ problem: Problem) {
        self.init(problem.pointer, problem.code.rawValue, problem.message)
    }
}
