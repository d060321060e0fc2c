// SPDX-License-Identifier: Apache-2.0

import JSONBytes

extension Browser {
    /// What is wrong with the page as it stands: structure, width, names, contrast, whatever the keyboard would not reach. One sentence
    /// each.
    package func complaints() async throws -> [String] {
        try await run(String(decoding: PackageResources.check_js, as: UTF8.self)).array?.compactMap(\.string) ?? []
    }

    /// Walks through the page with the Tab key.
    ///
    /// - Returns: what it missed, or came to out of order.
    package func tabComplaints() async throws -> [String] {
        let script = String(decoding: PackageResources.tab_js, as: UTF8.self)
        let stops = try await run(script, "watch").int ?? 0
        try await press(String(repeating: Self.tab, count: Int(stops) + 5))
        return try await run(script, "report").array?.compactMap(\.string) ?? []
    }

    /// WebDriver's character for the key (W3C, section 17.4.2).
    private static let tab = "\u{E004}"
}
