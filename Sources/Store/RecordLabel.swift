// SPDX-License-Identifier: Apache-2.0

import JSONBytes

/// What a list says of a record besides its id, read from its stored bytes. Texts are as the ATS sent them: anything.
package struct RecordLabel: Hashable, Sendable {
    /// Of a candidate, or of whoever applies.
    package var person: String?
    /// Of a job, or of the job that somebody applies for.
    package var title: String?
    /// The record's page in the ATS, as the ATS said it; for a job the page where one applies.
    package var url: String?
    package var hasEmail = false
    package var hasProfile = false

    /// What people call it; nil for notes and the like.
    package var text: String? {
        let parts = [person, title].compactMap(\.self).filter { !$0.isEmpty }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// - Returns: an empty one for bytes that cannot be read.
    package static func read(_ body: [UInt8]) -> RecordLabel {
        var label = RecordLabel()
        var (first, last): (String?, String?)
        try? body.withUnsafeBytes { bytes in
            var reader = JSONReader(bytes)
            try reader.object { reader, name in
                switch (name.string, try reader.peek()) {
                case ("firstName", .string): first = try reader.string()
                case ("lastName", .string): last = try reader.string()
                case ("title", .string), ("atsJobPostingName", .string): label.title = try reader.string()
                case ("externalProfileUrl", .string): label.url = try reader.string()
                case ("companyApplyUrl", .string): label.url = try reader.string()
                case ("linkedInProfileUrl", .string): label.hasProfile = try !reader.string().isEmpty
                case ("candidateEmail", .string): label.hasEmail = try !reader.string().isEmpty
                case ("emailAddresses", .array):
                    try reader.array { reader, _ in
                        _ = try reader.skip()
                        label.hasEmail = true
                    }
                default: _ = try reader.skip()
                }
            }
        }
        let names = [first, last].compactMap(\.self).filter { !$0.isEmpty }
        if !names.isEmpty { label.person = names.joined(separator: " ") }
        return label
    }
}
