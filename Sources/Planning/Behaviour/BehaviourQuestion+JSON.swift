import Definitions
import Statistics
import Vocabulary

extension BehaviourQuestion {
    /// The members with which every answer begins.
    func members(as kind: String, grain hasGrain: Bool = true) -> [(name: String, value: JSON)] {
        var members: [(name: String, value: JSON)] = [
            (kind, .text(definition.name)), ("title", .text(definition.title)),
            ("is", .text(definition.meaning)), ("definition", .text(definition.description)),
            ("filters", .list(filters.map { .text($0.description) })),
            ("range", .text(range.description)), ("zone", .text(calendar.zone.name)),
        ]
        if hasGrain { members.append(("grain", .text(periodGrain.rawValue))) }
        return members
    }

    /// What a reader should know of periods whose time has not passed.
    func incompleteNotes(known: Instant?) -> [String] {
        guard let last = periods.last, known.map({ $0 < last.instants.end }) ?? true else {
            return []
        }
        return ["Periods that are not complete may still rise; nobody can be missed in them yet."]
    }

    /// What a reader should know of parts.
    var partNotes: [String] {
        guard let dimension else { return [] }
        return [
            "Everybody is in one part: by the last value of '\(dimension)' that is known of them."
        ]
    }
}

extension Period {
    /// The members by which answers name a period.
    func members(known: Instant?) -> [(name: String, value: JSON)] {
        [
            ("period", .text(key)), ("label", .text(label)),
            ("start", .text(range.start.description)), ("end", .text(range.end.description)),
            ("complete", .boolean(known.map { $0 >= instants.end } ?? false)),
        ]
    }
}

extension JSON {
    /// A share with its Wilson interval of 95 %; no value where nobody could be counted.
    static func share(_ numerator: Int, of denominator: Int) -> JSON {
        let share = try? Share(numerator: numerator, denominator: denominator)
        let interval = share.flatMap { try? WilsonInterval($0).interval() }
        return [
            "value": .optional(share?.value), "low": .optional(interval?.low),
            "high": .optional(interval?.high), "numerator": .integer(numerator),
            "denominator": .integer(denominator),
        ]
    }

    /// How a share changed, with Newcombe's interval; null where one of them is missing.
    public static func change(from before: Share?, to after: Share?) -> JSON {
        guard let before, let after else { return .null }
        let changed = ChangeOfShares(before: before, after: after)
        let interval = try? changed.interval()
        return [
            "value": .number(changed.difference), "low": .optional(interval?.low),
            "high": .optional(interval?.high),
            "within_noise": interval.map { .boolean($0.contains(0)) } ?? .null,
        ]
    }
}
