// SPDX-License-Identifier: Apache-2.0

import JSONBytes

extension ControlAPI {
    func journal(_ request: ControlRequest) async throws -> JSONValue {
        try request.query.only("after", "limit")
        let after = try request.query.int("after") ?? 0
        let limit = try request.query.int("limit", in: 1...1000) ?? 100
        let entries = sandbox.journal.entries(after: Int(clamping: after), limit: Int(limit))
        return [
            "entries": .array(entries.map(\.json)), "next": .int(Int64(entries.last?.number ?? Int(clamping: after))),
            "last": .int(Int64(sandbox.journal.lastNumber)),
        ]
    }

    func clearJournal(_ request: ControlRequest) async throws -> JSONValue {
        sandbox.journal.clear()
        return ["last": .int(Int64(sandbox.journal.lastNumber))]
    }
}

extension JournalEntry {
    fileprivate var json: JSONValue {
        var object: JSONObject = [
            "number": .int(Int64(number)), "time": .int(time.millis), "method": .string(method), "path": .string(path),
            "query": .string(query), "tunnelled": .bool(isTunnelled), "status": .int(Int64(status)),
            "records": .int(Int64(records)),
            "request_id": .string(requestID), "microseconds": .int(microseconds),
            "request_bytes": .int(Int64(requestBytes)),
            "response_bytes": .int(Int64(responseBytes)),
        ]
        if let resource { object["resource"] = .string(resource) }
        if let restliMethod { object["restli_method"] = .string(restliMethod) }
        if let application { object["application"] = .string(application) }
        if let fault { object["fault"] = .string(fault) }
        object["request_body"] = requestBody.map { .string(String(decoding: $0, as: UTF8.self)) } ?? "(withheld)"
        object["response_body"] = responseBody.map { .string(String(decoding: $0, as: UTF8.self)) } ?? "(withheld)"
        return .object(object)
    }
}
