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

    @Option(
        help: ArgumentHelp("The range of time; default: last 12 months.", valueName: "range"))
    var over: String?

    @Option(
        help: ArgumentHelp(
            "The periods of the trend: day, week, month, quarter or year.", valueName: "grain"))
    var grain: String?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("A filter; repeat it to narrow further.", valueName: "expression"))
    var filters: [String] = []

    @Option(
        help: ArgumentHelp(
            "What to compare with: previous or year (the year before).", valueName: "period"))
    var compare: String?

    @Option(
        help: ArgumentHelp(
            "How many values of a dimension to name; the rest is 'other'.", valueName: "count"))
    var limit: Int?

    @Option(
        help: ArgumentHelp(
            "The time zone of the periods; default: the workspace's.", valueName: "zone"))
    var zone: String?

    @Option(
        help: ArgumentHelp(
            "The day to take for today, such as 2026-06-30.", valueName: "date"))
    var asOf: String?

    @Option(name: .customLong("format"), help: ArgumentHelp("How to print: table or json."))
    var format = OutputFormat.table

    func validate() throws {
        guard format != .csv else {
            throw ValidationError("The answer is several tables, so it has no CSV; take json.")
        }
    }

    /// The question about a definition that is saved, or that a file holds.
    func words(_ name: String?) throws(Failure) -> BehaviourWords {
        BehaviourWords(
            name: name, yaml: try text(), over: over, grain: grain, by: by, filters: filters,
            compare: compare, limit: limit, zone: zone, asOf: asOf)
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
