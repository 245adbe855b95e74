/// The one shape of everything that can go wrong, on the command line, in the API and on a page.
///
/// A failure says what happened in the reader's own words, where, and what to do next. Its ``code``
/// is stable: scripts and documentation may rely on it.
public struct Failure: Error, Equatable, Sendable {
    /// A stable name of a kind of failure: `layer/reason`.
    ///
    /// The set is open: every layer adds its own codes in an extension beside the code that throws
    /// them, and `docs/reference/errors.md` lists them all.
    public struct Code: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral,
        CustomStringConvertible
    {
        /// The code as it is printed, for example `definition/unknown-metric`.
        public let rawValue: String

        /// Makes a code from its printed form.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Makes a code from its printed form.
        public init(stringLiteral value: String) { rawValue = value }

        /// The code as it is printed.
        public var description: String { rawValue }
    }

    /// Which kind of failure this is.
    public let code: Code
    /// What happened: one sentence, with the user's own names in it.
    public let message: String
    /// What to do about it, where that is known.
    public let hint: String?
    /// Where in the user's files it happened, where that is known.
    public var place: Place?
    /// Further facts for a reader who digs deeper, each a line.
    public let details: [String]

    /// Makes a failure.
    ///
    /// - Parameters:
    ///   - code: Which kind it is.
    ///   - message: What happened, one sentence with a full stop.
    ///   - hint: What to do next.
    ///   - place: Where in the user's files.
    ///   - details: Further facts, each a line.
    public init(
        _ code: Code, _ message: String, hint: String? = nil, place: Place? = nil,
        details: [String] = []
    ) {
        self.code = code
        self.message = message
        self.hint = hint
        self.place = place
        self.details = details
    }

    /// The same failure, told with a place where it had none.
    public func located(at place: Place?) -> Failure {
        guard self.place == nil else { return self }
        var copy = self
        copy.place = place
        return copy
    }
}

extension Failure: CustomStringConvertible {
    /// The failure as the command line prints it, without the leading word and without colour.
    public var description: String {
        var lines = [message]
        if let place { lines.append("  at    \(place)") }
        if let hint { lines.append("  hint  \(hint)") }
        lines += details.map { "        \($0)" }
        lines.append("  code  \(code)")
        return lines.joined(separator: "\n")
    }
}

/// A place in a file of the user's.
public struct Place: Hashable, Sendable, CustomStringConvertible {
    /// The file's path, relative to the workspace.
    public let file: String
    /// The line, counted from one.
    public let line: Int
    /// The column in characters, counted from one.
    public let column: Int

    /// Names a place.
    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file:line:column`, as editors understand it.
    public var description: String { "\(file):\(line):\(column)" }
}
