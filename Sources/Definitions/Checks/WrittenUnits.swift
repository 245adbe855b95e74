import Vocabulary

extension WrittenKind {
    /// The units that a number of this kind can have, the best one first; nil where any fits.
    var units: [String]? {
        switch kind {
        case "csat", "ces", "conversion", "funnel", "retention", "paths": ["share"]
        case "adoption":
            number == AdoptionNumber.breadth.rawValue ? ["share"] : ["count", "number"]
        case "lifecycle":
            number == LifecycleNumber.pulse.rawValue ? ["ratio", "number"] : ["count", "number"]
        case "activity":
            number == ActivityNumber.stickiness.rawValue ? ["share"] : ["count", "number"]
        case "campaigns":
            switch CampaignNumber(rawValue: number) {
            case .conversion, .clickThrough: ["share"]
            case .value, .cost, .costPerConversion: ["money", "number"]
            default: ["count", "number"]
            }
        case "segment":
            number == SegmentNumber.share.rawValue ? ["share"] : ["count", "number"]
        case "duration": ["duration"]
        case "lifetime_value": ["money", "number"]
        case "stickiness":
            switch Stickiness(rawValue: variant) {
            case .daysActive, .l7, .l28: ["ratio", "number"]
            default: ["share"]
            }
        case "subscription": SubscriptionQuantity(rawValue: variant)?.units
        default: nil
        }
    }

    /// Which number of a question about behaviour it is.
    private var number: String { variant.split(separator: " ").last.map(String.init) ?? "" }
}

extension SubscriptionQuantity {
    fileprivate var units: [String] {
        switch self {
        case .mrr, .arr, .arpa, .new, .reactivation, .expansion, .contraction, .churn, .exchange,
            .netNew:
            ["money", "number"]
        case .customers, .newCustomers, .lostCustomers: ["count", "number"]
        case .logoChurn, .grr: ["share"]
        case .grossRevenueChurn, .netRevenueChurn, .nrr: ["share", "ratio"]
        case .quickRatio: ["ratio", "number"]
        }
    }
}
