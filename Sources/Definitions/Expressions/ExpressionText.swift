import Vocabulary

/// The text of an expression, and where it stands in a file.
///
/// Characters are Unicode scalars here, as in YAML's own columns.
struct ExpressionText {
    /// The longest text that is read.
    static let lengthMax = 10_000

    /// The characters.
    let characters: [Unicode.Scalar]
    /// Where the first character stands; nil for a text that comes from no file.
    let place: Place?

    /// Whether a character's column follows from its offset: not so in texts that a file breaks
    /// over lines or writes with escapes.
    let hasColumns: Bool

    init(_ text: String, at place: Place?, hasColumns: Bool = true) {
        characters = Array(text.unicodeScalars)
        self.place = place
        self.hasColumns = hasColumns && !characters.contains { $0 == "\n" || $0 == "\r" }
    }

    /// Where a character stands.
    func place(of offset: Int) -> Place? {
        guard let place, hasColumns else { return place }
        return Place(file: place.file, line: place.line, column: place.column + offset)
    }

    /// A failure at a character; the text and a mark below it are its details.
    func failure(
        _ code: Failure.Code, _ message: String, at offset: Int, hint: String? = nil
    ) -> Failure {
        Failure(code, message, hint: hint, place: place(of: offset), details: marked(at: offset))
    }

    /// The line around a character and a `^` below it.
    private func marked(at offset: Int) -> [String] {
        let position = min(max(offset, 0), characters.count)
        let isBreak = { (character: Unicode.Scalar) in character == "\n" || character == "\r" }
        let start = characters[..<position].lastIndex(where: isBreak).map { $0 + 1 } ?? 0
        let end = characters[position...].firstIndex(where: isBreak) ?? characters.count
        let first = max(start, position - 60)
        let last = min(end, position + 30)
        guard first < last else { return [] }
        let line = characters[first..<last].map { $0.properties.isWhitespace ? " " : $0 }
        let shown = String(String.UnicodeScalarView(line))
        return [shown, String(repeating: " ", count: position - first) + "^"]
    }
}
