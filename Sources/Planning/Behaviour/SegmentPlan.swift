import Definitions
import Vocabulary

// A question's filters choose people by any of their rows; they change nothing about what makes
// somebody one of the segment.

extension BehaviourPlan where Definition == SegmentDefinition {
    /// The statement that counts who is in the segment, and everybody.
    ///
    /// - Returns: A statement of one row with both numbers.
    /// - Throws: `expression/…`, with the place in the definition.
    public func counts() throws(Failure) -> Statement {
        var text = BehaviourText(input, nil)
        let segment = try ExpressionTyper().typed(question.definition, in: input.scope)
        let who = text.expression(segment.entity)
        let member = text.membership(segment)
        var conditions = ["\(who) IS NOT NULL"]
        for filter in question.filters { conditions += try text.conditions(filter, at: "") }
        return text.statement(
            """
            SELECT count(DISTINCT CASE WHEN \(member) THEN \(who) END) AS members, \
            count(DISTINCT \(who)) AS everybody
            FROM \(input.table)
            WHERE \(conditions.joined(separator: " AND "))
            """)
    }

    /// The statement that lists who is in the segment, those who did it last first.
    ///
    /// - Parameters:
    ///   - limit: How many at most.
    ///   - offset: How many are passed over.
    /// - Returns: A statement with the columns entity, first and last time in microseconds, how
    ///   often, and how many there are.
    /// - Throws: `expression/…`, with the place in the definition.
    public func people(limit: Int, offset: Int) throws(Failure) -> Statement {
        var text = BehaviourText(input, nil)
        let segment = try ExpressionTyper().typed(question.definition, in: input.scope)
        let who = text.expression(segment.entity)
        let moment = BehaviourText.microseconds(time)
        var asked: [String] = []
        for filter in question.filters { asked += try text.conditions(filter, at: "") }
        let among =
            asked.isEmpty
            ? ""
            : " AND w IN (SELECT \(who) FROM \(input.table) WHERE \(asked.joined(separator: " AND ")))"
        let rows = text.rows(of: segment)
        let members = text.members(segment)
        return text.statement(
            """
            WITH happened AS (
              SELECT \(who) AS w, \(moment) AS t \(rows)
            ), people AS (
              SELECT w, min(t) AS first, max(t) AS last, count(*) AS n
              FROM happened
              WHERE w IN (\(members))\(among)
              GROUP BY w
            )
            SELECT CAST(w AS VARCHAR), first, last, n, count(*) OVER () AS total
            FROM people
            ORDER BY last DESC NULLS LAST, w
            LIMIT \(limit) OFFSET \(offset)
            """)
    }
}

/// How many are in a segment.
public struct SegmentAnswer: Sendable {
    /// The question.
    public let question: BehaviourQuestion<SegmentDefinition>
    /// How many are in it.
    public let members: Int
    /// How many there are.
    public let everybody: Int

    /// Reads what the statement of counts returned.
    public init(_ question: BehaviourQuestion<SegmentDefinition>, frame: Frame) {
        self.question = question
        members = frame.count > 0 ? frame.columns[0].integer(0) ?? 0 : 0
        everybody = frame.count > 0 ? frame.columns[1].integer(0) ?? 0 : 0
    }

    /// The answer as the command line and the API print it.
    public var json: JSON {
        .object(
            question.members(as: "segment", grain: false) + [
                ("members", .integer(members)), ("of", .integer(everybody)),
                ("share", JSON.share(members, of: everybody)), ("notes", .list(notes)),
            ])
    }

    private var notes: [JSON] {
        let name = question.definition.name
        var notes: [JSON] = []
        if question.definition.over?.isMoving == true {
            notes.append(
                "Its days are counted from today, whatever the range of a question that uses it.")
        }
        if !question.filters.isEmpty {
            notes.append("Counted are those who have a row that passes the filters.")
        }
        if question.definition.isSaved {
            notes.append(.text("Filters use it as in_segment('\(name)')."))
        }
        return notes
    }
}
