import ArgumentParser
import Definitions
import Features
import Vocabulary

/// Checks definitions and lints KPIs.
struct CheckCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks every definition and tells what is wrong, all at once.",
        discussion: """
            Errors break a definition, and the command exits with 1. Warnings and advice do not: \
            they are what an experienced colleague would say about a KPI.
            """
    )

    @OptionGroup var format: FormatOption
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let report = FindingsText(session.findings)
        switch format.value {
        case .table: report.write(to: output, catalog: session.catalog)
        case .json: output.json(report.json)
        case .csv: output.csv(FindingsText.csvColumns, report.csvRows)
        }
        return report.hasErrors ? .finding : .done
    }
}
