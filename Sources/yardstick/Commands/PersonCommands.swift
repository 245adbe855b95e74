import ArgumentParser
import Features
import Vocabulary

/// Gives out everything that is known of a person.
struct ExportCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Gives out everything that events tell of a person, as JSON.",
        discussion: """
            Takes any of the person's ids, known or anonymous. It is noted in the audit log.
            """
    )

    @Argument(help: ArgumentHelp("Any id of the person.", valueName: "person"))
    var person: String

    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let export = try await session.export(person: person, by: nil, from: nil)
        // The rows are JSON already.
        let events = export.events.sorted { $0.key < $1.key }.map {
            "\(JSON.text($0.key).line):[\($0.value.joined(separator: ","))]"
        }.joined(separator: ",")
        let ids = JSON.list(export.ids.map(JSON.text)).line
        let refused = JSON.list(export.refused.map(JSON.text)).line
        output.line("{\"ids\":\(ids),\"events\":{\(events)},\"refused\":\(refused)}")
        return .done
    }
}

/// Removes everything that is known of a person.
struct ForgetCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Removes everything that events tell of a person; it cannot be undone.",
        discussion: """
            Takes any of the person's ids, known or anonymous. It is noted in the audit log.
            """
    )

    @Argument(help: ArgumentHelp("Any id of the person.", valueName: "person"))
    var person: String

    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let erasure = try await session.forget(person: person, by: nil, from: nil)
        let rows = erasure.events.values.reduce(0, +)
        output.line(
            printable(
                "Forgot the person: ids \(erasure.ids), events \(rows), refused events \(erasure.refused)."
            ))
        for (source, count) in erasure.events.sorted(by: { $0.key < $1.key }) {
            output.line(printable("  \(source)  \(count)"))
        }
        if erasure.damagedFiles > 0 {
            output.line(
                "  \(erasure.damagedFiles) files that could not be read were removed as well.")
        }
        return .done
    }
}
