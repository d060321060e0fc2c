// SPDX-License-Identifier: Apache-2.0

import Connector
import HTTPTypes
import Hummingbird
import Web

/// The cookie that says which session a browser is in. Its value is a `OneTimeSecret`; the store knows its hash.
struct SessionCookie: Sendable {
    /// Whether browsers reach the connector by https only.
    var isSecure: Bool
    private var purpose: String

    /// - Parameter purpose: the end of the name of another cookie that is made the same way.
    init(publicURL: String, purpose: String = "") {
        isSecure = publicURL.lowercased().hasPrefix("https://")
        self.purpose = purpose
    }

    /// Browsers refuse a `__Host-` cookie that another host could have set. Source: RFC 6265bis, 4.1.3.2.
    var name: String { (isSecure ? "__Host-crosswalk" : "crosswalk") + purpose }

    func set(_ secret: OneTimeSecret) -> Web.Cookie { Web.Cookie(name, secret.text, isSecure: isSecure) }

    var remove: Web.Cookie { Web.Cookie(name, "", maxAge: 0, isSecure: isSecure) }

    func read(_ request: Request) -> OneTimeSecret? {
        for header in request.headers[values: .cookie] {
            if let text = Web.Cookie.read(name, from: header), text.utf8.count <= 100 {
                return OneTimeSecret(shown: text)
            }
        }
        return nil
    }
}
