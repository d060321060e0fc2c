// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Web

/// The cookie that binds an attempt to the browser that began it.
enum SignInCookie {
    static let name = "crosswalk_sign_in"
    /// As long as a state lives.
    static let lifetime: Duration = .seconds(1800)

    /// Lax, because the way back from LinkedIn is a navigation from another site.
    static func header(_ secret: OneTimeSecret, isEncrypted: Bool) -> String {
        "\(name)=\(secret.text); Path=/; Max-Age=\(lifetime.components.seconds); HttpOnly; SameSite=Lax"
            + (isEncrypted ? "; Secure" : "")
    }

    static func read(_ request: Request) -> OneTimeSecret? {
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let pair = pair.drop { $0 == " " }
                guard pair.hasPrefix("\(name)="), pair.utf8.count <= 200 else { continue }
                return OneTimeSecret(shown: String(pair.dropFirst(name.utf8.count + 1)))
            }
        }
        return nil
    }
}
