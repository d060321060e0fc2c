// SPDX-License-Identifier: Apache-2.0

import ATSSource
import ArgumentParser
import Connector
import Dashboard
import Domain
import Foundation
import LinkedInClient
import Logging
import Metrics
import ServiceLifecycle
import Store
import Sync
import Webhooks

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the connector: the HTTP API for the ATS, and the synchronisation with LinkedIn.",
        discussion: """
            Ready when GET /health/ready answers 200; GET /metrics is for Prometheus. Ctrl-C or SIGTERM finishes what is in flight and stops.
            --linkedin, when given, is used for every customer in place of the address it was added with.
            """)
    @OptionGroup var options: ConfigurationOptions
    @Option(name: .long, help: "The address to listen on.") var host: String?
    @Option(name: .long, help: "The port to listen on; 0 picks one.") var port: Int?
    @Option(name: .customLong("linkedin"), help: "Stands for both of LinkedIn's hosts.") var linkedIn: String?
    @Option(name: .customLong("public-url"), help: "How LinkedIn reaches the connector.") var publicURL: String?
    @Option(name: .long, help: "sandbox or production.") var profile: String?
    @Flag(name: .customLong("no-quotas"), help: "Do not keep inside LinkedIn's quotas; for a sandbox that has none.")
    var noQuotas = false

    func run() async throws {
        let settings = try await options.settings([
            .host: host, .port: port.map(String.init), .linkedInURL: linkedIn, .publicURL: publicURL, .profile: profile,
            .quotas: noQuotas ? "false" : nil,
        ])
        let registry = MetricsRegistry()
        MetricsSystem.bootstrap(registry)
        let connector = try ConnectorProcess(
            settings, registry: registry, logger: Log.make("crosswalk", level: Log.level(settings)))
        let services = connector.services { port in
            let address = "http://\(settings.text(.host) ?? ""):\(port)"
            Terminal.note("The connector listens on \(address). Stop it with Ctrl-C.")
            await connector.tellDashboard(address)
        }
        try await Running.untilSignalled(services) { try await connector.close() }
    }
}

/// The connector's parts, put together: store, engine, HTTP.
struct ConnectorProcess: Sendable {
    let workspace: Workspace
    let engine: SyncEngine
    let server: ConnectorServer
    let transport: AHCTransport
    let webhooks: WebhookSender
    let sources: SourceKeeper
    let logger: Logger
    /// Makes the dashboard's first account.
    let setupCode = SetupCode()

    /// - Throws: `CommandError` when the data folder, the key or an address cannot be used.
    init(_ settings: Settings, registry: MetricsRegistry, logger: Logger) throws {
        try LinkedInAccess.check(settings.text(.linkedInURL) ?? "", settings)
        let oidc = try OpenIDAccess.service(settings)
        workspace = try Workspace.open(settings, mayCreate: true)
        transport = AHCTransport()
        self.logger = logger
        let access = LinkedInAccess(
            settings: settings, transport: transport, vault: workspace.store.vault, logger: logger)
        let engine = SyncEngine(
            store: workspace.store, options: Self.options(settings), log: logger,
            port: { customer in try access.port(for: customer) })
        self.engine = engine
        var serving = ConnectorServer.Settings()
        serving.host = settings.text(.host) ?? "127.0.0.1"
        serving.port = settings.int(.port)
        let policy = try WebhookAccess.policy(settings)
        let poster = HTTPPoster(policy: policy)
        let signal = SyncSignal(
            recordsChanged: { engine.signal($0) }, pushStored: { engine.wake(.pushes, of: $0) },
            erasureAsked: {
                engine.wake(.erasures, of: $0)
                engine.signal($0)
            }, integrationAsked: { engine.nudge($0) })
        let desk = WebhookDesk(store: workspace.store, policy: policy, poster: poster)
        var parts = Dashboard.Parts(
            store: workspace.store, signal: signal, webhooks: desk, publicURL: Workspace.publicURL(settings),
            logger: logger)
        parts.readBack = Self.readBack(engine)
        parts.setupCode = setupCode
        parts.sources = SourceDesk(
            store: workspace.store, time: parts.time, signal: signal, allowed: try Self.allowance(settings))
        sources = SourceKeeper(parts.sources, holder: Self.holder, log: logger)
        parts.oidc = oidc
        parts.configuration = settings.lines
        parts.version = Crosswalk.version
        parts.lanes = { engine.lanes(of: $0) }
        parts.quotas = Self.options(settings).quotas
        parts.onboarder = DashboardAccess.onboarder(workspace, access)
        let dashboard = Dashboard(parts)
        server = ConnectorServer(
            store: workspace.store, signal: signal, settings: serving,
            partner: settings.text(.partnerSecret).map { CallbackSecrets.Partner(secret: $0) }, signIn: access.signIn(),
            webhooks: desk, pages: dashboard.face, registry: registry, logger: logger)
        webhooks = WebhookSender(
            store: workspace.store, poster: poster, watcher: server.events, options: WebhookAccess.options(settings),
            log: logger)
    }

    /// Asks LinkedIn for one record, for the dashboard.
    private static func readBack(_ engine: SyncEngine) -> ReadBack.Reader {
        { customer, key in
            switch try await engine.read(key, of: customer) {
            case .held(let why): .unknown(why)
            case .shown(let shown):
                switch shown.content {
                case .record(let body): .held(body, requestID: shown.requestID)
                case .absent: .nothing(requestID: shown.requestID)
                case .unknown: .unknown("LinkedIn did not say")
                }
            }
        }
    }

    /// In starting order: the engine before the door, so that the door closes first.
    func services(onRunning: @escaping @Sendable (Int) async -> Void) -> [any Service] {
        [
            SyncService(engine), webhooks, sources, Housekeeping(workspace.store),
            server.application(logger: logger, onRunning: onRunning),
        ]
    }

    /// Says on the terminal where the dashboard is and, before its first account, what opens it.
    func tellDashboard(_ address: String) async {
        let hasAccounts = (try? await workspace.store.read { try $0.hasAccounts() }) ?? true
        Terminal.note("The dashboard:            \(address)/ui")
        if !hasAccounts {
            Terminal.note("Nobody has an account yet: open it and enter the setup code \(setupCode.text)")
        }
    }

    func close() async throws {
        try await transport.shutdown()
        try await workspace.store.close()
    }

    /// What mappings of the dashboard may read.
    private static func allowance(_ settings: Settings) throws -> SourceAllowance {
        do { return try SourceAllowance(parsing: settings.text(.sourcesAllowed) ?? "") } catch {
            throw CommandError("\(Setting.sourcesAllowed.key): \(error)")
        }
    }

    /// Unique per process and start.
    static var holder: String {
        let process = ProcessInfo.processInfo
        return "\(process.hostName)/\(process.processIdentifier)/\(UUID().uuidString.prefix(8))"
    }

    static func options(_ settings: Settings) -> SyncOptions {
        var options = SyncOptions(
            holder: Self.holder,
            callbackBase: Workspace.publicURL(settings))
        if settings.text(.profile) == "sandbox" { options.pace = .sandbox }
        if !settings.flag(.quotas) { options.quotas = .off }
        return options
    }
}
