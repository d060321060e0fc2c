// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import JSONBytes
import LinkedIn

/// Prints push notifications as LinkedIn sends them, one a line, each with its signature before it: signing is not what is measured.
struct Pushes: ParsableCommand {
    @Option var secret: String
    @Option var count: Int
    /// Ids begin here.
    @Option var first = 7_000_000_000

    func run() throws {
        var text: [UInt8] = []
        for number in first..<first + count {
            let push = PushNotification(
                type: PushNotification.exportCandidateProfile, id: String(number), expiresAt: 4_102_444_800_000)
            let body = push.json.bytes
            text += WebhookSignature.prefixSigned.sign(body, secret: secret).utf8
            text.append(UInt8(ascii: "\t"))
            text += body
            text.append(UInt8(ascii: "\n"))
            if text.count > 1 << 20 {
                FileHandle.standardOutput.write(Data(text))
                text = []
            }
        }
        FileHandle.standardOutput.write(Data(text))
    }
}
