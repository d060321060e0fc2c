// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import People

/// A small export of another system, for the dashboard's Sources page: the mapping that a new source begins with reads it as it is.
enum DemoFiles {
    private static let people = 24

    /// - Parameter folder: what `sources.allowed` names; created.
    static func write(to folder: String, seed: UInt64, at now: Millis) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // Far behind the members and candidates of the demo, so that nobody is there twice.
        let crowd = People(seed: seed &+ 1)
        let rows = (0..<people).map { index in
            let person = crowd.person(1_000_000 + index)
            let created = now - .seconds(86_400 * (index + 1))
            return [
                "F-\(index + 1)", person.firstName, person.lastName, person.email, String(created.iso8601.prefix(10)),
            ]
            .map(quoted).joined(separator: ",")
        }
        let text = (["id,first_name,last_name,email,created_at"] + rows).joined(separator: "\n") + "\n"
        try text.write(toFile: folder + "/candidates.csv", atomically: true, encoding: .utf8)
    }

    private static func quoted(_ cell: String) -> String {
        cell.contains { ",\"\n".contains($0) } ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
    }
}
