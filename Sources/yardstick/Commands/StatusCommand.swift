import ArgumentParser
import Features
import Vocabulary

/// Shows the scorecard.
struct StatusCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Shows how every KPI stands: value, change, target, course.",
        discussion: """
            Every number is of the last complete period. A change that is smaller than its own \
            noise says so.
            """
    )

    @OptionGroup var format: FormatOption
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let scorecard = ScorecardText(try await session.scorecard().json)
        switch format.value {
        case .table: scorecard.write(to: output)
        case .json: output.json(scorecard.json)
        case .csv: output.csv(ScorecardText.csvColumns, scorecard.csvRows)
        }
        return .done
    }
}
