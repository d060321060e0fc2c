// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .treatAllWarnings(as: .error),
]

/// A library of ours: what it may import is written out, nothing is implied.
func library(_ name: String, _ imports: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: imports, resources: resources, swiftSettings: strict)
}

/// The tests of one library.
func tests(of name: String, _ imports: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + imports, swiftSettings: strict)
}

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let jwtKit: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let lifecycleTestKit: Target.Dependency = .product(name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
    name: "crosswalk",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "crosswalk", targets: ["crosswalk"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit.git", from: "5.7.0"),
    ],
    targets: [
        // Pure ring: values and rules, no input or output.
        library("JSONBytes"),
        library("RestLi", ["JSONBytes"]),
        library("LinkedIn", ["RestLi", "JSONBytes", crypto]),
        library("Domain"),
        library("Intake", ["Domain", "LinkedIn", "JSONBytes", crypto]),
        library("People"),

        // Page plumbing that both web faces share: no server, no records.
        library("Web", [mustache, crypto, lifecycle], resources: [.embedInCode("Assets"), .embedInCode("Templates")]),

        // Storage: the only target that sees the database engine.
        library("SQLFile", [grdb, grdbSQLite]),

        // Product ring.
        library(
            "LinkedInClient",
            ["LinkedIn", "RestLi", "JSONBytes", httpClient, nioCore, nioHTTP1, logging, metrics]),
        library(
            "Store", ["Domain", "JSONBytes", "SQLFile", crypto, logging, metrics], resources: [.embedInCode("Schema")]),
        library(
            "Sync",
            [
                "Domain", "Store", "SQLFile", "LinkedIn", "LinkedInClient", "RestLi", "JSONBytes", lifecycle, logging,
                metrics,
            ]),
        library(
            "Webhooks",
            [
                "Domain", "Store", "SQLFile", "LinkedIn", "JSONBytes", httpClient, nioCore, nioHTTP1, lifecycle, crypto,
                logging, metrics,
            ]),
        library(
            "Connector",
            [
                "Domain", "Store", "Webhooks", "SQLFile", "Intake", "LinkedIn", "JSONBytes", "Web", hummingbird,
                nioCore, lifecycle, crypto, logging, metrics,
            ]
        ),
        library(
            "Dashboard",
            [
                "Connector", "Domain", "Store", "Webhooks", "SQLFile", "Intake", "Sync", "LinkedIn", "LinkedInClient",
                "ATSSource", "JSONBytes", "Web", hummingbird, httpClient, nioCore, nioHTTP1, lifecycle, crypto,
                cryptoExtras, jwtKit, logging,
            ], resources: [.embedInCode("Templates"), .embedInCode("Assets")]),
        .systemLibrary(name: "CODBC", pkgConfig: "odbc", providers: [.apt(["unixodbc-dev"])]),
        .systemLibrary(name: "CCSV", providers: [.apt(["libcsv-dev"])]),
        library("ATSSource", ["Domain", "Intake", "JSONBytes", "CODBC", "CCSV", yams, logging]),

        library("SampleATS", ["Domain", "People", "SQLFile"], resources: [.embedInCode("Mapping")]),

        // Judge ring: sees the product only over HTTP.
        library(
            "Sandbox",
            [
                "RestLi", "LinkedIn", "JSONBytes", "People", "SQLFile", "Web", hummingbird, httpClient, nioCore,
                nioHTTP1, crypto, logging,
            ],
            resources: [
                .embedInCode("Schema"), .embedInCode("Pages/Templates"), .embedInCode("Pages/Assets"),
            ]
        ),

        .systemLibrary(name: "CMalloc"),
        .executableTarget(
            name: "crosswalk",
            dependencies: [
                "CMalloc", "Connector", "Dashboard", "Webhooks", "Sandbox", "Sync", "Store", "SQLFile", "Domain",
                "Intake",
                "LinkedIn",
                "LinkedInClient", "ATSSource", "SampleATS", "People",
                "JSONBytes", argumentParser, configuration, crypto, httpClient, hummingbird, lifecycle, logging,
                metrics, nioCore, nioHTTP1, unixSignals, yams,
            ],
            swiftSettings: strict
        ),

        // Figures beside their peers' (`scripts/bench`); no test depends on it.
        .executableTarget(
            name: "crosswalk-bench",
            dependencies: [
                "Connector", "Dashboard", "Domain", "Store", "Sync", "Sandbox", "Intake", "Web", "LinkedIn",
                "LinkedInClient", "JSONBytes",
                argumentParser, grdbSQLite, hummingbird, lifecycle,
                httpClient, logging, nioCore, nioHTTP1,
            ],
            path: "Benchmarks/Sources",
            swiftSettings: strict
        ),

        // Tests.
        library("TestSupport", [lifecycle, logging]),
        library("DatabaseFixtures"),
        library(
            "Browser", ["JSONBytes", httpClient, nioCore, nioHTTP1], resources: [.embedInCode("Scripts")]),
        tests(of: "JSONBytes"),
        tests(of: "RestLi", ["JSONBytes"]),
        tests(of: "LinkedIn", ["RestLi", "JSONBytes"]),
        tests(of: "Domain"),
        tests(of: "People"),
        tests(of: "Intake", ["Domain", "LinkedIn", "JSONBytes"]),
        tests(of: "SQLFile"),
        tests(of: "Store", ["Domain", "SQLFile"]),
        tests(of: "LinkedInClient", ["LinkedIn", "RestLi", "JSONBytes", "Sandbox", hummingbird, nioCore, logging]),
        tests(of: "Sync", ["Domain", "Store", "LinkedIn", "LinkedInClient", "JSONBytes", "Sandbox", logging]),
        tests(
            of: "Connector",
            [
                "Domain", "Store", "SQLFile", "LinkedIn", "JSONBytes", "Web", hummingbird, hummingbirdTesting, nioCore,
                nioPosix, lifecycle, crypto, yams, logging,
            ]
        ),
        tests(
            of: "Webhooks",
            [
                "Domain", "Store", "SQLFile", "JSONBytes", hummingbird, nioCore, lifecycle, crypto, logging,
            ]),
        tests(
            of: "Sandbox",
            [
                "RestLi", "LinkedIn", "JSONBytes", "People", "SQLFile", "Web", hummingbird, hummingbirdTesting,
                httpClient, nioCore, nioHTTP1, logging,
            ]
        ),
        tests(of: "Web", [lifecycleTestKit]),
        tests(
            of: "Dashboard",
            [
                "ATSSource", "Connector", "Domain", "Store", "SQLFile", "Sync", "Webhooks", "LinkedIn", "JSONBytes",
                "Web", hummingbird, hummingbirdTesting, nioCore, crypto, cryptoExtras, logging,
            ]),
        .testTarget(
            name: "BrowserTests",
            dependencies: [
                "Browser", "crosswalk", "Connector", "Dashboard", "Sandbox", "Sync", "Store",
                "Domain", "LinkedIn", "LinkedInClient", "JSONBytes", "Web", "TestSupport", httpClient, hummingbird,
                nioCore, lifecycle, logging,
            ], swiftSettings: strict),
        tests(
            of: "ATSSource",
            ["Domain", "JSONBytes", "DatabaseFixtures", "SQLFile", "SampleATS", "People", "Intake", logging]),
        .testTarget(
            name: "CLITests", dependencies: ["crosswalk", "Domain", "JSONBytes", "TestSupport", argumentParser],
            swiftSettings: strict),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "crosswalk", "Connector", "Sandbox", "Sync", "Store", "Domain", "LinkedInClient", "ATSSource",
                "SampleATS",
                "DatabaseFixtures", "People", "JSONBytes",
                "TestSupport", lifecycle, logging,
            ],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)

// `CROSSWALK_TESTS=WebTests,DashboardTests swift build --build-tests` builds those alone: all of them take minutes.
if let wanted = Context.environment["CROSSWALK_TESTS"]?.split(separator: ",") {
    package.targets.removeAll { $0.type == .test && !wanted.contains(Substring($0.name)) }
}
