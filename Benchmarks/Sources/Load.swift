// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AsyncHTTPClient
import JSONBytes
import NIOCore
import NIOHTTP1

/// Posts candidates to the connector's bulk endpoint over several connections and says how many a second became durable.
struct Load: AsyncParsableCommand {
    @Option var url: String
    /// API keys of the customers, who share the records evenly.
    @Option var key: [String]
    @Option var records: Int
    @Option var connections = 4
    @Option var seed: UInt64 = 1
    /// Records in one body.
    @Option var body = 20_000

    func run() async throws {
        let lines = CandidateLines(seed: seed)
        let start = ContinuousClock.now
        let accepted = try await withThrowingTaskGroup(of: Int.self) { group in
            for connection in 0..<connections {
                let share = records * connection / connections..<records * (connection + 1) / connections
                group.addTask { try await send(share, lines, key[connection % key.count]) }
            }
            return try await group.reduce(0, +)
        }
        let seconds = (ContinuousClock.now - start).seconds
        guard accepted == records else { throw ValidationError("only \(accepted) of \(records) records were accepted") }
        report(("rate", Double(records) / seconds), ("seconds", seconds))
    }

    @concurrent private func send(_ share: Range<Int>, _ lines: CandidateLines, _ key: String) async throws -> Int {
        var accepted = 0
        for start in stride(from: share.lowerBound, to: share.upperBound, by: body) {
            let numbers = start..<min(start + body, share.upperBound)
            var request = HTTPClientRequest(url: url + "/api/v1/records")
            request.method = .POST
            request.headers = ["authorization": "Bearer \(key)", "content-type": "application/x-ndjson"]
            // Lines are made while they are sent: a generator of its own would be measured as waiting.
            request.body = .stream(Pieces(numbers: numbers, lines: lines), length: .unknown)
            let response = try await HTTPClient.shared.execute(request, timeout: .minutes(5))
            let answer = Array(buffer: try await response.body.collect(upTo: 16 << 20))
            guard response.status == .ok else {
                throw ValidationError("\(response.status.code): \(String(decoding: answer.prefix(500), as: UTF8.self))")
            }
            let last = answer.split(separator: UInt8(ascii: "\n")).last.map(Array.init) ?? []
            accepted += Int(try JSONValue(parsing: last)["added"]?.int ?? 0)
        }
        return accepted
    }
}

/// A body in pieces of a few hundred lines.
private struct Pieces: AsyncSequence, Sendable {
    var numbers: Range<Int>
    var lines: CandidateLines

    struct AsyncIterator: AsyncIteratorProtocol {
        var rest: Range<Int>
        var lines: CandidateLines

        mutating func next() async -> ByteBuffer? {
            guard !rest.isEmpty else { return nil }
            let piece = rest.prefix(250)
            rest = piece.upperBound..<rest.upperBound
            return ByteBuffer(bytes: lines.lines(piece))
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: numbers, lines: lines) }
}

/// Writes bodies as LinkedIn receives them, one line each with its id, for the peers and for wrk.
struct Samples: ParsableCommand {
    @Option var records: Int
    @Option var seed: UInt64 = 1

    func run() throws {
        let lines = CandidateLines(seed: seed, linkedIn: true)
        for number in 0..<records {
            var bytes = lines.id(number) + [UInt8(ascii: "\t")]
            lines.append(number, to: &bytes)
            print(String(decoding: bytes, as: UTF8.self))
        }
    }
}
