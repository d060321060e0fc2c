// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Webhooks

/// What this process's configuration says about webhooks.
enum WebhookAccess {
    /// - Throws: `CommandError` for a range that is none.
    static func policy(_ settings: Settings) throws -> WebhookPolicy {
        var policy = settings.text(.profile) == "production" ? WebhookPolicy.strict : .sandbox
        for text in (settings.text(.webhooksAllow) ?? "").split(whereSeparator: { ", ".contains($0) }) {
            guard let range = AddressRange(String(text)) else {
                throw CommandError("webhooks.allow: '\(text)' is no range of addresses such as 10.1.0.0/16 or fd00::/8")
            }
            policy.addresses.allowed.append(range)
        }
        return policy
    }

    static func options(_ settings: Settings) -> SenderOptions {
        var options = SenderOptions(holder: ConnectorProcess.holder)
        options.width = max(1, min(100, settings.int(.webhooksParallel)))
        return options
    }

    static func desk(_ workspace: Workspace) throws -> WebhookDesk {
        let policy = try policy(workspace.settings)
        return WebhookDesk(store: workspace.store, policy: policy, poster: HTTPPoster(policy: policy))
    }
}
