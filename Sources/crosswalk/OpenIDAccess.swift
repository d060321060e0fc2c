// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Webhooks

/// What this process's configuration says about the dashboard's sign-in service.
enum OpenIDAccess {
    /// - Returns: nil when no service is configured.
    /// - Throws: `CommandError` for settings that do not belong together or cannot be read.
    static func service(_ settings: Settings) throws -> OpenIDService? {
        guard let issuer = settings.text(.oidcIssuer) else {
            for setting in [Setting.oidcID, .oidcSecret, .oidcAllow, .oidcRoleClaim] where settings.text(setting) != nil
            {
                throw CommandError("\(setting.key) is set, but \(Setting.oidcIssuer.key) is not")
            }
            return nil
        }
        guard let id = settings.text(.oidcID), let secret = settings.text(.oidcSecret) else {
            throw CommandError("\(Setting.oidcIssuer.key) needs \(Setting.oidcID.key) and \(Setting.oidcSecret.key)")
        }
        let policy = try WebhookAccess.policy(settings)
        let rules: [OpenIDSettings.Rule]
        let host: String
        do throws(OpenIDSettings.Malformed) { rules = try OpenIDSettings.rules(settings.text(.oidcAllow) ?? "") } catch
        {
            throw CommandError("\(Setting.oidcAllow.key): \(error.message)")
        }
        do throws(TargetURL.Malformed) { host = try TargetURL(issuer).host } catch {
            throw CommandError("\(Setting.oidcIssuer.key): \(error.message)")
        }
        guard !rules.isEmpty || settings.text(.oidcRoleClaim) != nil else {
            throw CommandError(
                "nobody could sign in: say who in \(Setting.oidcAllow.key), or which claim in \(Setting.oidcRoleClaim.key)"
            )
        }
        let fetcher = GuardedFetcher(policy: policy, named: [host])
        return OpenIDService(
            OpenIDSettings(
                issuer: issuer, clientID: id, clientSecret: secret, rules: rules,
                roleClaim: settings.text(.oidcRoleClaim))
        ) { url, headers, body in try await fetcher.fetch(url, headers: headers, body: body) }
    }
}
