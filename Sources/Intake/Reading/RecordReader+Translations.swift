// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn

extension RecordReader {
    mutating func time(_ bytes: UnsafeRawBufferPointer, _ slot: inout Slot) -> Slot.State {
        do throws(ISOTime.Failure) {
            return finish(try ISOTime.millis(bytes), &slot)
        } catch .noZone {
            return bad(.format, "has no time zone; end it with Z or an offset like +01:00")
        } catch {
            return bad(.format, "is not a time; write it like 2024-03-01T09:30:00Z")
        }
    }

    /// Milliseconds since 1970 as a number.
    mutating func epoch(_ reader: inout JSONReader, _ slot: inout Slot) throws -> Slot.State {
        var probe = reader
        guard let millis = try? probe.int() else {
            return try wrongType(&reader, "a text with an ISO 8601 time, or whole milliseconds since 1970")
        }
        reader = probe
        if EpochRule.looksLikeSeconds(millis) {
            return bad(.range, "looks like seconds; send milliseconds since 1970, or ISO 8601")
        }
        return finish(millis, &slot)
    }

    private mutating func finish(_ millis: Int64, _ slot: inout Slot) -> Slot.State {
        guard EpochRule.isValid(millis) else { return bad(.range, "must be after 1970-01-01; send the true time") }
        slot.number = millis
        scratch.append(contentsOf: String(millis).utf8)
        return .filled
    }

    /// `US` → `us`; what is not two letters stays as it is.
    mutating func country(_ text: JSONName, _ bytes: UnsafeRawBufferPointer) -> Slot.State {
        let lower = bytes.map { $0 | 0x20 }
        guard lower.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) else { return write(text) }
        write(String(decoding: lower, as: UTF8.self))
        return .filled
    }

    /// `linkedin.com/in/ada` → `https://linkedin.com/in/ada`: how most systems keep it.
    mutating func linkedInURL(_ text: JSONName, _ bytes: UnsafeBufferPointer<UInt8>) -> Slot.State {
        if URLRule.isAbsoluteHTTP(bytes) { return write(text) }
        let whole = "https://" + String(decoding: bytes, as: UTF8.self)
        let host = whole.dropFirst("https://".count).prefix { $0 != "/" && $0 != "?" }.lowercased()
        guard host == "linkedin.com" || host.hasSuffix(".linkedin.com"), URLRule.isAbsoluteHTTP(whole) else {
            return bad(.format, "is not an absolute URL; write it like https://www.linkedin.com/in/name")
        }
        write(whole)
        return .filled
    }

    /// A phone number that is a plain text.
    mutating func phoneText(_ reader: inout JSONReader) throws -> Slot.State {
        let text = try reader.text()
        return text.withUTF8 { bytes in
            if bytes.allSatisfy({ $0 <= 0x20 }) { return .absent }
            guard LengthRule.characters(bytes) <= 1_000 else {
                return bad(.tooLong, "has more than 1000 characters; send the number alone")
            }
            scratch.append(contentsOf: #"{"number":"#.utf8)
            _ = write(text)
            scratch.append(UInt8(ascii: "}"))
            return .filled
        }
    }

    /// `Grace Hopper` or `Hopper, Grace`: LinkedIn wants both names.
    mutating func personName(_ reader: inout JSONReader) throws -> Slot.State {
        let text = try reader.string()
        let isBackwards = text.contains(",")
        let parts = text.split(separator: isBackwards ? "," : " ", omittingEmptySubsequences: true)
            .map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
        if parts.isEmpty { return .absent }
        guard text.utf8.count <= 1_000 else { return bad(.tooLong, "has more than 1000 bytes; send the name alone") }
        guard parts.count >= 2, let first = parts.first, let last = parts.last else {
            return bad(.format, "needs a first and a last name; write both, or leave it out")
        }
        var writer = JSONWriter(capacity: text.utf8.count + 40)
        writer.beginObject()
        writer.name("firstName")
        writer.string(isBackwards ? parts.dropFirst().joined(separator: " ") : parts.dropLast().joined(separator: " "))
        writer.name("lastName")
        writer.string(isBackwards ? first : last)
        writer.endObject()
        scratch.append(contentsOf: writer.bytes)
        return .filled
    }
}
