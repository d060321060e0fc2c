// SPDX-License-Identifier: Apache-2.0

import People

/// What goes wrong, and when: a list of rules and a seed. The same plan and the same order of requests give the same
/// faults.
package struct FaultPlan: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        case tooManyRequests = "429"
        case internalError = "500"
        case unavailable = "503"
        /// Answers after `delay`.
        case slow
        /// Closes the connection; nothing was done.
        case dropBefore = "drop_before"
        /// Does what was asked and closes the connection without an answer.
        case dropAfter = "drop_after"
        /// Some entities of a batch fail with 500; the others are done.
        case partial
        /// A push notification is sent twice.
        case pushDuplicate = "push_duplicate"
        /// A push notification is sent `delay` late, by the sandbox's clock.
        case pushLate = "push_late"
        /// A push notification comes after the one behind it; alone it waits `delay` for one.
        case pushOutOfOrder = "push_out_of_order"
        /// A push notification carries a wrong signature.
        case pushBadSignature = "push_bad_signature"

        var isPush: Bool {
            switch self {
            case .pushDuplicate, .pushLate, .pushOutOfOrder, .pushBadSignature: true
            default: false
            }
        }
    }

    package struct Rule: Sendable, Hashable {
        package var kind: Kind
        /// 0…1, of the requests the rule looks at.
        package var probability: Double
        /// Only requests of this endpoint group, `oauth` included; nil: all.
        package var group: String?
        /// Leaves the first so many matching requests alone.
        package var after: Int
        /// Strikes at most so often; nil: for ever.
        package var times: Int?
        package var delay: Duration
        /// Seconds for a `Retry-After` header; nil: none.
        package var retryAfter: Int?
        /// For `partial`: part of the entities that fail.
        package var share: Double

        package init(
            _ kind: Kind, probability: Double = 1, group: String? = nil, after: Int = 0, times: Int? = nil,
            delay: Duration = .milliseconds(1000), retryAfter: Int? = nil, share: Double = 0.5
        ) {
            self.kind = kind
            self.probability = probability
            self.group = group
            self.after = after
            self.times = times
            self.delay = delay
            self.retryAfter = retryAfter
            self.share = share
        }
    }

    package var seed: UInt64
    package var rules: [Rule]

    package init(seed: UInt64, rules: [Rule]) {
        self.seed = seed
        self.rules = rules
    }
}
