// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// Speaks bytes to the server, for everything that a good HTTP client refuses to do.
enum RawClient {
    /// How the connection ends after the bytes were sent.
    enum End: Sendable {
        /// Nothing more will be sent, but the answer is awaited.
        case half
        /// Everything is closed at once.
        case closed
        /// The connection stays open until the server ends it.
        case open
    }

    /// Sends `text` and returns what came back until the server closed.
    static func exchange(_ text: String, port: Int, end: End) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            if end == .closed { return "" }
            if end == .half { outbound.finish() }
            var answer = ""
            for try await piece in inbound { answer += String(buffer: piece) }
            return answer
        }
    }
}
