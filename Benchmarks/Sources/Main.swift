// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The parts of `scripts/bench` that need a program: load generators, peers and clocks. Each prints one line of `name value` pairs.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crosswalk-bench", abstract: "What scripts/bench measures with; run that instead.",
        subcommands: [
            Load.self, RawInserts.self, Child.self, Watch.self, Ready.self, Backfill.self, InMailYear.self,
            Feed.self, Samples.self, Pushes.self, Traces.self, Pages.self, Live.self,
            Search.self,
        ])
}

/// Prints a result for `scripts/bench` to read.
func report(_ figures: (String, Double)...) {
    print(figures.map { name, value in "\(name) \(value)" }.joined(separator: " "))
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
