// SPDX-License-Identifier: Apache-2.0

import Domain
import Intake
import JSONBytes
import LinkedIn
import NIOCore

/// What the ATS says about a user, checked.
struct UserForm: Sendable {
    /// Which member the user is, if the ATS knows.
    enum Said: Sendable {
        case unsaid
        case nobody
        case member(String)
    }

    let id: String
    let email: String
    let name: String
    let person: Said

    private static let longestName = 200

    /// - Throws: `HTTPProblem` 422 with every fault at once; 400, 413 and 415 as for any body.
    init(_ call: Call, _ limits: ConnectorLimits) async throws {
        let json = try await call.object(limits)
        var faults: [Fault] = []
        id = call.values[0]
        if id.unicodeScalars.count > ATSType.longestID || id.contains("\0") {
            faults.append(Fault("/id", "format", "id has 1…\(ATSType.longestID) characters and no NUL"))
        }
        email = Self.text(json, "email")
        if !EmailRule.matches(email) {
            faults.append(Fault("/email", "format", "email is needed, as name@host.domain"))
        }
        name = Self.text(json, "name")
        if name.isEmpty || name.unicodeScalars.count > Self.longestName {
            faults.append(Fault("/name", "required", "name is needed, with 1…\(Self.longestName) characters"))
        }
        switch json["person"] {
        case nil: person = .unsaid
        case .null?: person = .nobody
        case let value?:
            let urn = value.string.flatMap { PersonURN($0) }
            if urn == nil { faults.append(Fault("/person", "format", "person is a URN, urn:li:person:…, or null")) }
            person = urn.map { .member($0.description) } ?? .unsaid
        }
        guard faults.isEmpty else { throw HTTPProblem.invalidBody(faults) }
    }

    /// The member's text without white space around it.
    private static func text(_ json: JSONObject, _ name: String) -> String {
        var text = (json[name]?.string ?? "")[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

extension Call {
    /// A body that is one small JSON object; no body at all is an empty one.
    ///
    /// - Throws: `HTTPProblem` 400 when it is no JSON, 422 when it is no object, 413 and 415 as for any body.
    func object(_ limits: ConnectorLimits) async throws -> JSONObject {
        let body = try await wholeBody(limit: limits.recordBytes, patience: limits.bodyPatience)
        guard body.readableBytes > 0 else { return [:] }
        try expectBody("application/json")
        let json: JSONValue
        do { json = try JSONValue(parsing: Array(body.readableBytesView)) } catch {
            throw HTTPProblem.malformedJSON(error)
        }
        guard case .object(let object) = json else {
            throw HTTPProblem.invalidBody([Fault("", "type", "the body is one JSON object")])
        }
        return object
    }
}
