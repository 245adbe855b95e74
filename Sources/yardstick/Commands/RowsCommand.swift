import ArgumentParser
import Features
import Vocabulary

/// Shows the rows behind a number.
struct RowsCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "rows",
        abstract: "Shows the rows or customers behind a number.",
        discussion: """
            Rows come with the latest first; behind a model of purchases stand its customers, the
            most valuable first.
            """
    )

    @Argument(help: ArgumentHelp("A KPI or a metric.", valueName: "name"))
    var name: String

    @Option(help: ArgumentHelp("The range of time.", valueName: "range"))
    var over: String?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("A filter; repeat it to narrow further.", valueName: "expression"))
    var filters: [String] = []

    @Option(help: ArgumentHelp("Which side of a ratio: numerator or denominator."))
    var side: String?

    @Option(
        help: ArgumentHelp(
            "All rows of a source that the number rests on, such as its ledger.",
            valueName: "name"))
    var source: String?

    @Option(help: ArgumentHelp("How many rows, from 1 to 1000.", valueName: "count"))
    var limit = 20

    @Option(help: ArgumentHelp("How many rows to pass over.", valueName: "count"))
    var offset = 0

    @OptionGroup var format: FormatOption
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let json = try await session.rows(
            RowsWords(
                metric: name, question: QuestionWords(metrics: [], over: over, filters: filters),
                side: side, source: source, limit: limit, offset: offset))
        RowsText(json).write(format.value, to: output)
        return .done
    }
}
