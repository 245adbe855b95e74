import Definitions
import Statistics
import Vocabulary

/// What came of a funnel: how many reached each step, how long they took, and who differs.
public struct FunnelAnswer: Sendable {
    /// The question.
    public let question: FunnelQuestion
    /// All entries together.
    public let total: Group
    /// The entries of each period; empty without a grain.
    public let trend: [(period: Period, group: Group, isCensored: Bool)]
    /// The entries by the value that the funnel's rule names, the most first; empty without a
    /// dimension. Where it is that of a later step, who has not taken it is in none of them.
    public let parts: [FunnelPart]

    /// Entries that are looked at together.
    public struct Group: Hashable, Sendable {
        /// How many reached each step; the first are the entries.
        public let counts: [Int]
        /// Seconds from the first step to each later one, by ``FunnelPlan/ranks``; empty where
        /// they are not known.
        public let fromFirst: [[Double?]]
        /// Seconds from the step before that is not optional.
        public let fromPrevious: [[Double?]]

        /// The share of entries that reached a step.
        public func share(of step: Int) -> Share? {
            try? Share(numerator: counts[step], denominator: counts[0])
        }
    }

    /// Reads what the statement of counts returned.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - frame: The statement's frame.
    ///   - known: Up to when the source's data is known; nil without data.
    public init(_ question: FunnelQuestion, frame: Frame, known: Instant?) {
        self.question = question
        let reader = FunnelReader(funnel: question.funnel, frame: frame)
        var total = Group(
            counts: question.funnel.steps.map { _ in 0 }, fromFirst: [], fromPrevious: [])
        var periods: [Int: Group] = [:]
        var parts: [(value: String?, isRest: Bool, group: Group)] = []
        for row in 0..<frame.count {
            switch frame.columns[0].integer(row) {
            case 0: total = reader.group(row)
            case 1:
                if let period = frame.columns[1].integer(row) {
                    periods[period] = reader.group(row)
                }
            default:
                parts.append(
                    (
                        frame.columns[2].text(row), reader.isTrue(3, row),
                        reader.group(row)
                    ))
            }
        }
        self.total = total
        let empty = Group(counts: total.counts.map { _ in 0 }, fromFirst: [], fromPrevious: [])
        trend = question.periods.enumerated().map { index, period in
            let closes = period.instants.end.adding(seconds: question.funnel.windowSeconds ?? 0)
            let isCensored = known.map { $0 < closes } ?? true
            return (period, periods[index + 1] ?? empty, isCensored)
        }
        self.parts = FunnelPart.compared(parts, required: question.funnel.required)
    }

    /// The position of the step before which most entries were lost; nil where none was.
    ///
    /// Only steps that are not optional lose anybody.
    public var biggestDrop: Int? {
        let required = question.funnel.required
        var biggest: (step: Int, lost: Int)?
        for (before, step) in zip(required, required.dropFirst()) {
            let lost = total.counts[before] - total.counts[step]
            if lost > biggest?.lost ?? 0 { biggest = (step, lost) }
        }
        return biggest?.step
    }

    /// The position of the last step before another that is not optional.
    func previous(of step: Int) -> Int? { question.funnel.required.last { $0 < step } }
}

/// Reads the rows of a statement of counts.
private struct FunnelReader {
    let funnel: FunnelDefinition
    let frame: Frame

    func group(_ row: Int) -> FunnelAnswer.Group {
        let steps = funnel.steps.indices
        let counts = steps.map { frame.columns[4 + $0].integer(row) ?? 0 }
        var fromFirst: [[Double?]] = [[]]
        var fromPrevious: [[Double?]] = [[]]
        var column = 4 + steps.count
        for _ in steps.dropFirst() {
            var (first, previous): ([Double?], [Double?]) = ([], [])
            for _ in FunnelPlan.ranks {
                first.append(frame.columns[column].number(row))
                previous.append(frame.columns[column + 1].number(row))
                column += 2
            }
            fromFirst.append(first)
            fromPrevious.append(previous)
        }
        return FunnelAnswer.Group(
            counts: counts, fromFirst: fromFirst, fromPrevious: fromPrevious)
    }

    func isTrue(_ column: Int, _ row: Int) -> Bool {
        frame.columns[column].number(row) == 1
    }
}
