// SPDX-License-Identifier: Apache-2.0

/// One label of a metric, with a name Prometheus accepts.
struct Label: Hashable, Sendable {
    let name: String
    let value: String

    /// `[a-zA-Z_:][a-zA-Z0-9_:]*`; every other character becomes `_`.
    static func metricName(_ text: String) -> String { clean(text, colon: true) }
    /// `[a-zA-Z_][a-zA-Z0-9_]*`
    static func labelName(_ text: String) -> String { clean(text, colon: false) }

    /// `name="value"` with `\`, `"` and line feeds escaped.
    var text: String {
        var escaped = ""
        for character in value.unicodeScalars {
            switch character {
            case "\\": escaped += #"\\"#
            case "\"": escaped += #"\""#
            case "\n": escaped += #"\n"#
            default: escaped.unicodeScalars.append(character)
            }
        }
        return "\(name)=\"\(escaped)\""
    }

    private static func clean(_ text: String, colon: Bool) -> String {
        var clean = ""
        for (index, character) in text.unicodeScalars.enumerated() {
            let isAllowed =
                switch character {
                case "a"..."z", "A"..."Z", "_": true
                case "0"..."9": index > 0
                case ":": colon
                default: false
                }
            clean.unicodeScalars.append(isAllowed ? character : "_")
        }
        return clean.isEmpty ? "_" : clean
    }
}

extension MetricsRegistry {
    /// `text/plain; version=0.0.4`, the format every Prometheus reads (prometheus.io, "Exposition formats").
    package func exposition() -> String {
        var text = ""
        for (name, family) in snapshot() {
            text += "# TYPE \(name) \(family.kind.rawValue)\n"
            let ordered = family.series.values.sorted {
                $0.labels.map(\.text).joined() < $1.labels.map(\.text).joined()
            }
            for series in ordered { Self.append(series, of: name, to: &text) }
        }
        return text
    }

    private static func append(_ series: Series, of name: String, to text: inout String) {
        switch series.value {
        case let counter as CounterSeries: text += "\(name)\(braces(series.labels)) \(spell(counter.value))\n"
        case let gauge as GaugeSeries: text += "\(name)\(braces(series.labels)) \(spell(gauge.value))\n"
        case let histogram as HistogramSeries:
            let state = histogram.snapshot
            var total: Int64 = 0
            for (bound, count) in zip(histogram.bounds, state.buckets) {
                total += count
                text += "\(name)_bucket\(braces(series.labels + [Label(name: "le", value: spell(bound))])) \(total)\n"
            }
            text += "\(name)_bucket\(braces(series.labels + [Label(name: "le", value: "+Inf")])) \(state.count)\n"
            text += "\(name)_sum\(braces(series.labels)) \(spell(state.sum))\n"
            text += "\(name)_count\(braces(series.labels)) \(state.count)\n"
        default: break
        }
    }

    private static func braces(_ labels: [Label]) -> String {
        labels.isEmpty ? "" : "{\(labels.map(\.text).joined(separator: ","))}"
    }

    /// Whole numbers without a fraction, the rest in Swift's shortest form, which Prometheus reads.
    private static func spell(_ value: Double) -> String {
        Int64(exactly: value).map(String.init) ?? "\(value)"
    }
}
