// SPDX-License-Identifier: Apache-2.0

/// What a request asks of a resource. Raw values are the header's, in lower case (jobs-oauth-restli 2.2, confidence C).
package enum Method: String, Sendable, Hashable, CaseIterable {
    case get
    case batchGet = "batch_get"
    case getAll = "get_all"
    case finder
    case batchFinder = "batch_finder"
    case create
    case batchCreate = "batch_create"
    case update
    case batchUpdate = "batch_update"
    case partialUpdate = "partial_update"
    case batchPartialUpdate = "batch_partial_update"
    case delete
    case batchDelete = "batch_delete"
    case action

    /// The request header that names the method.
    package static let header = "X-RestLi-Method"

    /// The HTTP method it travels by.
    package var http: String {
        switch self {
        case .get, .batchGet, .getAll, .finder, .batchFinder: "GET"
        case .update, .batchUpdate: "PUT"
        case .create, .batchCreate, .partialUpdate, .batchPartialUpdate, .action: "POST"
        case .delete, .batchDelete: "DELETE"
        }
    }
}

/// Finds the method of a request.
package enum Routing {
    /// The framework's exact table (jobs-oauth-restli 2.2, confidence C).
    ///
    /// - Parameters:
    ///   - http: the HTTP method, after tunnelling has been undone.
    ///   - header: the value of `X-RestLi-Method` in any case; nil or empty when it was not sent.
    ///   - isEntity: whether the path ends with a key.
    ///   - uri: path and query, for the message.
    /// - Throws: `RestLiError` 400 when no row matches.
    package static func method(
        http: String, header: String?, hasAction: Bool, hasQ: Bool, hasBQ: Bool, hasIDs: Bool, isEntity: Bool,
        uri: String = ""
    ) throws(RestLiError) -> Method {
        // On GET, `q` makes `action` and `bq` ordinary parameters; on POST, `action` does that to `q` and `bq`.
        let action = hasAction && !(http == "GET" && hasQ)
        if action && http != "POST" {
            throw RestLiError(
                "All action methods (specified via 'action' in URI) must be submitted as a POST (was \(http))")
        }
        let shape = Shape(
            action: action,
            q: hasQ && !(http == "POST" && action),
            bq: hasBQ && !(http == "GET" && hasQ) && !(http == "POST" && action),
            ids: hasIDs,
            entity: isEntity)
        let asked = (header ?? "").lowercased()
        for method in candidates(http, shape) {
            // A batch_create is never guessed: without the header a POST to a collection is a create.
            if asked.isEmpty ? method != .batchCreate : asked == method.rawValue { return method }
        }
        throw RestLiError("Method '\(http)' is not supported for URI '\(uri)'")
    }

    private struct Shape: Equatable {
        var action = false, q = false, bq = false, ids = false, entity = false
    }

    private static func candidates(_ http: String, _ shape: Shape) -> [Method] {
        let collection = Shape()
        let entity = Shape(entity: true)
        let batch = Shape(ids: true)
        switch http {
        case "GET" where shape == entity: return [.get]
        case "GET" where shape == collection: return [.getAll]
        case "GET" where shape == Shape(q: true): return [.finder]
        case "GET" where shape == Shape(bq: true): return [.batchFinder]
        case "GET" where shape == batch: return [.batchGet]
        case "PUT" where shape == entity: return [.update]
        case "PUT" where shape == batch: return [.batchUpdate]
        case "POST" where shape == collection: return [.create, .batchCreate]
        case "POST" where shape == entity: return [.partialUpdate]
        case "POST" where shape == batch: return [.batchPartialUpdate]
        case "POST" where shape.action && !shape.ids: return [.action]
        case "DELETE" where shape == entity: return [.delete]
        case "DELETE" where shape == batch: return [.batchDelete]
        default: return []
        }
    }
}
