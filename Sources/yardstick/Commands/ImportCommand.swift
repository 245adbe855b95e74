import ArgumentParser
import Features
import Foundation
import Vocabulary

/// Loads files into a source.
struct ImportCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Loads files into a source.",
        discussion: """
            Without files it loads the ones that the source's definition names. The same file \
            twice changes nothing; a changed file replaces its rows; an import that fails leaves \
            the source as it was. Rows that do not fit are refused and told.
            """
    )

    @Argument(help: ArgumentHelp("The source to load into.", valueName: "source"))
    var source: String

    @Argument(
        help: ArgumentHelp("The files, or folders of files.", valueName: "file"),
        completion: .file())
    var files: [String] = []

    @OptionGroup var format: FormatOption
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let line = ProgressLine(output)
        let report: ImportText
        defer { line.clear() }
        let files = files.map { fileURL($0, from: output.directory) }
        report = ImportText(
            try await session.importFiles(source: source, files: files, isUpload: false) {
                line.show(ImportText.progress($0, of: source))
            }.json)
        line.clear()
        switch format.value {
        case .table: report.write(to: output)
        case .json: output.json(report.json)
        case .csv: output.csv(ImportText.csvColumns, report.csvRows)
        }
        return report.isRefused ? .finding : .done
    }
}
