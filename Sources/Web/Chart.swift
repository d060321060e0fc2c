// SPDX-License-Identifier: Apache-2.0

/// Bars over time, drawn on the server as SVG: a stack of values for each moment. `{{#chart}}{{> bars}}{{/chart}}`
///
/// Whoever cannot see it reads `summary`, and the table that the page shows beside it.
package struct BarChart: Sendable {
    /// One of the values that are stacked.
    package struct Series: Sendable {
        package var label: String
        package var tone: String
        /// One for each column.
        package var values: [Int]

        package init(_ label: String, _ tone: Tone, _ values: [Int]) {
            self.label = label
            self.tone = tone.rawValue
            self.values = values
        }
    }

    struct Bar: Sendable {
        var x: String
        var y: String
        var width: String
        var height: String
        var tone: String
        var says: String
    }

    struct Label: Sendable {
        var x: String
        var y: String
        var anchor: String
        var text: String
    }

    /// What the chart says in one sentence.
    package var summary: String
    package var legend: [Badge]
    package let isEmpty: Bool
    let viewBox: String
    let bars: [Bar]
    let labels: [Label]
    /// Heights of the lines behind the bars.
    let rules: [String]

    /// - Parameter columns: what the columns are called, oldest first; every few of them are written below.
    package init(summary: String, columns: [String], series: [Series]) {
        let (width, height, left, bottom) = (720.0, 180.0, 52.0, 24.0)
        let totals = columns.indices.map { column in series.reduce(0) { $0 + ($1.values[column]) } }
        let top = Double(NiceScale.top(of: totals.max() ?? 0))
        let step = (width - left) / Double(max(1, columns.count))
        let area = height - bottom - 8
        var bars: [Bar] = []
        for column in columns.indices {
            var base = 8 + area
            for one in series where one.values[column] > 0 {
                let size = max(1, Double(one.values[column]) / top * area)
                base -= size
                bars.append(
                    Bar(
                        x: SVG.number(left + step * Double(column) + step * 0.1), y: SVG.number(base),
                        width: SVG.number(step * 0.8), height: SVG.number(size), tone: one.tone,
                        says: "\(columns[column]): \(Wording.count(one.values[column])) \(one.label)"))
            }
        }
        let every = max(1, (columns.count + 7) / 8)
        var labels = columns.indices.filter { $0 % every == 0 }.map { column in
            Label(
                x: SVG.number(left + step * (Double(column) + 0.5)), y: SVG.number(height - 6), anchor: "middle",
                text: columns[column])
        }
        for part in [0.0, 0.5, 1.0] {
            labels.append(
                Label(
                    x: SVG.number(left - 8), y: SVG.number(12 + area * (1 - part)), anchor: "end",
                    text: SVG.short(top * part)))
        }
        self.summary = summary
        legend = series.map { Badge(Tone(rawValue: $0.tone) ?? .info, $0.label) }
        isEmpty = totals.allSatisfy { $0 == 0 }
        viewBox = "0 0 \(Int(width)) \(Int(height))"
        self.bars = bars
        self.labels = labels
        rules = [0.0, 0.5, 1.0].map { SVG.number(8 + area * (1 - $0)) }
    }
}

/// One line over time, such as a rate. `{{#chart}}{{> lines}}{{/chart}}`
package struct LineChart: Sendable {
    package var summary: String
    package let isEmpty: Bool
    let viewBox: String
    let path: String
    let area: String
    let labels: [BarChart.Label]
    let rules: [String]

    /// - Parameters:
    ///   - values: oldest first; nil leaves a gap.
    ///   - unit: written after the numbers of the scale, such as ` %`.
    package init(summary: String, columns: [String], values: [Double?], top: Double? = nil, unit: String = "") {
        let (width, height, left, bottom) = (720.0, 180.0, 52.0, 24.0)
        let most = values.compactMap { $0 }.max() ?? 0
        let top = top ?? Double(NiceScale.top(of: Int(most.rounded(.up))))
        let inner = height - bottom - 8
        let step = (width - left - 8) / Double(max(1, values.count - 1))
        var path = ""
        var points: [(Double, Double)] = []
        for (index, value) in values.enumerated() {
            guard let value else { continue }
            let point = (left + step * Double(index), 8 + inner * (1 - min(1, value / max(top, 0.000_1))))
            let starts = index == 0 || values[index - 1] == nil
            path += "\(starts ? "M" : "L")\(SVG.number(point.0)) \(SVG.number(point.1))"
            points.append(point)
        }
        let every = max(1, (columns.count + 7) / 8)
        var labels = columns.indices.filter { $0 % every == 0 }.map { column in
            BarChart.Label(
                x: SVG.number(left + step * Double(column)), y: SVG.number(height - 6), anchor: "middle",
                text: columns[column])
        }
        for part in [0.0, 0.5, 1.0] {
            labels.append(
                BarChart.Label(
                    x: SVG.number(left - 8), y: SVG.number(12 + inner * (1 - part)), anchor: "end",
                    text: SVG.short(top * part) + unit))
        }
        self.summary = summary
        isEmpty = points.isEmpty
        viewBox = "0 0 \(Int(width)) \(Int(height))"
        self.path = path
        let hasGap = values.dropFirst(values.prefix { $0 == nil }.count).contains { $0 == nil }
        area =
            hasGap || points.count < 2
            ? ""
            : path
                + "L\(SVG.number(points[points.count - 1].0)) \(SVG.number(8 + inner))L\(SVG.number(points[0].0)) \(SVG.number(8 + inner))Z"
        self.labels = labels
        rules = [0.0, 0.5, 1.0].map { SVG.number(8 + inner * (1 - $0)) }
    }
}

/// A part of a whole as a bar: a quota, a progress. `{{#meter}}{{> meter}}{{/meter}}`
package struct Meter: Sendable {
    package var label: String
    /// In words, such as "8,204 of 100,000 requests today".
    package var says: String
    package var tone: String
    /// The rows behind the number.
    package var rowsLink: String?
    /// Of 100; a bar too short to see is one pixel.
    let width: String

    package init(
        _ label: String, _ part: Int, of whole: Int, says: String, tone: Tone = .info, rowsLink: String? = nil
    ) {
        self.label = label
        self.says = says
        self.rowsLink = rowsLink
        self.tone = tone.rawValue
        let share = whole <= 0 ? 0 : min(1, max(0, Double(part) / Double(whole)))
        width = SVG.number(part > 0 ? max(0.5, share * 100) : 0)
    }
}

enum SVG {
    /// With one decimal at most.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let text = "\(abs(tenths) / 10)" + (tenths % 10 == 0 ? "" : ".\(abs(tenths) % 10)")
        return tenths < 0 ? "-" + text : text
    }

    /// For a scale: `1.2k`, `3M`.
    static func short(_ value: Double) -> String {
        switch value {
        case ..<1_000: number(value)
        case ..<1_000_000: number(value / 1_000) + "k"
        default: number(value / 1_000_000) + "M"
        }
    }
}

enum NiceScale {
    /// The smallest of 1, 2, 4, 10, 20, 40, … that is not below `value`.
    static func top(of value: Int) -> Int {
        var step = 1
        while true {
            for factor in [1, 2, 4] where step * factor >= value { return step * factor }
            step *= 10
        }
    }
}
