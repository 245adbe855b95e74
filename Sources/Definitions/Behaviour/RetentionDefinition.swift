import Vocabulary

/// Who begins, who comes back, and how that is counted.
public struct RetentionDefinition: Hashable, Sendable {
    /// Its name in questions.
    public let name: String
    /// Its title for people.
    public let title: String
    /// What it is, in a sentence; empty where nothing is written.
    public let meaning: String
    /// Who answers for it.
    public let owner: String?
    /// The source of the events.
    public let source: String
    /// Who begins and comes back; nil is the source's only entity, or `person`.
    public let entity: RecipeKey?
    /// Which rows of the source are looked at; nil means all.
    public let filter: Expression?
    /// What begins.
    public let starts: RowSelection
    /// What comes back.
    public let returns: RowSelection
    /// Who is in a cohort.
    public let cohorts: Cohorts
    /// How long an age is: a day, a week or a month.
    public let age: Grain
    /// How many ages are looked at after age 0.
    public let count: Int
    /// When somebody counts as retained at an age.
    public let criterion: Criterion
    /// How ages are measured.
    public let mode: Mode
    /// Which average over the cohorts is shown first.
    public let average: Average
    /// What is added up instead of counting who came back; nil counts.
    public let value: Expression?
    /// Where it is defined.
    public let origin: Origin

    /// Who is in a cohort.
    public enum Cohorts: String, CaseIterable, Sendable {
        /// Those whose first start ever lies in the period; so each is in one cohort.
        case first
        /// Those with a start in the period, counted from their first one there.
        case recurring
    }

    /// When somebody counts as retained at an age.
    public enum Criterion: Hashable, Sendable {
        /// With a return at that age.
        case on
        /// With a return at that age or later.
        case onOrAfter
        /// With a return at that age or before.
        case onOrBefore
        /// With a return at one of the ages of a bracket.
        case brackets([ClosedRange<Int>])

        /// The word that definitions write.
        public var word: String {
            switch self {
            case .on: "on"
            case .onOrAfter: "on_or_after"
            case .onOrBefore: "on_or_before"
            case .brackets: "brackets"
            }
        }
    }

    /// How ages are measured.
    public enum Mode: String, CaseIterable, Sendable {
        /// By the civil days, weeks or months that begin after the start.
        case calendar
        /// By days of 24 hours, weeks of 7 and months of 30 such days after the start.
        case rolling
    }

    /// An average over cohorts; each is over complete cells only.
    public enum Average: String, CaseIterable, Sendable {
        /// All who came back ÷ all who could.
        case pooled
        /// The mean of the cohorts' shares, small ones counting as much as large ones.
        case simple
        /// The shares weighted by the cohorts' sizes a second time, as Mixpanel's example does.
        case mixpanel
    }

    /// The ages that have a cell, or the brackets.
    public var cells: [ClosedRange<Int>] {
        if case .brackets(let brackets) = criterion { return brackets }
        return (0...count).map { $0...$0 }
    }

    /// Who begins and comes back.
    ///
    /// - Throws: `definition/unknown-entity` where the source has several and none is named.
    public func entity(of source: SourceDefinition) throws(Failure) -> RecipeKey {
        if let entity { return entity }
        return try source.usualEntity(for: "retention '\(name)'", at: origin.place)
    }
}

extension RetentionDefinition: CustomStringConvertible {
    /// The definition on one line, equal for equal rules.
    public var description: String {
        var parts = ["from: \(source)"]
        if let entity { parts.append("by: \(entity.text)") }
        if let filter { parts.append("where: \(filter)") }
        parts.append("starts: { \(starts.keys.joined(separator: ", ")) }")
        parts.append("returns: { \(returns.keys.joined(separator: ", ")) }")
        parts.append("cohorts: \(cohorts.rawValue)")
        parts.append("over: \(count) \(age.rawValue)s")
        if case .brackets(let brackets) = criterion {
            let texts = brackets.map { "\($0.lowerBound)-\($0.upperBound)" }
            parts.append("criterion: [\(texts.joined(separator: ", "))]")
        } else {
            parts.append("criterion: \(criterion.word)")
        }
        parts.append("mode: \(mode.rawValue)")
        if let value { parts.append("sum: \(value)") }
        return "{ \(parts.joined(separator: ", ")) }"
    }
}

/// Reads a retention.
struct RetentionDefinitionReading {
    let reader: NodeReader

    /// How many ages a table may have.
    static let agesMax = 400

    func retention(named name: String, origin: Origin) -> RetentionDefinition? {
        let title = reader.text("title") ?? titled(name)
        let meaning = reader.text("is")
        if meaning == nil {
            reader.missing("is", example: "Who comes back after signing up.", severity: .warning)
        }
        let owner = reader.text("owner")
        let source = reader.text("from", required: true, example: "page_views")
        let entity = reader.has("by") ? reader.entity() : nil
        let filter = reader.expression("where")
        let starts = events("starts")
        let returns = events("returns")
        let cohorts = reader.word("cohorts", as: RetentionDefinition.Cohorts.self) ?? .first
        let over = over()
        let criterion = criterion()
        let mode = reader.word("mode", as: RetentionDefinition.Mode.self) ?? .calendar
        let average = reader.word("average", as: RetentionDefinition.Average.self) ?? .pooled
        let value = reader.expression("sum")
        reader.finish()
        guard let source, let over, let criterion else { return nil }
        return RetentionDefinition(
            name: name, title: title, meaning: meaning ?? "", owner: owner, source: source,
            entity: entity, filter: filter, starts: starts, returns: returns, cohorts: cohorts,
            age: over.age, count: over.count, criterion: criterion, mode: mode, average: average,
            value: value, origin: origin)
    }

    /// The events of a side; without the key, all rows.
    private func events(_ key: String) -> RowSelection {
        guard let node = reader.node(key) else { return RowSelection() }
        if let events = reader.eventNames(node) { return RowSelection(events: events) }
        guard let side = reader.mapping(key, what: "'\(key)' of the retention") else {
            return RowSelection()
        }
        defer { side.finish() }
        return side.selection()
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

    private func criterion() -> RetentionDefinition.Criterion? {
        guard let node = reader.node("criterion") else { return .on }
        guard case .sequence(let items) = node.content else {
            return reader.word(
                "criterion",
                of: [("on", .on), ("on_or_after", .onOrAfter), ("on_or_before", .onOrBefore)])
        }
        let brackets = items.compactMap { $0.scalar.flatMap(Self.bracket) }
        let isOrdered = zip(brackets, brackets.dropFirst()).allSatisfy {
            $0.upperBound < $1.lowerBound
        }
        guard brackets.count == items.count, !brackets.isEmpty, isOrdered else {
            reader.report(
                .badValue,
                "'criterion' of the \(reader.what) is on, on_or_after, on_or_before or a list of "
                    + "brackets of ages in order.", at: node.place,
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
