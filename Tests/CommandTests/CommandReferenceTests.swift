import ArgumentParser
import Foundation
import Testing

@testable import yardstick

@Suite("The reference of the commands")
struct CommandReferenceTests {
    @Test("it holds the help text of every command as it is; 'make docs' writes it")
    func helpTexts() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "docs/reference/commands.md")
        let reference = try String(contentsOf: file, encoding: .utf8)
        let sections = CommandReferenceTests.commands(below: YardstickCommand.self, ["yardstick"])

        let missing = sections.filter { !reference.contains($0.text) }.map(\.title)

        #expect(missing == [])
        let count = reference.split(separator: "\n").count { $0.hasPrefix("## ") }
        #expect(count == sections.count)
    }

    @Test("every command says what it is, and every option too")
    func abstracts() {
        for (title, text) in CommandReferenceTests.commands(
            below: YardstickCommand.self, ["yardstick"])
        {
            #expect(text.contains("OVERVIEW: "), "\(title)")
        }
    }

    /// The commands in the order of the help text, each with its section of the reference.
    private static func commands(
        below command: any ParsableCommand.Type, _ words: [String]
    ) -> [(title: String, text: String)] {
        let title = words.joined(separator: " ")
        let help = YardstickCommand.helpMessage(for: command, columns: 100)
        let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
        let trimmed = lines.reversed().drop { $0.isEmpty }.reversed().joined(separator: "\n")
        let section = "## \(title)\n\n```text\n\(trimmed)\n```\n"
        return [(title, section)]
            + command.configuration.subcommands.flatMap {
                commands(below: $0, words + [$0.configuration.commandName ?? ""])
            }
    }
}
