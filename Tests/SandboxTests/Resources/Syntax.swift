// SPDX-License-Identifier: Apache-2.0

import RestLi
import Testing

@testable import Sandbox

/// Keys as partners write them: LinkedIn's documentation under 1.0.0 (raw brackets and colons), its newer collection
/// under 2.0.0.
struct Syntax: Sendable, CustomTestStringConvertible {
    let version: ProtocolVersion

    static let both = ProtocolVersion.allCases.map(Syntax.init)
    var testDescription: String { version.rawValue }

    var headers: [(String, String)] { version == .v1 ? [] : [("X-RestLi-Protocol-Version", "2.0.0")] }

    func ids(_ keys: [[(String, String)]]) -> String {
        switch version {
        case .v1:
            keys.enumerated().flatMap { index, parts in parts.map { "ids[\(index)].\($0.0)=\($0.1)" } }.joined(
                separator: "&")
        case .v2:
            "ids=List("
                + keys.map { "(" + $0.map { "\($0.0):\(escaped($0.1))" }.joined(separator: ",") + ")" }.joined(
                    separator: ",") + ")"
        }
    }

    func ids(_ keys: [String]) -> String {
        version == .v1
            ? keys.map { "ids=\($0)" }.joined(separator: "&") : "ids=List(\(keys.map(escaped).joined(separator: ",")))"
    }

    /// In the `entities` of a request.
    func body(_ parts: [(String, String)]) -> String {
        version == .v1
            ? parts.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
            : "($params:()," + parts.map { "\($0.0):\(escaped($0.1))" }.joined(separator: ",") + ")"
    }

    /// One segment of a path.
    func path(_ parts: [(String, String)]) -> String {
        version == .v1
            ? parts.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
            : "(" + parts.map { "\($0.0):\(escaped($0.1))" }.joined(separator: ",") + ")"
    }

    /// In the `results` and `errors` of an answer.
    func answer(_ parts: [(String, String)]) -> String {
        KeyCodec.encode(.parts(KeyParts(parts)), in: .responseBody, version)
    }

    private func escaped(_ text: String) -> String { text.replacing(":", with: "%3A") }
}

/// Keys of the customer `FarSide.organization`.
enum Keys {
    static let context = ("integrationContext", "urn:li:organization:5001")

    static func candidate(_ id: String) -> [(String, String)] {
        [("atsCandidateId", id), ("dataProvider", "ATS"), context]
    }
    static func application(_ id: String) -> [(String, String)] {
        [("atsJobApplicationId", id), ("dataProvider", "ATS"), context]
    }

    /// In the order of LinkedIn's own samples, which is not alphabetical.
    static func integration(_ type: String, context: String = context.1) -> [(String, String)] {
        [
            ("integrationContext", context), ("integrationType", type), ("tenantType", "RECRUITER"),
            ("dataProvider", "ATS"),
        ]
    }
}
