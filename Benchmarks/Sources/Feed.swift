// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AsyncHTTPClient
import Domain
import JSONBytes
import NIOCore
import NIOHTTP1
import Store

/// Fills a customer's feed beside a running connector, and reads it through the API page by page, as an ATS that was away would.
struct Feed: AsyncParsableCommand {
    /// The connector's data folder.
    @Option var data: String
    @Option var customer: String
    @Option var url: String
    @Option var key: String
    @Option var events: Int
    /// Bytes of an event's data.
    @Option var size = 700

    func run() async throws {
        let store = try Store.open(directory: data)
        guard let id = CustomerID(customer), let number = try await store.read({ try $0.customer(id: id)?.number })
        else {
            throw ValidationError("there is no customer \(customer)")
        }
        let bytes = Array(#"{"note":1,"text":"\#(String(repeating: "a", count: size - 21))"}"#.utf8)
        for start in stride(from: 0, to: events, by: 5_000) {
            let count = min(5_000, events - start)
            try await store.write { tx in
                for _ in 0..<count {
                    try tx.append(
                        NewEvent(.noteChanged, candidate: "C-1", isFromLinkedIn: true, data: bytes), customer: number,
                        at: Millis(1_770_033_600_000))
                }
            }
        }
        try await store.close()
        let start = ContinuousClock.now
        let read = try await readAll()
        guard read == events else { throw ValidationError("only \(read) of \(events) events were read") }
        report(("rate", Double(read) / (ContinuousClock.now - start).seconds))
    }

    @concurrent private func readAll() async throws -> Int {
        var (cursor, read): (Int64, Int) = (0, 0)
        while true {
            var request = HTTPClientRequest(url: "\(url)/api/v1/events?limit=1000&after=\(cursor)")
            request.headers = ["authorization": "Bearer \(key)"]
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
            let body = Array(buffer: try await response.body.collect(upTo: 64 << 20))
            guard response.status == .ok else { throw ValidationError("answered \(response.status.code)") }
            let page = try JSONValue(parsing: body)
            let events = page["events"]?.array ?? []
            guard !events.isEmpty, let next = page["next"]?.int else { return read }
            read += events.count
            cursor = next
        }
    }
}
