import ArgumentParser
import Features
import Foundation
import Vocabulary

/// The options of questions about behaviour.
struct BehaviourOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file with a definition to ask without saving it; '-' reads it from the input.",
            valueName: "file"))
    var definition: String?

    @Option(help: ArgumentHelp("A dimension to split by.", valueName: "dim"))
    var by: String?

    @OptionGroup var range: RangeOptions

    @OptionGroup var output: FormatOption

    /// How the answer is printed.
    var format: OutputFormat { output.value }

    /// The question about a definition that is saved, or that a file holds.
    func words(_ name: String?) throws(Failure) -> BehaviourWords {
        BehaviourWords(
            name: name, yaml: try text(), over: range.over, grain: range.grain, by: by,
            filters: range.filters, compare: range.compare, limit: range.limit, zone: range.zone,
            asOf: range.asOf)
    }

    private func text() throws(Failure) -> String? {
        guard let definition else { return nil }
        do {
            let data =
                definition == "-"
                ? FileHandle.standardInput.readDataToEndOfFile()
                : try Data(contentsOf: URL(filePath: definition))
            return String(decoding: data, as: UTF8.self)
        } catch {
            throw Failure(
                .definitionFileUnread, "The file '\(definition)' cannot be read.",
                hint: "name a file that is there", details: [error.localizedDescription])
        }
    }
}

extension Failure.Code {
    /// A file with a definition that is asked without saving it cannot be read.
    public static let definitionFileUnread: Self = "question/unread-file"
}
