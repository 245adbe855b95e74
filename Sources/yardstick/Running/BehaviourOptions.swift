import ArgumentParser
import Features
import Foundation
import Vocabulary

/// The options of questions about behaviour.
struct BehaviourOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A definition to ask without saving it: a file, '-' for the input, or its text in braces.",
            valueName: "file"))
    var definition: String?

    @Option(help: ArgumentHelp("A dimension to split by.", valueName: "dim"))
    var by: String?

    @OptionGroup var range: RangeOptions

    @OptionGroup var output: FormatOption

    /// How the answer is printed.
    var format: OutputFormat { output.value }

    /// The definition itself: a server that runs the command for another process gets it so.
    @Option(help: .hidden)
    var definitionYaml: String?

    /// The question about a definition that is saved, or that a file or an argument holds.
    ///
    /// - Parameters:
    ///   - name: The definition's name.
    ///   - directory: The folder in which the command was given.
    /// - Returns: The question.
    /// - Throws: `question/unread-file`.
    func words(_ name: String?, from directory: String) throws(Failure) -> BehaviourWords {
        var yaml = definitionYaml
        if let definition { yaml = try Self.text(of: definition, from: directory) }
        return BehaviourWords(
            name: name, yaml: yaml, over: range.over, grain: range.grain, by: by,
            filters: range.filters, compare: range.compare, limit: range.limit, zone: range.zone,
            asOf: range.asOf)
    }

    /// The arguments with the text of a definition instead of its file's name, since the process that
    /// runs them may have neither the folder nor the input of this one.
    ///
    /// - Throws: `question/unread-file`.
    static func inlined(
        _ arguments: [String], from directory: String
    ) throws(Failure) -> [String] {
        let option = "--definition"
        var inlined: [String] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            var path: String?
            if argument == option {
                path = rest.popFirst()
            } else if argument.hasPrefix("\(option)=") {
                path = String(argument.dropFirst(option.count + 1))
            }
            if let path {
                inlined.append("\(option)-yaml=\(try text(of: path, from: directory))")
            } else {
                inlined.append(argument)
            }
            if argument == "--" {
                inlined += rest
                break
            }
        }
        return inlined
    }

    /// The text of a definition that an argument names or is.
    ///
    /// A file's name is hardly ever a mapping of YAML, so what is one is the definition itself.
    private static func text(
        of path: String, from directory: String
    ) throws(Failure) -> String {
        let isMapping = path.hasPrefix("{") || path.contains(": ") || path.contains(":\n")
        if isMapping, !FileManager.default.fileExists(atPath: fileURL(path, from: directory).path) {
            return path
        }
        do {
            let data =
                path == "-"
                ? FileHandle.standardInput.readDataToEndOfFile()
                : try Data(contentsOf: fileURL(path, from: directory))
            return String(decoding: data, as: UTF8.self)
        } catch {
            throw Failure(
                .definitionFileUnread, "The file '\(path)' cannot be read.",
                hint: "name a file that is there, '-' for the input, or write the definition "
                    + "itself: '{ from: SOURCE, … }'", details: [error.localizedDescription])
        }
    }
}

extension Failure.Code {
    /// A file with a definition that is asked without saving it cannot be read.
    public static let definitionFileUnread: Self = "question/unread-file"
}
