import Foundation
import Testing

@Suite("Codes of failures")
struct ErrorCodesTests {
    /// The codes that the sources of the definitions declare.
    static func codes() throws -> Set<String> {
        let folder = RepositoryFiles.root.appendingPathComponent("Sources/Definitions")
            .resolvingSymlinksInPath()
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        var codes: Set<String> = []
        for path in paths where path.hasSuffix(".swift") {
            let source = try String(
                contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
            for match in source.matches(of: /: Self = "([a-z]+\/[a-z-]+)"/) {
                codes.insert(String(match.1))
            }
        }
        return codes
    }

    @Test("of the definitions are all explained in docs/reference/errors.md")
    func explained() throws {
        let manual = try RepositoryFiles.text("docs/reference/errors.md")
        let codes = try Self.codes()

        #expect(codes.count > 40)
        let missing = codes.filter { !manual.contains("| `\($0)` |") }.sorted()
        #expect(missing.isEmpty, "\(missing.joined(separator: "\n"))")
    }
}
