// SPDX-License-Identifier: Apache-2.0

import Foundation

/// An address of the internet protocol: 4 bytes or 16, in network order.
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    package let bytes: [UInt8]

    /// - Returns: nil for anything but the usual form (`192.0.2.1`, `2001:db8::1`): no short forms, no zones, no brackets.
    package init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            bytes = withUnsafeBytes(of: &six) { Array($0) }
        } else {
            return nil
        }
    }

    /// - Precondition: 4 or 16 bytes.
    package init(bytes: [UInt8]) {
        precondition(bytes.count == 4 || bytes.count == 16, "an address has 4 or 16 bytes")
        self.bytes = bytes
    }

    package var isV6: Bool { bytes.count == 16 }

    package var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        _ = inet_ntop(isV6 ? AF_INET6 : AF_INET, bytes, &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// A range of addresses: `10.0.0.0/8`, `fc00::/7`, or one address alone.
package struct AddressRange: Hashable, Sendable, CustomStringConvertible {
    private let first: IPAddress
    private let bits: Int

    /// - Returns: nil when `text` is no range.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = IPAddress(String(parts[0])) else { return nil }
        let most = first.bytes.count * 8
        guard parts.count == 1 || Int(parts[1]).map({ (0...most).contains($0) }) == true else { return nil }
        self.first = first
        bits = parts.count == 1 ? most : Int(parts[1]) ?? most
    }

    package func contains(_ address: IPAddress) -> Bool {
        guard address.isV6 == first.isV6 else { return false }
        return zip(first.bytes, address.bytes).enumerated().allSatisfy { index, pair in
            let left = max(0, min(8, bits - index * 8))
            return (pair.0 ^ pair.1) >> (8 - left) == 0
        }
    }

    package var description: String { "\(first)/\(bits)" }
}
