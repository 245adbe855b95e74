import ArgumentParser
import Definitions
import Features
import Vocabulary

/// Lists the workspace's KPIs and adds new ones.
struct KPICommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kpi",
        abstract: "Lists the workspace's KPIs, or adds one from the library.",
        subcommands: [KPIListCommand.self, KPIAddCommand.self]
    )
}

/// Lists the workspace's KPIs.
struct KPIListCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the workspace's KPIs.")

    @OptionGroup var format: FormatOption
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let list = KPIListText(session.catalog)
        switch format.value {
        case .table: list.write(to: output)
        case .json: output.json(list.json)
        case .csv: output.csv(KPIListText.columns, list.rows)
        }
        return .done
    }
}

/// Takes a KPI over from the library.
struct KPIAddCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Writes the definition of a library entry into the workspace, to be adapted.")

    @Argument(help: ArgumentHelp("The entry of the library.", valueName: "entry"))
    var entry: String

    @Option(
        help: ArgumentHelp(
            "The workspace's source that it is computed from; default: the only one.",
            valueName: "source"))
    var source: String?

    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let file = try await session.addFromLibrary(id: entry, source: source)
        output.line(printable("Wrote \(file)."))
        output.line("  hint  adapt it, give it an owner and a target, then 'yardstick check'")
        return .done
    }
}
