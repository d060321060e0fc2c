// SPDX-License-Identifier: Apache-2.0

import Browser
import JSONBytes
import Testing

/// What the tests' browser itself promises.
@Suite struct BrowserLibraryTests {
    @Test func `a person's words find links, buttons and fields`() async throws {
        try await Browser.run { browser in
            try await browser.visit(
                page(
                    """
                    <h1>Form</h1><label>Name <input id=a></label><label for=b>City</label><select id=b><option>Rome<option>Oslo</select>
                    <button onclick="document.getElementById('said').textContent = a.value + ' of ' + b.value">Say it</button>
                    <p id=said></p>
                    """))
            try await browser.fill("Name", with: "Ada")
            try await browser.select("Oslo", in: "City")
            try await browser.click("Say it")
            try await browser.expect("Ada of Oslo", in: .css("#said"))
            #expect(try await browser.value(of: "Name") == "Ada")
        }
    }

    @Test func `the checks find what is wrong with a page, and nothing with a good one`() async throws {
        try await Browser.run { browser in
            try await browser.resize(width: 390)
            try await browser.visit(
                page("<main><h1>Good</h1><h2>Part</h2><p>Text <a href='#x'>link</a></p><button>Go</button></main>"))
            #expect(try await browser.complaints() == [])
            #expect(try await browser.tabComplaints() == [])
            try await browser.visit(
                page(
                    """
                    <main><h1>Bad</h1><h3>Skips</h3><p style='color:#aaa'>pale</p><input><button></button><img src='data:,'>
                    <div style='width:600px'>wide</div><p id=p></p><p id=p></p><a href='#' tabindex=3>jumps</a>
                    <table><tr><td>1</td></tr></table></main>
                    """))
            let complaints = try await browser.complaints().joined(separator: "\n")
            for words in [
                "level 3 follows", "hardly stands out (2.32)", "nothing says what this is: <input>",
                "nothing says what this is: <button>", "an image without", "wide in a window of 390",
                "an id is there twice",
                "out of order", "a table without",
            ] {
                #expect(complaints.contains(words), "\(words) is not in: \(complaints)")
            }
        }
    }

    @Test func `scripts can be off, and the preference for dark pages on`() async throws {
        try await Browser.run { browser in
            let text = page("<h1>a</h1><script>document.querySelector('h1').textContent = 'b'</script>")
            try await browser.visit(text)
            #expect(try await browser.text(.css("h1")) == "b")
            try await browser.scripts(on: false)
            try await browser.visit(text)
            #expect(try await browser.text(.css("h1")) == "a")
            try await browser.prefer(dark: true)
            #expect(
                try await browser.run("return matchMedia('(prefers-color-scheme: dark)').matches").bool == true)
        }
    }

    @Test func `what a page complains about in its console is heard, and a dialog is answered`() async throws {
        try await Browser.run { browser in
            try await browser.visit(
                page("<button onclick=\"this.textContent = confirm('Sure?')\">Ask</button><script>oops()</script>"))
            let said = try await browser.console()
            #expect(said.contains { $0.level == "SEVERE" && $0.text.contains("oops is not defined") })
            try await browser.click("Ask")
            #expect(try await browser.answerDialog(true) == "Sure?")
            try await browser.expect("true", in: .css("button"))
        }
    }

    private func page(_ body: String) -> String {
        "data:text/html;charset=utf-8,"
            + "<!doctype html><html lang=en><title>t</title><body style='background:white;color:black'>\(body)".utf8.map
        {
            String($0, radix: 16).count == 1 ? "%0" + String($0, radix: 16) : "%" + String($0, radix: 16)
        }.joined()
    }
}
