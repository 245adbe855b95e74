import ArgumentParser
import Definitions
import Features
import Vocabulary

/// The KPI library that is built in.
struct LibraryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "library",
        abstract: "The KPIs that come with the program, each in its named variants.",
        discussion: "Without a subcommand it searches; without words it lists them all.",
        subcommands: [
            LibrarySearchCommand.self, LibraryShowCommand.self, LibraryAddCommand.self,
            LibraryChooseCommand.self,
        ],
        defaultSubcommand: LibrarySearchCommand.self
    )
}

/// Lists entries by words.
struct LibrarySearchCommand: FreeCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Lists the entries in which all words occur.",
        discussion: "The name of an entry alone shows the whole of it."
    )

    @Argument(
        help: ArgumentHelp("The name of an entry, or words that it contains.", valueName: "word"))
    var words: [String] = []

    @OptionGroup var format: FormatOption
    // Taken, so that every command takes it; the library is the same in all workspaces.
    @OptionGroup var workspace: WorkspaceOption

    func run(output: Output) async throws(Failure) -> Outcome {
        let library = try library()
        library.write(to: output, as: format.value)
        return .done
    }

    private func library() throws(Failure) -> LibraryText {
        let all = KPILibrary.json
        let entries = all["entries"]?.elements ?? []
        let named = entries.first { words == [$0.member("id")?.text] }
        if let named { return LibraryText(["entries": .list([named])]) }
        let library = LibraryText(all, words: words)
        guard library.isEmpty else { return library }
        // Says that there is none, and which one is near.
        _ = try KPILibrary.entry(named: words.joined(separator: " "))
        return library
    }
}

/// Shows an entry whole.
struct LibraryShowCommand: FreeCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows an entry with its formula, its example and the files that it writes.")

    @Argument(help: ArgumentHelp("The name of an entry.", valueName: "entry"))
    var entry: String

    @OptionGroup var format: FormatOption
    @OptionGroup var workspace: WorkspaceOption

    func run(output: Output) async throws(Failure) -> Outcome {
        let json = try KPILibrary.entry(named: entry).json
        LibraryText(["entries": .list([json])]).write(to: output, as: format.value)
        return .done
    }
}

/// How the names of the library are those of the workspace.
struct LibraryNameOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The workspace's source; or PART=SOURCE where the entry reads several.",
            valueName: "source"))
    var source: [String] = []

    @Option(
        help: ArgumentHelp(
            "The entity that stands for one of the library: person=user.", valueName: "name"))
    var entity: [String] = []

    @Option(
        help: ArgumentHelp(
            "The column that stands for one of the library: amount=price.", valueName: "name"))
    var column: [String] = []

    @Option(
        help: ArgumentHelp(
            "The event that stands for one of the library: purchased=paid.", valueName: "name"))
    var event: [String] = []

    @Flag(help: "Writes the files although the sources lack something.")
    var anyway = false

    /// The wish to take an entry over.
    func wish(_ entry: String) throws(Failure) -> LibraryAddition {
        LibraryAddition(
            entry: entry, sources: try LibraryAddition.sources(source),
            names: try LibraryAddition.names(entity + column + event), isForced: anyway)
    }
}

/// Takes an entry over.
struct LibraryAddCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Writes the definitions of an entry into the workspace.",
        discussion: """
            Where the sources fit, it computes at once. Where they do not, it says what is missing \
            and what could be meant, and writes nothing.
            """)

    @Argument(help: ArgumentHelp("The name of an entry.", valueName: "entry"))
    var entry: String

    @OptionGroup var names: LibraryNameOptions
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let report = try await session.addFromLibrary(try names.wish(entry))
        LibraryText.write(report, to: output)
        return .done
    }
}

/// Proposes a handful of KPIs.
struct LibraryChooseCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "choose",
        abstract: "Proposes five to seven KPIs for what a team is after.")

    @Option(
        help: ArgumentHelp(
            "acquire, activate, retain, monetise, satisfy or deliver.", valueName: "goal"))
    var goal: String

    @Option(
        help: ArgumentHelp(
            "subscription, shop, marketplace, media or platform.", valueName: "model"))
    var model: String

    @Option(help: ArgumentHelp("idea, launch, growth or mature.", valueName: "stage"))
    var stage: String

    @OptionGroup var format: FormatOption
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let proposal = try session.proposal(goal: goal, model: model, stage: stage)
        ProposalText(proposal).write(to: output, as: format.value)
        return .done
    }
}
