import Vocabulary

/// Filters whose conditions exclude each other, so that no row ever passes.
struct UnmatchableFilterCheck: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.aggregates.compactMap { metric, located in
            guard let filter = located.aggregate.filter,
                let name = contradiction(in: filter)
            else { return nil }
            return Finding(
                .error,
                Failure(
                    .unmatchableFilter,
                    "No row passes the filter of the metric '\(metric.id)': its conditions on "
                        + "\(name) exclude each other.",
                    hint:
                        "either condition is enough with or; several values stand in a list: in (…)",
                    place: metric.origin.place(of: "where", in: located.path)))
        }
    }

    /// The name whose conditions exclude each other.
    private func contradiction(in filter: Expression) -> String? {
        var possible: [String: PossibleValues] = [:]
        for condition in filter.conjuncts {
            guard let (name, restrict) = condition.restriction else { continue }
            restrict(&possible[name, default: PossibleValues()])
            if possible[name]?.isEmpty == true { return "'\(name)'" }
        }
        return nil
    }
}

/// The values that a column can have if some conditions hold.
private struct PossibleValues {
    var constants: Set<Value>?
    var excluded: Set<Value> = []
    var low = Bound(position: -.infinity, isStrict: false)
    var high = Bound(position: .infinity, isStrict: false)
    var mayBeNull = true
    var mayBePresent = true

    var isEmpty: Bool {
        if !mayBePresent { return !mayBeNull }
        if mayBeNull { return false }
        if low.position > high.position { return true }
        if low.position == high.position, low.isStrict || high.isStrict { return true }
        guard let constants else { return false }
        return constants.subtracting(excluded).allSatisfy { value in
            guard let position = value.position else { return false }
            return position < low.position || position > high.position
                || (position == low.position && low.isStrict)
                || (position == high.position && high.isStrict)
        }
    }

    mutating func allow(_ values: [Value]) {
        mayBeNull = false
        let normal = Set(values.map(\.normal))
        constants = constants.map { $0.intersection(normal) } ?? normal
    }

    mutating func exclude(_ values: [Value]) {
        mayBeNull = false
        excluded.formUnion(values.map(\.normal))
    }

    mutating func bound(low: Value? = nil, high: Value? = nil, isStrict: Bool = false) {
        mayBeNull = false
        if let position = low?.position {
            let bound = Bound(position: position, isStrict: isStrict)
            if self.low.isLooser(than: bound, towards: 1) { self.low = bound }
        }
        if let position = high?.position {
            let bound = Bound(position: position, isStrict: isStrict)
            if self.high.isLooser(than: bound, towards: -1) { self.high = bound }
        }
    }
}

/// An end of a range.
private struct Bound {
    let position: Double
    /// Whether the end itself is left out.
    let isStrict: Bool

    /// Whether another end leaves less of the range; a low end narrows upwards, a high one down.
    func isLooser(than other: Bound, towards sign: Double) -> Bool {
        if position == other.position { return other.isStrict }
        return other.position * sign > position * sign
    }
}

extension Value {
    /// The place on a line of numbers or of time; texts in ISO form stand for dates.
    fileprivate var position: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .day(let day): Double(day.number)
        case .text(let text): Day(iso: text).map { Double($0.number) }
        default: nil
        }
    }

    /// One form for constants that are equal: for numbers, and for dates written as texts.
    fileprivate var normal: Value {
        switch self {
        case .integer(let value): .number(Double(value))
        case .text(let text): Day(iso: text).map(Value.day) ?? self
        default: self
        }
    }
}

extension Expression {
    /// The conditions that all have to hold.
    fileprivate var conjuncts: [Expression] {
        if case .binary(.and, let left, let right) = self {
            left.conjuncts + right.conjuncts
        } else {
            [self]
        }
    }

    /// The name that a condition restricts, and how; nil for conditions of other forms.
    fileprivate var restriction: (String, (inout PossibleValues) -> Void)? {
        switch self {
        case .isNull(.name(let name), let negated):
            return (
                name.name,
                { if negated { $0.mayBeNull = false } else { $0.mayBePresent = false } }
            )
        case .isIn(.name(let name), let list, let negated):
            let values = list.compactMap(\.constant)
            return (name.name, { negated ? $0.exclude(values) : $0.allow(values) })
        case .isBetween(.name(let name), let low, let high, false):
            return (name.name, { $0.bound(low: low.constant, high: high.constant) })
        case .isLike(.name(let name), _, _): return (name.name, { $0.mayBeNull = false })
        case .binary(let joined, .name(let name), .literal(let value)):
            switch joined {
            case .equal: return (name.name, { $0.allow([value]) })
            case .notEqual: return (name.name, { $0.exclude([value]) })
            case .less: return (name.name, { $0.bound(high: value, isStrict: true) })
            case .lessOrEqual: return (name.name, { $0.bound(high: value) })
            case .greater: return (name.name, { $0.bound(low: value, isStrict: true) })
            case .greaterOrEqual: return (name.name, { $0.bound(low: value) })
            default: return nil
            }
        default: return nil
        }
    }

    fileprivate var constant: Value? {
        if case .literal(let value) = self { value } else { nil }
    }
}

extension Failure.Code {
    /// A filter's conditions exclude each other.
    public static let unmatchableFilter: Self = "definition/unmatchable-filter"
}
