import Vocabulary

/// What a session is.
public enum SessionRule: Hashable, Sendable {
    /// Events with the same value.
    case value(Expression)
    /// Events without a longer pause between them, in seconds.
    case pause(seconds: Int)
}

extension SessionRule: CustomStringConvertible {
    /// The rule as definitions write it.
    public var description: String {
        switch self {
        case .value(let value): "\(value)"
        case .pause(let seconds): "\(WindowLength.elapsed(seconds: seconds))"
        }
    }
}

extension NodeReader {
    /// What a session is: a column, or the longest pause inside one; nil where nothing is written.
    func session(_ key: String = "session") -> SessionRule? {
        guard let text = text(key) else { return nil }
        if let seconds = WindowLength(text: text)?.seconds { return .pause(seconds: seconds) }
        return expression(key).map(SessionRule.value)
    }
}
