// SPDX-License-Identifier: Apache-2.0

package import Hummingbird
package import Logging
package import NIOCore

/// What the server knows about a request before it looks at it.
package struct CallSource: InitializableFromSource {
    let channel: any Channel
    let logger: Logger

    package init(source: ApplicationRequestContextSource) {
        channel = source.channel
        logger = source.logger
    }
}

/// One request on its way to its handler.
package struct Call: Sendable {
    package let request: Request
    /// The values of the path's parameters, decoded, in the order of the pattern.
    package let values: [String]
    package let query: [String: String]
    package let id: String
    package let logger: Logger
    package let channel: any Channel

    /// Refuses a body of another media type. Parameters (`; charset=utf-8`) do not matter.
    ///
    /// - Throws: `HTTPProblem` 415.
    package func expectBody(_ mediaTypes: String...) throws {
        if let encoding = request.headers[.contentEncoding], encoding.lowercased() != "identity" {
            throw HTTPProblem.unsupportedEncoding()
        }
        let sent = request.headers[.contentType]?.split(separator: ";").first?.lowercased().trimmingPrefix(" ") ?? ""
        let type = String(sent.reversed().drop { $0 == " " }.reversed())
        guard mediaTypes.contains(type) else { throw HTTPProblem.unsupportedMediaType(expected: mediaTypes[0]) }
    }

    /// The whole body.
    ///
    /// - Throws: `HTTPProblem` 413 above `limit` bytes, 400 when the body stops half-way, 408 when it takes longer than
    ///   `patience`.
    package func wholeBody(limit: Int, patience: Duration, instead: String = "") async throws -> ByteBuffer {
        if let length = BodyReader.length(of: request), length > limit {
            throw HTTPProblem.bodyTooLarge(limit: limit, instead: instead)
        }
        let start = ContinuousClock.now
        // Closing the inbound side ends the body; what has to be answered still can be.
        let deadline = channel.eventLoop.scheduleTask(in: TimeAmount(patience)) { [channel] in
            channel.close(mode: .input, promise: nil)
        }
        defer { deadline.cancel() }
        var reader = BodyReader(request)
        var body = ByteBuffer()
        do {
            while var piece = try await reader.next() {
                guard body.readableBytes + piece.readableBytes <= limit else {
                    throw HTTPProblem.bodyTooLarge(limit: limit, instead: instead)
                }
                if body.readableBytes == 0 { body = piece } else { body.writeBuffer(&piece) }
            }
            return body
        } catch let problem as HTTPProblem where problem.code == "body-cut" && start.duration(to: .now) >= patience {
            throw HTTPProblem.bodyTooSlow(seconds: patience.components.seconds)
        }
    }
}
