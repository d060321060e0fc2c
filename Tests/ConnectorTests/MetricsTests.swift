// SPDX-License-Identifier: Apache-2.0

import Connector
import JSONBytes
import Metrics
import Testing

@Suite struct MetricsTests {
    @Test func `counters, gauges and timers are printed as Prometheus reads them`() {
        let registry = MetricsRegistry()
        Counter(label: "things_total", dimensions: [("kind", "a\"b\\c\nd")], factory: registry).increment(by: 3)
        Counter(label: "things_total", dimensions: [("kind", "a\"b\\c\nd")], factory: registry).increment(by: 4)
        Gauge(label: "depth", factory: registry).record(2.5)
        Meter(label: "open.connections", factory: registry).increment(by: 2)
        let timer = Timer(label: "wait_seconds", dimensions: [("b", "2"), ("a", "1")], factory: registry)
        timer.recordMilliseconds(3)
        timer.recordMilliseconds(300)
        timer.recordSeconds(60)
        let lines = registry.exposition().split(separator: "\n").map(String.init)
        #expect(lines.contains("# TYPE things_total counter"))
        #expect(lines.contains(#"things_total{kind="a\"b\\c\nd"} 7"#))
        #expect(lines.contains("depth 2.5"))
        #expect(lines.contains("open_connections 2"))
        #expect(lines.contains("# TYPE wait_seconds histogram"))
        #expect(lines.contains(#"wait_seconds_bucket{a="1",b="2",le="0.0025"} 0"#))
        #expect(lines.contains(#"wait_seconds_bucket{a="1",b="2",le="0.005"} 1"#))
        #expect(lines.contains(#"wait_seconds_bucket{a="1",b="2",le="+Inf"} 3"#))
        #expect(lines.contains(#"wait_seconds_count{a="1",b="2"} 3"#))
        #expect(lines.contains(#"wait_seconds_sum{a="1",b="2"} 60.303"#))
    }

    @Test func `a label that grows with the data is cut off`() {
        let registry = MetricsRegistry(most: 5)
        for number in 0..<100 {
            Counter(label: "bad_total", dimensions: [("id", "\(number)")], factory: registry).increment()
        }
        let lines = registry.exposition().split(separator: "\n")
        #expect(lines.count == 7)
        #expect(lines.contains(#"bad_total{id="other"} 95"#))
    }

    @Test func `requests are counted by route pattern and never by path`() async throws {
        let connector = try TestConnector()
        let key = try await connector.addCustomer()
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            for id in 1...3 { _ = try await ats.put("/api/v1/candidates/secret-\(id)", Sample.candidate) }
            _ = try await ats.get("/secret/path")
            let text = try await ats.get("/metrics").text
            #expect(
                text.contains(
                    #"crosswalk_http_requests_total{method="PUT",route="/api/v1/candidates/{id}",status="201"} 3"#))
            #expect(text.contains(#"crosswalk_http_requests_total{method="other",route="none",status="404"} 1"#))
            #expect(text.contains(#"crosswalk_intake_records_total{outcome="accepted"} 3"#))
            #expect(!text.contains("secret"))
        }
    }
}
