// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import Web

/// Which of the journal's entries a developer wants to see.
struct RequestFilter: Sendable, Hashable {
    enum Outcome: String, CaseIterable, Sendable {
        case ok, refused, throttled, failed, dropped, planned

        var label: String {
            switch self {
            case .ok: "2xx, done"
            case .refused: "4xx, refused"
            case .throttled: "429, throttled"
            case .failed: "5xx, failed"
            case .dropped: "no answer"
            case .planned: "struck by a planned fault"
            }
        }

        func matches(_ entry: JournalEntry) -> Bool {
            switch self {
            case .ok: (200..<300).contains(entry.status)
            case .refused: (400..<500).contains(entry.status)
            case .throttled: entry.status == 429
            case .failed: entry.status >= 500
            case .dropped: entry.status == 0
            case .planned: entry.fault != nil
            }
        }
    }

    static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]

    /// Client id.
    var application: String?
    var method: String?
    /// Part of the path.
    var path: String?
    /// The quota that it counts against.
    var group: EndpointGroup?
    var outcome: Outcome?
    /// In path, query, bodies or request id, whatever its case.
    var text: String?

    init(_ fields: FormFields) {
        application = fields["application"]
        method = fields["method"]
        path = fields["path"]
        group = fields["group"].flatMap { EndpointGroup(rawValue: $0) }
        outcome = fields["status"].flatMap(Outcome.init(rawValue:))
        text = fields["text"]
    }

    var isEmpty: Bool {
        application == nil && method == nil && path == nil && group == nil && outcome == nil && text == nil
    }

    /// Where the requests are listed that count against a quota of an application.
    static func rows(of application: String, _ group: EndpointGroup) -> String {
        "/developers/requests?" + FormFields([("application", application), ("group", group.rawValue)]).query()
    }

    /// - Returns: whether an entry is wanted; made once for many entries.
    func test() -> (JournalEntry) -> Bool {
        let needle = text.map { Needle($0) }
        return { entry in
            (application == nil || entry.application == application) && (method == nil || entry.method == method)
                && (path.map { entry.path.contains($0) } ?? true)
                && (group.map { entry.groups.contains($0) } ?? true) && (outcome?.matches(entry) ?? true)
                && (needle.map { needle in
                    needle.isIn(entry.path.utf8) || needle.isIn(entry.query.utf8) || needle.isIn(entry.requestID.utf8)
                        || needle.isIn(entry.requestBody ?? []) || needle.isIn(entry.responseBody ?? [])
                } ?? true)
        }
    }

    /// A text to look for among bytes; ASCII letters count as the same in both cases.
    private struct Needle {
        let bytes: [UInt8]

        init(_ text: String) { bytes = text.utf8.map(Self.folded) }

        func isIn(_ haystack: some Collection<UInt8>) -> Bool {
            haystack.withContiguousStorageIfAvailable { isIn($0) }
                ?? Array(haystack).withUnsafeBufferPointer { isIn($0) }
        }

        private func isIn(_ haystack: UnsafeBufferPointer<UInt8>) -> Bool {
            guard let first = bytes.first else { return true }
            guard haystack.count >= bytes.count else { return false }
            for start in 0...(haystack.count - bytes.count) where Self.folded(haystack[start]) == first {
                if bytes.indices.allSatisfy({ Self.folded(haystack[start + $0]) == bytes[$0] }) { return true }
            }
            return false
        }

        private static func folded(_ byte: UInt8) -> UInt8 {
            byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
        }
    }
}
