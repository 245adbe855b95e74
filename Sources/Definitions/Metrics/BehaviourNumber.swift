import Vocabulary

/// A number of a question about behaviour, as a metric's formula names it.
struct BehaviourNumber: Hashable {
    /// Which of the question's numbers it is.
    enum Which: Hashable {
        /// The pooled share that is retained at an age, or in a bracket, as the answer names it.
        case retained(age: String)
        /// A number of an adoption.
        case adoption(AdoptionNumber)
        /// A number of a lifecycle.
        case lifecycle(LifecycleNumber)
        /// A number of activity.
        case activity(ActivityNumber)
        /// The share of paths whose event beside the anchor is this one.
        case path(beside: String, key: PathKey)
        /// A number of visits that campaigns lead to.
        case campaigns(CampaignNumber)
        /// A number of a segment.
        case segment(SegmentNumber)
    }

    /// The question's kind.
    let kind: BehaviourKind
    /// The question's name.
    let name: String
    let which: Which
    /// Where the name is written.
    let namePlace: Place
    /// Where it is written which number it is.
    let whichPlace: Place
}

/// A number of an adoption that is a metric.
enum AdoptionNumber: String, CaseIterable {
    /// The users over those who could.
    case breadth
    /// Those who could and did.
    case users
    /// Those who could.
    case eligible
}

/// A number of a lifecycle that is a metric.
enum LifecycleNumber: String, CaseIterable {
    /// Who came, stayed or left.
    case new, current, resurrected, dormant
    /// Whoever is active.
    case active
    /// How many come for each who leaves.
    case pulse
}

/// A number of activity that is a metric.
enum ActivityNumber: String, CaseIterable {
    /// The people of a day; of a longer period the mean of its days.
    case dau
    /// Those of the 7 and the 28 days that end with the period.
    case wau, mau
    /// The people of a day over those of the 28 days up to it; of a longer period the mean.
    case stickiness
}

/// On which side of a path's anchor an event is, as the key of a formula names it.
enum PathKey: String {
    /// Next after it.
    case to
    /// Right before it.
    case from
}

/// A number of campaigns that is a metric.
enum CampaignNumber: String, CaseIterable {
    /// The visits that lead to it over all.
    case conversion
    /// How many visits there are, by how many people, and how many lead to it.
    case visits, people, conversions
    /// What the conversions are worth.
    case value
    /// What was paid; clicks over impressions; what was paid for each conversion.
    case cost
    case clickThrough = "click_through"
    case costPerConversion = "cost_per_conversion"

    /// Whether visits are not enough to tell it.
    var needsCosts: Bool {
        switch self {
        case .cost, .clickThrough, .costPerConversion: true
        default: false
        }
    }

    /// Whether costs are enough to tell it.
    var needsNoVisits: Bool { self == .cost || self == .clickThrough }
}

/// A number of a segment that is a metric, of the people who have rows in the period.
enum SegmentNumber: String, CaseIterable {
    /// How many of them are in the segment.
    case members
    /// Their share.
    case share
}

/// Writes a number of a question out over the rows of its source.
struct BehaviourFormula {
    /// The source's column of events; nil where it has none.
    let event: String?
    let entity: Expression
    /// The rows that the question looks at.
    let rows: FormulaRows

    /// The number of a lifecycle.
    func lifecycle(_ number: LifecycleNumber) -> Formula {
        let stage = { (stage: LifecycleStage) in rows.aggregate(.lifecycle(stage, of: entity)) }
        return switch number {
        case .new: stage(.new)
        case .current: stage(.current)
        case .resurrected: stage(.resurrected)
        case .dormant: stage(.dormant)
        case .active: rows.aggregate(.distinct(entity))
        case .pulse: .ratio(stage(.new) + stage(.resurrected), to: stage(.dormant))
        }
    }

    /// The number of activity.
    func activity(_ number: ActivityNumber) -> Formula {
        let people = rows.aggregate(.distinct(entity))
        let recent = { (days: Int) in rows.aggregate(.active(entity, .rolling(days: days))) }
        return switch number {
        case .dau: people.meanOfDays
        case .wau: recent(ActivityDefinition.weekDays)
        case .mau: recent(ActivityDefinition.monthDays)
        case .stickiness:
            Formula.ratio(people, to: recent(ActivityDefinition.monthDays)).meanOfDays
        }
    }

    /// The number of an adoption; nil where rows are chosen by events that the source has not.
    func adoption(_ number: AdoptionNumber, _ adoption: AdoptionDefinition) -> Formula? {
        guard let feature = condition(adoption.feature) else { return nil }
        let able = condition(adoption.eligible)
        if able == nil, !adoption.eligible.isAll { return nil }
        let eligible = rows.aggregate(.distinct(entity), where: able)
        let users =
            able.map { rows.aggregate(.both(entity, having: $0, and: feature)) }
            ?? rows.aggregate(.distinct(entity), where: feature)
        return switch number {
        case .breadth: .ratio(users, to: eligible)
        case .users: users
        case .eligible: eligible
        }
    }

    /// The number of a segment.
    func segment(_ number: SegmentNumber, named name: String) -> Formula {
        let isMember = Expression.call(.inSegment, [.literal(.text(name))])
        let members = rows.aggregate(.distinct(entity), where: isMember)
        return switch number {
        case .members: members
        case .share: .ratio(members, to: rows.aggregate(.distinct(entity)))
        }
    }

    /// That a row is one of a selection; nil for all rows.
    private func condition(_ selection: RowSelection) -> Expression? {
        guard !selection.events.isEmpty else { return selection.filter }
        guard let event else { return nil }
        let isEvent = Expression.named(event).isOne(of: selection.events)
        return selection.filter.map { .binary(.and, isEvent, $0) } ?? isEvent
    }
}

extension Formula {
    /// The formula with something else for every aggregate; nil where there is nothing for one.
    func replacing(_ make: (Aggregate) -> Formula?) -> Formula? {
        switch self {
        case .aggregate(let aggregate): return make(aggregate)
        case .ratio(let of, let to):
            guard let of = of.replacing(make), let to = to.replacing(make) else { return nil }
            return .ratio(of: of, to: to)
        case .derived(let arithmetic): return arithmetic.replacing(make).map(Formula.derived)
        case .cumulative(let operand, let accumulation):
            return operand.replacing(make).map { .cumulative($0, accumulation) }
        }
    }
}

extension Operand {
    fileprivate func replacing(_ make: (Aggregate) -> Formula?) -> Operand? {
        switch self {
        case .metric: self
        case .formula(let formula): formula.replacing(make).map(Operand.formula)
        }
    }
}

extension Arithmetic {
    fileprivate func replacing(_ make: (Aggregate) -> Formula?) -> Arithmetic? {
        switch self {
        case .number, .metric: return self
        case .formula(let formula): return formula.replacing(make).map(Arithmetic.formula)
        case .previous(let operand, let periods):
            return operand.replacing(make).map { .previous($0, periods: periods) }
        case .overDays(let joining, let operand):
            return operand.replacing(make).map { .overDays(joining, $0) }
        case .negated(let inner): return inner.replacing(make).map(Arithmetic.negated)
        case .bounded(let bounds, let inner):
            return inner.replacing(make).map { .bounded(bounds, $0) }
        case .power(let left, let right):
            guard let left = left.replacing(make), let right = right.replacing(make) else {
                return nil
            }
            return .power(left, right)
        case .binary(let sign, let left, let right):
            guard let left = left.replacing(make), let right = right.replacing(make) else {
                return nil
            }
            return .binary(sign, left, right)
        }
    }
}
