// SPDX-License-Identifier: Apache-2.0

package import Domain
package import Hummingbird
package import Logging
import NIOCore
package import Store
package import Webhooks

/// The connector's HTTP face: the API that an ATS uses, LinkedIn's callbacks, health and metrics.
///
/// It only checks, stores and reports; sending is the engine's work, which `signal` wakes.
package struct ConnectorServer: Sendable {
    package struct Settings: Sendable {
        package var host = "127.0.0.1"
        /// 0 lets the system choose.
        package var port = 8080
        package var limits = ConnectorLimits()

        package init() {}
    }

    package let settings: Settings
    package let routes: RouteTable
    package let keys: KeyRing
    package let secrets: CallbackSecrets
    /// Who waits at the end of the feed.
    package let events: EventWatcher
    private let registry: MetricsRegistry
    private let pages: PageFace?

    /// - Parameters:
    ///   - partner: the parent application, whose pushes are signed with its own secret.
    ///   - signIn: how members reach LinkedIn's sign-in; without it there are no sign-in links.
    ///   - pages: the dashboard's; none makes a server without one.
    ///   - webhooks: what this process lets webhooks reach; public addresses over https unless said otherwise.
    ///   - registry: the process's metrics, which `/metrics` prints; bootstrap swift-metrics with the same one.
    package init(
        store: Store, signal: SyncSignal = SyncSignal(), settings: Settings = Settings(),
        partner: CallbackSecrets.Partner? = nil, signIn: MemberSignIn? = nil, webhooks: WebhookDesk? = nil,
        pages: PageFace? = nil, registry: MetricsRegistry = MetricsRegistry(), time: any Timekeeper = SystemTime(),
        logger: Logger = Logger(label: "crosswalk") { _ in SwiftLogNoOpLogHandler() }
    ) {
        let limits = settings.limits
        let metrics = IntakeMetrics(registry)
        self.settings = settings
        self.registry = registry
        self.pages = pages
        keys = KeyRing(store, time: time)
        secrets = CallbackSecrets(store, time: time, partner: partner, patience: limits.secretsPatience, log: logger)
        events = EventWatcher(store)
        let gate = BulkGate()
        let readiness = Readiness(store, time: time)
        let erasures = ErasureRoutes(store: store, time: time, signal: signal, limits: limits)
        routes = RouteTable(
            // Before the records: `notes/linkedin` is a list and not the note of that id.
            endpoints: RecruiterRoutes(store: store).endpoints
                + RecordRoutes(
                    store: store, time: time, signal: signal, limits: limits, metrics: metrics, erasures: erasures
                ).endpoints
                + erasures.endpoints
                + RetentionRoutes(store: store, time: time, limits: limits).endpoints
                + BulkRoutes(
                    store: store, time: time, signal: signal, limits: limits, metrics: metrics, readiness: readiness,
                    gate: gate
                ).endpoints
                + PresentRoutes(store: store, time: time, signal: signal, limits: limits, gate: gate).endpoints
                + SourceRoutes(store: store, time: time, limits: limits).endpoints
                + SyncRoutes(store: store, time: time, signal: signal).endpoints
                + EventRoutes(store: store, watcher: events).endpoints
                + UserRoutes(store: store, time: time, signal: signal, limits: limits).endpoints
                + MemberRoutes(store: store, time: time, signal: signal, limits: limits).endpoints
                + SettingsRoutes(store: store, time: time, limits: limits).endpoints
                + SignInRoutes(store: store, time: time, signal: signal, limits: limits, member: signIn).endpoints
                + WebhookRoutes(desk: webhooks ?? Self.desk(store, time), limits: limits).endpoints
                + CallbackRoutes(
                    store: store, time: time, signal: signal, limits: limits, metrics: metrics, secrets: secrets,
                    notes: ChallengeNotes(store)
                ).endpoints
                + ExportRoutes(store: store, time: time, signal: signal, limits: limits).endpoints
                + TieRoutes(store: store, time: time, signal: signal).endpoints
                + HealthRoutes(readiness: readiness, registry: registry).endpoints
                + AssetRoutes.endpoints
                + (pages?.endpoints ?? []))
    }

    private static func desk(_ store: Store, _ time: any Timekeeper) -> WebhookDesk {
        WebhookDesk(store: store, policy: .strict, poster: HTTPPoster(policy: .strict), time: time)
    }

    /// The server as a service: it stops accepting on graceful shutdown and finishes what is in flight.
    ///
    /// - Parameter onRunning: told the port once it listens.
    package func application(
        logger: Logger, onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> Application<ConnectorResponder> {
        let limits = settings.limits
        var application = Application(
            responder: ConnectorResponder(
                routes: routes, keys: keys, metrics: RequestMetrics(registry), pages: pages),
            server: .http1(
                configuration: .init(
                    idleTimeout: TimeAmount(limits.idleTimeout),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 24 * 1024, maxHeaderListSize: 48 * 1024, maxHeaderFieldCount: 100))),
            configuration: .init(
                address: .hostname(settings.host, port: settings.port), serverName: "crosswalk",
                availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
            services: [secrets],
            onServerRunning: { await onRunning($0.localAddress?.port ?? 0) },
            logger: logger)
        application.beforeServerStarts { [secrets] in await secrets.refresh(unlessReadAfter: nil) }
        return application
    }
}
