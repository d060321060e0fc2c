// SPDX-License-Identifier: Apache-2.0

import Domain
import HTTPTypes
import JSONBytes
import Store
import Testing

/// What an ATS does with its key and somebody may ask about later is in the audit; records are not, one by one.
@Suite struct AuditTests {
    private struct Line {
        var method: HTTPRequest.Method
        var path: String
        var body: String?
        /// What the audit says; nil: nothing.
        var action: String?
        var subject: String

        init(
            _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, _ action: String? = nil,
            _ subject: String = ""
        ) {
            self.method = method
            self.path = path
            self.body = body
            self.action = action
            self.subject = subject
        }
    }

    private static let table = [
        Line(.put, "candidates/C-1", Sample.candidate), Line(.put, "candidates/C-1/notes/N", Sample.note),
        Line(.delete, "candidates/C-1/notes/N"),
        Line(.put, "users/u-1", #"{"email":"rita@example.com","name":"Rita Moss"}"#),
        Line(.get, "sync"),
        Line(.post, "users/u-1/sign-in", nil, "user.invite", "{user}"),
        Line(.put, "settings", #"{"visibility":"acl"}"#, "settings.change"),
        Line(.post, "sync/pause", nil, "sync.pause"), Line(.post, "sync/pause"),
        Line(.post, "sync/resume", nil, "sync.resume"),
        Line(.post, "sync/retry", nil, "rejected.retry", "0 of all types"),
        Line(.post, "sync/retry?type=candidate&id=C-1", nil, "record.retry", "candidate {hash}"),
        Line(.post, "sync/resync?type=candidate", nil, "sync.resync", "candidate"),
        Line(.put, "retention", #"{"days":{"events":90}}"#, "retention.set", "the retention policy"),
        Line(.post, "webhooks", #"{"url":"https://example.com/hook"}"#, "webhook.add", "an endpoint"),
        Line(.patch, "webhooks/{webhook}", #"{"enabled":false}"#, "webhook.change", "webhook {webhook}"),
        Line(.post, "webhooks/{webhook}/secret", nil, "webhook.rotate", "webhook {webhook}"),
        Line(.delete, "webhooks/{webhook}/secret/old", nil, "webhook.endOldSecret", "webhook {webhook}"),
        Line(.post, "webhooks/{webhook}/replay", #"{"after":0}"#, "webhook.replay", "webhook {webhook}"),
        Line(.post, "webhooks/{webhook}/dead-letters/retry", nil, "webhook.retryDead", "webhook {webhook}"),
        Line(.delete, "webhooks/{webhook}", nil, "webhook.remove", "webhook {webhook}"),
        Line(.delete, "webhooks/{webhook}"),
        Line(.delete, "candidates/C-1?erase=true", nil, "erasure.begin", "erasure {erasure}"),
        Line(.post, "erasures", #"{"candidate":"C-2"}"#, "erasure.begin", "erasure {erasure}"),
        Line(.post, "erasures/{erasure}/close", nil, "erasure.close", "erasure {erasure}"),
        Line(.delete, "data?confirm=acme", nil, "erasure.begin", "erasure {erasure}"),
    ]

    @Test
    func `erasures, the contract's end, webhooks and steering are audited with the key's fingerprint, never the key`()
        async throws
    {
        let connector = try TestConnector(signIn: ScriptedSignIn().member())
        let key = try await connector.addCustomer()
        let fingerprint = StoredKey.fingerprint(APIKey.hash(key))
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            var names: [String: String] = [:]
            var count: Int64 = 0
            for line in Self.table {
                let path = names.reduce(line.path) { $0.replacing($1.key, with: $1.value) }
                let answer = try await ats.send(line.method, "/api/v1/" + path, line.body)
                #expect((200..<300).contains(answer.status), "\(path): \(answer.text)")
                if let id = answer.json["erasure"]?.string { names["{erasure}"] = id }
                if line.action == "webhook.add", let id = answer.json["id"]?.string { names["{webhook}"] = id }
                let entries = try await connector.store.read { [count] in try $0.auditEntries(after: count, limit: 10) }
                count += Int64(entries.count)
                let name = connector.store.receipts.auditName(
                    of: RecordKey(.candidate, id: "C-1"), customer: CustomerID("acme")!)
                names["candidate {hash}"] = name
                names["{user}"] = connector.store.receipts.auditName(ofUser: "u-1", customer: CustomerID("acme")!)
                let subject = names.reduce(line.subject) { $0.replacing($1.key, with: $1.value) }
                #expect(entries.map(\.action) == (line.action.map { [$0] } ?? []), "\(line.method) \(path)")
                for entry in entries {
                    #expect(entry.actor == "API key \(fingerprint)" && entry.customer == "acme", "\(path)")
                    #expect(entry.subject == subject, "\(path)")
                    #expect(!"\(entry)".contains(key), "\(path)")
                }
            }
        }
    }
}
