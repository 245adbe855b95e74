import Vocabulary

/// Who is in a segment, as a statement needs it.
public struct TypedSegment: Hashable, Sendable {
    /// The segment's name.
    public let name: String
    /// The source of its rows.
    public let source: String
    /// Whose rows they are.
    public let entity: TypedExpression
    /// The same entity in the rows that are asked about, which may be made from those.
    public internal(set) var member: TypedExpression
    /// When they happen; nil where the source does not say.
    public let time: TypedExpression?
    /// The conditions that a row must meet to count; all must hold.
    public let conditions: [TypedExpression]
    /// How many such rows somebody has at least.
    public let times: Int
    /// Within how many seconds of each other; nil is ever.
    public let withinSeconds: Int?
}

extension ExpressionTyper {
    /// The segment with a type for every part.
    ///
    /// - Parameters:
    ///   - segment: The segment.
    ///   - scope: The names of its source.
    /// - Returns: What a statement needs.
    /// - Throws: `expression/…`, `definition/…` with the place in the segment's definition.
    public func typed(
        _ segment: SegmentDefinition, in scope: ExpressionScope
    ) throws(Failure) -> TypedSegment {
        let source = scope.source
        let origin = segment.origin
        let inside = scope.inside(segment)
        let entity = try typed(
            try segment.entity(of: source).value, in: inside, at: origin.place(of: "by"))
        let time = source.time == nil ? nil : try typed(.call(.time, []), in: inside)
        var conditions: [TypedExpression] = []
        for (filter, path) in [(segment.filter, "where"), (segment.did.filter, "did.where")] {
            guard let filter else { continue }
            conditions.append(try typedFilter(filter, in: inside, at: origin.place(of: path)))
        }
        if !segment.did.events.isEmpty {
            guard let event = source.event else {
                throw Failure(
                    .noEventColumn, "The source '\(source.name)' does not name its event column.",
                    hint: "Write event: COLUMN in the source's definition.",
                    place: origin.place(of: "did"))
            }
            let names = segment.did.events.map { Expression.literal(.text($0)) }
            conditions.append(
                try typedFilter(
                    .isIn(.name(NameReference(event)), names, negated: false), in: inside))
        }
        if let time, let range = try source.segments.range(of: segment) {
            conditions += between(time, range, source.segments.calendar)
        }
        return TypedSegment(
            name: segment.name, source: source.name, entity: entity, member: entity, time: time,
            conditions: conditions, times: segment.times, withinSeconds: segment.withinSeconds)
    }

    /// That a time lies in some days, as it is compared without a zone.
    private func between(
        _ time: TypedExpression, _ range: TimeRange, _ calendar: WorkCalendar
    ) -> [TypedExpression] {
        let instants = calendar.instants(of: range)
        let isDay = time.type == .day
        let bounds: [(BinaryOperator, Value)] = [
            (.greaterOrEqual, isDay ? .day(range.start) : .instant(instants.start)),
            (.less, isDay ? .day(range.end) : .instant(instants.end)),
        ]
        return bounds.map { sign, value in
            let bound = TypedExpression(.literal(value), type: value.type, isNullable: false)
            return TypedExpression(
                .binary(sign, time, bound), type: .boolean, isNullable: time.isNullable)
        }
    }
}

extension ExpressionTyping {
    /// `in_segment('power_users')`: whether the row's entity is in a segment of the source; never
    /// absent, since somebody unknown is in none.
    func segmentMembership(
        _ argument: Expression, near whole: Expression
    ) throws(Failure) -> TypedExpression {
        guard case .literal(.text(let name)) = argument else {
            throw failure(
                .expressionArguments, "in_segment takes the name of a segment, as a text.",
                near: whole, hint: "write \(ExpressionFunction.inSegment.example)")
        }
        if let outer = scope.segment {
            throw failure(
                .expressionNestedSegment,
                "The segment '\(outer)' is made of the segment '\(shortened(name))', and segments "
                    + "are not made of each other.", near: whole,
                hint: "join them where they are used: in_segment('\(outer)') and "
                    + "in_segment('\(shortened(name))')")
        }
        guard let (segment, source) = scope.source.segment(name) else {
            let known = scope.source.segmentNames
            throw failure(
                .expressionUnknownSegment,
                "The source '\(scope.source.name)' has no segment named '\(shortened(name))'.",
                near: whole,
                hint: nearestName(to: name, among: known).map { "did you mean '\($0)'?" }
                    ?? (known.isEmpty
                        ? "define it: segment: \(shortened(name)), with from: \(scope.source.name)"
                        : "it has \(known.prefix(8).joined(separator: ", "))"))
        }
        let isOwn = source.name == scope.source.name
        let home =
            isOwn
            ? scope
            : ExpressionScope(
                source: source, facts: scope.others[source.name] ?? .empty, others: scope.others)
        var typed = try ExpressionTyper().typed(segment, in: home)
        if !isOwn {
            let entity = try segment.entity(of: source).name
            typed.member = try ExpressionTyper().typed(
                .name(NameReference(entity)), in: scope.inside(segment))
        }
        return TypedExpression(.inSegment(typed), type: .boolean, isNullable: false)
    }
}

extension Failure.Code {
    /// A filter names a segment that its source does not have.
    public static let expressionUnknownSegment: Self = "expression/unknown-segment"
    /// A segment is made of segments.
    public static let expressionNestedSegment: Self = "expression/nested-segment"
}
