import ArgumentParser
import Definitions
import Features
import Foundation
import Vocabulary

/// Makes a workspace of a simulated company.
struct DemoCommand: FreeCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Makes a demo workspace: a lively company with eighteen months of data.",
        discussion: "The folder must be new or empty. The same last day gives the same data."
    )

    @Argument(
        help: ArgumentHelp(
            "The folder to make; default: the one of --workspace.", valueName: "dir"),
        completion: .directory)
    var path: String?

    @Option(
        help: ArgumentHelp(
            "The last day of the data; default: the last Sunday before today.", valueName: "date"))
    var lastDay: String?

    @OptionGroup var workspace: WorkspaceOption

    func validate() throws {
        if let lastDay, Day(iso: lastDay[...]) == nil {
            throw ValidationError("'\(lastDay)' is not a day such as 2026-06-28.")
        }
    }

    func run(output: Output) async throws(Failure) -> Outcome {
        let folder = fileURL(path ?? workspace.path, from: output.directory)
        let line = ProgressLine(output)
        defer { line.clear() }
        line.show("simulating …")
        _ = try DemoWorkspace.write(to: folder, lastDay: day) { done in
            line.show("simulating  \(fixed((done * 100).rounded(.down), decimals: 0)) %")
        }
        let rows = try await importAll(into: folder, line)
        line.clear()
        output.line("Made a demo workspace with \(counted(rows, "row")) of data.")
        let word = shellWord(path ?? workspace.path)
        output.line("  yardstick status --workspace \(word)")
        output.line("  yardstick serve  --workspace \(word)")
        return .done
    }

    private var day: Day {
        lastDay.flatMap { Day(iso: $0[...]) }
            ?? DemoCompany.lastSunday(before: Day(number: SystemClock().now.seconds / 86_400))
    }

    private func importAll(into folder: URL, _ line: ProgressLine) async throws(Failure) -> Int {
        let session = try await WorkspaceSession.open(folder, clock: SystemClock())
        var rows = 0
        var failure: Failure?
        let imported = session.catalog.sources.filter { $0.value.recipe == nil }.keys.sorted()
        for source in imported where failure == nil {
            do throws(Failure) {
                let report = try await session.importFiles(
                    source: source, files: [], isUpload: false
                ) { line.show(ImportText.progress($0, of: source)) }
                rows += Int(report.json.member("rows")?.number ?? 0)
            } catch { failure = error }
        }
        await session.close()
        if let failure { throw failure }
        return rows
    }
}
