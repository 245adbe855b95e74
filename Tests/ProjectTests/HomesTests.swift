import Foundation
import Testing

@Suite("Where things live")
struct HomesTests {
    @Test("a library is imported only where it is at home")
    func imports() {
        let strangers = ProjectFiles.swiftFiles(below: "Sources").flatMap { path, text in
            text.split(separator: "\n").compactMap { line -> String? in
                guard let module = HomesTests.module(in: line), let isHome = homes[module],
                    !isHome(path)
                else { return nil }
                return "\(path) imports \(module)"
            }
        }

        #expect(strangers == [])
    }

    @Test("two files of a target do not share a name", arguments: HomesTests.targets)
    func fileNames(target: String) {
        let names = ProjectFiles.swiftFiles(below: "Sources/\(target)").map { path, _ in
            path.split(separator: "/").last.map(String.init) ?? ""
        }

        #expect(Set(names).count == names.count)
    }

    @Test("no file has more than 400 lines")
    func lengths() {
        let long = ["Sources", "Tests"].flatMap(ProjectFiles.swiftFiles).filter { _, text in
            text.split(separator: "\n", omittingEmptySubsequences: false).count > 401
        }

        #expect(long.map(\.path) == [])
    }

    private static let targets = [
        "Vocabulary", "Statistics", "Definitions", "Planning", "Engines", "Events", "Behaviour",
        "Features", "Server", "yardstick",
    ]

    /// GRDB's `Row`, `Column` and `Statement` clash with ours, so it stays where state is kept; the
    /// database and the web server each have one target that knows them.
    private var homes: [String: @Sendable (String) -> Bool] {
        [
            "GRDB": { $0.hasSuffix("Store.swift") || $0.contains("/State/") },
            "CDuckDB": { $0.hasPrefix("Sources/Engines/") },
            "Hummingbird": { $0.hasPrefix("Sources/Server/") },
            "HummingbirdCore": { $0.hasPrefix("Sources/Server/") },
            "Yams": {
                $0.hasPrefix("Sources/Definitions/") || $0.hasSuffix("/UserAgentRules.swift")
            },
            "CZlib": { $0.hasPrefix("Sources/Events/Compression/") },
            "CZstd": { $0.hasPrefix("Sources/Events/Compression/") },
            "Subprocess": { $0.hasSuffix("/Git/GitProgram.swift") },
            "ArgumentParser": { $0.hasPrefix("Sources/yardstick/") },
        ]
    }

    private static func module(in line: Substring) -> String? {
        let words = line.split(separator: " ").drop { $0.hasPrefix("@") }
        guard words.first == "import" || words.dropFirst().first == "import" else { return nil }
        return words.last.map { String($0.prefix { $0 != "." }) }
    }
}
