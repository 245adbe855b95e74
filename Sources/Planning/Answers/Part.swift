import Vocabulary

/// Which part of the whole a row of an answer is about.
public struct Part: Hashable, Sendable {
    /// One dimension's side of a part.
    public enum Value: Hashable, Sendable {
        /// The rows with this value.
        case value(String)
        /// The rows without a value.
        case none
        /// The rows with any value that is not shown by itself.
        case other
    }

    /// The values, one for each dimension of the question; empty is the whole.
    public let values: [Value]

    /// The whole.
    public static let whole = Part(values: [])

    /// Names a part.
    public init(values: [Value]) { self.values = values }

    /// Whether the part is the rest, the missing, or a value: what its worst side is.
    public var kind: String {
        if values.contains(.other) { return "other" }
        return values.contains(.none) ? "none" : "value"
    }
}

extension Part.Value {
    /// The value as text; nil for the missing.
    public var text: String? {
        switch self {
        case .value(let text): text
        case .other: "other"
        case .none: nil
        }
    }
}
