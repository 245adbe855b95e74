import Foundation

extension Output {
    /// The process's own standard output and standard error.
    static func standard(environment: [String: String]) -> Output {
        Output(
            terminal: .ofProcess(environment: environment),
            directory: FileManager.default.currentDirectoryPath,
            write: { StandardStream.output.write($0) },
            writeError: { StandardStream.error.write($0) }
        )
    }
}

extension Output.Terminal {
    /// What the terminal of this process can do.
    ///
    /// Colour is off where `NO_COLOR` is set to anything, as its convention asks, and where the
    /// terminal says that it is dumb.
    static func ofProcess(environment: [String: String]) -> Output.Terminal {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let isErrorTerminal = isatty(STDERR_FILENO) == 1
        let isPlain = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
        return Output.Terminal(
            isTerminal: isTerminal,
            isErrorTerminal: isErrorTerminal,
            hasColor: !isPlain && (isTerminal || isErrorTerminal),
            columns: columns(isTerminal: isTerminal, environment: environment)
        )
    }

    private static func columns(isTerminal: Bool, environment: [String: String]) -> Int {
        if let columns = environment["COLUMNS"].flatMap(Int.init), columns >= 20 { return columns }
        var size = winsize()
        if isTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 20 {
            return Int(size.ws_col)
        }
        return 100
    }
}

/// One of the process's two streams for text.
private enum StandardStream: Int32 {
    case output = 1
    case error = 2

    /// Writes all of the text, or nothing more once the reader has gone away.
    func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = Foundation.write(rawValue, rest.baseAddress, rest.count)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        }
    }
}
