// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Web

@Suite struct CSVTextTests {
    @Test(arguments: [
        ("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\t=1", "'\t=1"), ("\n=1", "\"'\n=1\""),
        ("a=1", "a=1"), ("", ""), ("a,b", "\"a,b\""), ("say \"e\u{301}\"", "\"say \"\"e\u{301}\"\"\""),
    ])
    func `a cell is text in every spreadsheet, and the same when it comes back`(cell: String, written: String) throws {
        let line = CSVText.line([cell, "b"])
        #expect(line == written + ",b\r\n")
        #expect(try CSVText.rows(line)[0].fields.map(CSVText.plain) == [cell, "b"])
    }
}
