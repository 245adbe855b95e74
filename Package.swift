// swift-tools-version: 6.2
import PackageDescription

/// `YARDSTICK_CORE=1` leaves the server and the command line out, so that the layers below them
/// build and test without the web server's packages, in half a minute.
let coreOnly = Context.environment["YARDSTICK_CORE"] != nil

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// `libduckdb` is looked for where the set-up put it, then where upstream's release is installed.
let duckdbFolder = Context.packageDirectory + "/.deps/duckdb"
let duckdb: [LinkerSetting] = [
    .linkedLibrary("duckdb"),
    .unsafeFlags([
        "-L\(duckdbFolder)", "-L/usr/local/lib",
        "-Xlinker", "-rpath", "-Xlinker", "$ORIGIN",
        "-Xlinker", "-rpath", "-Xlinker", duckdbFolder,
    ]),
]

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let programs: [Target.Dependency] = [
    .product(name: "Subprocess", package: "swift-subprocess"),
    .product(name: "SystemPackage", package: "swift-system"),
]

var dependencies: [Package.Dependency] = [
    .package(url: "https://github.com/jpsim/Yams.git", exact: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift.git", exact: "7.10.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess.git", exact: "1.0.2", traits: []),
    .package(url: "https://github.com/apple/swift-system.git", exact: "1.8.1"),
]

var targets: [Target] = [
    .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
    .target(name: "CDuckDB", linkerSettings: duckdb),
    .target(name: "CBoostMath", linkerSettings: [.linkedLibrary("m")]),
    .target(
        name: "CEmbedded", exclude: ["demo.yaml", "library"],
        cSettings: [.unsafeFlags(["-std=gnu23"])]),
    .target(name: "Vocabulary", swiftSettings: strict),
    .target(name: "Statistics", dependencies: ["Vocabulary", "CBoostMath"], swiftSettings: strict),
    .target(
        name: "Definitions", dependencies: ["Vocabulary", "CSodium", "CEmbedded", yams],
        swiftSettings: strict),
    .target(
        name: "Planning", dependencies: ["Vocabulary", "Statistics", "Definitions"],
        swiftSettings: strict),
    .target(name: "Engines", dependencies: ["Vocabulary", "CDuckDB"], swiftSettings: strict),
    .target(name: "Behaviour", dependencies: ["Vocabulary"], swiftSettings: strict),
    .target(name: "Events", dependencies: ["Vocabulary", "CZlib", "CZstd"], swiftSettings: strict),
    .target(
        name: "Features",
        dependencies: [
            "Vocabulary", "Statistics", "Definitions", "Planning", "Engines", "Events", "Behaviour",
            "CSodium", "CEmbedded",
            grdb, yams,
        ] + programs,
        swiftSettings: strict),
    .target(
        name: "TestSupport", dependencies: ["Vocabulary"], path: "Tests/TestSupport",
        swiftSettings: strict),
    .testTarget(name: "ProjectTests", swiftSettings: strict),
    .testTarget(
        name: "VocabularyTests", dependencies: ["Vocabulary", "TestSupport"], swiftSettings: strict),
    .testTarget(
        name: "StatisticsTests",
        dependencies: ["Statistics", "Vocabulary", "CBoostMath", "TestSupport"],
        swiftSettings: strict),
    .testTarget(
        name: "DefinitionsTests", dependencies: ["Definitions", "Vocabulary", "TestSupport"],
        exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
        name: "PlanningTests",
        dependencies: [
            "Planning", "Definitions", "Engines", "Vocabulary", "Statistics", "TestSupport",
        ],
        exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
        name: "EnginesTests", dependencies: ["Engines", "Vocabulary"], swiftSettings: strict),
    .testTarget(
        name: "BehaviourTests", dependencies: ["Behaviour", "Vocabulary", "TestSupport"],
        swiftSettings: strict),
    .testTarget(
        name: "EventsTests", dependencies: ["Events", "Vocabulary", "TestSupport"],
        swiftSettings: strict),
    .testTarget(
        name: "FeaturesTests",
        dependencies: [
            "Features", "Planning", "Definitions", "Engines", "Events", "Behaviour", "Vocabulary",
            "Statistics", "TestSupport", "CSodium",
            grdb, yams,
        ],
        swiftSettings: strict),
]

if !coreOnly {
    dependencies += [
        .package(
            url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1",
            traits: ["FullFoundation"]),
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics.git", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
    ]
    let web: [Target.Dependency] = [
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Metrics", package: "swift-metrics"),
        .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOFoundationEssentialsCompat", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
    ]
    let core: [Target.Dependency] = [
        "Vocabulary", "Statistics", "Definitions", "Planning", "Engines", "Events", "Features",
    ]
    targets += [
        .target(
            name: "CWebAssets", exclude: ["dist"], cSettings: [.unsafeFlags(["-std=gnu23"])]),
        .target(
            name: "Server", dependencies: core + ["CWebAssets", "CSodium"] + web,
            swiftSettings: strict),
        .target(name: "CVersion"),
        .executableTarget(
            name: "yardstick",
            dependencies: core + [
                "Server", "CVersion", "CSodium", "CWebAssets",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ServerTests", dependencies: core + ["Server", "TestSupport"] + web,
            swiftSettings: strict),
        .testTarget(
            name: "CommandTests", dependencies: core + ["yardstick", "TestSupport"],
            exclude: ["Golden"], swiftSettings: strict),
    ]
}

/// What the benchmarks use of the layers.
let coreTargets = [
    "Vocabulary", "Behaviour", "Definitions", "Planning", "Engines", "Features",
]

let package = Package(
    name: "yardstick",
    products: [.library(name: "YardstickCore", targets: coreTargets)]
        + (coreOnly ? [] : [.executable(name: "yardstick", targets: ["yardstick"])]),
    dependencies: dependencies,
    targets: targets,
    cxxLanguageStandard: .cxx17
)
