// SPDX-License-Identifier: Apache-2.0

extension FormFields {
    /// The fields of a form that holds a file: `multipart/form-data` (RFC 7578). A file is a field whose value is the file's text.
    ///
    /// - Parameter contentType: of the request.
    /// - Returns: nil when it is no such form; what is cut off or malformed inside is left out.
    package init?(multipart bytes: [UInt8], contentType: String?) {
        guard let contentType, contentType.lowercased().hasPrefix("multipart/form-data"),
            let found = contentType.firstRange(of: "boundary=")
        else { return nil }
        let boundary = contentType[found.upperBound...].prefix { $0 != ";" }.filter { $0 != "\"" }
        guard !boundary.isEmpty else { return nil }
        let text = bytes[...]
        let mark = Array("--\(boundary)".utf8)
        var pairs: [(name: String, value: String)] = []
        var place = text.firstRange(of: mark)
        while let here = place {
            let next = text[here.upperBound...].firstRange(of: mark)
            let part = text[here.upperBound..<(next?.lowerBound ?? text.endIndex)]
            if next != nil, let pair = Self.pair(part) { pairs.append(pair) }
            place = next
        }
        self.init(pairs)
    }

    private static func pair(_ part: ArraySlice<UInt8>) -> (name: String, value: String)? {
        guard let gap = part.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: part[..<gap.lowerBound], as: UTF8.self)
        guard let found = head.firstRange(of: " name=\"") else { return nil }
        let name = head[found.upperBound...].prefix { $0 != "\"" }
        // The line end before the next boundary belongs to the boundary.
        let value = part[gap.upperBound...].dropLast(2)
        return (String(name), String(decoding: value, as: UTF8.self))
    }
}
