// SPDX-License-Identifier: Apache-2.0

package import Domain
import LinkedIn
import LinkedInClient
import RestLi

extension ClientPort {
    package func putPermissions(_ keys: [RecordKey]) async throws -> [PortAnswer] {
        guard let kind = keys.first?.kind else { return [] }
        // LinkedIn's record is its key; the body's value is `{}` (modules-3-5, C.3 and C.4, documented).
        let items = keys.map { LinkedInClient.Item(key: name($0), body: Array("{}".utf8)) }
        return try await translated { try await client.put(kind.resource, items: items).map(PortAnswer.init) }
    }

    package func deletePermissions(_ keys: [RecordKey]) async throws -> [PortAnswer] {
        guard let kind = keys.first?.kind else { return [] }
        return try await translated {
            try await client.delete(kind.resource, keys: keys.map(name)).map(PortAnswer.init)
        }
    }

    private func name(_ key: RecordKey) -> EntityKey { names.key(key.kind.resource, id: key.id, owner: key.parent) }
}
