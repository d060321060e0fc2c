// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import Foundation
import JSONBytes
import Store

struct EraseVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Whether a receipt is ours, and unaltered.",
        discussion: """
            Compares the signature with this connector's key, or with --key: GET /api/v1/erasures/key prints it, and no data folder is needed then.
            With --candidate or --person it also says whether the receipt is about that id; for this the connector's own key is needed.
            """)
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The receipt, as JSON; - is standard input.") var file: String
    @Option(name: .long, help: "The Ed25519 public key, in Base64.") var key: String?
    @Option(name: .long, help: "Is it about this candidate?") var candidate: String?
    @Option(name: .long, help: "Is it about this person URN?") var person: String?

    func run() async throws {
        let bytes: [UInt8]
        if file == "-" {
            bytes = Array(FileHandle.standardInput.readDataToEndOfFile())
        } else if let data = FileManager.default.contents(atPath: file) {
            bytes = Array(data)
        } else {
            throw CommandError("\(file) cannot be read")
        }
        guard let receipt = Receipt(bytes) else { throw CommandError("\(file) is no receipt of an erasure") }
        let scope: ErasureScope? = candidate.map { .candidate($0) } ?? person.map { .person($0) }
        var own: ReceiptKey?
        if key == nil || scope != nil { own = try Workspace.open(try await options.settings()).store.receipts }
        guard let expected = key ?? own?.publicKey else { throw CommandError("which key? say --key") }
        let about = scope.flatMap { scope in own.flatMap { receipt.isAbout(scope, key: $0) } }
        let verdict = receipt.verdict(key: expected)
        output.print(
            [
                "valid": .bool(verdict == .valid), "verdict": .string(verdict.sentence),
                "about": about.map(JSONValue.bool) ?? nil,
            ],
            table: [verdict.sentence]
                + (scope == nil ? [] : [about == true ? "It is about that id." : "It is not about that id."]))
        guard verdict == .valid, scope == nil || about == true else { throw ExitCode.needsAttention }
    }
}

extension Receipt.Verdict {
    fileprivate var sentence: String {
        switch self {
        case .valid: "The receipt is unaltered, and signed by the expected key."
        case .otherKey(let key): "The receipt is unaltered, but signed by another key: \(key)"
        case .altered: "The receipt was altered: its signature does not fit its words."
        case .unreadable: "This is no signed receipt."
        }
    }
}
