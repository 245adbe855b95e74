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

/// What commands have that count people or list them.
struct ListingOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("A definition; none with --definition.", valueName: "name"))
    var name: String?

    @Flag(help: "Lists who they are.")
    var people = false

    @OptionGroup var words: BehaviourOptions
    @OptionGroup var workspace: WorkspaceOption
}

/// A command that answers a question about behaviour, or with `--people` lists who is behind it.
protocol ListingCommand: BehaviourCommand {
    /// What is asked, and whether people are listed.
    var options: ListingOptions { get }

    /// Who they are.
    ///
    /// - Parameters:
    ///   - asked: The question.
    ///   - limit: How many at most.
    ///   - session: The workspace.
    /// - Returns: Their list, as ``PeopleText`` reads it.
    /// - Throws: As the question does.
    func listed(
        _ asked: BehaviourWords, limit: Int, in session: WorkspaceSession
    ) async throws(Failure) -> JSON
}

extension ListingCommand {
    var name: String? { options.name }
    var words: BehaviourOptions { options.words }
    var workspace: WorkspaceOption { options.workspace }

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let asked = try words.words(name, from: output.directory)
        guard options.people else {
            let json = try await session.behaviour(Self.kind, asked)
            BehaviourText(Self.kind, json).write(words.format, to: output)
            return .done
        }
        let json = try await listed(asked, limit: words.range.limit ?? 100, in: session)
        PeopleText(json).write(words.format, to: output)
        return .done
    }
}

/// A kind of question about behaviour whose command has no options of its own.
protocol PlainBehaviour: Sendable {
    /// The kind, and the command's name.
    static var kind: BehaviourKind { get }
    /// What the command shows.
    static var abstract: String { get }
    /// What a definition of it is.
    static var discussion: String { get }
    /// What its argument names.
    static var argument: String { get }
}

/// The command of a ``PlainBehaviour``.
struct PlainBehaviourCommand<Behaviour: PlainBehaviour>: BehaviourCommand {
    static var kind: BehaviourKind { Behaviour.kind }
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: Behaviour.kind.rawValue, abstract: Behaviour.abstract,
            discussion: Behaviour.discussion)
    }

    @Argument(
        help: ArgumentHelp("\(Behaviour.argument); none with --definition.", valueName: "name"))
    var name: String?

    @OptionGroup var words: BehaviourOptions
    @OptionGroup var workspace: WorkspaceOption
}

/// Shows who is new, stays, comes back and leaves.
typealias LifecycleCommand = PlainBehaviourCommand<LifecycleBehaviour>
/// Shows how many are active, and how often.
typealias ActivityCommand = PlainBehaviourCommand<ActivityBehaviour>
/// Shows who uses something, of those who could.
typealias AdoptionCommand = PlainBehaviourCommand<AdoptionBehaviour>
/// Shows which way people go.
typealias PathsCommand = PlainBehaviourCommand<PathsBehaviour>
/// Shows what campaigns lead to.
typealias CampaignsCommand = PlainBehaviourCommand<CampaignsBehaviour>

enum LifecycleBehaviour: PlainBehaviour {
    static let kind = BehaviourKind.lifecycle
    static let abstract = "Shows who is new, stays, comes back and leaves, by period."
    static let discussion =
        "A lifecycle is a definition: lifecycle: NAME with the source of the events."
    static let argument = "A lifecycle"
}

enum ActivityBehaviour: PlainBehaviour {
    static let kind = BehaviourKind.activity
    static let abstract =
        "Shows how many are active by day, in 7 and in 28 days, and how often they come."
    static let discussion =
        "An activity is a definition: activity: NAME with the source of the events."
    static let argument = "An activity"
}

enum AdoptionBehaviour: PlainBehaviour {
    static let kind = BehaviourKind.adoption
    static let abstract =
        "Shows who uses something, of those who could: how much, how soon, who goes on."
    static let discussion = "An adoption is a definition: adoption: NAME with its feature."
    static let argument = "An adoption"
}

enum PathsBehaviour: PlainBehaviour {
    static let kind = BehaviourKind.paths
    static let abstract = "Shows which way people go from an event, or to one."
    static let discussion = """
        Paths are a definition: paths: NAME with the event they start or end with. --limit says \
        how many values of a position, and of --by, are named.
        """
    static let argument = "Paths"
}

enum CampaignsBehaviour: PlainBehaviour {
    static let kind = BehaviourKind.campaigns
    static let abstract = "Shows what visits of each campaign lead to, and what they cost."
    static let discussion =
        "Campaigns are a definition: campaigns: NAME with what a visit should lead to."
    static let argument = "Campaigns"
}
