// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ATSSource
import Domain
import Foundation
import Intake
import JSONBytes
import Synchronization

/// Where records are sent, and for whom.
struct ConnectorTarget: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where the connector listens (default: connector.host and connector.port).", valueName: "url"))
    var connector: String?
    @Option(
        name: .customLong("key"),
        help: ArgumentHelp("The customer's API key (default: CROSSWALK_API_KEY).", valueName: "key"))
    var key: String?

    func upload(_ settings: Settings) throws -> BulkUpload {
        guard let key = key ?? settings.text(.apiKey) else {
            throw CommandError(
                "whose records are these? give the customer's API key with --key or \(Setting.apiKey.environmentName)")
        }
        let base = base(settings)
        return BulkUpload(connector: base.hasSuffix("/") ? String(base.dropLast()) : base, key: key)
    }

    /// The connector's API in the name of a customer; nil when no key was given.
    func api(_ settings: Settings) -> HTTPJSON? {
        (key ?? settings.text(.apiKey)).map { .connector(base(settings), key: $0) }
    }

    private func base(_ settings: Settings) -> String {
        connector ?? "http://\(settings.text(.host) ?? "127.0.0.1"):\(settings.int(.port))"
    }
}

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send the records of an NDJSON or CSV file.",
        discussion: """
            NDJSON: one record a line, as in POST /api/v1/records: {"type":"candidate","id":"C-1",…}; docs/ats-fields.md lists the fields.
              crosswalk import people.ndjson
            CSV: the header's names are our field names; --type says what the rows are. Other headers need a mapping file, see `source`.
              crosswalk import candidates.csv --type candidate
            Sending a file twice does no harm: an unchanged record costs nothing. Exit status 1 when records were refused.
            """)
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var target: ConnectorTarget
    @OptionGroup var output: OutputOptions
    @Argument(help: "The file; .csv is read as CSV, anything else as NDJSON.") var file: String
    @Option(name: .long, help: "For CSV: what the rows are.") var type: RecordKind?

    func run() async throws {
        let settings = try await options.settings()
        let upload = try target.upload(settings)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else {
            throw CommandError("there is no file \(file)")
        }
        if isFolder.boolValue { throw CommandError("\(file) is a folder; name a file in it") }
        let feed: SourceRun
        if file.lowercased().hasSuffix(".csv") {
            guard let type else {
                throw ValidationError("\(file): what are its rows? say --type candidate (or job, application, …)")
            }
            let mapping = try Mapping.plainCSV(path: file, kind: type)
            feed = SourceRun(
                mapping: mapping, name: "import", sink: upload, full: true,
                complain: { Terminal.note($0.description) })
            try await FeedReport.run(feed, output)
        } else {
            try await FeedReport.show(try await NDJSONFile(path: file, upload: upload).send(), output)
        }
    }
}

/// An NDJSON file on its way to the bulk endpoint: read in pieces that end at a line.
struct NDJSONFile {
    var path: String
    var upload: BulkUpload
    private static let pieceBytes = 4 << 20

    init(path: String, upload: BulkUpload) {
        self.path = path
        self.upload = upload
    }

    func send() async throws -> SourceRun.Result {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw CommandError("cannot read \(path)") }
        defer { try? handle.close() }
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? nil
        let bar = ProgressBar("bytes", total: size)
        var result = SourceRun.Result()
        var counts = BulkReply.Counts()
        var pending: [UInt8] = []
        var lines = 0
        var sent = 0
        func post(_ piece: [UInt8]) async throws {
            let answer = try await upload.send(piece)
            for line in answer.lines {
                for text in line.errors + line.warnings {
                    Terminal.note("\(path), line \(lines + line.number)\(line.subject) \(text)")
                }
            }
            counts += answer.counts
            lines += piece.count { $0 == UInt8(ascii: "\n") }
            sent += piece.count
            bar.set(sent)
        }
        while let data = try handle.read(upToCount: Self.pieceBytes), !data.isEmpty {
            pending += data
            guard let end = pending.lastIndex(of: UInt8(ascii: "\n")) else { continue }
            try await post(Array(pending[...end]))
            pending.removeSubrange(...end)
        }
        if !pending.isEmpty { try await post(pending) }
        bar.finish()
        result.counts[.candidate] = counts
        result.isMixed = true
        return result
    }
}
