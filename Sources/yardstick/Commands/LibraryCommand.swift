import ArgumentParser
import Definitions
import Features
import Vocabulary

/// Shows the KPI library that is built in.
struct LibraryCommand: FreeCommand {
    static let configuration = CommandConfiguration(
        commandName: "library",
        abstract: "Shows the KPIs that come with the program, each in its named variants.",
        discussion: "With the name of an entry it shows the whole of it, with its definition."
    )

    @Argument(
        help: ArgumentHelp("The name of an entry, or words that it contains.", valueName: "word"))
    var words: [String] = []

    @OptionGroup var format: FormatOption
    // Taken, so that every command takes it; the library is the same in all workspaces.
    @OptionGroup var workspace: WorkspaceOption

    func run(output: Output) async throws(Failure) -> Outcome {
        let library = try library()
        switch format.value {
        case .table: library.write(to: output)
        case .json: output.json(library.json)
        case .csv: output.csv(LibraryText.csvColumns, library.csvRows)
        }
        return .done
    }

    private func library() throws(Failure) -> LibraryText {
        let all = KPILibrary.json
        let entries = all["entries"]?.elements ?? []
        let named = entries.first { words == [$0.member("id")?.text] }
        if let named { return LibraryText(["entries": [named]]) }
        let library = LibraryText(all, words: words)
        guard library.isEmpty else { return library }
        // Says that there is none, and which one is near.
        _ = try KPILibrary.entry(named: words.joined(separator: " "))
        return library
    }
}
