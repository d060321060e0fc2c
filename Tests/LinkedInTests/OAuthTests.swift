// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import Testing

@Suite struct OAuthTests {
    @Test func `a secret with any character survives the form`() throws {
        let request = TokenRequest(clientID: "78 id", clientSecret: "a=b+c/d&e%f ü")
        #expect(try TokenRequest(form: request.body) == request)
        #expect(
            String(decoding: request.body, as: UTF8.self).hasPrefix("grant_type=client_credentials&client_id=78%20id&"))
    }

    @Test(arguments: [
        ("", "grant_type"), ("grant_type=client_credentials", "client_id"),
        ("grant_type=client_credentials&client_id=x", "client_secret"),
        ("grant_type=client_credentials&client_id=&client_secret=s", "client_id"),
    ])
    func `a missing parameter is named`(form: String, parameter: String) {
        #expect(throws: OAuthError.missing(parameter)) { try TokenRequest(form: Array(form.utf8)) }
    }

    @Test(arguments: [
        (#"{"access_token":"t","expires_in":1799}"#, 1799), (#"{"access_token":"t","expires_in":"1799"}"#, 1799),
        (#"{"access_token":"t"}"#, 1800), (#"{"access_token":"t","expires_in":"soon"}"#, 1800),
    ])
    func `the life of a token is a number or a string`(text: String, seconds: Int64) throws {
        let response = try #require(TokenResponse(json: JSONValue(parsing: Array(text.utf8))))
        #expect(response.accessToken == "t")
        #expect(response.expiresIn == seconds)
    }

    @Test func `an answer without a token is none`() throws {
        #expect(try TokenResponse(json: JSONValue(parsing: Array(#"{"error":"x"}"#.utf8))) == nil)
    }
}
