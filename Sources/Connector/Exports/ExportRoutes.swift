// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import JSONBytes
import Store

/// Members whom recruiters exported, and the ATS's answers to them.
struct ExportRoutes: Sendable {
    let store: Store
    let time: any Timekeeper
    let signal: SyncSignal
    let limits: ConnectorLimits

    var endpoints: [Endpoint] {
        [
            .customer(.get, "/api/v1/exports", list),
            .customer(.get, "/api/v1/exports/{id}", get),
            .customer(.put, "/api/v1/exports/{id}/candidate", answer),
            .customer(.get, "/api/v1/pushes", pushes),
        ]
    }

    private func list(_ call: Call, _ caller: Caller) async throws -> Response {
        let limit = Int(try call.number("limit", default: 100, in: 1...1000))
        let state = try call.choice("state", CandidateExport.State.allCases, \.rawValue)
        let (after, candidate) = (call.query["after"] ?? "", call.query["candidateId"])
        let exports = try await store.read {
            try $0.exports(customer: caller.number, state: state, candidate: candidate, after: after, limit: limit)
        }
        return .page(exports, limit: limit, next: \.request) { $0.export($1) }
    }

    private func get(_ call: Call, _ caller: Caller) async throws -> Response {
        let id = call.values[0]
        let export = try await store.read { try $0.export(id, customer: caller.number) }
        guard let export else { throw HTTPProblem.unknownExport() }
        return .json { $0.exportMembers(export) }
    }

    /// The ATS says which of its candidates the member is; with the tie, LinkedIn learns of it as well.
    private func answer(_ call: Call, _ caller: Caller) async throws -> Response {
        let form = try await AnswerForm(call, limits)
        let (id, now) = (call.values[0], time.now())
        let export = try await store.write { tx -> CandidateExport? in
            let isKnown = try tx.answerExport(
                id, candidate: form.candidate, application: form.application, customer: caller.number, at: now)
            return isKnown ? try tx.export(id, customer: caller.number) : nil
        }
        guard let export else { throw HTTPProblem.unknownExport() }
        signal.recordsChanged(caller.number)
        return .json { $0.exportMembers(export) }
    }

    private func pushes(_ call: Call, _ caller: Caller) async throws -> Response {
        let limit = Int(try call.number("limit", default: 100, in: 1...1000))
        let state = try call.choice("state", StoredPush.State.allCases, \.name)
        let after = call.query["after"] ?? ""
        let pushes = try await store.read {
            try $0.pushes(customer: caller.number, state: state, after: after, limit: limit)
        }
        return .page(pushes, limit: limit, next: \.id) { $0.push($1) }
    }
}

/// `{"candidateId": "C-1", "applicationId": "A-1"}`
private struct AnswerForm: Sendable {
    var candidate: String
    var application: String?

    /// - Throws: `HTTPProblem` 400, 413, 415 or 422.
    init(_ call: Call, _ limits: ConnectorLimits) async throws {
        let json = try await call.json(limits)
        guard let candidate = json["candidateId"]?.string, (1...500).contains(candidate.count) else {
            throw HTTPProblem.invalidBody([
                Fault("/candidateId", "required", "candidateId is your own id of the candidate, 1 to 500 characters")
            ])
        }
        self.candidate = candidate
        switch json["applicationId"] {
        case nil, .null?: application = nil
        case .string(let id)? where (1...500).contains(id.count): application = id
        case _?:
            throw HTTPProblem.invalidBody([
                Fault("/applicationId", "type", "applicationId is your own id of the application, 1 to 500 characters")
            ])
        }
    }
}
