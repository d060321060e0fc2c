// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import JSONBytes

/// How a command answers: tables for people, JSON for programs.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    case table, json
}

/// What every command that prints a result takes.
struct OutputOptions: ParsableArguments {
    @Option(name: .long, help: "table for people, json for programs.")
    var format: OutputFormat = .table

    func print(_ json: @autoclosure () -> JSONValue, table: @autoclosure () -> [String]) {
        switch format {
        case .json: Terminal.out(String(decoding: json().bytes, as: UTF8.self))
        case .table: table().forEach(Terminal.out)
        }
    }
}

/// Standard output and standard error, a line at a time.
enum Terminal {
    static let style = Style.forOutput(1)
    static let errorStyle = Style.forOutput(2)

    /// Columns of the terminal behind a descriptor; 80 when it is none.
    static func width(_ descriptor: Int32) -> Int {
        var size = winsize()
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    static func out(_ line: String) { write(line + "\n", to: 1) }
    static func note(_ line: String) { write(line + "\n", to: 2) }

    static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let written = Foundation.write(descriptor, rest.baseAddress, rest.count)
                // A closed pipe or a full disk: nobody is left to tell.
                guard written > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            }
        }
    }
}
