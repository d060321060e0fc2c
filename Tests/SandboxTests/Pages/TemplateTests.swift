// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite struct TemplateTests {
    /// `{{{` and `{{&` would write a value unescaped; the content policy forbids the others. Scripts of ours in files, and the tags that
    /// LinkedIn's loader reads, are none.
    @Test func `templates escape every value and hold no style or script`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/Sandbox/Pages/Templates")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        #expect(!files.isEmpty)
        for file in files {
            let text = try String(contentsOf: file, encoding: .utf8)
                .replacing(/<script (type="text\/javascript" )?src="{{[a-z]+}}"( defer)?>/, with: "")
                .replacing(/<script type="IN\/[A-Za-z]+"/, with: "")
            for forbidden in ["{{{", "{{&", " style=", "<script", "<style", "javascript:"] {
                #expect(!text.contains(forbidden), "\(forbidden) in \(file.lastPathComponent)")
            }
        }
    }
}
