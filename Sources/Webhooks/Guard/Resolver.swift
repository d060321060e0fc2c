// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Synchronization

/// Finds the addresses of a name.
package protocol Resolver: Sendable {
    /// - Returns: in the order in which they should be tried; empty when the name is not known.
    func addresses(of host: String) async -> [IPAddress]
}

/// The system's resolver. It blocks, so it runs on threads of its own, and one that takes too long is left behind.
package struct SystemResolver: Resolver {
    private static let queue = DispatchQueue(label: "crosswalk.webhooks.resolver", attributes: .concurrent)
    private static let patience = DispatchTimeInterval.seconds(5)

    package init() {}

    package func addresses(of host: String) async -> [IPAddress] {
        if let address = IPAddress(host) { return [address] }
        return await withCheckedContinuation { continuation in
            let answer = Once(continuation)
            Self.queue.async { answer.give(Self.ask(host)) }
            Self.queue.asyncAfter(deadline: .now() + Self.patience) { answer.give([]) }
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

/// Takes the first of two answers.
private final class Once: Sendable {
    private let waiting: Mutex<CheckedContinuation<[IPAddress], Never>?>

    init(_ continuation: CheckedContinuation<[IPAddress], Never>) { waiting = Mutex(continuation) }

    func give(_ answer: [IPAddress]) {
        let continuation = waiting.withLock { waiting in
            defer { waiting = nil }
            return waiting
        }
        continuation?.resume(returning: answer)
    }
}
