// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import JSONBytes
import Store
import Web

/// A form whose session had ended when it was sent. It waits in the sign-in page, sealed, and is shown for another press afterwards:
/// nothing is done before, and nothing of it is kept here.
struct KeptForm: Sendable, Hashable {
    /// Where it was sent to.
    var path: LocalPath
    var fields: FormFields
    /// Whose session it was, if that is known: it is shown to nobody else.
    var account: Int64?

    static let field = "kept"
    private static let lifetime: Duration = .seconds(3_600)
    private static let purpose = "dashboard/kept"

    /// - Returns: nil for a path that is none of ours.
    init?(path: String, fields: FormFields, account: Int64?) {
        guard let path = LocalPath(path) else { return nil }
        self.path = path
        // Secrets are typed again.
        self.fields = FormFields(
            fields.pairs.filter { pair in
                pair.name != FormToken.field && !["password", "secret"].contains { pair.name.contains($0) }
            })
        self.account = account
    }

    func seal(_ vault: Vault, at now: Millis) throws -> String {
        let json: JSONValue = [
            "path": .string(path.text), "until": .int((now + Self.lifetime).value),
            "account": account.map { .int($0) } ?? .null,
            "fields": .array(fields.pairs.map { .array([.string($0.name), .string($0.value)]) }),
        ]
        let sealed = try vault.seal(String(decoding: json.bytes, as: UTF8.self), for: Self.purpose)
        return Data(sealed.bytes).base64EncodedString()
    }

    /// - Returns: nil for what is none, or is too old.
    init?(_ sealed: String, _ vault: Vault, at now: Millis) {
        guard let bytes = Data(base64Encoded: sealed),
            let text = try? vault.open(SealedSecret(Array(bytes)), for: Self.purpose),
            let json = try? JSONValue(parsing: text), let path = json["path"]?.string.flatMap({ LocalPath($0) }),
            let until = json["until"]?.int, now.value < until, let pairs = json["fields"]?.array
        else { return nil }
        self.path = path
        fields = FormFields(
            pairs.compactMap { pair in
                guard let name = pair.array?.first?.string, let value = pair.array?.last?.string else { return nil }
                return (name: name, value: value)
            })
        account = json["account"]?.int
    }
}

/// What was entered, and a button that sends it.
struct KeptPage: Page {
    static let template = PageTemplate("kept", utf8: PackageResources.kept_mustache)

    struct Field: Sendable {
        var name: String
        var label: String
        var value: String
    }

    var title = "Send it again?"
    var why: String
    var action: String
    var fields: [Field]

    init(_ form: KeptForm, why: String) {
        self.why = why
        action = form.path.text
        fields = form.fields.pairs.map { pair in
            Field(
                name: pair.name, label: pair.name.replacing("_", with: " ").replacing("-", with: " "), value: pair.value
            )
        }
    }
}
