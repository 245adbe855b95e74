import NIOConcurrencyHelpers

/// A line on the terminal that is drawn again and again while something takes its time.
///
/// Nothing is drawn where the standard error is not a terminal.
final class ProgressLine: Sendable {
    private let output: Output
    private let drawn = NIOLockedValueBox("")

    /// Makes a line that is not drawn yet.
    init(_ output: Output) { self.output = output }

    /// Draws the line, in place of what it was.
    func show(_ text: String) {
        guard output.terminal.isErrorTerminal else { return }
        let text = cut(printable(text).replacing("\n", with: " "), to: output.terminal.columns - 1)
        let isNew = drawn.withLockedValue { drawn in
            defer { drawn = text }
            return drawn != text
        }
        if isNew { output.writeError("\r\u{1B}[K" + text) }
    }

    /// Takes the line away.
    func clear() {
        let wasDrawn = drawn.withLockedValue { drawn in
            defer { drawn = "" }
            return !drawn.isEmpty
        }
        if wasDrawn { output.writeError("\r\u{1B}[K") }
    }
}
