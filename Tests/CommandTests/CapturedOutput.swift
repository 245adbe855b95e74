import Foundation

@testable import yardstick

/// An output into memory, to see what a command prints.
final class CapturedOutput: @unchecked Sendable {
    private let lock = NSLock()
    private var standard = ""
    private var error = ""
    private let terminal: Output.Terminal
    private let directory: String

    /// An output as a file or pipe is, or as the terminal given.
    init(
        terminal: Output.Terminal = .none,
        directory: String = FileManager.default.temporaryDirectory.path
    ) {
        self.terminal = terminal
        self.directory = directory
    }

    /// What commands print to.
    var output: Output {
        Output(
            terminal: terminal, directory: directory,
            write: { [self] text in lock.withLock { standard += text } },
            writeError: { [self] text in lock.withLock { error += text } })
    }

    /// What the standard output has got so far.
    var text: String { lock.withLock { standard } }
    /// What the standard error has got so far.
    var errorText: String { lock.withLock { error } }
}

extension Output.Terminal {
    /// A colour terminal of so many columns.
    static func color(columns: Int) -> Output.Terminal {
        Output.Terminal(isTerminal: true, isErrorTerminal: true, hasColor: true, columns: columns)
    }

    /// A terminal without colour of so many columns.
    static func plain(columns: Int) -> Output.Terminal {
        Output.Terminal(isTerminal: true, isErrorTerminal: true, hasColor: false, columns: columns)
    }
}
