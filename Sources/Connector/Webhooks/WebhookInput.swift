// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import Intake
import JSONBytes
import Webhooks

/// The body of a request about webhooks: a small object whose fields are asked for by name.
struct WebhookInput {
    let json: JSONValue

    /// - Throws: `HTTPProblem` 422 for another type.
    func text(_ name: String, required: Bool = false) throws -> String? {
        guard let value = json[name], !value.isNull else {
            guard required else { return nil }
            throw wrong(name, "required", "\(name) is required")
        }
        guard let text = value.string else { throw wrong(name, "type", "\(name) is a text") }
        return text
    }

    func texts(_ name: String) throws -> [String]? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let texts = value.array?.map(\.string), texts.allSatisfy({ $0 != nil }), texts.count <= 100 else {
            throw wrong(name, "type", "\(name) is a list of texts")
        }
        return texts.compactMap(\.self)
    }

    func flag(_ name: String) throws -> Bool? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let flag = value.bool else { throw wrong(name, "type", "\(name) is true or false") }
        return flag
    }

    func number(_ name: String) throws -> Int64? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let number = value.int, number >= 0 else { throw wrong(name, "type", "\(name) is a whole number from 0") }
        return number
    }

    /// `{"event"}`, `{"after", "until"}` or `{"since", "before"}`.
    func stretch() throws -> WebhookDesk.Stretch {
        if let event = try text("event") { return .event(event) }
        if let after = try number("after") { return .numbers(after: after, until: try number("until")) }
        if let since = try moment("since") { return .times(since: since, until: try moment("before")) }
        throw wrong("", "required", "say which events: event, or after (and until), or since (and before)")
    }

    private func moment(_ name: String) throws -> Millis? {
        guard let text = try text(name) else { return nil }
        do { return Millis(try ISOTime.millis(text)) } catch {
            throw wrong(name, "time", "\(name) is a time such as 2026-03-01T09:30:00Z")
        }
    }

    private func wrong(_ name: String, _ code: String, _ message: String) -> HTTPProblem {
        .invalidBody([Fault(name.isEmpty ? "" : "/\(name)", code, message)])
    }
}

extension Call {
    /// - Throws: `HTTPProblem` 400 when the body is no JSON, 422 when it is no object.
    func webhookBody(_ limits: ConnectorLimits) async throws -> WebhookInput {
        try expectBody("application/json")
        let body = try await wholeBody(limit: 64 * 1024, patience: limits.bodyPatience)
        let json: JSONValue
        do { json = try JSONValue(parsing: Array(body.readableBytesView)) } catch {
            throw HTTPProblem.malformedJSON(error)
        }
        guard json.object != nil else { throw HTTPProblem.invalidBody([Fault("", "type", "the body is an object")]) }
        return WebhookInput(json: json)
    }
}

extension HTTPProblem {
    init(_ error: WebhookError) {
        switch error.code {
        case .notFound: self.init(.notFound, "no-such-webhook", "There is nothing of this name", error.message)
        case .invalid: self = .invalidBody([Fault(error.pointer, "invalid", error.message)])
        case .tooMany: self.init(.conflict, "too-many-webhooks", "There are too many webhooks", error.message)
        }
    }
}
