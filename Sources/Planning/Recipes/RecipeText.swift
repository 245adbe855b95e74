import Definitions
import Vocabulary

/// Writes the parts that recipes have in common.
struct RecipeText: ExpressionWriting {
    var binder = ValueBinder()
    let local: LocalTime
    let inputs: RecipeInputs

    init(_ inputs: RecipeInputs) {
        self.inputs = inputs
        local = inputs.local
    }

    /// The statement with the values so far.
    func statement(_ sql: String) -> Statement { Statement(sql, binder.values) }

    /// An expression over a source, as SQL.
    mutating func value(
        _ expression: Expression, of input: RecipeInput, at path: String
    ) throws(Failure) -> String {
        self.expression(try input.typed(expression, at: inputs.place(path)))
    }

    /// The conditions of a selection, as SQL.
    mutating func conditions(
        _ rows: RowSelection, of input: RecipeInput, at path: String
    ) throws(Failure) -> [String] {
        var conditions: [String] = []
        if let filter = rows.filter {
            let place = inputs.place(path + ".where")
            for condition in try input.typing.conditions(filter, at: place) {
                conditions.append(expression(condition))
            }
        }
        if !rows.events.isEmpty {
            do {
                conditions.append(expression(try input.typing.events(rows.events)))
            } catch {
                throw error.located(at: inputs.place(path + ".events"))
            }
        }
        return conditions
    }

    /// A key's value, as SQL: an expression over the source, or the civil unit of its time.
    mutating func key(
        _ key: RecipeKey, of input: RecipeInput, at path: String
    ) throws(Failure) -> String {
        do {
            return try value(key.value, of: input, at: path)
        } catch {
            guard key.expression == nil, error.code == .expressionUnknownName,
                let grain = Grain(rawValue: key.name), grain > .hour,
                let time = try input.time()
            else { throw error }
            let day = dayNumber(of: time.name, isDay: time.isDay)
            return "(DATE '1970-01-01' + \(firstDay(of: grain, containing: day)))"
        }
    }

    /// The civil day of a time as a number from 1970-01-01 on.
    mutating func dayNumber(of time: String, isDay: Bool) -> String {
        if isDay { return "CAST(\(time) - DATE '1970-01-01' AS INTEGER)" }
        return local.dayNumber(instant: time, binder: &binder)
    }

    /// A number that grows with time, and in the order of import where times are equal.
    ///
    /// It fits into 128 bits: 2⁴⁰ rows a microsecond.
    static func order(_ time: TimeAxis?) -> String {
        guard let time else { return "CAST(rowid AS HUGEINT)" }
        return order(time.isDay ? .day : .instant, time.name)
    }

    /// What orders rows by an expression, and by the order of import where that is equal.
    mutating func order(
        by expression: Expression, of input: RecipeInput, at path: String
    ) throws(Failure) -> String {
        let typed = try input.typed(expression, at: inputs.place(path))
        return RecipeText.order(typed.type, self.expression(typed))
    }

    private static func order(_ type: ValueType, _ text: String) -> String {
        let number: String
        switch type {
        case .instant: number = "epoch_us(\(text))"
        case .day: number = "(\(text) - DATE '1970-01-01')"
        case .integer: number = text
        case .boolean, .decimal, .number, .text, .unknown:
            return "CASE WHEN \(text) IS NOT NULL THEN {'value': \(text), 'row': rowid} END"
        }
        return "(CAST(\(number) AS HUGEINT) * 1099511627776 + rowid)"
    }

    /// `WHERE` and conditions, or nothing.
    static func whereClause(_ conditions: [String]) -> String {
        conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
    }
}
