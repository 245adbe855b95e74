import Vocabulary

/// A table as CSV by RFC 4180: fields with a comma, a quotation mark or a line end are quoted, and
/// every line ends in CR LF.
enum CSVText {
    /// One line of fields.
    static func line(_ fields: [String]) -> String {
        fields.map(quoted).joined(separator: ",") + "\r\n"
    }

    /// A value as a field. Numbers are written as JSON writes them, and null as nothing.
    static func field(_ value: JSON) -> String {
        switch value {
        case .null: ""
        case .text(let text): escaped(text)
        case .list, .object: escaped(value.line)
        case .boolean, .integer, .number: value.line == "null" ? "" : value.line
        }
    }

    /// A text that a spreadsheet does not take for a formula: where its first character would start
    /// one, an apostrophe stands before it.
    static func escaped(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first)
        else { return text }
        return "'" + text
    }

    private static func quoted(_ field: String) -> String {
        let needsQuotes = field.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
        return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
    }
}

extension Output {
    /// Writes named columns and rows of values as CSV.
    func csv(_ columns: [String], _ rows: [[JSON]]) {
        write(CSVText.line(columns.map(CSVText.escaped)))
        for row in rows { write(CSVText.line(row.map(CSVText.field))) }
    }
}
