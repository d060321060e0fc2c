// SPDX-License-Identifier: Apache-2.0

package import Metrics
import Synchronization

/// Keeps every metric of the process and prints them for Prometheus. `MetricsSystem.bootstrap(registry)` makes it the
/// process's factory.
///
/// A family may have 1,000 label sets; what comes after is counted together under the label value `other`, because a
/// label that grows with the data would flood the collector and this memory.
package final class MetricsRegistry: MetricsFactory {
    enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    struct Series: Sendable {
        var labels: [Label]
        var value: any MetricSeries
    }

    struct Family: Sendable {
        var kind: Kind
        var series: [[Label]: Series] = [:]
    }

    private let families = Mutex<[String: Family]>([:])
    private let most: Int

    /// - Parameter most: label sets per family.
    package init(most: Int = 1000) { self.most = most }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, dimensions, .counter) { CounterSeries() }
    }

    package func makeFloatingPointCounter(label: String, dimensions: [(String, String)])
        -> any FloatingPointCounterHandler
    {
        series(label, dimensions, .counter) { CounterSeries() }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions, .gauge) { GaugeSeries() }
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        // swift-metrics' plain `Gauge` is a recorder that does not aggregate.
        if aggregate {
            return series(label, dimensions, .histogram) { HistogramSeries(bounds: HistogramSeries.counts) }
        }
        return series(label, dimensions, .gauge) { GaugeSeries() }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, dimensions, .histogram) { HistogramSeries(bounds: HistogramSeries.seconds) }
    }

    // A series stays for the life of the process: a counter that vanishes and comes back would read as a reset.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    /// What there is, by family name and labels, sorted.
    func snapshot() -> [(name: String, family: Family)] {
        families.withLock { $0 }.map { (name: $0.key, family: $0.value) }.sorted { $0.name < $1.name }
    }

    /// A name used with two kinds of metric keeps its first kind; the second one counts where nobody looks, which a
    /// test would notice.
    private func series<Value: MetricSeries>(
        _ label: String, _ dimensions: [(String, String)], _ kind: Kind, _ make: () -> Value
    ) -> Value {
        let name = Label.metricName(label)
        var labels = dimensions.map { Label(name: Label.labelName($0.0), value: $0.1) }.sorted { $0.name < $1.name }
        return families.withLock { families in
            var family = families[name] ?? Family(kind: kind)
            guard family.kind == kind else { return make() }
            if family.series[labels] == nil, family.series.count >= most {
                labels = labels.map { Label(name: $0.name, value: "other") }
            }
            if let known = family.series[labels]?.value as? Value { return known }
            let value = make()
            family.series[labels] = Series(labels: labels, value: value)
            families[name] = family
            return value
        }
    }
}
