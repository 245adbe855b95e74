import Vocabulary

/// Questions about behaviour whose names mean nothing in their source.
struct BehaviourCheck: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        BehaviourKind.allCases.flatMap { kind in
            (context.catalog.behaviours[kind] ?? [:]).values.sorted { $0.name < $1.name }
                .flatMap { findings($0, context) }
        }
    }

    private func findings(
        _ definition: any BehaviourDefinition, _ context: CheckContext
    ) -> [Finding] {
        guard let readable = definition as? any ReadableBehaviour,
            let scope = context.scope(of: definition.source)
        else { return [] }
        var found = BehaviourFindings(definition, scope, context)
        found.entity { () throws(Failure) in try definition.entity(of: scope.source) }
        found.filter(definition.filter, "where")
        readable.check(&found)
        return found.findings
    }
}

/// What is wrong in one definition.
struct BehaviourFindings {
    private let scope: ExpressionScope
    private let context: CheckContext
    private let origin: Origin
    private let what: String
    private(set) var findings: [Finding] = []

    init(
        _ definition: any BehaviourDefinition, _ scope: ExpressionScope, _ context: CheckContext
    ) {
        self.scope = scope
        self.context = context
        origin = definition.origin
        what = "\(type(of: definition).kind.rawValue) '\(definition.name)'"
    }

    /// The same for parts that are written over another source; nil where it is not sound.
    func over(_ source: String) -> BehaviourFindings? {
        context.scope(of: source).map { BehaviourFindings($0, self) }
    }

    private init(_ scope: ExpressionScope, _ other: BehaviourFindings) {
        self.scope = scope
        context = other.context
        origin = other.origin
        what = other.what
    }

    /// Takes over what was found over another source.
    mutating func add(_ other: BehaviourFindings) { findings += other.findings }

    mutating func report(_ code: Failure.Code, _ message: String, _ path: String, hint: String) {
        findings.append(
            Finding(.error, Failure(code, message, hint: hint, place: origin.place(of: path))))
    }

    mutating func requireTime(
        _ why: String, hint: String = "add time: COLUMN to the source", at path: String = "from"
    ) {
        guard scope.source.time == nil else { return }
        report(
            .behaviourOrder,
            "The source '\(scope.source.name)' does not say when its rows happen, so \(why).",
            path, hint: hint)
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
        if !rows.events.isEmpty { requireEvents(path) }
    }

    /// What only shows where a filter uses a segment, such as that it is made of another.
    mutating func parts(of segment: SegmentDefinition) {
        let wrong = failure { () throws(Failure) in
            _ = try ExpressionTyper().typed(segment, in: scope)
        }
        guard let wrong, wrong.code == .expressionNestedSegment else { return }
        let finding = Finding(.error, wrong)
        if !findings.contains(finding) { findings.append(finding) }
    }

    mutating func session(_ rule: SessionRule) {
        if case .value(let value) = rule { self.value(value, "session") }
    }

    mutating func requireEvents(_ path: String) {
        guard scope.source.event == nil else { return }
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
