/// Typed columns of equal length: the only result of an engine.
public struct Frame: Equatable, Sendable {
    /// The columns, in the order of the question.
    public let columns: [FrameColumn]

    /// Makes a frame of columns of equal length.
    public init(columns: [FrameColumn]) {
        precondition(
            columns.allSatisfy { $0.count == columns[0].count }, "Columns differ in length.")
        self.columns = columns
    }

    /// How many rows there are.
    public var count: Int { columns.first?.count ?? 0 }

    /// The position of the column of that name.
    public func index(of name: String) -> Int? { columns.firstIndex { $0.name == name } }

    /// The column of that name.
    public subscript(name: String) -> FrameColumn? { columns.first { $0.name == name } }
}

/// A column of a ``Frame``: a name, and values that may be absent.
public struct FrameColumn: Equatable, Sendable {
    /// The values of a column, by type; nil is the absence of a value.
    public enum Values: Equatable, Sendable {
        /// Truth values.
        case booleans([Bool?])
        /// Whole numbers, of any width up to 64 bits.
        case integers([Int64?])
        /// Numbers; decimals and 128-bit integers arrive as the nearest of these.
        case numbers([Double?])
        /// Texts.
        case texts([String?])
        /// Civil dates.
        case days([Day?])
        /// Instants.
        case instants([Instant?])
    }

    /// The column's name.
    public let name: String
    /// Its values.
    public let values: Values

    /// Makes a column.
    public init(name: String, values: Values) {
        self.name = name
        self.values = values
    }

    /// How many values there are, absent ones counted.
    public var count: Int {
        switch values {
        case .booleans(let values): values.count
        case .integers(let values): values.count
        case .numbers(let values): values.count
        case .texts(let values): values.count
        case .days(let values): values.count
        case .instants(let values): values.count
        }
    }

    /// The value in a row as a number; nil where it is absent or is none.
    public func number(_ row: Int) -> Double? {
        switch values {
        case .integers(let values): values[row].map(Double.init)
        case .numbers(let values): values[row]
        case .booleans(let values): values[row].map { $0 ? 1 : 0 }
        case .texts, .days, .instants: nil
        }
    }

    /// The value in a row as a whole number; nil where it is absent or is none.
    public func integer(_ row: Int) -> Int? {
        switch values {
        case .integers(let values): values[row].map(Int.init)
        case .numbers(let values): values[row].flatMap { Int(exactly: $0) }
        default: nil
        }
    }

    /// The value in a row as a text a person would write; nil where it is absent.
    public func text(_ row: Int) -> String? {
        switch values {
        case .booleans(let values): values[row].map { $0 ? "true" : "false" }
        case .integers(let values): values[row].map(String.init)
        case .numbers(let values): values[row].map { "\($0)" }
        case .texts(let values): values[row]
        case .days(let values): values[row]?.description
        case .instants(let values): values[row]?.description
        }
    }

    /// The value in a row as a day; nil where it is absent or is none.
    public func day(_ row: Int) -> Day? {
        if case .days(let values) = values { values[row] } else { nil }
    }

    /// The value in a row as an instant; nil where it is absent or is none.
    public func instant(_ row: Int) -> Instant? {
        if case .instants(let values) = values { values[row] } else { nil }
    }
}
