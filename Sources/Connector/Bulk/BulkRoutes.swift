// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import Intake
import JSONBytes
import NIOCore
import ServiceLifecycle
import Store

/// `POST /api/v1/records`: any number of records in one body.
struct BulkRoutes: Sendable {
    let store: Store
    let time: any Timekeeper
    let signal: SyncSignal
    let limits: ConnectorLimits
    let metrics: IntakeMetrics
    let readiness: Readiness
    let gate: BulkGate

    var endpoints: [Endpoint] { [.customer(.post, "/api/v1/records", records)] }

    private func records(_ call: Call, _ caller: Caller) async throws -> Response {
        try call.expectBody("application/x-ndjson", "application/ndjson", "application/jsonl")
        switch call.query["report"] {
        case nil, "whole": return try await whole(call, caller)
        case "stream": return try await streamed(call, caller)
        default: throw HTTPProblem.badParameter("report", "it is whole (the default) or stream")
        }
    }

    /// Answers when everything is stored, so the status says how it ended, and a sender that reads no answer before its
    /// body is sent cannot block itself.
    private func whole(_ call: Call, _ caller: Caller) async throws -> Response {
        try gate.enter(caller)
        defer { gate.leave(caller) }
        var answer = WholeAnswer(report: BulkReport(most: limits.reportLines))
        do {
            try await run(call, caller, &answer)
        } catch {
            count(answer.report)
            var problem = HTTPProblem(anything: error)
            let kept = answer.report.accepted
            if kept > 0 {
                problem.detail += " Of this body \(kept) records were stored and stay; sending them again does no harm."
            }
            throw problem
        }
        count(answer.report)
        answer.report.finish()
        return Response(
            status: .ok, headers: Self.headers, body: .init(byteBuffer: ByteBuffer(bytes: answer.report.take())))
    }

    /// Answers while it reads, for senders that read while they send: every bad line is listed, and the last line says
    /// how it ended.
    private func streamed(_ call: Call, _ caller: Caller) async throws -> Response {
        try await readiness.check()
        try gate.enter(caller)
        return Response(
            status: .ok, headers: Self.headers,
            body: .init { writer in
                defer { gate.leave(caller) }
                var answer = StreamedAnswer(report: BulkReport(most: .max), writer: writer)
                do {
                    try await run(call, caller, &answer)
                    answer.report.finish()
                } catch {
                    answer.report.fail(HTTPProblem(anything: error), requestID: call.id)
                }
                count(answer.report)
                try await answer.flush()
                try await answer.writer.finish(nil)
            })
    }

    /// - Throws: `HTTPProblem` 503 when the server shuts down: a body may be hours long, so reading ends at once, and
    ///   what is stored stays.
    @concurrent private func run(_ call: Call, _ caller: Caller, _ answer: inout some BulkAnswer) async throws {
        let intake = BulkIntake(
            store: store, time: time, intake: caller.intake(time), customer: caller.number, lineLimit: limits.lineBytes,
            changed: signal.recordsChanged)
        var chunks = ChunkReader(call.request, lineLimit: limits.lineBytes)
        do {
            try await withGracefulShutdownHandler {
                try await intake.run(&chunks, &answer)
            } onGracefulShutdown: {
                call.channel.close(mode: .input, promise: nil)
            }
        } catch let problem as HTTPProblem where problem.code == "body-cut" && Task.isShuttingDownGracefully {
            throw HTTPProblem.shuttingDown()
        }
    }

    private func count(_ report: BulkReport) {
        metrics.records(accepted: report.accepted, rejected: report.rejected)
    }

    private static let headers: HTTPFields = [.contentType: "application/x-ndjson"]
}
