import Vocabulary

extension RetentionDefinition: ReadableBehaviour {
    static var meaningExample: String { "Who comes back after signing up." }

    init?(_ reader: NodeReader, _ head: BehaviourHead) {
        guard let retention = RetentionDefinitionReading(reader: reader).retention(head)
        else { return nil }
        self = retention
    }

    func check(_ findings: inout BehaviourFindings) {
        findings.rows(starts, "starts")
        findings.rows(returns, "returns")
        if let value { findings.value(value, "sum") }
        findings.requireTime("nobody comes back in it")
    }
}

/// Reads what only a retention says.
private struct RetentionDefinitionReading {
    let reader: NodeReader

    /// Whose settings hold where nothing is written.
    ///
    /// Mixpanel counts who returns at an age or later, by 24 hours, of everybody who starts in a
    /// period, and its published example weighs the shares of cohorts by their size once more.
    /// Amplitude counts 24 hours from the beginning of the start's hour, weeks of 7 and months of 30
    /// days from that of its day.
    enum Dialect: String, CaseIterable {
        case mixpanel, amplitude

        var cohorts: RetentionDefinition.Cohorts { self == .mixpanel ? .recurring : .first }
        var criterion: RetentionDefinition.Criterion { self == .mixpanel ? .onOrAfter : .on }
        var mode: RetentionDefinition.Mode { self == .mixpanel ? .rolling : .rollingFromHour }
        var average: RetentionDefinition.Average { self == .mixpanel ? .mixpanel : .pooled }
    }

    /// How many ages a table may have.
    static let agesMax = 400

    func retention(_ head: BehaviourHead) -> RetentionDefinition? {
        let starts = reader.rows("starts", what: "'starts' of the retention") ?? RowSelection()
        let returns = reader.rows("returns", what: "'returns' of the retention") ?? RowSelection()
        let like = reader.word("like", as: Dialect.self)
        let cohorts =
            reader.word("cohorts", as: RetentionDefinition.Cohorts.self) ?? like?.cohorts ?? .first
        let over = over()
        let criterion = criterion(like?.criterion ?? .on)
        let mode = reader.word("mode", as: RetentionDefinition.Mode.self) ?? like?.mode ?? .calendar
        let average =
            reader.word("average", as: RetentionDefinition.Average.self) ?? like?.average ?? .pooled
        let value = reader.expression("sum")
        guard let over, let criterion else { return nil }
        return RetentionDefinition(
            head: head, starts: starts, returns: returns, cohorts: cohorts, age: over.age,
            count: over.count, criterion: criterion, mode: mode, average: average, value: value)
    }

    private func over() -> (age: Grain, count: Int)? {
        reader.value(
            "over", required: true,
            is: "a number of days, weeks or months up to \(Self.agesMax)", example: "12 weeks",
            make: { text in
                let words = text.lowercased().split(separator: " ")
                guard words.count == 2, let count = Int(words[0]),
                    (1...Self.agesMax).contains(count)
                else { return nil }
                let unit = words[1].hasSuffix("s") ? words[1].dropLast() : words[1]
                guard let grain = Grain(rawValue: String(unit)),
                    [.day, .week, .month].contains(grain)
                else { return nil }
                return (grain, count)
            })
    }

    private func criterion(
        _ usual: RetentionDefinition.Criterion
    ) -> RetentionDefinition.Criterion? {
        guard let node = reader.node("criterion") else { return usual }
        guard case .sequence(let items) = node.content else {
            return reader.word(
                "criterion",
                of: [
                    ("on", .on), ("on_or_after", .onOrAfter), ("on_or_before", .onOrBefore),
                    ("streak", .streak),
                ])
        }
        let brackets = items.compactMap { $0.scalar.flatMap(Self.bracket) }
        let isOrdered = zip(brackets, brackets.dropFirst()).allSatisfy {
            $0.upperBound < $1.lowerBound
        }
        guard brackets.count == items.count, !brackets.isEmpty, isOrdered else {
            reader.report(
                .badValue,
                "'criterion' of the \(reader.what) is on, on_or_after, on_or_before, streak or a "
                    + "list of brackets of ages in order.", at: node.place,
                hint: "write criterion: [0, 1-3, 4-7]")
            return nil
        }
        return .brackets(brackets)
    }

    private static func bracket(_ text: String) -> ClosedRange<Int>? {
        let sides = text.split(separator: "-").map { Int($0.filter { $0 != " " }) }
        guard let low = sides.first ?? nil, let high = sides.last ?? nil, sides.count <= 2,
            (0...agesMax).contains(low), (low...agesMax).contains(high)
        else { return nil }
        return low...high
    }
}
