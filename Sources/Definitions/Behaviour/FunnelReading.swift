import Vocabulary

extension FunnelDefinition: ReadableBehaviour {
    static var meaningExample: String { "From the first visit to paying." }

    init?(_ reader: NodeReader, _ head: BehaviourHead) {
        guard let funnel = FunnelReading(reader: reader).funnel(head) else { return nil }
        self = funnel
    }

    func check(_ findings: inout BehaviourFindings) {
        for (index, step) in steps.enumerated() { findings.rows(step.rows, "steps.\(index)") }
        for (index, excluded) in exclusions.enumerated() {
            findings.rows(excluded.rows, "exclude.\(index)")
        }
        for (index, name) in same.enumerated() {
            findings.value(.name(NameReference(name)), "same.\(index)")
        }
        if case .by(let value) = ties { findings.value(value, "ties.by") }
        if case .sessions(let rule) = counting { findings.session(rule) }
        if let sequence { findings.value(sequence, "sequence") }
        if sequence == nil {
            findings.requireTime(
                "the funnel '\(name)' knows no order",
                hint: "add sequence: COLUMN to the funnel, or time: COLUMN to the source")
        }
    }
}

/// Reads what only a funnel says.
private struct FunnelReading {
    let reader: NodeReader

    func funnel(_ head: BehaviourHead) -> FunnelDefinition? {
        let dialect = reader.word("like", as: FunnelDefinition.Dialect.self)
        let order = reader.word("order", as: FunnelDefinition.Order.self) ?? .sequential
        let sequence = reader.expression("sequence")
        let window = window(dialect, isTimeless: sequence != nil)
        let same = reader.names("same")
        let counting = counting()
        let reentry = reader.word("reentry", as: FunnelDefinition.Reentry.self)
        let ties = ties()
        let tolerance = tolerance()
        let steps = FunnelStepReading(reader: reader).steps()
        let exclusions = FunnelExclusionReading(
            reader: reader, steps: steps, usual: dialect == .posthog ? .person : .attempt
        ).exclusions()
        let parts = parts(steps, dialect, order)
        guard let counting, let ties, let parts, steps.count >= 2 else { return nil }
        let funnel = FunnelDefinition(
            head: head, steps: steps, order: order, windowSeconds: window, same: same,
            exclusions: exclusions, counting: counting,
            reentry: reentry ?? (order == .any ? .everyStart : usualReentry(dialect, counting)),
            ties: ties,
            toleranceSeconds: tolerance, sequence: sequence, parts: parts, dialect: dialect)
        FunnelRules(funnel: funnel, reader: reader).report()
        return funnel
    }

    private func usualReentry(
        _ dialect: FunnelDefinition.Dialect?, _ counting: FunnelDefinition.Counting
    ) -> FunnelDefinition.Reentry {
        switch dialect {
        case .mixpanel: counting == .attempts ? .afterWindow : .never
        case .amplitude, .posthog: .everyStart
        case nil: counting == .attempts ? .afterWindow : .everyStart
        }
    }

    private func window(_ dialect: FunnelDefinition.Dialect?, isTimeless: Bool) -> Int? {
        if let seconds = reader.seconds("within", example: "7 days") { return seconds }
        if isTimeless { return nil }
        switch dialect {
        case .amplitude: return 86_400
        case .posthog: return 14 * 86_400
        case .mixpanel, nil: return 7 * 86_400
        }
    }

    private func parts(
        _ steps: [FunnelStep], _ dialect: FunnelDefinition.Dialect?, _ order: FunnelDefinition.Order
    ) -> FunnelDefinition.Parts? {
        let isChain = order == .sequential || order == .strict
        guard reader.has("parts") else {
            return dialect == .posthog && isChain ? .first : .step(0)
        }
        return reader.value(
            "parts", is: "first, last, or the number or label of a step", example: "last",
            make: { text in
                switch text {
                case "first": return .first
                case "last": return .last
                default: break
                }
                if let number = Int(text) {
                    return steps.indices.contains(number - 1) ? .step(number - 1) : nil
                }
                return steps.firstIndex { $0.label == text }.map { .step($0) }
            })
    }

    private func tolerance() -> Int {
        reader.seconds("tolerance", example: "2 seconds") ?? 0
    }

    private func counting() -> FunnelDefinition.Counting? {
        let words = ["people", "attempts", "sessions"].map { ($0, $0) }
        let word = reader.word("counting", of: words) ?? "people"
        guard word == "sessions" else {
            if reader.has("session") {
                reader.report(
                    .badValue, "The \(reader.what) counts \(word), so it needs no 'session'.",
                    at: reader.entry("session")?.place, hint: "write counting: sessions")
            }
            return word == "people" ? .people : .attempts
        }
        guard reader.has("session") else {
            reader.missing("session", example: "30 minutes")
            return nil
        }
        return reader.session().map(FunnelDefinition.Counting.sessions)
    }

    private func ties() -> FunnelDefinition.Ties? {
        guard let node = reader.node("ties") else { return .together }
        guard case .mapping = node.content else {
            return reader.word("ties", of: [("together", .together), ("apart", .apart)])
        }
        guard let ties = reader.mapping("ties", what: "rule of ties") else { return nil }
        defer { ties.finish() }
        return ties.required("by", example: "hit_number").map(FunnelDefinition.Ties.by)
    }
}

/// Rules of funnels that do not go together.
private struct FunnelRules {
    let funnel: FunnelDefinition
    let reader: NodeReader

    func report() {
        let steps = funnel.steps
        if funnel.order != .sequential {
            refuse("steps", steps.contains(where: \.isOptional), "optional steps")
            refuse("tolerance", funnel.toleranceSeconds > 0, "'tolerance'")
        }
        if funnel.order == .anchored {
            refuse(
                "exclude", funnel.exclusions.contains { $0.after > 0 },
                "exclusions that begin after a later step than the first")
        } else {
            refuse(
                "exclude", funnel.order != .sequential && !funnel.exclusions.isEmpty, "'exclude'")
        }
        if !funnel.isChain, funnel.parts != .step(0) {
            reader.report(
                .funnelRules,
                "Parts of steps in any order are by the value of the event that begins the attempt.",
                at: reader.node("parts")?.place, hint: "remove 'parts'")
        }
        if steps.first?.isOptional == true || steps.last?.isOptional == true {
            reader.report(
                .funnelRules, "The first and the last step of the \(reader.what) are not optional.",
                at: reader.node("steps")?.place,
                hint: "remove optional: true there, or remove the step")
        }
        if funnel.order == .any, funnel.reentry != .everyStart {
            reader.report(
                .funnelRules, "Steps in any order have no first one after which to begin anew.",
                at: reader.node("reentry")?.place ?? reader.node("order")?.place,
                hint: "write reentry: every_start")
        }
        if funnel.order == .any, funnel.counting == .attempts {
            reader.report(
                .funnelRules, "Attempts are counted from their first step, and any step may be it.",
                at: reader.node("counting")?.place, hint: "write counting: people")
        }
        if !funnel.isChain || funnel.toleranceSeconds > 0 {
            let why =
                funnel.isChain
                ? "Where a step may lie before another" : "Where steps come in any order"
            let free = steps.indices.dropFirst(funnel.order == .anchored ? 1 : 0)
            for index in free.dropFirst() where overlaps(index, free.lowerBound) {
                reader.report(
                    .funnelRules, "\(why), no event may take two steps.",
                    at: reader.node("steps")?.place,
                    hint: "name other events in '\(steps[index].label)', or change that rule")
            }
        }
        if funnel.sequence != nil {
            for key in ["within", "tolerance"] where reader.has(key) {
                reader.report(
                    .funnelRules, "Events that only a sequence orders have no '\(key)'.",
                    at: reader.entry(key)?.place, hint: "remove '\(key)'")
            }
            if case .sessions(.pause) = funnel.counting {
                reader.report(
                    .funnelRules, "Events that only a sequence orders have no pauses.",
                    at: reader.node("session")?.place, hint: "name a column: session: session_id")
            }
        }
    }

    /// Whether an event may take a step and one before it, from the first free one on; conditions
    /// tell nothing about that.
    private func overlaps(_ index: Int, _ first: Int) -> Bool {
        let own = funnel.steps[index].rows
        return funnel.steps[first..<index].contains { other in
            if own.filter != nil || other.rows.filter != nil { return own == other.rows }
            return own.events.isEmpty || other.rows.events.isEmpty
                || !Set(own.events).isDisjoint(with: other.rows.events)
        }
    }

    private func refuse(_ key: String, _ isWritten: Bool, _ phrase: String) {
        guard isWritten else { return }
        reader.report(
            .funnelRules, "Steps in the order '\(funnel.order.rawValue)' take no \(phrase).",
            at: reader.node(key)?.place, hint: "write order: sequential, or remove it")
    }
}

extension Failure.Code {
    /// Rules of a funnel do not go together.
    public static let funnelRules: Self = "definition/funnel-rules"
}
