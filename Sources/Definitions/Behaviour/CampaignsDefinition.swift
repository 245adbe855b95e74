import Vocabulary

/// What visits from each source, medium and campaign lead to, and what they cost.
public struct CampaignsDefinition: BehaviourDefinition {
    /// Which kind of question it defines.
    public static let kind = BehaviourKind.campaigns

    /// What it says as all others do.
    public let head: BehaviourHead
    /// What a visit should lead to.
    public let converts: RowSelection
    /// What a conversion is worth; nil adds nothing up.
    public let value: Expression?
    /// What a visit is.
    public let session: SessionRule
    /// Where a row comes from: source, medium and campaign.
    public let labels: [Expression]
    /// What the campaigns cost, where another source tells.
    public let cost: CampaignCost?

    /// The rows that convert a visit.
    public var selections: [RowSelection] { [converts] }

    /// What a conversion is worth.
    public var lookups: [Expression] { value.map { [$0] } ?? [] }

    /// The keys of ``labels``, and the columns that they are where nothing is written.
    public static let labelKeys = [
        (key: "source", usual: "campaign_source"), (key: "medium", usual: "campaign_medium"),
        (key: "campaign", usual: "campaign_name"),
    ]
}

/// What campaigns cost, by day, from a source of its own.
public struct CampaignCost: Hashable, Sendable {
    /// The source of the costs.
    public let source: String
    /// What was paid.
    public let amount: Expression
    /// The expressions that mean the same as the report's source, medium and campaign; nil where
    /// the costs do not tell them apart.
    public let labels: [Expression?]
    /// How often it was clicked.
    public let clicks: Expression?
    /// How often it was shown.
    public let impressions: Expression?

    /// The cost as a definition could write it.
    var text: String {
        var keys = ["from: \(source)", "amount: \(amount)"]
        for (label, expression) in zip(CampaignsDefinition.labelKeys, labels) {
            if let expression { keys.append("\(label.key): \(expression)") }
        }
        if let clicks { keys.append("clicks: \(clicks)") }
        if let impressions { keys.append("impressions: \(impressions)") }
        return "{ \(keys.joined(separator: ", ")) }"
    }
}

extension CampaignsDefinition: ReadableBehaviour {
    static var meaningExample: String { "What our campaigns lead to." }

    /// The definition on one line, equal for equal rules.
    public var description: String {
        var parts = head.keys + ["converts: { \(converts.keys.joined(separator: ", ")) }"]
        if let value { parts.append("value: \(value)") }
        parts.append("session: \(session)")
        for (label, expression) in zip(Self.labelKeys, labels) {
            parts.append("\(label.key): \(expression)")
        }
        if let cost { parts.append("cost: \(cost.text)") }
        return "{ \(parts.joined(separator: ", ")) }"
    }

    var sources: [(name: String, path: String)] {
        [(source, "from")] + (cost.map { [($0.source, "cost.from")] } ?? [])
    }

    init?(_ reader: NodeReader, _ head: BehaviourHead) {
        let converts = reader.rows("converts", what: "'converts' of the campaigns")
        let value = reader.expression("value")
        let session = reader.session() ?? .pause(seconds: 1_800)
        let labels = Self.labelKeys.map { label in
            reader.expression(label.key) ?? .name(NameReference(label.usual))
        }
        let isPaid = reader.has("cost")
        let cost = CampaignCost(reader)
        guard let converts, !converts.isAll else {
            if converts != nil || !reader.has("converts") {
                reader.missing("converts", example: "order_paid")
            }
            return nil
        }
        if isPaid, cost == nil { return nil }
        self.init(
            head: head, converts: converts, value: value, session: session, labels: labels,
            cost: cost)
    }

    func check(_ findings: inout BehaviourFindings) {
        findings.rows(converts, "converts")
        if let value { findings.value(value, "value") }
        findings.session(session)
        for (label, expression) in zip(Self.labelKeys, labels) {
            findings.value(expression, label.key)
        }
        findings.requireTime("it has no visits")
        guard let cost, var paid = findings.over(cost.source) else { return }
        paid.value(cost.amount, "cost.amount")
        for (label, expression) in zip(Self.labelKeys, cost.labels) {
            if let expression { paid.value(expression, "cost.\(label.key)") }
        }
        if let clicks = cost.clicks { paid.value(clicks, "cost.clicks") }
        if let impressions = cost.impressions { paid.value(impressions, "cost.impressions") }
        paid.requireTime("its costs lie in no range", at: "cost.from")
        findings.add(paid)
    }
}

extension CampaignCost {
    /// Reads the key `cost`; nil without it, or with a finding.
    fileprivate init?(_ reader: NodeReader) {
        guard let cost = reader.mapping("cost", what: "'cost' of the campaigns") else { return nil }
        let source = cost.text("from", required: true, example: "ad_spend")
        let amount = cost.required("amount", example: "spend")
        let labels = CampaignsDefinition.labelKeys.map { cost.expression($0.key) }
        let clicks = cost.expression("clicks")
        let impressions = cost.expression("impressions")
        cost.finish()
        if labels.allSatisfy({ $0 == nil }) {
            cost.missing("campaign", example: "campaign_name")
            return nil
        }
        guard let source, let amount else { return nil }
        self.init(
            source: source, amount: amount, labels: labels, clicks: clicks,
            impressions: impressions)
    }
}
