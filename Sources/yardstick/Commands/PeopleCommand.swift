import ArgumentParser
import Features
import Vocabulary

/// Shows the people of a source, or what one of them did.
struct PeopleCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "people",
        abstract: "Shows the people of a source, or what one of them did.",
        discussion: "With an id it shows that person's events, the latest first."
    )

    @Argument(help: ArgumentHelp("The source of the events.", valueName: "source"))
    var source: String

    @Argument(help: ArgumentHelp("Any id of a person.", valueName: "person"))
    var person: String?

    @Option(help: ArgumentHelp("What one of a person's ids contains.", valueName: "text"))
    var search: String?

    @Option(help: ArgumentHelp("Only events before this instant.", valueName: "time"))
    var before: String?

    @Option(help: ArgumentHelp("How many, from 1 to 1000.", valueName: "count"))
    var limit = 50

    @Option(help: ArgumentHelp("How many people to pass over.", valueName: "count"))
    var offset = 0

    @OptionGroup var format: FormatOption
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        if let person {
            let json = try await session.person(
                source: source, id: person, before: before, limit: limit)
            TimelineText(json).write(format.value, to: output)
        } else {
            let json = try await session.people(
                source: source, search: search, limit: limit, offset: offset)
            PeopleText(json).write(format.value, to: output)
        }
        return .done
    }
}
