// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import RestLi

/// Errors as LinkedIn writes them: `{"status","serviceErrorCode","code","message"}` and the headers that mark them
/// (jobs-oauth-restli 3.2 and 3.3).
enum ErrorAnswer {
    static func make(_ error: any Error) -> Answer {
        switch error {
        case let error as GatewayError: make(error)
        case let error as RestLiError: make(error.status, error.message)
        // What went wrong inside is nobody's business; the log has it.
        default: make(.internalError)
        }
    }

    private static func make(_ error: GatewayError) -> Answer {
        var answer = make(error.status, error.message, code: error.code, serviceErrorCode: error.serviceErrorCode)
        answer.headers.append(("x-restli-gateway-error", "true"))
        if let seconds = error.retryAfter { answer.headers.append(("retry-after", String(seconds))) }
        return answer
    }

    private static func make(_ status: Int, _ message: String, code: String? = nil, serviceErrorCode: Int? = nil)
        -> Answer
    {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("status")
        writer.int(Int64(status))
        if let serviceErrorCode {
            writer.name("serviceErrorCode")
            writer.int(Int64(serviceErrorCode))
        }
        if let code {
            writer.name("code")
            writer.string(code)
        }
        writer.name("message")
        writer.string(message)
        writer.endObject()
        return Answer(status: status, body: writer.bytes)
    }
}
