// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite struct TemplateTests {
    /// `{{{` and `{{&` would write a value unescaped; the content policy forbids the others.
    @Test func `templates escape every value and hold no style or script`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/Sandbox/Pages/Templates")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        #expect(!files.isEmpty)
        for file in files {
            let text = try String(contentsOf: file, encoding: .utf8)
            for forbidden in ["{{{", "{{&", " style=", "<script", "<style", "javascript:"] {
                #expect(!text.contains(forbidden), "\(forbidden) in \(file.lastPathComponent)")
            }
        }
    }
}
