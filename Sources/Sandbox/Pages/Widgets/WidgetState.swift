// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import SQLFile
import Web

/// Why a widget is not there for a company yet: whose turn it is.
struct WidgetState: Sendable {
    var widget: Widget
    /// nil while nobody has asked for the integration.
    var stored: StoredIntegration?
    /// Whether the ATS has said what it is called, which is the last thing before it can be enabled.
    private var isNamed: Bool { stored?.name != nil }
    /// Active administrators of the company.
    var admins: [String]

    /// A sentence or two: what is missing, and who can do it.
    var problem: WidgetProblem {
        let who =
            admins.isEmpty
            ? "A Recruiter administrator" : "A Recruiter administrator (\(admins.joined(separator: ", ")))"
        let text =
            switch stored?.status {
            case nil:
                "Nobody has asked for it yet. \(who) does that in the ATS's settings, in the LinkedIn integrations plugin; the ATS answers, and then it is enabled in Recruiter."
            case .disabled: "It was switched off in Recruiter. \(who) can enable it again there, under Admin, ATS."
            case .requested where isNamed: "The ATS is ready. \(who) enables it in Recruiter, under Admin, ATS."
            case .requested, .enabled:
                "It was asked for, and the ATS has still to answer. Afterwards it is enabled in Recruiter, under Admin, ATS."
            }
        return WidgetProblem(
            status: 403, title: "\(widget.title): not enabled", text: text, isUsual: true,
            link: stored == nil || stored?.status == .requested && !isNamed ? nil : Self.recruiter)
    }

    private static let recruiter = Link("Open the ATS tab in Recruiter", "/talent/admin/ats")
}

extension SQLTransaction {
    /// The first names on the list of who may enable something.
    func activeAdminNames(organization: Int64, limit: Int = 3) throws -> [String] {
        try activeAdminNumbers(organization: organization, limit: limit).compactMap { number in
            try seat(number: number).map { "\($0.firstName) \($0.lastName)" }
        }
    }
}
