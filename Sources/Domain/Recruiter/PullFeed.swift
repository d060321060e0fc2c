// SPDX-License-Identifier: Apache-2.0

/// One kind of thing that is read from LinkedIn again and again, because no notification tells of it.
package enum PullFeed: String, CaseIterable, Sendable {
    case seats
    case inMail
    case stubProfiles
    case notes
    case closedProfiles

    /// Lists are read as a whole each time; the others in windows of time.
    package var isList: Bool { self == .seats || self == .closedProfiles }

    /// Elements per call: as many as LinkedIn's own samples ask for, because a server that caps the count would look like one that has no
    /// more (modules-3-5 A.7 to A.10).
    package var pageSize: Int {
        switch self {
        case .seats, .notes: 100
        case .inMail, .stubProfiles, .closedProfiles: 50
        }
    }

    /// How far one query can be paged: beyond it `mailStubs` answers with an error (modules-3-5 A.9, confidence D).
    package var reach: Int { self == .stubProfiles ? 20_000 : .max }
}

/// How often things are read, how much at once, and how far back.
package struct PullPace: Hashable, Sendable {
    /// Between two looks at InMail, notes and stub profiles. LinkedIn suggests every 30 minutes (A.12).
    package var interactions: Duration
    package var seats: Duration
    /// LinkedIn wants them read at least every 30 days (release notes of July 2023, documented).
    package var closedProfiles: Duration
    /// Between two calls for one seat's InMail: 12 a minute are allowed (A.11, J-9), so the 13th comes after a minute.
    package var seatSpacing: Duration = .milliseconds(5_050)
    /// The longest window of InMail and notes (A.8 and A.10, documented).
    package var window: Duration = .seconds(12 * 3600)
    /// The longest window of stub profiles, which have no such limit.
    package var stubWindow: Duration = .seconds(7 * 86_400)
    /// How much of the window before is read again: the pages contradict each other on which bound is included (J-11), clocks differ, and
    /// what is read twice does no harm.
    package var overlap: Duration = .seconds(300)
    /// How far back a seat is read when it is seen first, unless the customer chose otherwise.
    package var history: Duration
    /// Of the shared calls of a day at most so many hundredths go to regular looks; more seats are looked at less often.
    package var regularShare = 90

    package init(interactions: Duration, seats: Duration, closedProfiles: Duration, history: Duration) {
        self.interactions = interactions
        self.seats = seats
        self.closedProfiles = closedProfiles
        self.history = history
    }

    package static let linkedIn = Self(
        interactions: .seconds(1800), seats: .seconds(86_400), closedProfiles: .seconds(86_400),
        history: .seconds(365 * 86_400))
    /// A sandbox's world is young, and nobody waits half an hour for a demonstration.
    package static let sandbox = Self(
        interactions: .seconds(10), seats: .seconds(30), closedProfiles: .seconds(60), history: .seconds(7 * 86_400))

    /// Between two looks at a feed, before the day's budget stretches it.
    package func interval(_ feed: PullFeed) -> Duration {
        switch feed {
        case .seats: seats
        case .closedProfiles: closedProfiles
        case .inMail, .notes, .stubProfiles: interactions
        }
    }

    package func longestWindow(_ feed: PullFeed) -> Duration { feed == .stubProfiles ? stubWindow : window }

    /// How long a cursor rests after any call.
    package func spacing(_ feed: PullFeed) -> Duration { feed == .inMail ? seatSpacing : .zero }
}
