// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// Runs services in order until Ctrl-C or SIGTERM, then stops them in reverse order, each finishing what it has begun.
enum Running {
    /// - Parameters:
    ///   - last: returning from it ends everything, as a signal does.
    ///   - close: what is done at the end, also after an error.
    static func untilSignalled(
        _ services: [any Service], last: (any Service)? = nil, close: () async throws -> Void
    ) async throws {
        let result: Result<Void, any Error>
        do {
            let members = services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) }
            let ending = last.map {
                [
                    ServiceGroupConfiguration.ServiceConfiguration(
                        service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
                        failureTerminationBehavior: .gracefullyShutdownGroup)
                ]
            }
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: members + (ending ?? []), gracefulShutdownSignals: [.sigterm, .sigint], logger: Log.silent
                ))
            result = .success(try await group.run())
        } catch {
            result = .failure(error)
        }
        try? await close()
        do {
            try result.get()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw CommandError(
                "the port is taken by another process; choose another with --port, or stop that one", code: .busy)
        }
    }
}

/// Log lines on standard error: constant messages, keyed values.
enum Log {
    static func make(_ label: String, level: Logger.Level) -> Logger {
        var logger = Logger(label: label) { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        return logger
    }

    static func level(_ settings: Settings) -> Logger.Level {
        Logger.Level(rawValue: settings.text(.logLevel) ?? "info") ?? .info
    }

    static let silent = Logger(label: "crosswalk") { _ in SwiftLogNoOpLogHandler() }
}
