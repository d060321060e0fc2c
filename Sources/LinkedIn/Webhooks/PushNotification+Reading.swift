// SPDX-License-Identifier: Apache-2.0

import JSONBytes

extension PushNotification {
    /// Reads a body without building a tree of it, as tolerantly as `init(json:)` does.
    ///
    /// - Returns: nil for JSON that is no notification: no object, or one without a type or an id.
    /// - Throws: `JSONError` for anything that is no JSON.
    package static func read(_ bytes: UnsafeRawBufferPointer) throws -> PushNotification? {
        var reader = JSONReader(bytes)
        guard try reader.peek() == .object else {
            _ = try reader.skip()
            try reader.end()
            return nil
        }
        var (id, requestID, type, eventType): (String?, String?, String?, String?)
        var expiresAt: Int64?
        try reader.object { reader, name in
            switch name {
            case "id": id = try text(&reader)
            case "requestId": requestID = try text(&reader)
            case "type": type = try text(&reader)
            case "eventType": eventType = try text(&reader)
            case "expiresAt": expiresAt = try text(&reader).flatMap { Int64($0) }
            default: _ = try reader.skip()
            }
        }
        try reader.end()
        guard let type = type ?? eventType, let id = id ?? requestID else { return nil }
        return PushNotification(type: type, id: id, expiresAt: expiresAt)
    }

    /// A text, or a number as its text; nil for anything else.
    private static func text(_ reader: inout JSONReader) throws -> String? {
        switch try reader.peek() {
        case .string: return try reader.string()
        case .number:
            let range = try reader.skip()
            return String(decoding: reader.bytes(range), as: UTF8.self)
        default:
            _ = try reader.skip()
            return nil
        }
    }
}
