// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What two records are compared by, in forms that are equal when the things are. Case is folded here and nowhere else.
package enum WhoIsWho {
    /// What a public LinkedIn profile's address comes down to: `in/ada` for `https://de.linkedin.com/in/Ada/?trk=x`.
    ///
    /// - Returns: nil for an address that names no profile at LinkedIn.
    package static func profile(_ url: String) -> String? {
        var rest = url[...]
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        rest = rest.prefix { $0 != "?" && $0 != "#" }
        let parts = rest.split(separator: "/").map { decoded($0).lowercased() }
        guard let host = parts.first?.split(separator: ":").first,
            host == "linkedin.com" || host.hasSuffix(".linkedin.com"), parts.count > 1
        else { return nil }
        // Behind the name of a profile only its language may follow: /in/ada/de.
        if parts[1] == "in" { return parts.count > 2 ? "in/\(parts[2])" : nil }
        return parts[1] == "pub" && parts.count > 2 ? parts.dropFirst().joined(separator: "/") : nil
    }

    /// - Returns: nil for a text that is no address.
    package static func email(_ address: String) -> String? {
        let folded = trimmed(address).lowercased()
        return folded.contains("@") ? folded : nil
    }

    /// Name and present company together: enough for a suggestion, never for a tie.
    ///
    /// - Returns: nil unless all three say something.
    package static func nameAndCompany(first: String?, last: String?, company: String?) -> String? {
        guard let first = words(first), let last = words(last), let company = words(company) else { return nil }
        return "\(first)|\(last)|\(company)"
    }

    /// A name as it can be looked for: its words, in turn from each of them on. `["Ada", "Byron King"]` gives `ada byron king`,
    /// `byron king ada` and `king ada byron`. Accents do not count; of endless names the first eight words do.
    package static func turns(of parts: [String?]) -> Set<String> {
        let words = searched(parts.compactMap(\.self).joined(separator: " "))
        return Set(words.indices.map { (words[$0...] + words[..<$0]).joined(separator: " ") })
    }

    /// The words of something that is looked for, in the form of `turns(of:)`.
    package static func searched(_ text: String) -> [String] {
        String(text.prefix(1_000)).folding(
            options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil
        )
        .split { !$0.isLetter && !$0.isNumber }.prefix(8).map { String($0.prefix(32)) }
    }

    /// Letters and digits in lower case, words parted by one space.
    private static func words(_ text: String?) -> String? {
        guard let text else { return nil }
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    private static func trimmed(_ text: String) -> Substring {
        var text = text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
