import Vocabulary

/// Reads the first line of a CSV file.
enum CSVHeader {
    private static let delimiters: [Character] = [",", ";", "\t", "|"]

    /// The separator that occurs most often outside quotes; a comma where none does.
    static func delimiter(of line: String) -> Character {
        var counts: [Character: Int] = [:]
        var isQuoted = false
        for character in line {
            if character == "\"" { isQuoted.toggle() }
            if !isQuoted { counts[character, default: 0] += 1 }
        }
        let best = delimiters.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? ","
        return counts[best, default: 0] == 0 ? "," : best
    }

    /// The names in a header line; an empty name becomes `column4`, after its position.
    ///
    /// - Throws: `import/header` when a quote stays open.
    static func names(
        in line: String, delimiter: Character, file: String
    ) throws(Failure) -> [String] {
        var names: [String] = []
        var name = ""
        var isQuoted = false
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
                continue
            }
            if character == delimiter, !isQuoted {
                names.append(name)
                name = ""
            } else {
                name.append(character)
            }
        }
        guard !isQuoted else {
            throw Failure(
                .importHeader, "The first line of \(file) opens a quote and does not close it.",
                hint: "Write every column's name on the first line.")
        }
        names.append(name)
        return names.enumerated().map { index, name in
            let trimmed = name.trimmed
            return trimmed.isEmpty ? "column\(index + 1)" : trimmed
        }
    }

    /// Checks that a table can have columns of these names.
    static func check(_ names: [String], file: String) throws(Failure) {
        var seen: Set<String> = []
        for name in names {
            guard seen.insert(name.lowercased()).inserted else {
                throw Failure(
                    .importHeader, "\(file) has two columns named '\(name)'.",
                    hint: "Rename one of them; small and capital letters do not count.")
            }
            guard name.lowercased() != "_file" else {
                throw Failure(
                    .importHeader, "\(file) has a column named '_file', which Yardstick uses.",
                    hint: "Rename the column.")
            }
            guard !name.utf8.contains(0), name.utf8.count <= 255 else {
                throw Failure(
                    .importHeader, "\(file) has a column whose name is too long or holds NUL.",
                    hint: "Check that the file is text and begins with the names of the columns.")
            }
        }
        guard names.count <= 2_000 else {
            throw Failure(.importHeader, "\(file) has \(names.count) columns; 2,000 are allowed.")
        }
    }
}

extension String {
    /// The text without white space around it.
    var trimmed: String {
        let start = drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
