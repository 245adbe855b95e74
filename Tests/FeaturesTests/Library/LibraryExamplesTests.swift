import Definitions
import Features
import Foundation
import Planning
import Testing
import Vocabulary

@Suite("The library's examples")
struct LibraryExamplesTests {
    /// The entries by the tables of their examples: one workspace for all that share them.
    static let groups: [[LibraryEntry]] = Dictionary(grouping: KPILibrary.entries) { entry in
        entry.example.tables.map { "\($0.role) \($0.table.name)" }.joined(separator: ", ")
    }
    .sorted { $0.key < $1.key }.map(\.value)

    @Test("come out of the program as they were worked out by hand", arguments: groups)
    func computed(entries: [LibraryEntry]) async throws {
        let tables = entries[0].example.tables
        let workspace = try LibraryWorkspace(tables.map(\.table))
        let session = try await workspace.open()
        for entry in entries {
            var wish = LibraryAddition(entry: entry.id, owner: "team")
            for (role, table) in tables {
                wish.sources[role == LibraryNeed.mainRole ? "" : role.lowercased()] = table.name
            }
            let report = try await session.addFromLibrary(wish)
            #expect(report.gaps.isEmpty, "\(entry.id): \(report.gaps.map(\.text))")
        }
        let errors = session.findings.filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(errors.map(\.failure))")
        for entry in entries {
            let example = entry.example
            let words = QuestionWords(
                metrics: [entry.metric], over: example.over, grain: example.grain.rawValue)
            let answer = try await session.answer(session.question(words))
            let value = answer.rows.last?.cells.first?.quantity.value
            #expect(
                isNear(value, example.value, within: example.tolerance),
                "\(entry.id): \(value ?? .nan), not \(example.value ?? .nan)")
        }
        await session.close()
    }

    private func isNear(_ value: Double?, _ expected: Double?, within part: Double) -> Bool {
        guard let value, let expected else { return value == nil && expected == nil }
        return abs(value - expected) <= part * max(1, abs(expected))
    }
}
