// SPDX-License-Identifier: Apache-2.0

import RestLi
import Testing

/// The framework's routing table (jobs-oauth-restli 2.2).
@Suite struct RoutingTests {
    /// HTTP method, header, what the URI has (a action, q, b bq, i ids, e entity path), result.
    static let rows: [(String, String?, String, Method?)] = [
        ("GET", nil, "e", .get), ("GET", "GET", "e", .get), ("GET", "", "", .getAll), ("GET", "get_all", "", .getAll),
        ("GET", nil, "q", .finder), ("GET", "FINDER", "q", .finder), ("GET", nil, "b", .batchFinder),
        ("GET", "BATCH_FINDER", "b", .batchFinder), ("GET", nil, "i", .batchGet), ("GET", "Batch_Get", "i", .batchGet),
        ("PUT", nil, "e", .update), ("PUT", "UPDATE", "e", .update), ("PUT", nil, "i", .batchUpdate),
        ("PUT", "batch_update", "i", .batchUpdate), ("POST", nil, "", .create), ("POST", "CREATE", "", .create),
        ("POST", "BATCH_CREATE", "", .batchCreate), ("POST", nil, "e", .partialUpdate),
        ("POST", "partial_update", "e", .partialUpdate), ("POST", nil, "i", .batchPartialUpdate),
        ("POST", "batch_partial_update", "i", .batchPartialUpdate), ("POST", nil, "a", .action),
        ("POST", "ACTION", "ae", .action), ("DELETE", nil, "e", .delete), ("DELETE", "DELETE", "e", .delete),
        ("DELETE", nil, "i", .batchDelete), ("DELETE", "BATCH_DELETE", "i", .batchDelete),
        // On GET `q` wins; on POST with `action`, `q` and `bq` are ordinary.
        ("GET", nil, "qab", .finder), ("POST", nil, "aqb", .action),
        // No row.
        ("GET", nil, "qi", nil), ("GET", nil, "qe", nil), ("GET", nil, "ie", nil), ("GET", "UPDATE", "e", nil),
        ("PUT", nil, "", nil), ("PUT", "batch_update", "e", nil), ("PUT", nil, "q", nil),
        ("POST", "BATCH_CREATE", "i", nil),
        ("POST", "nonsense", "", nil), ("POST", nil, "ai", nil), ("DELETE", nil, "", nil), ("PATCH", nil, "e", nil),
        ("HEAD", nil, "e", nil), ("get", nil, "e", nil), ("POST", nil, "q", nil), ("GET", nil, "bi", nil),
    ]

    @Test(arguments: rows)
    func `a request is routed by the exact table`(row: (http: String, header: String?, shape: String, method: Method?))
        throws
    {
        func route() throws(RestLiError) -> Method {
            try Routing.method(
                http: row.http, header: row.header, hasAction: row.shape.contains("a"), hasQ: row.shape.contains("q"),
                hasBQ: row.shape.contains("b"), hasIDs: row.shape.contains("i"), isEntity: row.shape.contains("e"),
                uri: "/x?y=1")
        }
        if let method = row.method {
            #expect(try route() == method)
        } else {
            #expect(throws: RestLiError("Method '\(row.http)' is not supported for URI '/x?y=1'")) { try route() }
        }
    }

    @Test(arguments: ["GET", "PUT", "DELETE"])
    func `an action must be a POST`(http: String) {
        let text = "All action methods (specified via 'action' in URI) must be submitted as a POST (was \(http))"
        #expect(throws: RestLiError(text)) {
            try Routing.method(
                http: http, header: nil, hasAction: true, hasQ: false, hasBQ: false, hasIDs: false, isEntity: true)
        }
    }

    @Test func `a method knows the HTTP method it travels by`() {
        #expect(
            Method.batchPartialUpdate.http == "POST" && Method.finder.http == "GET" && Method.batchUpdate.http == "PUT")
        #expect(Method(rawValue: "batch_delete") == .batchDelete && Method.batchDelete.http == "DELETE")
    }

    @Test func `the version is chosen by the header`() {
        #expect(ProtocolVersion(header: nil) == .v1 && ProtocolVersion(header: "2.0.0") == .v2)
        #expect(ProtocolVersion(header: "1.0.0") == .v1 && ProtocolVersion(header: "3.0.0") == nil)
        #expect(ProtocolVersion.v1.idHeader == "X-LinkedIn-Id" && ProtocolVersion.v2.idHeader == "X-RestLi-Id")
        #expect(ProtocolVersion.v1.errorHeader == "X-LinkedIn-Error-Response")
    }
}
