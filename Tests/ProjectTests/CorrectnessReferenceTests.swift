import Foundation
import Testing

@Suite("The reference of the rules")
struct CorrectnessReferenceTests {
    @Test("it has every rule of the arithmetic, or says that it is not kept yet")
    func rules() {
        let due = Array(11...85)

        #expect(rows.map(\.rule).sorted() == due)
        #expect(ProjectFiles.text(Self.page).contains("experiments (K86 to K92)"))
    }

    @Test("each test that it names has the rule's number in its name")
    func tests() {
        let files = ProjectFiles.swiftFiles(below: "Tests")
        let missing = rows.flatMap { row in
            row.suites.filter { suite in
                let text = files.first { $0.path.hasSuffix("/\(suite).swift") }?.text ?? ""
                return !Self.names(in: text).contains { Self.numbers(in: $0).contains(row.rule) }
            }.map { "K\(row.rule) in \($0)" }
        }

        #expect(missing == [])
        #expect(rows.filter(\.suites.isEmpty).map(\.rule) == [])
    }

    private static let page = "docs/reference/correctness.md"

    /// The rows of the page's tables: the rule's number and the suites that show it.
    private var rows: [(rule: Int, suites: [String])] {
        ProjectFiles.text(Self.page).split(separator: "\n").compactMap { line in
            guard let rule = line.prefixMatch(of: /\| K(\d+) \|/).flatMap({ Int($0.1) }) else {
                return nil
            }
            return (rule, line.matches(of: /`([A-Za-z]+Tests)`/).map { String($0.1) })
        }
    }

    private static func names(in text: String) -> [Substring] {
        text.matches(of: /@Test\(\s*"([^"]*)"/).map(\.1)
    }

    private static func numbers(in name: Substring) -> [Int] {
        name.matches(of: /\bK(\d+)\b/).compactMap { Int($0.1) }
    }
}
