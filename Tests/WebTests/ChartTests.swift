// SPDX-License-Identifier: Apache-2.0

import Testing
import Web

struct ChartTests {
    private struct ChartPage: Page {
        static let template = PageTemplate(
            "chart",
            utf8: Array("{{#bars}}{{> bars}}{{/bars}}{{#line}}{{> lines}}{{/line}}{{#meter}}{{> meter}}{{/meter}}".utf8)
        )
        var title = "Charts"
        var bars: BarChart?
        var line: LineChart?
        var meter: Meter?
    }

    private func html(_ page: ChartPage) -> String {
        String(decoding: Renderer().html(page, Shell(product: "P", home: "/")), as: UTF8.self)
    }

    @Test func `bars say their number and the chart its sentence`() {
        let chart = BarChart(
            summary: "5 sent, 1 rejected", columns: ["09", "10"],
            series: [.init("sent", .good, [3, 2]), .init("rejected", .bad, [0, 1])])
        let page = html(ChartPage(bars: chart))
        #expect(page.contains(#"role="img" aria-label="5 sent, 1 rejected""#))
        #expect(page.contains("<title>09: 3 sent</title>"))
        #expect(page.contains("<title>10: 1 rejected</title>"))
        #expect(!page.contains("09: 0 rejected"))
    }

    @Test func `a chart of nothing says so`() {
        let chart = BarChart(summary: "nothing", columns: ["09"], series: [.init("sent", .good, [0])])
        #expect(chart.isEmpty)
        #expect(html(ChartPage(bars: chart)).contains("Nothing in this time."))
    }

    @Test func `a line breaks where nothing is known`() {
        let chart = LineChart(summary: "x", columns: ["1", "2", "3", "4"], values: [1, nil, 2, 4])
        let path = html(ChartPage(line: chart)).split(separator: "class=\"line\" d=\"")[1].prefix { $0 != "\"" }
        #expect(path.filter { $0 == "M" }.count == 2)
        #expect(path.filter { $0 == "L" }.count == 1)
    }

    @Test(arguments: [(0, 10, "0"), (1, 100_000, "0.5"), (5, 10, "50"), (20, 10, "100"), (1, 0, "0.5")])
    func `a meter's bar is seen when there is something, and ends at its end`(part: Int, whole: Int, width: String) {
        let meter = Meter("Requests", part, of: whole, says: "x")
        #expect(html(ChartPage(meter: meter)).contains(#"class="info" width="\#(width)" height="4""#))
    }
}
