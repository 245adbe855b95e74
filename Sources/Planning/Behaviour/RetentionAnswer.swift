import Definitions
import Statistics
import Vocabulary

/// What came of a retention: a row of cells for each cohort, and averages over the cohorts.
public struct RetentionAnswer: Sendable {
    /// The question.
    public let question: RetentionQuestion
    /// The cohorts with anybody in them, in order.
    public let cohorts: [Cohort]

    /// The starts by the value of the row that starts; empty without a dimension.
    public let parts: [Part]

    /// The starts of one value.
    public struct Part: Sendable {
        /// The value.
        public let part: BehaviourPart
        /// The cohorts with anybody of it in them, in order.
        public let cohorts: [Cohort]
        /// How its pooled shares differ from those of all others, cell by cell; nil where one
        /// side has nobody.
        public let differences: [PartDifference?]
    }

    /// Those who began in a period.
    public struct Cohort: Sendable {
        /// When they began.
        public let period: Period
        /// How many they are.
        public let size: Int
        /// How many are retained, cell by cell.
        public let counts: [Int]
        /// What their returns add up to, cell by cell.
        public let amounts: [Double]
        /// Whether all of a cell has been observed for all of them.
        public let isComplete: [Bool]
    }

    /// Reads what the statement of counts returned.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - frame: The statement's frame.
    ///   - known: Up to when the source's data is known; nil without data.
    public init(_ question: RetentionQuestion, frame: Frame, known: Instant?) {
        self.question = question
        var total: [Int] = []
        var rows: [Int: (part: BehaviourPart, rows: [Int])] = [:]
        for row in 0..<frame.count {
            // Answers of the index have no columns for parts.
            guard question.dimension != nil, let number = frame.columns[4].integer(row) else {
                total.append(row)
                continue
            }
            let part = BehaviourPart(
                value: frame.columns[5].text(row), isRest: number == question.limit + 1)
            rows[number, default: (part, [])].rows.append(row)
        }
        cohorts = RetentionAnswer.cohorts(question, frame, total, known)
        let all = cohorts
        let parts = rows.keys.sorted().compactMap { number in
            rows[number].map {
                (part: $0.part, cohorts: RetentionAnswer.cohorts(question, frame, $0.rows, known))
            }
        }
        let differences = question.retention.cells.indices.map { cell in
            PartDifference.compared(
                parts.map { RetentionAnswer.pooledCounts($0.cohorts, cell: cell) },
                total: RetentionAnswer.pooledCounts(all, cell: cell))
        }
        self.parts = parts.enumerated().map { index, part in
            Part(
                part: part.part, cohorts: part.cohorts,
                differences: differences.map { $0[index] })
        }
    }

    private static func cohorts(
        _ question: RetentionQuestion, _ frame: Frame, _ rows: [Int], _ known: Instant?
    ) -> [Cohort] {
        var sizes: [Int: Int] = [:]
        var counts: [Int: [Int: (people: Int, amount: Double)]] = [:]
        for row in rows {
            guard let cohort = frame.columns[0].integer(row),
                let people = frame.columns[2].integer(row)
            else { continue }
            if let age = frame.columns[1].integer(row) {
                counts[cohort, default: [:]][age] = (people, frame.columns[3].number(row) ?? 0)
            } else {
                sizes[cohort] = people
            }
        }
        return question.cohorts.enumerated().compactMap { index, period in
            guard let size = sizes[index + 1], size > 0 else { return nil }
            let own = counts[index + 1] ?? [:]
            let cells = RetentionAnswer.cells(question.retention, own)
            return Cohort(
                period: period, size: size, counts: cells.map(\.people),
                amounts: cells.map(\.amount),
                isComplete: question.retention.cells.map { cell in
                    known.map {
                        $0
                            >= question.retention.end(
                                of: cell.upperBound, period, question.calendar)
                    } ?? false
                })
        }
    }

    /// The counts of the cells: as they come, or added up from one side.
    private static func cells(
        _ retention: RetentionDefinition, _ counts: [Int: (people: Int, amount: Double)]
    ) -> [(people: Int, amount: Double)] {
        let none = (people: 0, amount: 0.0)
        return retention.cells.indices.map { cell in
            switch retention.criterion {
            case .on, .brackets: return counts[cell] ?? none
            case .streak:
                if cell == 0 { return counts[0] ?? none }
                return counts.filter { $0.key >= cell }.values
                    .reduce(none) { ($0.people + $1.people, $0.amount + $1.amount) }
            case .onOrAfter, .onOrBefore:
                let isAfter = retention.criterion == .onOrAfter
                return counts.filter { isAfter ? $0.key >= cell : $0.key <= cell }.values
                    .reduce(none) { ($0.people + $1.people, $0.amount + $1.amount) }
            }
        }
    }

    /// The average share of a cell over the cohorts in which it is complete; nil without any.
    public func average(_ kind: RetentionDefinition.Average, cell: Int) -> Double? {
        let complete = cohorts.filter { $0.isComplete[cell] }
        return RetentionAnswer.average(
            kind, complete.map { (count: $0.counts[cell], size: $0.size) })
    }

    /// An average of shares.
    ///
    /// Mixpanel's published example weights numerator and denominator by the cohort's size once
    /// more: 40 of 50 and 50 of 100 are 56 % there, 60 % pooled, and 65 % as a simple mean.
    public static func average(
        _ kind: RetentionDefinition.Average, _ cohorts: [(count: Int, size: Int)]
    ) -> Double? {
        let cohorts = cohorts.filter { $0.size > 0 }
        guard !cohorts.isEmpty else { return nil }
        switch kind {
        case .simple:
            let shares = cohorts.map { Double($0.count) / Double($0.size) }
            return shares.reduce(0, +) / Double(shares.count)
        case .pooled, .mixpanel:
            let weight = { (size: Int) in kind == .pooled ? 1 : Double(size) }
            let above = cohorts.reduce(0) { $0 + Double($1.count) * weight($1.size) }
            let below = cohorts.reduce(0) { $0 + Double($1.size) * weight($1.size) }
            return above / below
        }
    }

    /// The pooled share of a cell, over complete cells; nil without any.
    public func pooled(cell: Int) -> Share? {
        let counts = RetentionAnswer.pooledCounts(cohorts, cell: cell)
        return try? Share(numerator: counts.numerator, denominator: counts.denominator)
    }

    /// Who is retained at a cell, and who could be, over complete cells.
    static func pooledCounts(
        _ cohorts: [Cohort], cell: Int
    ) -> (numerator: Int, denominator: Int) {
        let complete = cohorts.filter { $0.isComplete[cell] }
        return (
            complete.reduce(0) { $0 + $1.counts[cell] }, complete.reduce(0) { $0 + $1.size }
        )
    }
}
