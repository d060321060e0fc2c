// SPDX-License-Identifier: Apache-2.0

/// One of the two live generations of LinkedIn's API.
///
/// They differ in paths, key parts and a few field names, never in meaning. `dataProvider` belongs in every key of `v2`
/// and in no key of `rest`. Source: rsc-release-notes, view li-lts-2026-03, migration table (documented).
package enum Surface: Hashable, Sendable {
    /// `https://api.linkedin.com/v2/…`, no version header. The default.
    case v2
    /// `https://api.linkedin.com/rest/…` with `LinkedIn-Version: YYYYMM`, for example `202603`.
    case rest(version: String)

    /// `v2` or `rest`: the first segment of every path.
    package var base: String {
        switch self {
        case .v2: "v2"
        case .rest: "rest"
        }
    }

    package var isVersioned: Bool {
        switch self {
        case .v2: false
        case .rest: true
        }
    }

    /// The value of the `LinkedIn-Version` header; nil on `v2`, where none is sent.
    package var version: String? {
        switch self {
        case .v2: nil
        case .rest(let version): version
        }
    }

    /// The header that chooses the version. Source: talent/versioning (documented).
    package static let versionHeader = "LinkedIn-Version"

    /// The versions a stand-in treats as active, oldest first.
    /// Source: talent/release-notes and rsc-customer-configuration, views of 2025 and 2026 (documented; not where
    /// the list ends).
    package static let knownVersions = [
        "202501", "202504", "202505", "202506", "202507", "202508", "202510", "202511", "202512", "202602", "202603",
        "202604",
    ]
}
