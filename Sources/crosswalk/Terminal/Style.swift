// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Colour and weight, only where a person looks at a terminal that wants them (https://no-color.org).
struct Style: Sendable {
    var isOn: Bool

    static func forOutput(_ descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment)
        -> Style
    {
        Style(isOn: isatty(descriptor) == 1 && environment["NO_COLOR"] == nil && environment["TERM"] != "dumb")
    }

    func bold(_ text: String) -> String { wrap(text, "1") }
    func dim(_ text: String) -> String { wrap(text, "2") }
    func green(_ text: String) -> String { wrap(text, "32") }
    func red(_ text: String) -> String { wrap(text, "31") }
    func yellow(_ text: String) -> String { wrap(text, "33") }

    private func wrap(_ text: String, _ code: String) -> String { isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}
