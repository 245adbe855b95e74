/// A value that is handed to a database beside the text, never inside it.
public enum Value: Hashable, Sendable {
    /// The absence of a value.
    case null
    /// A truth value.
    case boolean(Bool)
    /// A whole number.
    case integer(Int64)
    /// A binary floating-point number.
    case number(Double)
    /// A text.
    case text(String)
    /// A civil date.
    case day(Day)
    /// An instant; the database sees a timestamp in UTC.
    case instant(Instant)
}

/// A text of SQL whose values are bound: `$1` is the first of ``values``.
public struct Statement: Hashable, Sendable {
    /// The SQL, with numbered places for the values.
    public let sql: String
    /// The values, in the order of their numbers.
    public let values: [Value]

    /// Makes a statement.
    public init(_ sql: String, _ values: [Value] = []) {
        self.sql = sql
        self.values = values
    }
}

/// A name in SQL's double quotes, safe whatever it holds.
public func quotedName(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        + "\""
}
