// SPDX-License-Identifier: Apache-2.0

import Domain
import Testing

@Suite struct ForecastTests {
    private static let now = Millis(20_000 * 86_400_000 + 12 * 3_600_000)
    private static let limits = Budget.Limits(recordsPerMinute: 10_000, recordsPerDay: nil, requestsPerDay: 1_000)

    @Test func `the measured pace counts while nothing else holds it up`() throws {
        let forecast = try #require(
            Forecast.of(due: 5_000, measured: 1_000, limits: Self.limits, spent: Budget.Day(), at: Self.now))
        #expect(forecast.limit == .pace && forecast.left == .seconds(300))
    }

    @Test func `a pace at LinkedIn's limit is said to be LinkedIn's, and never more`() throws {
        let forecast = try #require(
            Forecast.of(due: 20_000, measured: 12_000, limits: Self.limits, spent: Budget.Day(), at: Self.now))
        #expect(forecast.limit == .minute(10_000) && forecast.rate == 10_000 && forecast.left == .seconds(120))
    }

    @Test func `what today's quota does not take goes on at midnight, day after day`() throws {
        // 900 of 1,000 calls are spent: 10,000 records today, 100,000 each day after.
        let spent = Budget.Day(records: 0, requests: 900)
        let forecast = try #require(
            Forecast.of(due: 111_000, measured: 1_000, limits: Self.limits, spent: spent, at: Self.now))
        #expect(forecast.limit == .day)
        #expect(forecast.left == .seconds(12 * 3_600 + 86_400 + 60))
    }

    @Test func `a day that is used up is foretold without a pace`() throws {
        let spent = Budget.Day(records: 0, requests: 1_000)
        let forecast = try #require(
            Forecast.of(due: 10, measured: nil, limits: Self.limits, spent: spent, at: Self.now))
        #expect(forecast.limit == .day && forecast.left - .seconds(12 * 3_600) < .seconds(1))
    }

    @Test func `nobody knows before something was sent, and nothing is foretold of nothing`() {
        #expect(Forecast.of(due: 10, measured: nil, limits: Self.limits, spent: Budget.Day(), at: Self.now) == nil)
        #expect(Forecast.of(due: 0, measured: 5, limits: Self.limits, spent: Budget.Day(), at: Self.now) == nil)
    }
}
