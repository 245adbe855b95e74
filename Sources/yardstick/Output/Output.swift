import Vocabulary

/// Where a command prints: the only way out of a command.
///
/// It is a value of closures, so that the same command prints to a terminal, into a test, or, while
/// a server has the workspace, over a socket to the terminal of another process.
struct Output: Sendable {
    /// What the reader's terminal can do.
    struct Terminal: Sendable, Equatable {
        /// Whether the standard output is a terminal.
        var isTerminal: Bool
        /// Whether the standard error is a terminal, so that progress may be drawn on it.
        var isErrorTerminal: Bool
        /// Whether colour is wanted.
        var hasColor: Bool
        /// How many characters fit in a line.
        var columns: Int

        /// How long a line of a table may be: in a file nothing is cut.
        var lineColumns: Int { isTerminal ? columns : 10_000 }

        /// A file or a pipe: no colour, no progress.
        static let none = Terminal(
            isTerminal: false, isErrorTerminal: false, hasColor: false, columns: 100)
    }

    /// What the reader's terminal can do.
    let terminal: Terminal
    /// The folder from which relative paths in the arguments are meant.
    let directory: String
    private let writeText: @Sendable (String) -> Void
    private let writeErrorText: @Sendable (String) -> Void

    /// Makes an output of two closures that take text with its line ends.
    init(
        terminal: Terminal, directory: String, write: @escaping @Sendable (String) -> Void,
        writeError: @escaping @Sendable (String) -> Void
    ) {
        self.terminal = terminal
        self.directory = directory
        writeText = write
        writeErrorText = writeError
    }

    /// Writes text as it is.
    func write(_ text: String) { writeText(text) }

    /// Writes a line.
    func line(_ text: String = "") { writeText(text + "\n") }

    /// Writes a value as one line of JSON.
    func json(_ value: JSON) { writeText(value.line + "\n") }

    /// Writes text to the standard error as it is.
    func writeError(_ text: String) { writeErrorText(text) }

    /// Says something to people that must not end up in a pipe.
    func notice(_ text: String) { writeErrorText(text + "\n") }

    /// Writes what a reader of an answer should know, below its numbers.
    func notes(of answer: JSON) {
        for note in answer.member("notes")?.elements ?? [] {
            line(printable("  note  \(note.text ?? "")"))
        }
    }

    /// Tells a failure in the shape that all failures have.
    func failure(_ failure: Failure) {
        notice(
            Style.bad.painted("error:", in: errorHasColor) + " " + printable(failure.description))
    }

    private var errorHasColor: Bool { terminal.hasColor && terminal.isErrorTerminal }
}

/// The text without characters that would move the cursor, colour the terminal or turn the writing
/// round; line ends stay. Names and values come from other people's files.
func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnprintable) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        result.append(isUnprintable(scalar) ? "\u{FFFD}" : scalar)
    }
    return String(result)
}

private func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: false
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
}
