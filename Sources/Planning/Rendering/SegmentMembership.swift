import Definitions
import Vocabulary

/// Segments: who has enough rows, near enough to each other.
extension ExpressionWriting {
    /// Whether the entity of a row is in a segment; false where it has none.
    mutating func membership(_ segment: TypedSegment) -> String {
        "coalesce(\(expression(segment.member)) IN (\(members(segment))), FALSE)"
    }

    /// A select of everybody in a segment, perhaps several times.
    mutating func members(_ segment: TypedSegment) -> String {
        let entity = expression(segment.entity)
        let rows = rows(of: segment)
        if segment.times > 1, let seconds = segment.withinSeconds, let time = segment.time {
            // Enough rows from one on: the one that makes them enough is that many rows later.
            let moment = microseconds(time)
            return """
                SELECT w FROM (SELECT \(entity) AS w, \(moment) AS t, \
                lead(\(moment), \(segment.times - 1)) OVER \
                (PARTITION BY \(entity) ORDER BY \(moment)) AS later \(rows)) \
                WHERE later - t <= \(Int64(seconds) * 1_000_000)
                """
        }
        if segment.times > 1 {
            return "SELECT \(entity) \(rows) GROUP BY 1 HAVING count(*) >= \(segment.times)"
        }
        return "SELECT DISTINCT \(entity) \(rows)"
    }

    /// The rows that count for a segment, from `FROM` on.
    mutating func rows(of segment: TypedSegment) -> String {
        var conditions = ["\(expression(segment.entity)) IS NOT NULL"]
        for condition in segment.conditions.flatMap(\.conjuncts) {
            conditions.append(expression(NullSafeComparisons().safe(condition)))
        }
        return """
            FROM \(quotedName("source")).\(quotedName(segment.source)) \
            WHERE \(conditions.joined(separator: " AND "))
            """
    }

    /// A moment as microseconds since 1970; a day has them of its beginning, without a zone.
    mutating func microseconds(_ time: TypedExpression) -> String {
        let column = expression(time)
        return time.type == .day
            ? "(CAST(\(column) - DATE '1970-01-01' AS BIGINT) * 86400000000)"
            : "epoch_us(\(column))"
    }
}

extension TypedExpression {
    /// Whether it asks who is in a segment.
    var asksForSegment: Bool {
        switch node {
        case .inSegment: true
        case .column, .literal: false
        case .unary(_, let value), .isNull(let value, _), .isLike(let value, _, _):
            value.asksForSegment
        case .binary(_, let left, let right): left.asksForSegment || right.asksForSegment
        case .isIn(let value, let list, _):
            value.asksForSegment || list.contains(where: \.asksForSegment)
        case .isBetween(let value, let low, let high, _):
            [value, low, high].contains(where: \.asksForSegment)
        case .call(_, let values): values.contains(where: \.asksForSegment)
        case .choice(let branches, let otherwise):
            otherwise?.asksForSegment == true
                || branches.contains { $0.condition.asksForSegment || $0.value.asksForSegment }
        }
    }
}
