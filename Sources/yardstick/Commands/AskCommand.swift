import ArgumentParser
import Definitions
import Features
import Planning
import Vocabulary

/// Asks for metrics by period and dimension.
struct AskCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Asks any question of the metrics.",
        discussion: """
            Example: yardstick ask revenue orders --by country --over 2026-01..2026-06 \
            --grain month --where "country != 'DE'" --compare previous

            A range is 2026, 2026-Q1, 2026-01, 2026-W05, 2026-01-31, A..B with both ends in it, \
            'last 12 weeks', 'this month', 'last month', 'today', 'yesterday', 'year to date' or \
            'all'.
            """
    )

    @Argument(help: ArgumentHelp("The metrics to ask for.", valueName: "metric"))
    var metrics: [String]

    @OptionGroup var words: QuestionOptions
    @OptionGroup var format: FormatOption
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let question = try session.question(words.question(of: metrics))
        let answer = AnswerText(try await session.answer(question).json)
        switch format.value {
        case .table: answer.write(to: output, currency: session.catalog.settings.currency)
        case .json: output.json(answer.json)
        case .csv: output.csv(answer.columns.map(\.name), answer.rows)
        }
        return .done
    }
}
