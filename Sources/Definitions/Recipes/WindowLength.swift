import Vocabulary

/// A length of time between two moments: civil days or months, or time that passes.
public enum WindowLength: Hashable, Sendable {
    /// Steps of the local calendar: the same time of the day, whatever the clocks did in between.
    case civil(Span)
    /// Seconds on the time line.
    case elapsed(seconds: Int)

    /// Reads `30 minutes`, `12 hours`, `45 seconds`, `7 days`, `2 weeks`, `1 month`; nil for
    /// anything else.
    public init?(text: String) {
        let words = text.lowercased().split(separator: " ")
        guard words.count == 2, let count = Int(words[0]), (1...100_000).contains(count) else {
            return nil
        }
        switch words[1] {
        case "second", "seconds": self = .elapsed(seconds: count)
        case "minute", "minutes": self = .elapsed(seconds: count * 60)
        case "hour", "hours": self = .elapsed(seconds: count * 3_600)
        default:
            guard let span = Span(text: text) else { return nil }
            self = .civil(span)
        }
    }

    /// The whole days or months that are at least as long.
    public var span: Span {
        switch self {
        case .civil(let span): span
        case .elapsed(let seconds): Span(days: (seconds + 86_399) / 86_400)
        }
    }
}

extension WindowLength: CustomStringConvertible {
    /// The length in words, for example `30 minutes`.
    public var description: String {
        switch self {
        case .civil(let span): span.description
        case .elapsed(let seconds) where seconds % 3_600 == 0:
            "\(seconds / 3_600) hour\(seconds == 3_600 ? "" : "s")"
        case .elapsed(let seconds) where seconds % 60 == 0:
            "\(seconds / 60) minute\(seconds == 60 ? "" : "s")"
        case .elapsed(let seconds): "\(seconds) second\(seconds == 1 ? "" : "s")"
        }
    }
}

extension NodeReader {
    func length(_ key: String, required: Bool = false, example: String) -> WindowLength? {
        value(key, required: required, is: "a length of time", example: example) {
            WindowLength(text: $0)
        }
    }
}
