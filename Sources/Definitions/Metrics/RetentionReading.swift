import Vocabulary

/// Reads `{ retention: { by: person, of: visits, since: first, on: day 7, criterion: exact } }`.
///
/// Who started too late to be seen on that day counts neither above nor below.
struct RetentionReading {
    let reader: NodeReader
    let implicit: ImplicitSources

    /// When somebody must have come back.
    enum Criterion: String, CaseIterable {
        /// On that very day, week or month.
        case exact
        /// On it or at any time after it.
        case onOrAfter = "on_or_after"
        /// At any time after the first day, week or month, and until it.
        case onOrBefore = "on_or_before"
    }

    func formula() -> Formula? {
        let filter = reader.expression("where")
        guard let retention = reader.mapping("retention", what: "retention") else { return nil }
        defer { retention.finish() }
        let entity = retention.entity()
        let activity = retention.text("of", required: true, example: "visits")
        let since = start(retention)
        let rows = RowSelection(retention)
        let age = age(retention)
        let criterion =
            retention.has("criterion")
            ? retention.word("criterion", as: Criterion.self) : .exact
        guard let entity, let activity, let since, let age, let criterion else { return nil }
        let recipe = ReturnsRecipe(activity: activity, rows: rows, entity: entity, since: since)
        // Who starts in the last hour of a period is on day n so many days after its end; weeks
        // and months are those of the calendar, of which the last one is still to end.
        let isDays = age.unit == .day
        let name = implicit.add(
            .returns(recipe), kind: "retention",
            lateness: Span(isDays ? age.count : age.count + 1, age.unit),
            places: [
                "from.returns": retention.node("of")?.place,
                "from.since": retention.node("since")?.place,
            ])
        let returns = FormulaRows(source: name, filter: filter)
        let people = AggregateFunction.distinct(.named(entity.name))
        let unit = age.unit.rawValue
        let isSeen = Expression.binary(
            .greater, .named("known_\(unit)s"), .literal(.integer(Int64(age.count))))
        let came = returned(.named("age_\(unit)s"), age.count, criterion)
        return .ratio(
            returns.aggregate(people, where: .binary(.and, isSeen, came)),
            to: returns.aggregate(people, where: isSeen))
    }

    private func returned(_ age: Expression, _ count: Int, _ criterion: Criterion) -> Expression {
        let number = Expression.literal(.integer(Int64(count)))
        return switch criterion {
        case .exact: .binary(.equal, age, number)
        case .onOrAfter: .binary(.greaterOrEqual, age, number)
        case .onOrBefore:
            .isBetween(age, low: .literal(.integer(1)), high: number, negated: false)
        }
    }

    /// `first`, a source, or a mapping with the source and its condition.
    private func start(_ retention: NodeReader) -> ReturnsRecipe.Start? {
        guard let node = retention.node("since") else {
            retention.missing("since", example: "first, or a source such as sign_ups")
            return nil
        }
        if let name = node.scalar?.trimmedOfSpace {
            return name == "first" ? .first : .source(name, RowSelection())
        }
        guard let since = retention.mapping("since", what: "start") else { return nil }
        defer { since.finish() }
        let source = since.text("source", required: true, example: "sign_ups")
        let rows = RowSelection(since)
        return source.map { .source($0, rows) }
    }

    /// `day 7`, `week 4` or `month 1`.
    private func age(_ retention: NodeReader) -> (unit: Grain, count: Int)? {
        retention.value(
            "on", required: true, is: "a day, week or month by its number", example: "day 7",
            make: { text in
                let words = text.lowercased().split(separator: " ")
                guard words.count == 2, let unit = Grain(rawValue: String(words[0])),
                    [.day, .week, .month].contains(unit), let count = Int(words[1]),
                    (1...1_000).contains(count)
                else { return nil }
                return (unit, count)
            })
    }
}

extension YAMLNode {
    /// The text of a key of a mapping.
    func text(of key: String) -> String? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value.scalar?.trimmedOfSpace
    }

    /// What a retention is called, for example `day 7 exact`.
    var writtenRetention: WrittenKind {
        let criterion = text(of: "criterion") ?? RetentionReading.Criterion.exact.rawValue
        return WrittenKind(
            kind: "retention", variant: "\(text(of: "on") ?? "") \(criterion)",
            source: text(of: "of"))
    }
}
