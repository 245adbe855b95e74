import ArgumentParser
import Definitions
import Features
import Vocabulary

/// A command that answers a kind of question about behaviour.
protocol BehaviourCommand: WorkspaceCommand {
    /// The kind of question.
    static var kind: BehaviourKind { get }
    /// The name of a definition; nil where ``words`` have one.
    var name: String? { get }
    /// What is asked.
    var words: BehaviourOptions { get }
}

extension BehaviourCommand {
    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let asked = try words.words(name, from: output.directory)
        let json = try await session.behaviour(Self.kind, asked)
        BehaviourText(Self.kind, json).write(words.format, to: output)
        return .done
    }
}

/// Shows who is new, stays, comes back and leaves.
struct LifecycleCommand: BehaviourCommand {
    static let kind = BehaviourKind.lifecycle
    static let configuration = CommandConfiguration(
        commandName: "lifecycle",
        abstract: "Shows who is new, stays, comes back and leaves, by period.",
        discussion: "A lifecycle is a definition: lifecycle: NAME with the source of the events."
    )

    @Argument(help: ArgumentHelp("A lifecycle; none with --definition.", valueName: "name"))
    var name: String?

    @OptionGroup var words: BehaviourOptions
    @OptionGroup var workspace: WorkspaceOption
}

/// Shows how many are active, and how often.
struct ActivityCommand: BehaviourCommand {
    static let kind = BehaviourKind.activity
    static let configuration = CommandConfiguration(
        commandName: "activity",
        abstract: "Shows how many are active by day, in 7 and in 28 days, and how often they come.",
        discussion: "An activity is a definition: activity: NAME with the source of the events."
    )

    @Argument(help: ArgumentHelp("An activity; none with --definition.", valueName: "name"))
    var name: String?

    @OptionGroup var words: BehaviourOptions
    @OptionGroup var workspace: WorkspaceOption
}

/// Shows who uses something, of those who could.
struct AdoptionCommand: BehaviourCommand {
    static let kind = BehaviourKind.adoption
    static let configuration = CommandConfiguration(
        commandName: "adoption",
        abstract: "Shows who uses something, of those who could: how much, how soon, who goes on.",
        discussion: "An adoption is a definition: adoption: NAME with its feature."
    )

    @Argument(help: ArgumentHelp("An adoption; none with --definition.", valueName: "name"))
    var name: String?

    @OptionGroup var words: BehaviourOptions
    @OptionGroup var workspace: WorkspaceOption
}

/// Shows which way people go.
struct PathsCommand: BehaviourCommand {
    static let kind = BehaviourKind.paths
    static let configuration = CommandConfiguration(
        commandName: "paths",
        abstract: "Shows which way people go from an event, or to one.",
        discussion: """
            Paths are a definition: paths: NAME with the event they start or end with. --limit says \
            how many values of a position are named.
            """
    )

    @Argument(help: ArgumentHelp("Paths; none with --definition.", valueName: "name"))
    var name: String?

    @OptionGroup var words: BehaviourOptions
    @OptionGroup var workspace: WorkspaceOption
}

/// Shows what campaigns lead to.
struct CampaignsCommand: BehaviourCommand {
    static let kind = BehaviourKind.campaigns
    static let configuration = CommandConfiguration(
        commandName: "campaigns",
        abstract: "Shows what visits of each campaign lead to, and what they cost.",
        discussion: "Campaigns are a definition: campaigns: NAME with what a visit should lead to."
    )

    @Argument(help: ArgumentHelp("Campaigns; none with --definition.", valueName: "name"))
    var name: String?

    @OptionGroup var words: BehaviourOptions
    @OptionGroup var workspace: WorkspaceOption
}
