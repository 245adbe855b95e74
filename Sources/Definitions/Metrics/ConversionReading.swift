import Vocabulary

/// Reads `{ conversion: { from: sign_up, to: purchase, by: person, within: 7 days, per: person },
/// in: events }`.
struct ConversionReading {
    let reader: NodeReader
    let implicit: ImplicitSources

    /// What converts or does not.
    enum Unit: String, CaseIterable {
        /// Whoever started, once.
        case person
        /// Every start; one finish may convert several.
        case attempt
    }

    func formula() -> Formula? {
        let source = reader.text("in", required: true, example: "events")
        let filter = reader.expression("where")
        guard let conversion = reader.mapping("conversion", what: "conversion") else { return nil }
        defer { conversion.finish() }
        let start = rows("from", in: conversion, example: "sign_up")
        let finish = rows("to", in: conversion, example: "purchase")
        let entity = conversion.entity()
        let within = conversion.length("within", required: true, example: "7 days")
        let unit = conversion.requiredWord("per", as: Unit.self)
        let same = conversion.names("same")
        guard let source, let start, let finish, let entity, let within, let unit else {
            return nil
        }
        if start.source != nil {
            conversion.report(
                .unknownKey, "The source of the starts is written under 'in'.",
                at: conversion.node("from")?.place, hint: "only to takes a source of its own")
            return nil
        }
        let recipe = AttemptsRecipe(
            source: source, start: start.rows, finishSource: finish.source ?? source,
            finish: finish.rows, entity: entity, within: within, same: same)
        let name = implicit.add(
            .attempts(recipe), kind: "conversion",
            places: [
                "from.attempts": reader.node("in")?.place,
                "from.finish.source": conversion.node("to")?.place,
            ])
        let attempts = FormulaRows(source: name, filter: filter)
        let counted: AggregateFunction =
            unit == .person ? .distinct(.named(entity.name)) : .count(nil)
        return .ratio(
            attempts.aggregate(counted, where: .named("converted")),
            to: attempts.aggregate(counted))
    }

    /// Which rows start or finish: events by their names, or a mapping with a condition.
    private func rows(
        _ key: String, in conversion: NodeReader, example: String
    ) -> (source: String?, rows: RowSelection)? {
        guard let node = conversion.node(key) else {
            conversion.missing(key, example: example)
            return nil
        }
        guard case .mapping = node.content else {
            return (nil, RowSelection(events: conversion.names(key)))
        }
        guard let written = conversion.mapping(key, what: "'\(key)' of the conversion") else {
            return nil
        }
        defer { written.finish() }
        return (written.text("source"), RowSelection(written))
    }
}
