import ArgumentParser
import Features
import Vocabulary

/// Shows the rows behind a number.
struct RowsCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "rows",
        abstract: "Shows the rows behind a number, the latest first."
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
                side: side, limit: limit, offset: offset))
        RowsText(json).write(format.value, to: output)
        return .done
    }
}
