// SPDX-License-Identifier: Apache-2.0

import Domain
import SQLFile

extension Settlement {
    /// Tells the ATS that LinkedIn refuses a record: once for each version of it and each reason, however often it is tried.
    func tell(_ row: RecordRow, _ key: RecordKey, _ reason: Reason) throws {
        let told = Self.fingerprint(row.desired, reason)
        let isNews = try tx.run(
            "UPDATE record SET told = ? WHERE customer_id = ? AND rid = ? AND told IS DISTINCT FROM ?", .int(told),
            .int(customer), .int(row.rid), .int(told))
        guard isNews == 1 else { return }
        let candidate = try whom(row, key)
        try tx.append(.recordRejected(key, reason, candidate: candidate), customer: customer, at: now)
    }

    /// The candidate that a record is about; nil for a job, and for an application that is gone.
    private func whom(_ row: RecordRow, _ key: RecordKey) throws -> String? {
        if row.kind == .candidate { return key.id }
        if row.kind.parent == .candidate { return key.parent }
        if row.kind == .application { return row.candidate }
        guard row.kind.parent == .application else { return nil }
        return try tx.first(
            "SELECT candidate FROM record WHERE customer_id = ? AND kind = ? AND parent = ? AND id = ?",
            [.int(customer), .int(RecordKind.application.number), .text(""), .text(key.parent)]
        ) { $0.optionalText(0) } ?? nil
    }

    /// FNV-1a over what was sent and why it was refused: enough to notice that either changed.
    private static func fingerprint(_ sent: ContentHash?, _ reason: Reason) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func mix(_ bytes: some Sequence<UInt8>) {
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
            hash = (hash ^ 0xff) &* 0x0000_0100_0000_01b3
        }
        mix(sent?.bytes ?? [])
        mix(reason.code.rawValue.utf8)
        mix(reason.message.utf8)
        return Int64(bitPattern: hash)
    }
}
