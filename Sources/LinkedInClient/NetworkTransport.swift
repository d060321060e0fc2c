// SPDX-License-Identifier: Apache-2.0

package import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Requests over the network: bounded in time and size, no redirects (LinkedIn's own SDK follows none).
package struct NetworkTransport: Transport {
    private let client: HTTPClient
    private let timeout: TimeAmount
    private let largestAnswer: Int

    /// - Parameters:
    ///   - client: shared by everybody who talks to LinkedIn; `makeClient` configures one.
    ///   - timeout: for the whole exchange, in seconds.
    ///   - largestAnswer: in bytes; a batch of 100 candidates with all their fields has about 200 KB.
    package init(client: HTTPClient, timeoutSeconds: Int64 = 30, largestAnswer: Int = 32 << 20) {
        self.client = client
        timeout = .seconds(timeoutSeconds)
        self.largestAnswer = largestAnswer
    }

    package static func makeClient() -> HTTPClient {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(10)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        configuration.httpVersion = .http1Only
        return HTTPClient(configuration: configuration)
    }

    package func send(_ call: HTTPCall) async throws -> HTTPAnswer {
        var request = HTTPClientRequest(url: call.url)
        request.method = HTTPMethod(rawValue: call.method)
        for header in call.headers { request.headers.add(name: header.name, value: header.value) }
        if !call.body.isEmpty { request.body = .bytes(call.body) }
        do {
            let response = try await client.execute(request, timeout: timeout)
            let body = try await response.body.collect(upTo: largestAnswer)
            return HTTPAnswer(
                status: Int(response.status.code), headers: response.headers.map { ($0.name, $0.value) }, body: Array(buffer: body))
        } catch let error as HTTPClientError where Self.timeouts.contains(error) {
            throw LinkedInError(.timedOut, "LinkedIn did not answer in time")
        } catch is NIOTooManyBytesError {
            throw LinkedInError(.unreadable, "LinkedIn's answer is longer than \(largestAnswer) bytes")
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            // The error of the connection, never its content: it may name the host, which the operator configured.
            throw LinkedInError(.unreachable, "LinkedIn cannot be reached: \(error)")
        }
    }

    private static let timeouts: [HTTPClientError] = [.deadlineExceeded, .connectTimeout, .readTimeout, .writeTimeout]
}
