// SPDX-License-Identifier: Apache-2.0

package import LinkedIn

/// One request to LinkedIn's side, as it was answered. Tokens and secrets are never in it.
package struct JournalEntry: Sendable {
    /// From 1, in the order the answers were made. Set by the journal.
    package var number: Int = 0
    /// When the request came, by the sandbox's clock.
    package var time: Moment
    /// As meant: a tunnelled request shows its own method and query.
    package var method: String
    package var path: String
    package var query: String
    package var isTunnelled: Bool
    /// Name of the resource; nil when none was found.
    package var resource: String?
    /// The quotas that it counts against.
    package var groups: [EndpointGroup] = []
    /// `batch_update`, …; nil when it was not routed.
    package var restliMethod: String?
    /// Client id of the token's application.
    package var application: String?
    /// 0 when the connection was closed without an answer.
    package var status: Int
    /// Entities of a batch; 1 for a single one.
    package var records: Int
    package var requestID: String
    package var microseconds: Int64
    /// Kind of the planned fault that struck.
    package var fault: String?
    /// The beginning of the bodies; nil when they are withheld because they hold credentials.
    package var requestBody: [UInt8]?
    package var responseBody: [UInt8]?
    /// The full lengths.
    package var requestBytes: Int
    package var responseBytes: Int

    /// Bytes of each body that are kept.
    static let bodyLimit = 2048

    /// About what it costs in memory.
    var cost: Int { 256 + path.utf8.count + query.utf8.count + (requestBody?.count ?? 0) + (responseBody?.count ?? 0) }

    /// False: the bodies hold credentials and are left out.
    private var keepsBodies = true

    package init(_ request: SandboxRequest, time: Moment, requestID: String) {
        self.time = time
        self.requestID = requestID
        method = request.method
        path = request.path
        query = request.query
        isTunnelled = false
        status = 0
        records = 0
        microseconds = 0
        requestBytes = request.body.count
        responseBytes = 0
    }

    mutating func keepRequestBody(_ body: [UInt8]) {
        if keepsBodies { requestBody = Array(body.prefix(Self.bodyLimit)) }
    }

    mutating func keepResponseBody(_ body: [UInt8]) {
        responseBytes = body.count
        if keepsBodies { responseBody = Array(body.prefix(Self.bodyLimit)) }
    }

    mutating func withholdBodies() {
        keepsBodies = false
        requestBody = nil
        responseBody = nil
    }
}
