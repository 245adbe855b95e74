import ArgumentParser
import Features
import Vocabulary

/// Shows how many get through a funnel.
struct FunnelCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "funnel",
        abstract: "Shows how many get through the steps of a funnel, and how long it takes.",
        discussion: """
            A funnel is a definition: funnel: NAME with its steps. --by tells which parts differ \
            beyond noise, --grain draws the trend by the day of entry.
            """
    )

    @Argument(help: ArgumentHelp("A funnel; none with --definition.", valueName: "name"))
    var name: String?

    @OptionGroup var words: BehaviourOptions
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let json = try await session.funnel(try words.words(name))
        if words.format == .json { output.json(json) } else { FunnelText(json).write(to: output) }
        return .done
    }
}

/// Shows who comes back.
struct RetentionCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "Shows who comes back, cohort by cohort and age by age.",
        discussion: "A retention is a definition: retention: NAME with its start and return."
    )

    @Argument(help: ArgumentHelp("A retention; none with --definition.", valueName: "name"))
    var name: String?

    @OptionGroup var words: BehaviourOptions
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let json = try await session.retention(try words.words(name))
        if words.format == .json {
            output.json(json)
        } else {
            RetentionText(json).write(to: output)
        }
        return .done
    }
}
