// SPDX-License-Identifier: Apache-2.0

/// A resource's answer.
package struct Answer: Sendable {
    package var status: Int
    /// In addition to those the pipeline sets on every answer.
    package var headers: [(String, String)]
    /// JSON, or empty.
    package var body: [UInt8]

    package init(status: Int = 200, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package static let noContent = Answer(status: 204)
}
