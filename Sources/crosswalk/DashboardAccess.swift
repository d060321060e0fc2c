// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Domain
import LinkedInClient
import Store
import Sync

/// What the dashboard's pages may ask of LinkedIn: the same as the commands, under the same rules.
enum DashboardAccess {
    static func onboarder(_ workspace: Workspace, _ access: LinkedInAccess) -> Onboarder {
        Onboarder(
            address: { access.url(for: $0) },
            add: { draft, note in
                let tenant = NewTenant(
                    id: draft.id, name: draft.name, organization: draft.organization, contracts: draft.contracts,
                    credentials: draft.credentials, partner: nil, settings: draft.settings)
                let added = try await refusing { try await CustomerAdd.add(tenant, workspace, note: note) }
                return Onboarder.Added(
                    id: added.id, apiKey: added.apiKey, isNew: added.isNew, isRedirectAllowed: added.isRedirectAllowed)
            },
            allowPlugin: { customer, origins in
                // One that was given by hand is not the partner's to change: its owner registers the origin.
                guard customer.applicationURN != nil else { return }
                try await refusing {
                    let url = access.url(for: customer)
                    try LinkedInAccess.check(url, workspace.settings)
                    let partner = try await LinkedInAccess.partner(nil, workspace.settings, url: url)
                    try await Provisioner(access.client(url, partner)).allow(
                        scriptDomains: origins, foreignID: customer.foreignID)
                }
            })
    }

    /// The origins that the dashboard's pages have, as far as the configuration tells.
    static func origins(_ settings: Settings) -> [String] {
        Dashboard.origin(Workspace.publicURL(settings)).map { [$0] } ?? []
    }

    /// What a command would print is what a page says.
    private static func refusing<Value>(_ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch let error as CommandError {
            throw Onboarder.Refusal(error.message)
        } catch let error as LinkedInError {
            throw Onboarder.Refusal("LinkedIn did not do it: \(error.message)")
        }
    }
}
