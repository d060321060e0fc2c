// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ATSSource
import Domain
import Intake
import JSONBytes
import Synchronization

/// Runs a feed with progress bars and says what became of it.
enum FeedReport {
    static func run(_ feed: SourceRun, _ output: OutputOptions) async throws {
        let bars = Mutex<(kind: RecordKind?, bar: ProgressBar?)>((nil, nil))
        var feed = feed
        feed.progress = { kind, count in
            let bar = bars.withLock { state in
                if state.kind != kind {
                    state.bar?.finish()
                    state = (kind, ProgressBar(kind.rawValue, total: nil))
                }
                return state.bar
            }
            bar?.add(count)
        }
        let result: SourceRun.Result
        do {
            result = try await feed.run()
        } catch let error as SourceError {
            bars.withLock { $0.bar?.finish() }
            throw CommandError(
                "\(error)\nWhat was acknowledged before stays; run it again to go on.", code: .unreachable)
        }
        bars.withLock { $0.bar?.finish() }
        try await show(result, output)
    }

    static func show(_ result: SourceRun.Result, _ output: OutputOptions) async throws {
        var table = Table(
            .text("type"), .number("added"), .number("changed"), .number("unchanged"), .number("deleted"),
            .number("refused"),
            .number("warnings"))
        var json = JSONObject()
        for kind in RecordKind.allCases {
            guard let counts = result.counts[kind] else { continue }
            let name = result.isMixed ? "all" : kind.rawValue
            table.add(
                name, counts.added.grouped, counts.changed.grouped, counts.unchanged.grouped, counts.deleted.grouped,
                counts.rejected.grouped,
                counts.warnings.grouped)
            json[name] = [
                "added": .int(Int64(counts.added)), "changed": .int(Int64(counts.changed)),
                "unchanged": .int(Int64(counts.unchanged)),
                "deleted": .int(Int64(counts.deleted)), "refused": .int(Int64(counts.rejected)),
                "warnings": .int(Int64(counts.warnings)),
            ]
        }
        json["unusable_rows"] = .int(Int64(result.unusable))
        if result.counts.isEmpty { table.add("nothing", "0", "0", "0", "0", "0", "0") }
        let unusable =
            result.unusable > 0
            ? [
                "\(result.unusable.of("row")) could not be read as \(result.unusable == 1 ? "a record" : "records"); see the messages above."
            ] : []
        output.print(.object(json), table: table.lines(style: Terminal.style) + unusable)
        guard result.rejected == 0 else { throw ExitCode.needsAttention }
    }
}
