// SPDX-License-Identifier: Apache-2.0

import Domain
import Intake

/// The customer a request speaks for: nothing of another customer can be named from here on.
struct Caller: Sendable {
    let number: Int64
    let id: CustomerID
    let settings: CustomerSettings

    init(_ customer: Customer) {
        number = customer.number
        id = customer.id
        settings = customer.settings
    }

    /// The checks and translations of this customer.
    func intake(_ time: any Timekeeper) -> Intake {
        Intake(
            Intake.Settings(
                profileURLTemplate: settings.profileURLTemplate,
                jobAvailability: settings.publishesJobs ? .public : .private,
                now: { time.now() }))
    }
}
