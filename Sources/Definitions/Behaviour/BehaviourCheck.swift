import Vocabulary

/// Funnels and retentions whose names mean nothing in their source.
struct BehaviourCheck: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        let funnels = context.catalog.funnels.values.sorted { $0.name < $1.name }
        let retentions = context.catalog.retentions.values.sorted { $0.name < $1.name }
        return funnels.flatMap { findings($0, context) }
            + retentions.flatMap { findings($0, context) }
    }

    private func findings(_ funnel: FunnelDefinition, _ context: CheckContext) -> [Finding] {
        guard let scope = context.scope(of: funnel.source) else { return [] }
        var found = Found(scope: scope, origin: funnel.origin, what: "funnel '\(funnel.name)'")
        found.entity { () throws(Failure) in try funnel.entity(of: scope.source) }
        found.filter(funnel.filter, "where")
        for (index, step) in funnel.steps.enumerated() { found.rows(step.rows, "steps.\(index)") }
        for (index, excluded) in funnel.exclusions.enumerated() {
            found.rows(excluded.rows, "exclude.\(index)")
        }
        for (index, name) in funnel.same.enumerated() {
            found.value(.name(NameReference(name)), "same.\(index)")
        }
        if case .by(let value) = funnel.ties { found.value(value, "ties.by") }
        if case .sessions(.value(let value)) = funnel.counting { found.value(value, "session") }
        if let sequence = funnel.sequence { found.value(sequence, "sequence") }
        if scope.source.time == nil, funnel.sequence == nil {
            found.report(
                .behaviourOrder,
                "The source '\(scope.source.name)' does not say when its rows happen, so the "
                    + "funnel '\(funnel.name)' knows no order.", "from",
                hint: "add sequence: COLUMN to the funnel, or time: COLUMN to the source")
        }
        return found.findings
    }

    private func findings(_ retention: RetentionDefinition, _ context: CheckContext) -> [Finding] {
        guard let scope = context.scope(of: retention.source) else { return [] }
        var found = Found(
            scope: scope, origin: retention.origin, what: "retention '\(retention.name)'")
        found.entity { () throws(Failure) in try retention.entity(of: scope.source) }
        found.filter(retention.filter, "where")
        found.rows(retention.starts, "starts")
        found.rows(retention.returns, "returns")
        if let value = retention.value { found.value(value, "sum") }
        if scope.source.time == nil {
            found.report(
                .behaviourOrder,
                "The source '\(scope.source.name)' does not say when its rows happen, so nobody "
                    + "comes back in it.", "from", hint: "add time: COLUMN to the source")
        }
        return found.findings
    }
}

/// What is wrong in one definition.
private struct Found {
    let scope: ExpressionScope
    let origin: Origin
    let what: String
    var findings: [Finding] = []

    mutating func report(_ code: Failure.Code, _ message: String, _ path: String, hint: String) {
        findings.append(
            Finding(.error, Failure(code, message, hint: hint, place: origin.place(of: path))))
    }

    mutating func entity(_ entity: () throws(Failure) -> RecipeKey) {
        do throws(Failure) {
            let key = try entity()
            if scope.source.entities[key.name] == nil || key.expression != nil {
                value(key.value, "by")
            }
        } catch {
            findings.append(Finding(.error, error))
        }
    }

    mutating func value(_ expression: Expression, _ path: String) {
        let place = origin.place(of: path)
        let wrong = failure { () throws(Failure) in
            _ = try ExpressionTyper().typed(expression, in: scope, at: place)
        }
        if let wrong { findings.append(Finding(.error, wrong)) }
    }

    mutating func filter(_ expression: Expression?, _ path: String) {
        guard let expression else { return }
        let place = origin.place(of: path)
        let wrong = failure { () throws(Failure) in
            _ = try ExpressionTyper().typedFilter(expression, in: scope, at: place)
        }
        if let wrong { findings.append(Finding(.error, wrong)) }
    }

    mutating func rows(_ rows: RowSelection, _ path: String) {
        filter(rows.filter, path + ".where")
        guard !rows.events.isEmpty, scope.source.event == nil else { return }
        report(
            .noEventColumn,
            "The \(what) picks events, but the source '\(scope.source.name)' does not say which "
                + "column names them.", path, hint: "add event: column_name to the source")
    }
}

extension Failure.Code {
    /// A behavioural question needs to know when rows happen, and its source does not tell.
    public static let behaviourOrder: Self = "definition/no-order"
}
