import Definitions
import Vocabulary

/// Writes a funnel as SQL.
///
/// Every event gets the times at which the rest of the funnel would be reached from it, from the
/// last step to the first: one running minimum a step over the events that follow. So each start
/// knows its own steps without a join, and which starts count is decided afterwards.
struct FunnelWriter {
    let question: FunnelQuestion
    let entity: RecipeKey
    let input: BehaviourInput
    var text: BehaviourText
    let hasSession: Bool
    /// The dimensions whose values every attempt keeps, as a struct; nil where an entity's or a
    /// session's best attempt is wanted and at most one dimension.
    let kept: [String]?
    /// The expressions of the first select, with their names.
    private(set) var columns: [String] = []
    private(set) var conditions: [String] = []

    static let never: Int64 = .max

    var funnel: FunnelDefinition { question.funnel }
    var required: [Int] { funnel.required }
    /// Steps are taken within one of these.
    var keys: [String] {
        ["w"] + (hasSession ? ["s"] : []) + funnel.same.indices.map { "h\($0)" }
    }
    /// What is counted once, where not every attempt is.
    var unit: [String] { ["w"] + (hasSession ? ["s"] : []) }
    var partition: String { "PARTITION BY \(keys.joined(separator: ", "))" }
    /// The columns that every layer passes on.
    var passed: [String] {
        keys + ["t", "n", "p"] + funnel.steps.indices.map { "k\($0)" }
            + funnel.exclusions.indices.map { "x\($0)" }
    }
    /// When attempts begin.
    var entries: (from: Instant, before: Instant)? {
        guard let range = question.range, let time = input.time else { return nil }
        return (time.start(of: range.start), time.start(of: range.end))
    }

    init(
        _ question: FunnelQuestion, _ input: BehaviourInput, _ entity: RecipeKey,
        keeping kept: [String]? = nil
    ) throws(Failure) {
        self.kept = kept
        self.question = question
        self.input = input
        self.entity = entity
        text = BehaviourText(input, question.range)
        if case .sessions = question.funnel.counting {
            hasSession = true
        } else {
            hasSession = false
        }
        try choose()
    }

    /// Collects the columns and conditions of the first select.
    private mutating func choose() throws(Failure) {
        let who = try text.value(entity.value, at: "by")
        columns = ["\(who) AS w"]
        conditions = ["\(who) IS NOT NULL"]
        if case .sessions(.value(let value)) = funnel.counting {
            let session = try text.value(value, at: "session")
            columns.append("\(session) AS s")
            conditions.append("\(session) IS NOT NULL")
        }
        for (index, name) in funnel.same.enumerated() {
            let value = try text.value(.name(NameReference(name)), at: "same.\(index)")
            columns.append("\(value) AS h\(index)")
            conditions.append("\(value) IS NOT NULL")
        }
        columns.append("\(try moment()) AS t")
        if case .by(let value) = funnel.ties {
            columns.append("\(try text.value(value, at: "ties.by")) AS tie")
        }
        if let kept, !kept.isEmpty {
            var fields: [String] = []
            for (index, name) in kept.enumerated() {
                fields.append("'d\(index)': \(try text.value(.name(NameReference(name)), at: ""))")
            }
            columns.append("{\(fields.joined(separator: ", "))} AS p")
        } else if let dimension = question.dimension {
            columns.append("\(try text.part(dimension)) AS p")
        } else {
            columns.append("CAST(NULL AS VARCHAR) AS p")
        }
        for (index, step) in funnel.steps.enumerated() {
            columns.append("\(try text.isOne(of: step.rows, at: "steps.\(index)")) AS k\(index)")
        }
        for (index, excluded) in funnel.exclusions.enumerated() {
            columns.append(
                "\(try text.isOne(of: excluded.rows, at: "exclude.\(index)")) AS x\(index)")
        }
        conditions += try text.conditions(funnel.filter, at: "where")
        for filter in question.filters { conditions += try text.conditions(filter, at: "") }
    }

    /// What orders events, and the condition that it is there and in time.
    private mutating func moment() throws(Failure) -> String {
        if let sequence = funnel.sequence {
            let typed = try text.typed(sequence, at: "sequence")
            guard typed.type == .integer else {
                throw Failure(
                    .notANumber,
                    "'\(sequence)' is of type \(typed.type.rawValue), not a whole number.",
                    hint: "Pin the column's type in the source: columns: { NAME: integer }.",
                    place: input.origin.place(of: "sequence"))
            }
            let value = text.expression(typed)
            conditions.append("\(value) IS NOT NULL")
            if let time = input.time, let entries {
                conditions += text.between(time, from: entries.from, before: entries.before)
            }
            return "CAST(\(value) AS BIGINT)"
        }
        let time = try input.requiredTime()
        conditions.append("\(time.name) IS NOT NULL")
        if let entries {
            let end = funnel.windowSeconds.map {
                Instant(microseconds: entries.before.adding(seconds: $0).microseconds)
            }
            conditions += text.between(
                time, from: entries.from.adding(seconds: -funnel.toleranceSeconds), before: end)
        }
        return BehaviourText.microseconds(time)
    }

    /// The common part: `WITH …` up to `units`, one row for each thing that is counted.
    mutating func head() -> String {
        var parts = chosenCTEs()
        parts += funnel.order == .any ? anyOrderCTEs() : chainCTEs()
        let recursive = parts.contains { $0.hasPrefix("taken") } ? "RECURSIVE " : ""
        return "WITH \(recursive)" + parts.joined(separator: ", ")
    }

    private func chosenCTEs() -> [String] {
        let select = """
            SELECT \(columns.joined(separator: ", "))
              FROM \(input.table)
              WHERE \(conditions.joined(separator: " AND "))
            """
        let needed =
            (funnel.steps.indices.map { "k\($0)" }
            + funnel.exclusions.indices.map { "x\($0)" }).joined(separator: " OR ")
        var parts = ["chosen AS (\n  \(select)\n)"]
        var from = "chosen"
        if case .sessions(let rule) = funnel.counting {
            let sessions = SessionTables.tables(rule)
            parts += sessions.tables
            from = sessions.last
        }
        var order = ["t"]
        if case .by = funnel.ties { order.append("tie NULLS LAST") }
        order += funnel.steps.indices.map { "k\($0) DESC" } + ["p NULLS LAST"]
        let names = passed.map { $0 == "n" ? "row_number() OVER walk AS n" : $0 }
        let only = funnel.order == .strict ? "" : "\n  WHERE \(needed)"
        parts.append(
            """
            ordered AS (
              SELECT \(names.joined(separator: ", "))
              FROM \(from)\(only)
              WINDOW walk AS (\(partition) ORDER BY \(order.joined(separator: ", ")))
            )
            """)
        return parts
    }
}
