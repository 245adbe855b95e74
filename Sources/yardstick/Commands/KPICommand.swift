import ArgumentParser
import Definitions
import Features
import Vocabulary

/// Lists the workspace's KPIs, adds new ones, retires old ones.
struct KPICommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kpi",
        abstract: "Lists the workspace's KPIs, adds one, or retires one.",
        subcommands: [KPIListCommand.self, KPIAddCommand.self, KPIRetireCommand.self]
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

/// Makes a KPI of a metric, or takes one over from the library.
struct KPIAddCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Makes a KPI of a metric, or takes one over from the library.",
        discussion: """
            With an owner, a target, its day and a baseline it is active; without, it is proposed \
            and its file says what is open.
            """)

    @Argument(
        help: ArgumentHelp(
            "A metric of the workspace, or an entry of the library.", valueName: "metric"))
    var name: String

    @Option(name: .customLong("name"), help: ArgumentHelp("The KPI's name.", valueName: "kpi"))
    var id: String?

    @Option(help: ArgumentHelp("Who answers for it.", valueName: "team"))
    var owner: String?

    @Option(help: ArgumentHelp("The objective that it serves.", valueName: "objective"))
    var objective: String?

    @Option(help: ArgumentHelp("Where it should be: 40%, 1200, 2 days.", valueName: "value"))
    var target: String?

    @Option(help: ArgumentHelp("By which day: 2026-12-31.", valueName: "day"))
    var by: String?

    @Option(help: ArgumentHelp("Where it stands at the start.", valueName: "value"))
    var baseline: String?

    @Option(help: ArgumentHelp("From which day; default: today.", valueName: "day"))
    var from: String?

    @Option(help: ArgumentHelp("A metric that must not suffer.", valueName: "metric"))
    var guardrail: String?

    @Option(help: ArgumentHelp("weekly, monthly or quarterly.", valueName: "review"))
    var review: String?

    @OptionGroup var names: LibraryNameOptions
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        guard session.catalog.metrics[name] != nil else { return try await take(session, output) }
        var draft = KPIDraft(metric: name)
        draft.id = id
        draft.owner = owner
        draft.objective = objective
        draft.target = target
        draft.by = by
        draft.baseline = baseline
        draft.from = from
        draft.guardrail = guardrail
        draft.review = review
        let file = try await session.addKPI(draft)
        output.line(printable("Wrote \(file)."))
        output.line("  hint  'yardstick check' says what is still open")
        return .done
    }

    private func take(
        _ session: WorkspaceSession, _ output: Output
    ) async throws(Failure) -> Outcome {
        var wish = try names.wish(name)
        wish.owner = owner
        LibraryText.write(try await session.addFromLibrary(wish), to: output)
        return .done
    }
}

/// Puts a KPI out of service.
struct KPIRetireCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire",
        abstract: "Sets a KPI's status to retired; its file keeps its comments and its history.")

    @Argument(help: ArgumentHelp("The KPI.", valueName: "kpi"))
    var kpi: String

    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let file = try await session.retireKPI(kpi)
        output.line(printable("Retired '\(kpi)' in \(file)."))
        return .done
    }
}
