import Foundation
import Testing

@Suite("The reference of the failures")
struct ErrorReferenceTests {
    @Test("it lists every code that the program declares, and no other")
    func codes() {
        let declared = Set(
            ProjectFiles.swiftFiles(below: "Sources").flatMap { _, text in
                text.matches(of: /: (?:Self|Failure\.Code|Code) = "([a-z]+\/[a-z0-9-]+)"/).map {
                    String($0.1)
                }
            })

        #expect(declared.subtracting(listed).sorted() == [])
        #expect(Set(listed).subtracting(declared).sorted() == [])
    }

    @Test("its rows are sorted and say when and what to do")
    func rows() {
        let rows = table.map { $0.split(separator: "|").map { $0.trimmingPrefix(" ") } }

        #expect(listed == listed.sorted())
        #expect(Set(listed).count == listed.count)
        #expect(rows.filter { $0.count != 3 || $0.contains { $0.count < 3 } } == [])
    }

    private var table: [Substring] {
        ProjectFiles.text("docs/reference/errors.md").split(separator: "\n")
            .filter { $0.hasPrefix("| `") }
    }

    private var listed: [String] {
        table.compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
    }
}
