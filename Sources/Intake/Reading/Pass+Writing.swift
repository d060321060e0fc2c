// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import Domain
internal import JSONBytes

extension Pass {
    mutating func write(_ key: RecordKey) -> DesiredRecord {
        let settings = settings
        reader.assemble(table.object, base: 0) { fallback in
            switch fallback {
            case .profileURL: Self.profileURL(settings.profileURLTemplate, key.id)
            case .availability: Array("\"\(settings.jobAvailability.rawValue)\"".utf8)
            default: nil
            }
        }
        let body = reader.assembly
        var record = DesiredRecord(key: key, body: body, hash: Self.hash(body))
        if table.kind == .application {
            record.job = id("jobId")
            record.candidate = id("candidateId")
        }
        return record
    }

    private func id(_ name: String) -> String? {
        table.object.slot(name).flatMap { slot in reader.ids.last { $0.slot == slot }?.text }
    }

    private static func hash(_ body: [UInt8]) -> ContentHash {
        ContentHash(Array(SHA256.hash(data: body).prefix(16)))
    }

    /// The template as JSON, with the id percent-encoded in it.
    private static func profileURL(_ template: String?, _ id: String) -> [UInt8]? {
        guard let template else { return nil }
        var encoded = ""
        for byte in id.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                encoded += hex.count == 1 ? "%0\(hex)" : "%\(hex)"
            }
        }
        var writer = JSONWriter()
        let parts = template.split(separator: "{id}", omittingEmptySubsequences: false)
        writer.string(parts.joined(separator: encoded))
        return writer.bytes
    }
}
