// SPDX-License-Identifier: Apache-2.0

internal import Domain
internal import JSONBytes

/// Finds out what a bulk line is before it is read: its member `type`, which is normally the first.
struct KindFinder {
    private var name: String?
    private var hasCandidate = false
    private var hasApplication = false
    private var isTextual = true

    /// Leaves the visitor of an object early.
    private struct Found: Error {}

    /// - Throws: `JSONError`; `Problem` when there is no usable type.
    static func kind(of bytes: UnsafeRawBufferPointer) throws -> RecordKind {
        var finder = KindFinder()
        var reader = JSONReader(bytes)
        guard try reader.peek() == .object else {
            throw KindError(code: .type, pointer: "", message: "The line must be a JSON object")
        }
        do {
            try reader.object { reader, name in try finder.visit(&reader, name) }
        } catch is Found {}
        return try finder.decide()
    }

    private mutating func visit(_ reader: inout JSONReader, _ member: JSONName) throws {
        if member == "type" {
            guard try reader.peek() == .string else {
                isTextual = false
                throw Found()
            }
            let text = try reader.text()
            name = text.string
            if text != "note" && text != "notes" { throw Found() }
            return
        }
        if member == "candidateId" || member == "candidate_id" { hasCandidate = true }
        if member == "applicationId" || member == "application_id" { hasApplication = true }
        _ = try reader.skip()
    }

    private func decide() throws -> RecordKind {
        guard isTextual else {
            throw KindError(
                code: .type, pointer: "/type", message: "type must be a text; write one of \(KindName.known)")
        }
        guard let name else {
            throw KindError(
                code: .required, pointer: "/type", message: "type is missing; write one of \(KindName.known)")
        }
        switch KindName(name) {
        case .kind(let kind): return kind
        case .note where hasCandidate: return .candidateNote
        case .note where hasApplication: return .applicationNote
        case .note:
            throw KindError(
                code: .recordType, pointer: "/type",
                message: "A note needs candidateId or applicationId, or the type candidateNote or applicationNote")
        case nil:
            throw KindError(
                code: .recordType, pointer: "/type",
                message: "type is not a known type of record; write one of \(KindName.known)")
        }
    }
}

/// Why a bulk line has no kind.
struct KindError: Error {
    var problem: Problem

    init(code: Problem.Code, pointer: String, message: String) {
        problem = Problem(pointer: pointer, code: code, message: message)
    }
}
