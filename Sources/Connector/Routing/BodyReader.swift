// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import NIOCore

/// Reads a request's body piece by piece and tells its end from its being cut off.
///
/// The framework ends the stream in silence when the connection goes away or its task is cancelled, which would make
/// half a record look like a whole one; so the count is compared with `Content-Length`, and every error of the stream
/// is a cut body.
///
/// What reads a body is `@concurrent` all the way up, because the framework's iterator is not Sendable and runs there.
struct BodyReader {
    private var iterator: RequestBody.AsyncIterator
    private let expected: Int?
    private(set) var count = 0

    init(_ request: Request) {
        iterator = request.body.makeAsyncIterator()
        expected = Self.length(of: request)
    }

    /// What `Content-Length` says; nil for a chunked body.
    static func length(of request: Request) -> Int? {
        request.headers[.contentLength].flatMap { Int($0) }
    }

    /// - Returns: nil at the proper end of the body.
    /// - Throws: `HTTPProblem` 400 `body-cut`.
    @concurrent mutating func next() async throws -> ByteBuffer? {
        let piece: ByteBuffer?
        do {
            piece = try await iterator.next()
        } catch {
            throw HTTPProblem.bodyCut(after: count, of: expected)
        }
        guard let piece else {
            if Task.isCancelled || (expected ?? count) != count {
                throw HTTPProblem.bodyCut(after: count, of: expected)
            }
            return nil
        }
        count += piece.readableBytes
        return piece
    }
}
