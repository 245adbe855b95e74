import Vocabulary

/// Columns that a source names and its data does not have.
struct SourceColumnCheck: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.sources.flatMap { source -> [Finding] in
            guard let scope = context.scope(of: source.name), scope.knowsColumns else { return [] }
            return named(in: source).compactMap { name, place in
                unknown(name, at: place, in: scope)
            } + time(of: source, in: scope)
        }
    }

    /// The columns that the definition names outside of expressions.
    private func named(in source: SourceDefinition) -> [(String, Place)] {
        var named: [(String, Place)] = []
        let origin = source.origin
        if let time = source.time {
            let place = origin.places["time.column"] ?? origin.place(of: "time")
            named.append((time.column, place))
        }
        if let event = source.event { named.append((event, origin.place(of: "event"))) }
        for column in source.columnTypes.keys.sorted() {
            named.append((column, origin.place(of: "columns.\(column)")))
        }
        for (index, rule) in source.quality.enumerated() {
            let (key, columns): (String, [String]) =
                switch rule {
                case .unique(let columns): ("unique", columns)
                case .notNull(let columns): ("not_null", columns)
                case .freshWithin: ("", [])
                }
            for (position, column) in columns.enumerated() {
                let place = origin.places["quality.\(index).\(key).\(position)"]
                named.append((column, place ?? origin.place(of: "quality")))
            }
        }
        return named
    }

    private func unknown(_ name: String, at place: Place, in scope: ExpressionScope) -> Finding? {
        guard scope.column(named: name) == nil else { return nil }
        let columns = scope.facts.columns.map(\.name)
        let near = nearestName(to: name, among: columns)
        return Finding(
            .error,
            Failure(
                .unknownColumn,
                "The data of the source '\(scope.source.name)' has no column '\(shortened(name))'.",
                hint: near.map { "did you mean '\($0)'?" }
                    ?? "its columns are \(columns.prefix(12).joined(separator: ", "))",
                place: place))
    }

    /// A time column that came out of the import as something else.
    private func time(of source: SourceDefinition, in scope: ExpressionScope) -> [Finding] {
        guard let time = source.time, time.format == .inferred,
            let column = scope.column(named: time.column),
            ![.day, .instant, .unknown].contains(column.type)
        else { return [] }
        return [
            Finding(
                .error,
                Failure(
                    .timeType,
                    "The time of the source '\(source.name)' is the column '\(column.name)', which "
                        + "is \(column.type.phrase).",
                    hint:
                        "say how it is written: time: { column: \(time.column), format: \"%d.%m.%Y\" }",
                    place: source.origin.place(of: "time")))
        ]
    }
}

extension Failure.Code {
    /// A source names a column that its data does not have.
    public static let unknownColumn: Self = "definition/unknown-column"
    /// A source's time column holds neither dates nor instants.
    public static let timeType: Self = "definition/time-type"
}
