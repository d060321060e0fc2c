// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import JSONBytes
import Store
import Web

/// A form that waits for the sign-in does so in the sign-in page, sealed: nothing of it is kept here.
extension KeptForm {
    static let field = "kept"
    private static let lifetime: Duration = .seconds(3_600)
    private static let purpose = "dashboard/kept"

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
            let json = try? JSONValue(parsing: text), let path = json["path"]?.string,
            let until = json["until"]?.int, now.value < until, let pairs = json["fields"]?.array
        else { return nil }
        let fields = pairs.compactMap { pair -> (name: String, value: String)? in
            guard let name = pair.array?.first?.string, let value = pair.array?.last?.string else { return nil }
            return (name: name, value: value)
        }
        self.init(path: path, fields: FormFields(fields), account: json["account"]?.int)
    }
}
