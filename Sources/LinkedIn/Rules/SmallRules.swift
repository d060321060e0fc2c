// SPDX-License-Identifier: Apache-2.0

/// Times on the wire: milliseconds since 1970-01-01 UTC.
/// Source: rsc-release-notes 2021-11: created > 0, last modified > 0 and not before created (documented).
package enum EpochRule {
    package static func isValid(_ millis: Int64) -> Bool { millis > 0 }

    package static func isOrdered(created: Int64, modified: Int64) -> Bool { modified >= created }

    /// True for a number that is a plausible time in seconds but an early one of the 1970s in milliseconds: a common
    /// mistake.
    package static func looksLikeSeconds(_ millis: Int64) -> Bool { (100_000_000..<100_000_000_000).contains(millis) }
}

/// The name of a child application: 1…50 characters, without "LinkedIn" in any case.
/// Source: Provisioning API; Apply Connect release notes 2023-12 (documented).
package enum ApplicationNameRule {
    package static func problem(_ name: String) -> String? {
        if name.isEmpty { return "name is empty; use \"{ATS} - {Customer}\"" }
        if name.count > 50 { return "name has more than 50 characters" }
        if name.lowercased().contains("linkedin") { return "name must not contain \"LinkedIn\"" }
        return nil
    }
}

/// A domain allowed to show LinkedIn's widgets: scheme and host, a non-standard port, no path, no trailing slash.
/// Source: Provisioning API, validJsSdkDomains (documented).
package enum ScriptDomainRule {
    package static func isValid(_ domain: String) -> Bool {
        guard URLRule.isAbsoluteHTTP(domain), let colon = domain.firstIndex(of: ":") else { return false }
        return !domain[colon...].dropFirst("://".count).contains { "/?#".contains($0) }
    }
}

/// Where a candidate's stage may not stand. Source: sync-application-stages (documented).
package enum StageRule {
    package static let forbidden = "Not Available"

    package static func isValid(_ stage: String) -> Bool { !stage.isEmpty && stage != forbidden }
}
