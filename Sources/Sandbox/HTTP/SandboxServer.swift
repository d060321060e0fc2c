// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Logging
import NIOCore

extension Sandbox {
    /// Serves HTTP on `host:port` until it is cancelled or told to shut down, and does what falls due: members, push
    /// notifications, counters. Once per sandbox.
    ///
    /// - Parameters:
    ///   - port: 0 lets the system choose.
    ///   - onReady: called once with the port when requests are answered.
    package func run(
        host: String = "127.0.0.1", port: Int, onReady: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) async throws {
        let application = Application(
            responder: SandboxResponder(sandbox: self),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: nil),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? port) },
            logger: core.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.makeMembers() }
            group.addTask { await self.sendPushes() }
            group.addTask { await self.tick() }
            // The server ends by cancellation or graceful shutdown; the others have no end of their own.
            defer { group.cancelAll() }
            try await application.run()
        }
        try await saveUsage()
    }

    /// Generates members whenever the world is new.
    private func makeMembers() async {
        for await _ in memberWakes {
            do {
                try await generateMembers()
            } catch {
                core.logger.error("members could not be generated", metadata: ["error": "\(error)"])
            }
        }
    }

    private func sendPushes() async {
        await withDiscardingTaskGroup { group in
            // A pass is not waited for: it takes the URLs that no earlier one is busy with, so there are never more
            // passes than URLs.
            for await _ in core.pushes.wakes {
                group.addTask {
                    do {
                        try await self.deliverPushes()
                    } catch {
                        self.core.logger.error(
                            "push notifications could not be sent", metadata: ["error": "\(error)"])
                    }
                }
            }
        }
    }

    /// Once a second: counters to the disk, and a look for pushes whose time has come.
    private func tick() async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: .seconds(1))
                core.pushes.signal()
                try await saveUsage()
            } catch is CancellationError {
                return
            } catch {
                core.logger.error("counters could not be written", metadata: ["error": "\(error)"])
            }
        }
    }
}

/// What a request carries besides itself: the connection, which a planned fault closes.
struct SandboxContext: InitializableFromSource, Sendable {
    let channel: any Channel

    init(source: ApplicationRequestContextSource) { channel = source.channel }
}

/// Between Hummingbird's types and ours.
struct SandboxResponder: HTTPResponder {
    let sandbox: Sandbox

    func respond(to request: Request, context: SandboxContext) async throws -> Response {
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: sandbox.options.largestBody)
        } catch is NIOTooManyBytesError {
            return Response(status: .contentTooLarge)
        }
        var headers = request.headers.map { ($0.name.rawName, $0.value) }
        if let host = request.head.authority { headers.append(("host", host)) }
        do {
            let answer = try await sandbox.respond(
                to: SandboxRequest(
                    request.method.rawValue, request.head.path ?? "/", headers: headers,
                    body: Array(body.readableBytesView)))
            return Response(answer)
        } catch is ConnectionDropped {
            // What is written after this goes nowhere: the peer sees the connection end without an answer.
            try? await context.channel.close().get()
            return Response(status: .internalServerError)
        }
    }
}

extension Response {
    fileprivate init(_ answer: SandboxResponse) {
        var fields = HTTPFields()
        fields.reserveCapacity(answer.headers.count + 2)
        for (name, value) in answer.headers {
            if let name = HTTPFields.Element.Name(name) { fields.append(HTTPFields.Element(name: name, value: value)) }
        }
        var body = answer.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        if let stream = answer.stream { body = ResponseBody(asyncSequence: stream.map { ByteBuffer(bytes: $0) }) }
        self.init(status: HTTPResponse.Status(code: answer.status), headers: fields, body: body)
    }
}
