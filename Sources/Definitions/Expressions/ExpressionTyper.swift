import Vocabulary

/// Resolves an expression's names and gives every part its type.
public struct ExpressionTyper: Sendable {
    /// How many parts an expression may have when its dimensions are written out.
    static let partsMax = 2_000

    /// Makes a typer.
    public init() {}

    /// The expression with stored columns for names and a type for every part.
    ///
    /// - Parameters:
    ///   - expression: The expression.
    ///   - scope: The names that it may use.
    ///   - place: Where its text begins in a file; failures then have places.
    /// - Returns: The typed tree.
    /// - Throws: `expression/unknown-name`, `expression/type-clash`, `expression/arguments`, ….
    public func typed(
        _ expression: Expression, in scope: ExpressionScope, at place: Place? = nil
    ) throws(Failure) -> TypedExpression {
        var typing = ExpressionTyping(scope: scope, place: place)
        return try typing.type(expression)
    }

    /// The expression as a condition on rows.
    ///
    /// - Throws: As ``typed(_:in:at:)``, and `expression/not-a-condition` if its value is not true
    ///   or false.
    public func typedFilter(
        _ expression: Expression, in scope: ExpressionScope, at place: Place? = nil
    ) throws(Failure) -> TypedExpression {
        var typing = ExpressionTyping(scope: scope, place: place)
        let typed = try typing.type(expression)
        guard typed.type == .boolean || typed.type == .unknown else {
            throw typing.failure(
                .expressionNotACondition,
                "A filter is true or false for a row; '\(expression)' is \(typed.type.phrase).",
                near: expression, hint: "compare it with something, as in country = 'DE'")
        }
        return typed
    }
}

/// One walk over an expression.
struct ExpressionTyping {
    let scope: ExpressionScope
    /// Where the text begins that is walked over now: the expression's own, or a dimension's.
    var place: Place?
    /// The dimensions and entities that are being written out.
    private var open: [String] = []
    private var parts = 0

    init(scope: ExpressionScope, place: Place?) {
        self.scope = scope
        self.place = place
    }

    mutating func type(_ expression: Expression) throws(Failure) -> TypedExpression {
        parts += 1
        guard parts <= ExpressionTyper.partsMax else {
            throw failure(
                .expressionTooDeep,
                "The expression has more than \(ExpressionTyper.partsMax) parts when its "
                    + "dimensions are written out.", near: expression)
        }
        switch expression {
        case .name(let reference): return try resolved(reference)
        case .literal(let value):
            return TypedExpression(.literal(value), type: value.type, isNullable: value == .null)
        case .unary(let sign, let inner): return try unary(sign, inner)
        case .binary(let joined, let left, let right):
            return try binary(joined, left, right, whole: expression)
        case .isNull(let value, let negated):
            return TypedExpression(
                .isNull(try type(value), negated: negated), type: .boolean, isNullable: false)
        case .isIn(let value, let list, let negated):
            return try membership(value, list, negated: negated)
        case .isBetween(let value, let low, let high, let negated):
            return try range(value, low, high, negated: negated)
        case .isLike(let value, let pattern, let negated):
            let typed = try type(value)
            try require(typed, .text, "like", near: value)
            return TypedExpression(
                .isLike(typed, pattern: pattern, negated: negated), type: .boolean,
                isNullable: typed.isNullable)
        case .call(let function, let arguments):
            return try call(function, arguments, whole: expression)
        case .choice(let branches, let otherwise):
            return try choice(branches, otherwise: otherwise)
        }
    }

    private mutating func resolved(_ reference: NameReference) throws(Failure) -> TypedExpression {
        let name = reference.name
        if !open.contains(name), let (expression, definedAt) = scope.definition(of: name) {
            let outside = place
            place = definedAt
            open.append(name)
            defer {
                place = outside
                open.removeLast()
            }
            return try type(expression)
        }
        let isCycle = open.contains(name) && open.last != name
        if let column = scope.column(named: name), !isCycle || scope.knowsColumns {
            return TypedExpression(
                .column(column.name), type: column.type, isNullable: column.isNullable)
        }
        if isCycle {
            throw failure(
                .dimensionCycle,
                "The dimensions \((open + [name]).joined(separator: " → ")) define each other.",
                near: .name(reference), hint: "one of them must be an expression over columns")
        }
        throw unknownName(reference)
    }

    private func unknownName(_ reference: NameReference) -> Failure {
        let names = scope.names.filter { !open.contains($0) }
        let near = nearestName(to: reference.name, among: names)
        let some = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
        return failure(
            .expressionUnknownName,
            "The source '\(scope.source.name)' has no column or dimension named "
                + "'\(reference.name)'.", near: .name(reference),
            hint: near.map { "did you mean '\($0)'?" }
                ?? "it has \(some); a text stands in single quotes")
    }

    /// A failure at the first name of a part; a part without names has the place of the whole.
    func failure(
        _ code: Failure.Code, _ message: String, near expression: Expression, hint: String? = nil
    ) -> Failure {
        let offset = expression.firstName?.offset ?? 0
        let exact = place.map {
            Place(file: $0.file, line: $0.line, column: $0.column + offset)
        }
        return Failure(code, message, hint: hint, place: exact)
    }
}

extension Expression {
    /// The leftmost name in the text.
    var firstName: NameReference? { names.first }

    /// The names that it uses, from left to right.
    public var names: [NameReference] {
        switch self {
        case .name(let reference): [reference]
        case .literal: []
        case .unary(_, let inner), .isNull(let inner, _), .isLike(let inner, _, _): inner.names
        case .binary(_, let left, let right): left.names + right.names
        case .isIn(let value, let list, _): value.names + list.flatMap(\.names)
        case .isBetween(let value, let low, let high, _): value.names + low.names + high.names
        case .call(_, let arguments): arguments.flatMap(\.names)
        case .choice(let branches, let otherwise):
            branches.flatMap { $0.condition.names + $0.value.names } + (otherwise?.names ?? [])
        }
    }
}

extension Failure.Code {
    /// A name in an expression is no column, dimension or entity of the source.
    public static let expressionUnknownName: Self = "expression/unknown-name"
    /// A filter is not true or false.
    public static let expressionNotACondition: Self = "expression/not-a-condition"
    /// Dimensions are defined by each other.
    public static let dimensionCycle: Self = "definition/dimension-cycle"
}
