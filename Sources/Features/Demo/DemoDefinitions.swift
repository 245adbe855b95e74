import CEmbedded
import Vocabulary

/// The definitions of the demo workspace, split into files and dated.
///
/// They are kept in one YAML text of several documents. A word in double braces stands for a date
/// that depends on the last day of the data, so that targets and objectives fit whenever the demo
/// is made: `{{day-7}}`, `{{quarter+1}}` (its first day), `{{quarter-end+1}}` (its last day).
struct DemoDefinitions {
    /// A file of the workspace.
    struct File: Equatable {
        /// Its path inside the workspace.
        let path: String
        /// What it says.
        let text: String
    }

    /// The last day of the data.
    let lastDay: Day

    /// Every file of the workspace that people would write.
    func files() -> [File] {
        let text = embedded_demo_yaml()
        let bytes = UnsafeBufferPointer(start: text.bytes, count: text.count)
        return files(of: String(decoding: bytes, as: UTF8.self))
    }

    /// Splits a text of several documents into one file each, named like the thing.
    func files(of text: String) -> [File] {
        var documents: [[Substring]] = [[]]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "---" {
                documents.append([])
            } else {
                documents[documents.count - 1].append(line)
            }
        }
        return documents.compactMap(file)
    }

    /// The text with every word in double braces replaced by its date.
    func dated(_ text: String) -> String {
        let parts = text.split(separator: "{{", omittingEmptySubsequences: false)
        return parts.dropFirst().reduce(into: String(parts[0])) { result, part in
            let halves = part.split(separator: "}}", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, let day = day(named: String(halves[0])) else {
                result += "{{" + part
                return
            }
            result += day.description + halves[1]
        }
    }

    /// The day that a word stands for, or nil if it is no such word.
    func day(named word: String) -> Day? {
        for (name, step) in [("quarter-end", 3), ("quarter", 3), ("day", 0)]
        where word.hasPrefix(name) {
            let rest = word.dropFirst(name.count)
            guard let count = rest.isEmpty ? 0 : Int(rest) else { return nil }
            guard step > 0 else { return lastDay.adding(days: count) }
            let (year, month, _) = lastDay.parts
            guard let first = Day(year: year, month: (month - 1) / 3 * 3 + 1, day: 1) else {
                return nil
            }
            return name == "quarter"
                ? first.adding(months: 3 * count)
                : first.adding(months: 3 * (count + 1)).adding(days: -1)
        }
        return nil
    }

    private func file(of lines: [Substring]) -> File? {
        guard let first = lines.first(where: { !$0.isEmpty && !$0.hasPrefix("#") }),
            let colon = first.firstIndex(of: ":")
        else { return nil }
        let kind = String(first[..<colon])
        let id = first[first.index(after: colon)...].drop { $0 == " " }
        let path = kind == "workspace" ? "yardstick.yaml" : folder(of: kind) + "/\(id).yaml"
        let body = kind == "workspace" ? lines.drop { $0.hasPrefix("#") } : lines[...]
        return File(path: path, text: dated(body.joined(separator: "\n")) + "\n")
    }

    private func folder(of kind: String) -> String {
        "definitions/" + (kind == "entity" ? "entities" : kind + "s")
    }
}
