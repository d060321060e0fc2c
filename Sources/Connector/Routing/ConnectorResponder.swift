// SPDX-License-Identifier: Apache-2.0

import Domain
package import Hummingbird
import Logging
import NIOCore
import Web

/// From a request to a response: finds the route, asks who calls, runs the handler, turns every error into problem
/// JSON, or below the dashboard's root into a page, counts and logs.
package struct ConnectorResponder: HTTPResponder {
    package typealias Context = CallSource

    let routes: RouteTable
    let keys: KeyRing
    let metrics: RequestMetrics
    let pages: PageFace?

    package func respond(to request: Request, context: CallSource) async throws -> Response {
        let start = ContinuousClock.now
        let id = RequestIdentity.id(for: request)
        var logger = context.logger
        logger[metadataKey: LogKey.requestID] = "\(id)"
        var route: Endpoint?
        var response: Response
        do {
            response = try await withLogger(logger) { logger in
                try await answer(request, context.channel, id, logger, &route)
            }
        } catch {
            let problem = HTTPProblem(anything: error)
            if problem.status.kind == .serverError {
                logger.error(
                    "request failed",
                    metadata: [LogKey.route: "\(route?.pattern.description ?? "none")", LogKey.error: "\(error)"])
            }
            let target = request.head.path ?? "/"
            if let pages, pages.holds(target) {
                let call = Call(
                    request: request, values: [], query: [:], id: id, logger: logger, channel: context.channel)
                response = await pages.problem(call, problem)
            } else {
                response = problem.response(requestID: id)
            }
        }
        response.headers[RequestIdentity.header] = id
        let duration = start.duration(to: .now)
        metrics.record(request.method, route, response.status, duration)
        logger.debug(
            "request answered",
            metadata: [
                LogKey.route: "\(route?.pattern.description ?? "none")", LogKey.status: "\(response.status.code)",
                LogKey.milliseconds: "\(duration.milliseconds)",
            ])
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(
        _ request: Request, _ channel: any Channel, _ id: String, _ logger: Logger, _ route: inout Endpoint?
    ) async throws -> Response {
        let raw = request.head.path ?? "/"
        guard raw.utf8.count <= Self.longestURL else { throw HTTPProblem.urlTooLong(limit: Self.longestURL) }
        let target: RequestTarget
        do { target = try RequestTarget(raw) } catch { throw HTTPProblem.malformedURL(error) }
        let values: [String]
        switch routes.match(request.method, target.path) {
        case .nothing: throw HTTPProblem.notFound()
        case .otherMethods(let methods): throw HTTPProblem.otherMethods(methods)
        case .found(let endpoint, let found):
            route = endpoint
            values = found
        }
        let call = Call(request: request, values: values, query: target.query, id: id, logger: logger, channel: channel)
        switch route?.handler {
        case .open(let handler): return try await handler(call)
        case .customer(let handler): return try await handler(call, try await keys.caller(of: request))
        case nil: throw HTTPProblem.notFound()
        }
    }

    /// Two ids of 500 characters, four bytes each, percent-encoded, are 12,000 bytes.
    static let longestURL = 16 * 1024
}
