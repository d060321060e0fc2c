// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import JSONBytes

extension HTTPProblem {
    static func notFound() -> Self {
        Self(
            .notFound, "no-such-route", "There is nothing at this path",
            "Compare the path with openapi.yaml. Ids are percent-encoded path segments: a / inside an id is %2F.")
    }

    static func otherMethods(_ methods: [HTTPRequest.Method]) -> Self {
        let allowed = methods.map(\.rawValue).joined(separator: ", ")
        var problem = Self(
            .methodNotAllowed, "method-not-allowed", "This path has no such method", "Allowed here: \(allowed).")
        problem.headers[.allow] = allowed
        return problem
    }

    static func malformedURL(_ error: RequestTarget.Malformed) -> Self {
        Self(.badRequest, "malformed-url", "The URL cannot be read", "In the URL: \(error.message).")
    }

    static func urlTooLong(limit: Int) -> Self {
        Self(
            .uriTooLong, "url-too-long", "The URL is too long",
            "A URL may have \(limit) bytes; an id may have 500 characters.")
    }

    static func unauthorized(_ detail: String) -> Self {
        var problem = Self(.unauthorized, "unauthorized", "An API key is needed", detail)
        problem.headers[.wwwAuthenticate] = #"Bearer realm="crosswalk""#
        return problem
    }

    static func unsupportedMediaType(expected: String) -> Self {
        Self(
            .unsupportedMediaType, "unsupported-media-type", "This body has the wrong type",
            "Send Content-Type: \(expected).")
    }

    static func unsupportedEncoding() -> Self {
        Self(
            .unsupportedMediaType, "unsupported-encoding", "This body is compressed",
            "Send the body without Content-Encoding; compressed bodies are not read.")
    }

    static func bodyTooLarge(limit: Int, instead: String) -> Self {
        Self(
            .contentTooLarge, "body-too-large", "The body is too large", "The limit here is \(limit) bytes. \(instead)")
    }

    static func bodyCut(after count: Int, of expected: Int?) -> Self {
        let whole = expected.map { " of \($0)" } ?? ""
        return Self(
            .badRequest, "body-cut", "The body stopped half-way",
            "The connection ended after \(count)\(whole) bytes, before the end of the body. "
                + "Send the request again: records are idempotent."
        )
    }

    static func bodyTooSlow(seconds: Int64) -> Self {
        Self(
            .requestTimeout, "body-too-slow", "The body came too slowly",
            "It must be here within \(seconds) seconds. Send the request again.")
    }

    static func badParameter(_ name: String, _ message: String) -> Self {
        Self(
            .badRequest, "bad-parameter", "A query parameter is wrong", "Parameter \(name): \(message)",
            errors: [Fault("?\(name)", "parameter", message)])
    }

    static func cursorAhead(after: Int64, head: Int64) -> Self {
        let message = "it is \(after), and the newest event is \(head)"
        return Self(
            .badRequest, "cursor-ahead", "The cursor lies beyond the newest event",
            "Parameter after: \(message). The connector's data was restored from a backup, or the cursor is another "
                + "customer's; go on from \(head), or from 0 to read everything again.",
            errors: [Fault("?after", "parameter", message)])
    }

    static func invalidRecord(_ problems: [Fault]) -> Self {
        Self(
            .unprocessableContent, "invalid-record", "The record breaks LinkedIn's rules",
            "\(problems.count == 1 ? "One field is" : "\(problems.count) fields are") wrong; "
                + "nothing was changed. Fix what `errors` names and send the record again.",
            errors: problems)
    }

    static func malformedJSON(_ error: JSONError) -> Self {
        let message = "\(error.message), at byte \(error.offset)"
        return Self(
            .badRequest, "malformed-json", "The body is not JSON", "The parser \(message). Nothing was changed.",
            errors: [Fault("", "json", message)])
    }

    static func invalidBody(_ problems: [Fault]) -> Self {
        Self(
            .unprocessableContent, "invalid-body", "The body is not what this route takes",
            "\(problems.first?.message ?? ""). Nothing was changed.", errors: problems)
    }

    static func unknownCallback() -> Self {
        Self(
            .notFound, "no-such-customer", "No customer has this callback address",
            "Compare it with the callback_url that crosswalk customer show prints.")
    }

    static func badSignature() -> Self {
        Self(
            .unauthorized, "bad-signature", "The signature is not LinkedIn's",
            "X-LI-Signature must be the HMAC-SHA256 of the raw body under the customer's client secret. "
                + "Nothing was stored."
        )
    }

    static func unknownRecord() -> Self {
        Self(
            .notFound, "no-such-record", "This record is not known",
            "Nothing with this id was sent for this customer, or it was deleted and LinkedIn confirmed it. "
                + "PUT creates it."
        )
    }

    static func tooManyDeletions(_ kind: RecordKind, listed: Int, missing: Int, of desired: Int) -> Self {
        Self(
            .conflict, "too-many-deletions", "This would delete more than half",
            "The list names \(listed) records of type \(kind.rawValue); "
                + "\(missing) of \(desired) would be deleted, and nothing was. "
                + "Send it again with force=true if that is meant.")
    }

    static func listOverlaps() -> Self {
        Self(
            .conflict, "list-overlaps", "Another list of this type began",
            "Two lists of one type cannot be compared at once; nothing was deleted for this one. "
                + "Send it again when the other has ended."
        )
    }

    static func tooManyBulkBodies(limit: Int) -> Self {
        var problem = Self(
            .tooManyRequests, "too-many-bulk-bodies", "Too many bulk bodies at once",
            "A customer may send \(limit) bulk bodies side by side; wait for one to end.")
        problem.retryAfter = 1
        return problem
    }

    static func busy(_ detail: String) -> Self {
        var problem = Self(.serviceUnavailable, "busy", "The connector is busy", detail)
        problem.retryAfter = 1
        return problem
    }

    static func shuttingDown() -> Self {
        busy("The connector is shutting down. What was answered is safe; send the rest again in a moment.")
    }

    static func diskFull() -> Self {
        var problem = Self(
            .init(code: 507, reasonPhrase: "Insufficient Storage"), "disk-full", "The disk is full",
            "Nothing of this request was kept. Make room on the connector's disk and send it again; "
                + "a restart is not needed."
        )
        problem.retryAfter = 10
        return problem
    }

    static func unexpected() -> Self {
        Self(
            .internalServerError, "unexpected", "Something went wrong here",
            "It is not the request's fault. Send it again; "
                + "if it stays, give the requestId to whoever runs the connector."
        )
    }
}
