// SPDX-License-Identifier: Apache-2.0

/// The keys of this module's log lines. Values are never data of people: no payloads, no ids of records.
enum LogKey {
    static let requestID = "request.id"
    static let route = "http.route"
    static let status = "http.status"
    static let milliseconds = "duration.ms"
    static let error = "error"
    static let customer = "customer.id"
    static let outcome = "outcome"
    static let lines = "bulk.lines"
}
