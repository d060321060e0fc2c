// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import SQLFile

/// What a candidate is matched by: e-mail addresses in lower case and the public profile's address in its one spelling.
///
/// Source: sync-candidates says that matching is automatic on e-mail and other profile fields (documented); which
/// ones is UNVERIFIED.
enum MatchKeys {
    /// One key per line, sorted, so that two candidates with the same keys compare equal. Empty when there is nothing
    /// to match by.
    static func text(emails: [String], profileURL: String?) -> String {
        var keys = emails.map(folded)
        if let url = profileURL.flatMap(canonical) { keys.append(url) }
        // Hardly anybody has more than two addresses.
        if keys.count > 1 {
            keys.sort()
            for index in keys.indices.dropFirst().reversed() where keys[index] == keys[index - 1] {
                keys.remove(at: index)
            }
        }
        return keys.joined(separator: "\n")
    }

    /// Lower case, white space as one space. Nearly every address is ASCII, where folding needs no tables.
    private static func folded(_ email: String) -> String {
        guard email.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return email.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
        }
        guard email.utf8.contains(where: { $0 >= 0x41 && $0 <= 0x5A }) else { return email }
        return String(decoding: email.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// `Member.profileURL`, which most senders' spelling is already.
    private static func canonical(_ url: String) -> String? {
        let start = "https://www.linkedin.com/in/"
        guard url.hasPrefix(start), url.utf8.count > start.utf8.count else { return Member.profileURL(url) }
        let isPlain = url.utf8.dropFirst(start.utf8.count).allSatisfy { byte in
            (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == UInt8(ascii: "-")
        }
        return isPlain ? url : Member.profileURL(url)
    }
}

extension SQLTransaction {
    /// The members a candidate is matched to, by number.
    ///
    /// Looked up on every read instead of being stored: a member who joins, leaves or changes is seen at once, and a
    /// write costs nothing.
    func matchedMembers(_ candidate: StoredEntity, delay: Duration, at now: Moment) throws -> [Int64] {
        guard let keys = candidate.matchKeys, !keys.isEmpty, let since = candidate.matchSince,
            Moment(since) + delay <= now
        else {
            return []
        }
        var found: Set<Int64> = []
        for key in keys.split(separator: "\n") {
            let column = key.hasPrefix("https://") ? "profile_url" : "email"
            if let number = try first(
                "SELECT number FROM member WHERE \(column) = ? AND closed_ms IS NULL", [.text(String(key))],
                { $0.int(0) })
            {
                found.insert(number)
            }
        }
        return found.sorted()
    }
}
