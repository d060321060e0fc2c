// SPDX-License-Identifier: Apache-2.0

/// A request to LinkedIn's side, from a socket or made in process.
package struct SandboxRequest: Sendable {
    package var method: String
    /// Still percent-encoded, without the query.
    package var path: String
    /// Still percent-encoded; empty when there was none.
    package var query: String
    package var headers: [(String, String)]
    package var body: [UInt8]

    /// - Parameter target: path and query as they stand in the request line.
    package init(_ method: String, _ target: String, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.method = method
        if let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) {
            path = String(target[..<mark])
            query = String(target[target.utf8.index(after: mark)...])
        } else {
            path = target
            query = ""
        }
        self.headers = headers
        self.body = body
    }

    /// The first header of this name, whatever its case.
    package func header(_ name: StaticString) -> String? {
        headers.first { Self.isSame($0.0, name) }?.1
    }

    /// Bytes of request line and headers, as they were on the wire.
    var headBytes: Int {
        headers.reduce(method.utf8.count + targetBytes + 12) { $0 + $1.0.utf8.count + $1.1.utf8.count + 4 }
    }

    /// Bytes of path and query with the mark between.
    var targetBytes: Int { path.utf8.count + (query.isEmpty ? 0 : query.utf8.count + 1) }

    private static func isSame(_ name: String, _ wanted: StaticString) -> Bool {
        guard name.utf8.count == wanted.utf8CodeUnitCount else { return false }
        var at = wanted.utf8Start
        for byte in name.utf8 {
            // Header names are letters and hyphens: folding bit 5 confuses none of them.
            guard byte | 0x20 == at.pointee | 0x20 else { return false }
            at += 1
        }
        return true
    }
}

package struct SandboxResponse: Sendable {
    package var status: Int
    package var headers: [(String, String)]
    package var body: [UInt8]
    /// Instead of `body`: pieces as they come, an open page's live updates.
    package var stream: AsyncStream<[UInt8]>?

    package init(
        status: Int, headers: [(String, String)] = [], body: [UInt8] = [], stream: AsyncStream<[UInt8]>? = nil
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.stream = stream
    }

    /// The first header of this name, whatever its case.
    package func header(_ name: String) -> String? {
        headers.first { $0.0.lowercased() == name.lowercased() }?.1
    }
}

/// The connection was closed without an answer: a planned fault. Over HTTP the socket really is closed.
package struct ConnectionDropped: Error, Sendable, Hashable {
    /// Whether what the request asked for was done all the same.
    package var afterTheWork: Bool
}
