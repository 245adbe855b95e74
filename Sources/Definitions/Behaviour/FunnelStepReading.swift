import Vocabulary

/// Reads the steps of a funnel.
struct FunnelStepReading {
    let reader: NodeReader

    /// How many steps a funnel may have.
    static let stepsMax = 20

    func steps() -> [FunnelStep] {
        guard let node = reader.node("steps") else {
            reader.missing("steps", example: "[signed_up, invited, paid]")
            return []
        }
        guard case .sequence(let items) = node.content,
            (2...Self.stepsMax).contains(items.count)
        else {
            reader.report(
                .wrongType,
                "'steps' of the \(reader.what) is a list of 2 to \(Self.stepsMax) steps.",
                at: node.place, hint: "write steps: [signed_up, invited, paid]")
            return []
        }
        var labels: Set<String> = []
        return items.enumerated().compactMap { index, item in
            guard let step = step(item, number: index + 1) else { return nil }
            guard labels.insert(step.label).inserted else {
                return FunnelStep(
                    label: "\(step.label) (\(index + 1))", rows: step.rows,
                    isOptional: step.isOptional)
            }
            return step
        }
    }

    private func step(_ item: YAMLNode, number: Int) -> FunnelStep? {
        if let events = reader.eventNames(item) {
            return FunnelStep(
                label: events.joined(separator: " or "), rows: RowSelection(events: events))
        }
        guard let step = NodeReader(item, what: "step \(number)", problems: reader.problems)
        else { return nil }
        defer { step.finish() }
        let rows = step.selection()
        let isOptional = step.word("optional", of: [("true", true), ("false", false)]) ?? false
        let usual =
            rows.events.isEmpty
            ? rows.filter.map(\.description) ?? "Step \(number)"
            : rows.events.joined(separator: " or ")
        let label = step.text("label") ?? usual
        if rows.isAll {
            step.missing("event", example: "signed_up")
            return nil
        }
        return FunnelStep(label: label, rows: rows, isOptional: isOptional)
    }
}

/// Reads what must not happen between a funnel's steps.
struct FunnelExclusionReading {
    let reader: NodeReader
    let steps: [FunnelStep]
    /// What happens where no rule is written.
    let usual: FunnelExclusion.Rule

    func exclusions() -> [FunnelExclusion] {
        guard let node = reader.node("exclude"), steps.count >= 2 else { return [] }
        if let events = node.scalar {
            return [exclusion(RowSelection(events: [events.trimmedOfSpace]))]
        }
        guard case .sequence(let items) = node.content, items.count <= 10 else {
            reader.report(
                .wrongType, "'exclude' of the \(reader.what) is a list of at most 10 exclusions.",
                at: node.place, hint: "write exclude: [ { event: refunded, between: [1, 2] } ]")
            return []
        }
        return items.compactMap(exclusion(of:))
    }

    private func exclusion(_ rows: RowSelection) -> FunnelExclusion {
        FunnelExclusion(rows: rows, after: 0, before: steps.count - 1, rule: usual)
    }

    private func exclusion(of item: YAMLNode) -> FunnelExclusion? {
        if let events = reader.eventNames(item) { return exclusion(RowSelection(events: events)) }
        guard let written = NodeReader(item, what: "exclusion", problems: reader.problems)
        else { return nil }
        defer { written.finish() }
        let rows = written.selection()
        let rule = written.word("rule", as: FunnelExclusion.Rule.self) ?? usual
        if rows.isAll { written.missing("event", example: "refunded") }
        guard written.has("between") else {
            return FunnelExclusion(rows: rows, after: 0, before: steps.count - 1, rule: rule)
        }
        let borders = written.names("between").map(position)
        guard borders.count == 2, let after = borders[0], let before = borders[1], after < before,
            !steps[after].isOptional, !steps[before].isOptional
        else {
            written.report(
                .badValue,
                "'between' of an exclusion names two steps that are not optional, the earlier first.",
                at: written.node("between")?.place, hint: "write between: [1, \(steps.count)]")
            return nil
        }
        return FunnelExclusion(rows: rows, after: after, before: before, rule: rule)
    }

    /// The position of a step by its number or its label.
    private func position(_ text: String) -> Int? {
        if let number = Int(text) { return steps.indices.contains(number - 1) ? number - 1 : nil }
        return steps.firstIndex { $0.label == text }
    }
}
