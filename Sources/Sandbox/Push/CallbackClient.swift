// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient

/// What posts to callback URLs. A refused connection is an answer at once, and a redirect is one too: neither is
/// tried again behind the back of whoever counts attempts.
enum CallbackClient {
    /// Lives as long as the process, as the library's own shared client does.
    static let shared = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)

    private static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }
}
