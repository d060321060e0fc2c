// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The bytes of a file in pieces of 64 KB, without its UTF-8 byte order mark.
final class FileChunks {
    private let handle: FileHandle
    private let path: String
    private var isFirst = true

    /// - Throws: `.file` when it cannot be opened; `.format` when it is UTF-16.
    init(path: String) throws(SourceError) {
        self.path = path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw SourceError(
                .file, at: Place(file: path), "there is no such file",
                remedy: "check 'folder' and 'file' in the mapping")
        }
        guard !isFolder.boolValue, let handle = FileHandle(forReadingAtPath: path) else {
            throw SourceError(.file, at: Place(file: path), "the file cannot be opened", remedy: "check its rights")
        }
        self.handle = handle
    }

    deinit { try? handle.close() }

    /// The next piece; nil at the end.
    func next() throws(SourceError) -> Data? {
        let read: Data?
        do {
            read = try handle.read(upToCount: 1 << 16)
        } catch {
            throw SourceError(
                .file, at: Place(file: path), "reading the file failed: \(error.localizedDescription)",
                remedy: "try again")
        }
        guard var data = read, !data.isEmpty else { return nil }
        if isFirst {
            isFirst = false
            if data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF]) {
                throw SourceError(
                    .format, at: Place(file: path, line: 1), "the file is UTF-16", remedy: "save it as UTF-8")
            }
            if data.starts(with: [0xEF, 0xBB, 0xBF]) { data = data.dropFirst(3) }
        }
        return data
    }
}
