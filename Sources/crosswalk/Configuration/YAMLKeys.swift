// SPDX-License-Identifier: Apache-2.0

import Foundation
import Yams

/// The keys a YAML file sets, dotted.
enum YAMLKeys {
    static func leaves(ofFileAt path: String) throws -> [String] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        guard let root = try Yams.compose(yaml: text) else { return [] }
        return leaves(of: root, under: "")
    }

    private static func leaves(of node: Node, under prefix: String) -> [String] {
        guard let mapping = node.mapping else { return prefix.isEmpty ? [] : [prefix] }
        return mapping.flatMap { key, value in
            leaves(of: value, under: prefix.isEmpty ? (key.string ?? "") : prefix + "." + (key.string ?? ""))
        }
    }
}

/// How far two words are apart: insertions, deletions and exchanges of letters.
enum Spelling {
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.utf8), right = Array(right.utf8)
        var row = Array(0...right.count)
        for (i, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let above = row[j + 1]
                row[j + 1] = letter == other ? diagonal : 1 + min(diagonal, above, row[j])
                diagonal = above
            }
        }
        return row[right.count]
    }
}
