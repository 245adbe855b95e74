import Features
import Foundation
import Vocabulary

/// A question and the SQL that a person would write for it: a file of `Benchmarks/questions`, whose
/// first line holds the arguments of `yardstick ask`.
struct BenchmarkQuestion {
    /// The file's name without its ending.
    let name: String
    /// The question's words.
    let words: QuestionWords
    /// The SQL by hand.
    let sql: String

    /// Reads all files, in the order of their names.
    static func all() throws -> [BenchmarkQuestion] {
        let folder = BenchmarkFolder.project.appending(path: "Benchmarks/questions")
        return try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil
        )
        .filter { $0.pathExtension == "sql" }
        .sorted { $0.lastPathComponent < $1.lastPathComponent }
        .map { try BenchmarkQuestion(file: $0) }
    }

    private init(file: URL) throws {
        let text = try String(contentsOf: file, encoding: .utf8)
        let mark = "-- ask "
        guard text.hasPrefix(mark), let end = text.firstIndex(of: "\n") else {
            throw Failure("benchmark/question", "\(file.path) does not begin with '\(mark)'.")
        }
        name = file.deletingPathExtension().lastPathComponent
        words = try BenchmarkQuestion.words(String(text[..<end].dropFirst(mark.count)))
        sql = String(text[text.index(after: end)...])
    }

    private static func words(_ line: String) throws -> QuestionWords {
        var words = QuestionWords(metrics: [])
        var arguments = arguments(line)[...]
        while let argument = arguments.popFirst() {
            guard argument.hasPrefix("--") else {
                words.metrics.append(argument)
                continue
            }
            let value = arguments.popFirst() ?? ""
            switch argument {
            case "--by": words.by.append(value)
            case "--over": words.over = value
            case "--grain": words.grain = value
            case "--where": words.filters.append(value)
            case "--compare": words.compare = value
            default: throw Failure("benchmark/question", "There is no option \(argument).")
            }
        }
        return words
    }

    /// Words parted by blanks, as a shell parts them: quotation marks of both kinds hold together.
    private static func arguments(_ line: String) -> [String] {
        var result: [String] = []
        var word = ""
        var quote: Character?
        for character in line {
            if let open = quote {
                if character == open { quote = nil } else { word.append(character) }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if character == " " {
                if !word.isEmpty { result.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? result : result + [word]
    }
}
