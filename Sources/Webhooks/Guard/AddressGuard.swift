// SPDX-License-Identifier: Apache-2.0

/// Decides which addresses webhooks may be sent to: an URL that somebody else chose must not reach what only this machine or its network
/// can reach. Pure: asked for every address of every delivery, after the name was resolved.
package struct AddressGuard: Sendable {
    /// Ranges that are allowed although the table refuses them.
    package var allowed: [AddressRange]

    package init(allowed: [AddressRange] = []) { self.allowed = allowed }

    /// This machine itself, for the sandbox profile.
    package static let loopback = [AddressRange("127.0.0.0/8")!, AddressRange("::1")!]

    /// - Returns: what kind of address it is, for a message; nil when it may be connected to.
    package func refusal(of address: IPAddress) -> String? {
        if allowed.contains(where: { $0.contains(address) }) { return nil }
        // A NAT64 gateway leads to the IPv4 address at the end (RFC 6052): a network without IPv4 reaches everybody so.
        if Self.gateway.contains(address) { return refusal(of: IPAddress(bytes: Array(address.bytes[12...]))) }
        return Self.table.first { $0.range.contains(address) }?.kind
    }

    private static let gateway = AddressRange("64:ff9b::/96")!

    /// IANA's special-purpose address registries (RFC 6890 and its updates), as far as no public host lives there.
    private static let table: [(range: AddressRange, kind: String)] = [
        ("0.0.0.0/8", "an unspecified address"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "an address of a carrier's NAT"),
        ("127.0.0.0/8", "a loopback address"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "an address for documentation"),
        ("192.88.99.0/24", "a reserved address"),
        ("192.168.0.0/16", "a private address"),
        ("198.18.0.0/15", "an address for benchmarks"),
        ("198.51.100.0/24", "an address for documentation"),
        ("203.0.113.0/24", "an address for documentation"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
        ("::/128", "an unspecified address"),
        ("::1/128", "a loopback address"),
        ("::/96", "an IPv4 address inside an IPv6 one"),
        ("::ffff:0:0/96", "an IPv4 address inside an IPv6 one"),
        ("::ffff:0:0:0/96", "an IPv4 address inside an IPv6 one"),
        ("64:ff9b:1::/48", "a private address"),
        ("100::/64", "a discarding address"),
        ("2001::/23", "a reserved address"),
        ("2001:db8::/32", "an address for documentation"),
        ("2002::/16", "an IPv4 address inside an IPv6 one"),
        ("3fff::/20", "an address for documentation"),
        ("5f00::/16", "a reserved address"),
        ("fc00::/7", "a private (unique-local) address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a private (site-local) address"),
        ("ff00::/8", "a multicast address"),
    ].map { (AddressRange($0.0)!, $0.1) }
}
