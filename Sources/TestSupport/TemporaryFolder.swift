// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A folder of one test's own, gone with the test; what a killed test process left behind goes with the next one.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        path = Self.ofThisProcess + "/" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    package func path(_ name: String) -> String { path + "/" + name }

    /// Holds the folders of all tests of this process, which its number names.
    private static let ofThisProcess: String = {
        let all = FileManager.default.temporaryDirectory.appendingPathComponent("crosswalk-tests").path
        for name in (try? FileManager.default.contentsOfDirectory(atPath: all)) ?? [] {
            if let process = Int32(name), kill(process, 0) != 0, errno == ESRCH {
                try? FileManager.default.removeItem(atPath: "\(all)/\(name)")
            }
        }
        return "\(all)/\(getpid())"
    }()
}
