// SPDX-License-Identifier: Apache-2.0

import Metrics
import Synchronization

/// The numbers behind one label set.
protocol MetricSeries: AnyObject, Sendable {}

final class CounterSeries: MetricSeries, CounterHandler, FloatingPointCounterHandler {
    private let total = Mutex(0.0)
    var value: Double { total.withLock { $0 } }

    func increment(by amount: Int64) { increment(by: Double(amount)) }
    func increment(by amount: Double) { if amount > 0 { total.withLock { $0 += amount } } }
    func reset() { total.withLock { $0 = 0 } }
}

final class GaugeSeries: MetricSeries, MeterHandler, RecorderHandler {
    private let current = Mutex(0.0)
    var value: Double { current.withLock { $0 } }

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { current.withLock { $0 = value } }
    func increment(by amount: Double) { current.withLock { $0 += amount } }
    func decrement(by amount: Double) { current.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
}

/// Counts values under fixed bounds; Prometheus computes percentiles from them, over any number of processes.
final class HistogramSeries: MetricSeries, TimerHandler, RecorderHandler {
    struct State {
        var buckets: [Int64]
        var sum = 0.0
        var count: Int64 = 0
    }

    /// From half a millisecond to ten seconds.
    static let seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    /// Sizes of batches and bodies.
    static let counts = [1.0, 10, 100, 1000, 10_000, 100_000, 1_000_000]

    let bounds: [Double]
    private let state: Mutex<State>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(buckets: Array(repeating: 0, count: bounds.count)))
    }

    var snapshot: State { state.withLock { $0 } }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1_000_000_000) }
    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) {
        let bucket = bounds.firstIndex { value <= $0 }
        state.withLock { state in
            if let bucket { state.buckets[bucket] += 1 }
            state.sum += value
            state.count += 1
        }
    }
}
