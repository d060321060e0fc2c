// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import RestLi

/// What became of one record of a request.
enum RecordOutcome: Sendable {
    /// 204, or another status without a body.
    case done(Int)
    /// JSON of the record.
    case entity([UInt8])
    case failed(RecordProblem)
}

extension Answer {
    /// The answer of a batch: 200 whatever became of its records, every key in the caller's syntax, in `results` or
    /// in `errors`.
    ///
    /// - Parameter isRead: answers to reads carry `statuses`, which is empty in all samples.
    static func batch(
        _ outcomes: [(key: EntityKey, outcome: RecordOutcome)], _ version: ProtocolVersion, isRead: Bool = false
    ) -> Answer {
        var writer = BatchAnswerWriter(isGet: isRead)
        for (key, outcome) in outcomes {
            let text = KeyCodec.encode(key, in: .responseBody, version)
            switch outcome {
            case .done(let status): writer.add(text, status: status)
            case .entity(let body): writer.add(text, entity: body)
            case .failed(let problem): writer.add(text, error: problem.body)
            }
        }
        return Answer(body: writer.finish())
    }

    /// The answer of a request that names one record.
    static func single(_ outcome: RecordOutcome) -> Answer {
        switch outcome {
        case .done(let status): Answer(status: status)
        case .entity(let body): Answer(body: body)
        case .failed(let problem): Answer(status: problem.status, body: problem.body.bytes)
        }
    }
}

extension RecordProblem {
    /// As it stands in an answer.
    var body: ErrorBody { ErrorBody(status: status, message: message, code: code) }

    init(_ error: RestLiError) { self.init(error.status, error.message) }
}

/// Runs what reads JSON of a caller; what is no JSON is the caller's mistake.
///
/// - Throws: `GatewayError` 400 in place of a `JSONError`; its message names a place and never the content
///   (UNVERIFIED wording).
func readingBody<Value>(_ read: () throws -> Value) throws -> Value {
    do {
        return try read()
    } catch let error as JSONError {
        throw GatewayError(400, "Cannot parse request entity: \(error)")
    }
}
