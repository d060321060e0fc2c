// SPDX-License-Identifier: Apache-2.0

import JSONBytes

/// Counts what a batch_create would make, before anything is validated.
enum ElementCount {
    /// Members of the array `elements`; 0 when the body is something else, which the resource will say.
    static func elements(in body: [UInt8]) -> Int {
        body.withUnsafeBytes { bytes in
            var count = 0
            var reader = JSONReader(bytes)
            try? reader.object { reader, name in
                guard name == "elements", try reader.peek() == .array else {
                    _ = try reader.skip()
                    return
                }
                try reader.array { reader, _ in
                    _ = try reader.skip()
                    count += 1
                }
            }
            return count
        }
    }
}
