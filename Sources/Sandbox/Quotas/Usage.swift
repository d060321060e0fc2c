// SPDX-License-Identifier: Apache-2.0

package import LinkedIn

/// What an application used of an endpoint group on one UTC day.
package struct Usage: Sendable, Hashable {
    package var application: Int64
    package var group: EndpointGroup
    package var utcDay: Int64
    package var requests: Int
    /// Records written; reads count as requests only.
    package var records: Int
    /// Requests answered with 429; they are in none of the other counters.
    package var throttled: Int
}
