// SPDX-License-Identifier: Apache-2.0

/// The name under which an event is known outside, in the feed and as `webhook-id`: `evt_acme_42`.
///
/// It holds the customer, so that one receiver of several customers' webhooks can tell their events apart, and the number, so that an
/// event has the same name in every retry and replay without being stored for that.
package struct EventID: Hashable, Sendable, CustomStringConvertible {
    package var customer: CustomerID
    package var number: Int64

    package init(customer: CustomerID, number: Int64) {
        self.customer = customer
        self.number = number
    }

    /// - Returns: nil for a text that is not an event's name.
    package init?(_ text: String) {
        guard text.hasPrefix("evt_"), let mark = text.dropFirst(4).lastIndex(of: "_"),
            let customer = CustomerID(String(text.dropFirst(4)[..<mark])),
            let number = Int64(text[mark...].dropFirst()), number > 0
        else { return nil }
        self.init(customer: customer, number: number)
        guard description == text else { return nil }
    }

    package var description: String { "evt_\(customer.text)_\(number)" }
}
