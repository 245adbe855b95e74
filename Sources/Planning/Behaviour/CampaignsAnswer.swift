import Definitions
import Statistics
import Vocabulary

/// What visits from each source, medium and campaign lead to, and what they cost.
public struct CampaignsAnswer: Sendable {
    /// How many campaigns are looked at.
    public static let rowsMax = 10_000

    /// The question.
    public let question: BehaviourQuestion<CampaignsDefinition>
    /// All visits together.
    public let total: Row
    /// The campaigns with the most visits, the most first; then those with costs alone.
    public let rows: [Row]
    /// What a reader should know beside the numbers.
    public private(set) var notes: [String]
    /// The keys of all campaigns, also of those that are not shown.
    private let keys: Set<[String?]>

    /// The visits of a campaign.
    public struct Row: Hashable, Sendable {
        /// Source, medium and campaign; nil where the visits name none.
        public var labels: [String?] = [nil, nil, nil]
        /// The dimension's value in the first row of the visits; nil where that has none.
        public var part: String?
        /// How many visits there were.
        public var visits = 0
        /// By how many people.
        public var people = 0
        /// How many of the visits led to it.
        public var conversions = 0
        /// What the conversions were worth.
        public var value = 0.0
        /// What was paid; nil where nothing tells it.
        public var cost: Double?
        /// How often it was clicked; nil where nothing tells it.
        public var clicks: Double?
        /// How often it was shown; nil where nothing tells it.
        public var impressions: Double?
        /// How the visits convert compared with all others; nil where there are none.
        public var difference: PartDifference?

        /// What tells the row from others, also in another range.
        var key: [String?] { labels + [part] }
    }

    /// Reads what the statements returned.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - frame: The frame of the visits.
    ///   - costs: The frame of the costs; nil where none were asked for.
    public init(
        _ question: BehaviourQuestion<CampaignsDefinition>, frame: Frame, costs: Frame?
    ) {
        self.question = question
        var total = Row()
        var rows: [Row] = []
        for row in 0..<frame.count {
            let read = Row(
                labels: (1...3).map { frame.columns[$0].text(row) },
                part: frame.columns.count > 8 ? frame.columns[8].text(row) : nil,
                visits: frame.columns[4].integer(row) ?? 0,
                people: frame.columns[5].integer(row) ?? 0,
                conversions: frame.columns[6].integer(row) ?? 0,
                value: frame.columns[7].number(row) ?? 0)
            if frame.columns[0].integer(row) == 0 { total = read } else { rows.append(read) }
        }
        notes = [
            "A visit is of the first source, medium and campaign that one of its rows names; conversion is the share of visits that led to it."
        ]
        if question.definition.cost != nil, costs == nil {
            notes.append("Costs cannot be filtered as visits can, so they are left out.")
        }
        if let costs, let dimension = question.dimension {
            CampaignCosts(costs).add(to: &total)
            notes.append("Costs are not known by '\(dimension)', so they are only in the total.")
        } else if let costs {
            CampaignCosts(costs).add(to: &rows, &total, &notes)
        }
        let differences = PartDifference.compared(
            rows.map { ($0.conversions, $0.visits) }, total: (total.conversions, total.visits))
        for (index, difference) in differences.enumerated() {
            rows[index].difference = difference
        }
        let shown = rows.prefix(question.limit)
        if shown.count < rows.count {
            notes.append("\(rows.count - shown.count) more campaigns are only in the total.")
        }
        if let dimension = question.dimension {
            notes.append("A visit is in the part of '\(dimension)' in its first row.")
        }
        self.total = total
        self.rows = Array(shown)
        keys = Set(rows.map(\.key))
    }

    /// The answer as the command line and the API print it.
    public var json: JSON { json(before: nil) }

    /// The same, each campaign beside what it was in another range.
    ///
    /// - Parameter before: The answer over the other range, with all its campaigns; nil for none.
    /// - Returns: The answer.
    public func json(before: CampaignsAnswer?) -> JSON {
        let earlier = before.map { before in
            Dictionary(before.rows.map { ($0.key, $0) }) { first, _ in first }
        }
        var members = question.members(as: "campaigns", grain: false)
        if let dimension = question.dimension { members.append(("by", .text(dimension))) }
        members.append(("total", .object(self.members(of: total))))
        members.append(
            (
                "rows",
                .list(
                    rows.map { row in
                        .object(
                            self.members(of: row) + part(of: row)
                                + (earlier.map { compared(row, with: $0[row.key]) } ?? []))
                    })
            ))
        var notes = notes
        if let before {
            members.append(("previous", before.summary))
            let gone = before.rows.count { $0.visits > 0 && !keys.contains($0.key) }
            if gone > 0 {
                notes.append(
                    "Campaigns with visits in \(before.question.range) and none now: \(gone).")
            }
        }
        return .object(members + [("notes", .list(notes.map(JSON.text)))])
    }

    /// What is told of a range with which another one is compared.
    private var summary: JSON {
        [
            "range": .text(question.range.description), "total": .object(members(of: total)),
        ]
    }

    private func part(of row: Row) -> [(name: String, value: JSON)] {
        question.dimension == nil ? [] : [("part", .optional(row.part))]
    }

    /// The row of the other range, and how the share that converts changed since.
    private func compared(_ row: Row, with before: Row?) -> [(name: String, value: JSON)] {
        let shares = [before, row].map { row in
            row.flatMap { try? Share(numerator: $0.conversions, denominator: $0.visits) }
        }
        return [
            ("before", before.map { .object(members(of: $0)) } ?? .null),
            ("change", JSON.change(from: shares[0], to: shares[1])),
        ]
    }

    private func members(of row: Row) -> [(name: String, value: JSON)] {
        let labels = zip(CampaignsDefinition.labelKeys, row.labels).map { key, label in
            (name: key.key, value: JSON.optional(label))
        }
        var perConversion: Double?
        if let cost = row.cost, row.conversions > 0 {
            perConversion = cost / Double(row.conversions)
        }
        return labels + [
            ("visits", .integer(row.visits)), ("people", .integer(row.people)),
            ("click_through", clickThrough(row)), ("conversions", .integer(row.conversions)),
            ("conversion", JSON.share(row.conversions, of: row.visits)),
            ("differs", differs(row)),
            ("value", question.definition.value == nil ? .null : .number(row.value)),
            ("cost", .optional(row.cost)), ("cost_per_conversion", .optional(perConversion)),
        ]
    }

    private func differs(_ row: Row) -> JSON {
        guard let difference = row.difference, difference.isBeyondNoise else { return .null }
        return difference.value > 0 ? "above" : "below"
    }

    /// Clicks of impressions; none where more was clicked than shown, which is no share.
    private func clickThrough(_ row: Row) -> JSON {
        guard let clicks = row.clicks, let impressions = row.impressions,
            impressions >= 1, impressions < 1e15, (0...impressions).contains(clicks)
        else { return .null }
        return JSON.share(Int(clicks), of: Int(impressions))
    }
}

/// What campaigns cost, to be set beside their visits.
private struct CampaignCosts {
    private let costs: Frame

    init(_ costs: Frame) { self.costs = costs }

    /// Adds all costs to the total alone.
    func add(to total: inout CampaignsAnswer.Row) {
        for cost in 0..<costs.count {
            CampaignCosts.add((3..<6).map { costs.columns[$0].number(cost) }, to: &total)
        }
    }

    func add(
        to rows: inout [CampaignsAnswer.Row], _ total: inout CampaignsAnswer.Row,
        _ notes: inout [String]
    ) {
        var shared = 0
        for cost in 0..<costs.count {
            let labels = (0..<3).map { costs.columns[$0].text(cost) }
            let numbers = (3..<6).map { costs.columns[$0].number(cost) }
            if labels.allSatisfy({ $0 == nil }) {
                CampaignCosts.add(numbers, to: &total)
                continue
            }
            let own = rows.indices.filter { CampaignCosts.fits(rows[$0].labels, labels) }
            if own.isEmpty {
                rows.append(CampaignsAnswer.Row(labels: labels))
                CampaignCosts.add(numbers, to: &rows[rows.count - 1])
            } else if own.count == 1 {
                CampaignCosts.add(numbers, to: &rows[own[0]])
            } else {
                shared += 1
            }
            CampaignCosts.add(numbers, to: &total)
        }
        if shared > 0 {
            notes.append(
                "The costs of \(shared) campaigns belong to several rows, so they are only in the total."
            )
        }
        if rows.contains(where: { ($0.clicks ?? 0) > ($0.impressions ?? .infinity) }) {
            notes.append(
                "Where more was clicked than shown, clicks are no share of impressions, and there is no click-through."
            )
        }
    }

    private static func fits(_ own: [String?], _ labels: [String?]) -> Bool {
        zip(own, labels).allSatisfy { $1 == nil || $0 == $1 }
    }

    private static func add(_ numbers: [Double?], to row: inout CampaignsAnswer.Row) {
        func sum(_ left: Double?, _ right: Double?) -> Double? {
            right.map { (left ?? 0) + $0 } ?? left
        }
        row.cost = sum(row.cost, numbers[0])
        row.clicks = sum(row.clicks, numbers[1])
        row.impressions = sum(row.impressions, numbers[2])
    }
}
