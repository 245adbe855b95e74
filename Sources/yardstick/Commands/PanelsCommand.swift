import ArgumentParser
import Definitions
import Features
import Vocabulary

/// Shows what a number is made of, by the kind of its formula.
struct PanelsCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "panels",
        abstract: "Shows what a number is made of: bridge, cohorts, survival, model, answers, …",
        discussion: """
            Takes a KPI or a metric. What is shown goes by the kind of its formula: the movements \
            of recurring revenue, who came back, a survival curve, the parameters of a model of \
            purchases and whether it fits, the answers behind a score, both sides of a ratio.
            """
    )

    @Argument(help: ArgumentHelp("A KPI or a metric.", valueName: "name"))
    var name: String

    @OptionGroup var words: QuestionOptions

    @Option(name: .customLong("format"), help: ArgumentHelp("How to print: table or json."))
    var format = OutputFormat.table

    @OptionGroup var workspace: WorkspaceOption

    func validate() throws {
        guard format != .csv else {
            throw ValidationError("Panels are several tables, so they have no CSV.")
        }
    }

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let isKPI = session.catalog.kpis[name] != nil
        let json = try await session.panels(
            PanelWords(
                kpi: isKPI ? name : nil, metric: isKPI ? nil : name,
                question: words.question(of: [])))
        if format == .json {
            output.json(json)
        } else {
            PanelsText(json).write(to: output)
        }
        return .done
    }
}
