// SPDX-License-Identifier: Apache-2.0

package import JSONBytes

/// What LinkedIn posts to an integration's `CALLBACK_URL`: not the news itself but where to read it.
/// Source: Receive push events; the payload `{"type","id","expiresAt"}` is from other vendors' schemas (third party).
package struct PushNotification: Hashable, Sendable {
    /// `INTEGRATION_STATUS_CHANGE`, `EXPORT_CANDIDATE_PROFILE`, or a word we do not know.
    package var type: String
    /// The `requestId` of the finder that tells more.
    package var id: String
    /// Milliseconds since 1970; when the finder forgets it.
    package var expiresAt: Int64?

    /// Read with `GET atsIntegrations?q=request&requestId={id}`. Source: Postman collection (postman).
    package static let integrationStatusChange = "INTEGRATION_STATUS_CHANGE"

    /// Read with `GET exportedCandidates?q=request&requestId={id}`. Source: retrieve-exported-candidates (documented).
    package static let exportCandidateProfile = "EXPORT_CANDIDATE_PROFILE"

    package init(type: String, id: String, expiresAt: Int64? = nil) {
        self.type = type
        self.id = id
        self.expiresAt = expiresAt
    }

    /// Tolerant: the id may be a number, and `requestId`, `eventType` may stand for `id`, `type`.
    ///
    /// - Returns: nil without a type or an id.
    package init?(json: JSONValue) {
        let idValue = json["id"] ?? json["requestId"]
        guard let type = (json["type"] ?? json["eventType"])?.string,
            let id = idValue?.string ?? idValue?.int.map({ String($0) })
        else { return nil }
        self.init(type: type, id: id, expiresAt: json["expiresAt"]?.int)
    }

    package var json: JSONValue {
        var object: JSONObject = ["type": .string(type), "id": .string(id)]
        if let expiresAt { object["expiresAt"] = .int(expiresAt) }
        return .object(object)
    }
}
