// SPDX-License-Identifier: Apache-2.0

import LinkedIn

/// The `LinkedIn-Version` header of `/rest/`.
enum Versions {
    /// - Parameter header: its value, `YYYYMM` or `YYYYMM.RR`.
    /// - Throws: `GatewayError` 400 when it is missing, 426 when no such version is active ([T], jobs-oauth-restli
    ///   3.1).
    static func surface(_ header: String?, _ switches: Switches) throws(GatewayError) -> Surface {
        guard let header, !header.isEmpty else { throw .versionMissing }
        let month = header.prefix { $0 != "." }
        guard month.utf8.count == 6, let number = Int(month), (1...12).contains(number % 100),
            (switches.oldestVersion...max(switches.oldestVersion, switches.newestVersion)).contains(number)
        else { throw .noVersion(String(month)) }
        return .rest(version: String(month))
    }

    /// - Throws: `GatewayError` 426 when the resource is younger than the version (M 1; the status is inferred).
    static func check(_ resource: Resource, on surface: Surface) throws(GatewayError) {
        guard case .rest(let version) = surface, let first = firstVersion[resource], let number = Int(version),
            number < first
        else { return }
        throw .noVersion(version)
    }

    /// Source: talent release notes (modules-1-2, 0.2). Resources without an entry exist in every version; for stages
    /// and feedback no
    /// version was found. UNVERIFIED
    private static let firstVersion: [Resource: Int] = [
        .candidates: 202602, .integrations: 202602, .configurations: 202602, .candidateNotes: 202512,
        .applicationNotes: 202512,
        .applications: 202512,
    ]
}
