import Vocabulary

/// A column that a recipe makes of several rows.
public struct KeptColumn: Hashable, Sendable {
    /// What is made of the rows.
    public enum Function: Hashable, Sendable {
        /// The value in the first row, or in the last one.
        case first(Expression), last(Expression)
        /// How many rows there are, or how many where the expression has a value.
        case count(Expression?)
        /// How many different values there are.
        case distinct(Expression)
        /// The sum, 0 without rows; the arithmetic mean; the median by linear interpolation.
        case sum(Expression), average(Expression), median(Expression)
        /// The smallest value, and the largest.
        case min(Expression), max(Expression)
        /// The values in the order of the rows, joined by `>`.
        case path(Expression)
        /// Whether the condition holds for any row.
        case any(Expression)
    }

    /// The column's name.
    public let name: String
    /// What is made of the rows.
    public let function: Function
    /// Which of the rows count for this column; nil means all.
    public let filter: Expression?

    /// Makes a column.
    public init(name: String, function: Function, filter: Expression? = nil) {
        self.name = name
        self.function = function
        self.filter = filter
    }
}

extension KeptColumn.Function {
    /// The function's name as definitions write it.
    public var kind: String {
        switch self {
        case .first: "first"
        case .last: "last"
        case .count: "count"
        case .distinct: "distinct"
        case .sum: "sum"
        case .average: "average"
        case .median: "median"
        case .min: "min"
        case .max: "max"
        case .path: "path"
        case .any: "any"
        }
    }

    /// What it is made of; nil counts rows.
    public var expression: Expression? {
        switch self {
        case .count(let value): value
        case .first(let value), .last(let value), .distinct(let value), .sum(let value),
            .average(let value), .median(let value), .min(let value), .max(let value),
            .path(let value), .any(let value):
            value
        }
    }

    /// Whether its values describe the entity, so that they can split it.
    var isAttribute: Bool {
        switch self {
        case .first, .last, .path, .any: true
        default: false
        }
    }
}

extension KeptColumn {
    var text: String {
        let of = function.expression?.description ?? "rows"
        let condition = filter.map { ", where: \($0)" } ?? ""
        return "\(name): { \(function.kind): \(of)\(condition) }"
    }

    /// The dimensions that some columns are by themselves: what describes, and is no time.
    static func dimensions(
        _ columns: [KeptColumn], of source: SourceDefinition?
    ) -> [String: SourceDimension] {
        var dimensions: [String: SourceDimension] = [:]
        for column in columns where column.function.isAttribute {
            if case .name(let name)? = column.function.expression, name.name == source?.time?.column
            {
                continue
            }
            dimensions[column.name] = SourceDimension(
                expression: .name(NameReference(column.name)))
        }
        return dimensions
    }
}

/// Reads the columns that a recipe keeps.
struct KeptReading {
    let reader: NodeReader

    private static let kinds = [
        "first", "last", "count", "distinct", "sum", "average", "median", "min", "max", "path",
        "any",
    ]

    /// The columns under `keep`, in the order in which they are written.
    func columns() -> [KeptColumn] {
        guard let keep = reader.mapping("keep", what: "columns to keep") else { return [] }
        return keep.keys.compactMap { name in
            guard keep.isPlainName(name),
                let column = keep.mapping(name, what: "column '\(shortened(name))'")
            else { return nil }
            defer { column.finish() }
            return self.column(name, column)
        }
    }

    private func column(_ name: String, _ column: NodeReader) -> KeptColumn? {
        let written = column.keys.filter { Self.kinds.contains($0) }
        guard let kind = written.first, written.count == 1 else {
            column.report(
                .missingKey,
                "The \(column.what) is made in one way: \(Self.kinds.joined(separator: ", ")).",
                at: column.place, hint: "write \(shortened(name)): { first: channel }")
            return nil
        }
        let filter = column.expression("where")
        if kind == "count", column.node("count")?.scalar == "rows" {
            return KeptColumn(name: name, function: .count(nil), filter: filter)
        }
        guard let value = column.expression(kind) else { return nil }
        return KeptColumn(name: name, function: function(kind, value), filter: filter)
    }

    private func function(_ kind: String, _ value: Expression) -> KeptColumn.Function {
        switch kind {
        case "first": .first(value)
        case "last": .last(value)
        case "count": .count(value)
        case "distinct": .distinct(value)
        case "sum": .sum(value)
        case "average": .average(value)
        case "median": .median(value)
        case "min": .min(value)
        case "max": .max(value)
        case "path": .path(value)
        default: .any(value)
        }
    }
}
