import Vocabulary

/// How often those come who come at all: kinds that differ, each with a name of its own.
enum Stickiness: String, CaseIterable {
    /// The mean of the people of a day, over the people of the period.
    case dauMau = "dau_mau"
    /// The mean over the days of: the people of the day, over those of the 28 days up to it.
    case rolling
    /// On how many days of the period a person came, on average.
    case daysActive = "days_active"
    /// The mean over the days of: those who came, of those who had come the day before.
    case yesterday
    /// On how many of the last 7, or 28, days a person came who came in them.
    case l7, l28
}

/// Reads `{ stickiness: dau_mau, by: person, from: visits }`.
struct StickinessReading {
    let reader: NodeReader

    func formula() -> Formula? {
        let kind = reader.requiredWord("stickiness", as: Stickiness.self)
        let entity = reader.required("by", example: "person")
        let rows = FormulaRows(reader, example: "visits")
        guard let kind, let entity, let rows else { return nil }
        let people = rows.aggregate(.distinct(entity))
        switch kind {
        case .dauMau: return .ratio(people.meanOfDays, to: people)
        case .rolling:
            let around = rows.aggregate(.active(entity, .rolling(days: 28)))
            return Formula.ratio(people, to: around).meanOfDays
        case .daysActive: return .ratio(rows.personDays(entity), to: people)
        case .yesterday:
            let stayed = rows.aggregate(.lifecycle(.current, of: entity))
            let left = rows.aggregate(.lifecycle(.dormant, of: entity))
            return Formula.ratio(stayed, to: stayed + left).meanOfDays
        case .l7: return lastDays(7, rows, entity)
        case .l28: return lastDays(28, rows, entity)
        }
    }

    private func lastDays(_ days: Int, _ rows: FormulaRows, _ entity: Expression) -> Formula {
        .ratio(
            .cumulative(.formula(rows.personDays(entity)), .window(Span(days: days))),
            to: rows.aggregate(.active(entity, .rolling(days: days))))
    }
}

extension FormulaRows {
    /// How many different pairs of a person and a day there are.
    fileprivate func personDays(_ entity: Expression) -> Formula {
        let day = Expression.call(.date, [.call(.time, [])])
        return aggregate(.distinct(.call(.concat, [entity, .literal(.text(" ")), day])))
    }
}

extension Formula {
    /// The mean of the daily values.
    var meanOfDays: Formula { .derived(.overDays(.average, .formula(self))) }
}
