// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation

/// Finds the addresses of a name.
package protocol Resolver: Sendable {
    /// - Returns: in the order in which they should be tried; empty when the name is not known.
    func addresses(of host: String) async -> [IPAddress]
}

/// The system's resolver. It blocks, so it runs on threads of its own.
package struct SystemResolver: Resolver {
    private static let queue = DispatchQueue(label: "crosswalk.webhooks.resolver", attributes: .concurrent)

    package init() {}

    package func addresses(of host: String) async -> [IPAddress] {
        if let address = IPAddress(host) { return [address] }
        return await withCheckedContinuation { continuation in
            Self.queue.async { continuation.resume(returning: Self.ask(host)) }
        }
    }

    private static func ask(_ host: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var head: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &head) == 0 else { return [] }
        defer { freeaddrinfo(head) }
        var found: [IPAddress] = []
        var next = head
        while let entry = next?.pointee {
            if let address = address(entry), !found.contains(address) { found.append(address) }
            next = entry.ai_next
        }
        return found
    }

    private static func address(_ entry: addrinfo) -> IPAddress? {
        guard let place = entry.ai_addr else { return nil }
        return switch entry.ai_family {
        case AF_INET:
            place.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { four in
                withUnsafeBytes(of: four.pointee.sin_addr) { IPAddress(bytes: Array($0)) }
            }
        case AF_INET6:
            place.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { six in
                withUnsafeBytes(of: six.pointee.sin6_addr) { IPAddress(bytes: Array($0)) }
            }
        default: nil
        }
    }
}
