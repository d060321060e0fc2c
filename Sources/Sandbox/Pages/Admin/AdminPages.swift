// SPDX-License-Identifier: Apache-2.0

import Web

/// What a customer's admin does in Recruiter.
enum AdminPages {
    static let routes =
        ATSTab.routes + SeatsPage.routes + InvitePage.routes + SeatImport.routes + SeatPage.routes
        + ContractsPage.routes + ProductsPage.routes + UsagePage.routes + SeatUsePage.routes

    static let fragments = [SeatForm.fragment]

    /// What they say after a redirect, by the word in `?done=`.
    static let notices = [
        "ats-on": "Switched on. The ATS is told.", "ats-off": "Switched off. The ATS is told.",
        "seat-saved": "Saved.", "seat-invited": "Invited.", "seat-active": "The seat is active.",
        "seat-parked": "The seat is parked.", "seat-inactive": "The licence is taken away.",
        "seats-imported": "The file is imported.", "contract-added": "The contract is added.",
        "contract-renamed": "The contract has another name.", "export-on": "One-click export is on.",
        "export-off": "One-click export is off.",
    ]
}
