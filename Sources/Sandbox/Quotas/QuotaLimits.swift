// SPDX-License-Identifier: Apache-2.0

package import LinkedIn

/// What one endpoint group allows one application; nil means no limit.
package struct QuotaLimits: Sendable, Hashable {
    package var requestsPerDay: Int?
    package var recordsPerMinute: Int?
    package var recordsPerDay: Int?

    package init(requestsPerDay: Int?, recordsPerMinute: Int?, recordsPerDay: Int?) {
        self.requestsPerDay = requestsPerDay
        self.recordsPerMinute = recordsPerMinute
        self.recordsPerDay = recordsPerDay
    }

    static let none = QuotaLimits(requestsPerDay: nil, recordsPerMinute: nil, recordsPerDay: nil)

    /// LinkedIn's documented figures; their sources stand in `LinkedIn.Quota`.
    package static let documented: [EndpointGroup: QuotaLimits] = Dictionary(
        uniqueKeysWithValues: EndpointGroup.allCases.map { group in
            let quota = group.quota
            return (
                group,
                QuotaLimits(
                    requestsPerDay: quota.requestsPerDay, recordsPerMinute: quota.recordsPerMinute,
                    recordsPerDay: quota.recordsPerDay)
            )
        })
}
