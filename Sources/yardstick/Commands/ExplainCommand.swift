import ArgumentParser
import Features
import Vocabulary

/// Shows how a number is made, and makes it again.
struct ExplainCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Shows how a number is made: definition, plan, SQL, receipt.",
        discussion: """
            Takes a KPI, a metric (with the options of a question) or the number of a receipt, \
            and computes the value again to see that it is the same.
            """
    )

    @Argument(help: ArgumentHelp("A KPI, a metric or a receipt.", valueName: "name"))
    var name: String

    @OptionGroup var words: QuestionOptions

    @Option(name: .customLong("format"), help: ArgumentHelp("How to print: table or json."))
    var format = OutputFormat.table

    @OptionGroup var workspace: WorkspaceOption

    func validate() throws {
        guard format != .csv else {
            throw ValidationError("An explanation is not a table, so it has no CSV.")
        }
    }

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let words = ExplainWords(name: name, question: words.question(of: []))
        let explanation = ExplanationText(try await session.explanation(of: words).json)
        if format == .json {
            output.json(explanation.json)
        } else {
            explanation.write(to: output)
        }
        return explanation.differs ? .finding : .done
    }
}
