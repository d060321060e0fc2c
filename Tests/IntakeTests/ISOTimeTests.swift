// SPDX-License-Identifier: Apache-2.0

import Foundation
import Intake
import Testing

@Suite struct ISOTimeTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("1970-01-01", 0), ("2024-03-01", 1_709_251_200_000),
        ("2024-02-29T23:59:59.999Z", 1_709_251_199_999), ("2024-03-01T09:30Z", 1_709_285_400_000),
        ("2024-03-01t09:30:00z", 1_709_285_400_000), ("2024-03-01 10:30:00+01:00", 1_709_285_400_000),
        ("2024-03-01T10:30:00+01", 1_709_285_400_000), ("2024-03-01T04:00:00-0530", 1_709_285_400_000),
        ("2024-03-01T09:30:00.5Z", 1_709_285_400_500), ("2024-03-01T09:30:00,123456789Z", 1_709_285_400_123),
        ("1969-12-31T23:59:59Z", -1_000), ("0001-01-01", -62_135_596_800_000),
        ("2016-12-31T23:59:60Z", 1_483_228_800_000),
    ])
    func `a time is read`(text: String, millis: Int64) throws {
        #expect(try ISOTime.millis(text) == millis)
    }

    @Test(arguments: [
        "", "2024", "2024-3-1", "2024-13-01", "2024-00-01", "2024-02-30", "2023-02-29", "2024-03-01T",
        "2024-03-01T24:00Z",
        "2024-03-01T09:60Z", "2024-03-01T09:30:00.Z", "2024-03-01T09:30:00Zx", "2024-03-01T09Z", "01.03.2024",
        "２024-03-01",
        "2024-03-01T09:30:00+1", "2024-03-01T09:30:00+24:00",
    ])
    func `what is not a time is refused`(text: String) {
        #expect(throws: ISOTime.Failure.form) { try ISOTime.millis(text) }
    }

    @Test(arguments: ["2024-03-01T09:30:00", "2024-03-01T09:30", "2024-03-01 09:30:00.123"])
    func `a time without a zone is told apart`(text: String) {
        #expect(throws: ISOTime.Failure.noZone) { try ISOTime.millis(text) }
    }

    @Test func `every day from 1900 to 2299 agrees with Foundation`() throws {
        let style = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
        for day in stride(from: Int64(-25_567), through: 120_530, by: 1) {
            let text = Date(timeIntervalSince1970: TimeInterval(day * 86_400)).formatted(style)
            #expect(try ISOTime.millis(text) == day * 86_400_000)
        }
    }
}
