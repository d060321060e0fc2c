// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// How often each viewer's InMails were asked for lately.
///
/// Source: inmail-history, throttle table: "12" in a column headed records per member per minute (documented). That it
/// means requests per viewing seat is a choice (modules 3–5, J-9). UNVERIFIED
final class ViewerPace: Sendable {
    private struct Viewer: Hashable {
        var application: Int64
        var seat: Int64
    }

    static let requestsPerMinute = 12

    private let windows = Mutex<[Viewer: MinuteWindow]>([:])

    /// Counts a request, or refuses it; a refused one does not count.
    ///
    /// - Throws: `GatewayError` 429 for the thirteenth of a minute.
    func admit(application: Int64, seat: Int64, now: Moment, _ switches: Switches) throws(GatewayError) {
        let wait = windows.withLock { windows -> Int? in
            var window = windows[Viewer(application: application, seat: seat)] ?? MinuteWindow()
            defer { windows[Viewer(application: application, seat: seat)] = window }
            guard window.records(at: now.second, sliding: switches.slidingMinute) < Self.requestsPerMinute else {
                return window.secondsUntilRoom(sliding: switches.slidingMinute)
            }
            window.add(1, at: now.second)
            return nil
        }
        if let wait {
            // UNVERIFIED: the words of the scope.
            throw .tooManyRequests(scope: "MEMBER MINUTE", retryAfter: switches.retryAfter ? wait : nil)
        }
    }

    func forget() { windows.withLock { $0 = [:] } }
}
