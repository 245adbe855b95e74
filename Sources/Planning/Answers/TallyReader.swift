import Definitions
import Vocabulary

/// Puts a tally's numbers for a slot and a part together from the results of the reads.
struct TallyReader {
    let plan: QuestionPlan
    let results: [ReadResult]
    let facts: [String: SourceFacts]
    let completeness: Completeness
    let fits: LifetimeFits

    /// A tally's quantity in a slot.
    func quantity(_ tally: Tally, slot: Int, part: Part) -> Quantity {
        guard let placement = plan.placements[tally] else { return .undefined }
        let window = placement.windows[slot]
        if placement.assembly == .observations {
            return Estimate(tally, fits: fits).quantity(
                observations(placement, slot: slot, part: part))
        }
        let numbers = numbers(placement, slot: slot, part: part, tally: tally)
        guard let numbers else {
            return isCovered(window, tally) ? tally.empty : .undefined
        }
        return tally.quantity(numbers)
    }

    /// Whether the source's data reaches into a stretch of time: from its first row to its last
    /// one, or to the day before which it is declared complete.
    private func isCovered(_ window: Period, _ tally: Tally) -> Bool {
        guard let facts = facts[tally.source] else { return false }
        if tally.time.column == nil { return facts.rows > 0 }
        guard let first = facts.first, let row = facts.watermark else { return false }
        let last = max(row, completeness.watermark(of: tally.source) ?? row)
        return window.instants.end > first && window.instants.start < last
            && window.instants.seconds > 0
    }

    private func numbers(
        _ placement: Placement, slot: Int, part: Part, tally: Tally
    ) -> ReadResult.Numbers? {
        let window = placement.windows[slot]
        guard window.instants.seconds > 0 else { return nil }
        let place = placement.reads[placement.lanes[slot]]
        let result = results[place.read]
        switch placement.assembly {
        case .direct:
            guard let stretch = result.stretch(of: window),
                let row = result.numbers(stretch: stretch, part: part)
            else { return nil }
            return place.measures.map { row[$0] }
        case .pieces: return pieces(result, place, window: window, part: part, tally: tally)
        case .steps:
            let day = window.range.end.number - 1
            let count = result.running(part: part, day: day)
            return count == 0 ? nil : [Double(count)]
        case .observations: return nil
        case .transitions:
            return result.movements(in: window, part: part).map { tally.chosen($0) }
        case .lasts:
            guard let stretch = result.stretch(of: window) else { return nil }
            return result.lastNumbers(stretch: stretch, part: part)
        }
    }

    /// The rows of a slot, one by one.
    func observations(
        _ placement: Placement, slot: Int, part: Part
    ) -> [ReadResult.Numbers] {
        let window = placement.windows[slot]
        let result = results[placement.reads[placement.lanes[slot]].read]
        guard window.instants.seconds > 0, let stretch = result.stretch(of: window) else {
            return []
        }
        return result.observations[ReadResult.GroupKey(stretch: stretch, part: part)] ?? []
    }

    /// The sum over the pieces of a window; extremes for extremes.
    private func pieces(
        _ result: ReadResult, _ place: ReadPlace, window: Period, part: Part, tally: Tally
    ) -> ReadResult.Numbers? {
        var sum: ReadResult.Numbers?
        for stretch in result.stretches(in: window) {
            guard let row = result.numbers(stretch: stretch, part: part) else { continue }
            let numbers = place.measures.map { row[$0] }
            sum = sum.map { tally.combined($0, numbers) } ?? numbers
        }
        return sum
    }
}

extension ReadResult {
    /// The stretch of exactly a period's time.
    func stretch(of window: Period) -> Int? {
        let start = window.instants.start
        var low = 0
        var high = read.bucketing.stretches.count
        while low < high {
            let middle = (low + high) / 2
            if read.bucketing.stretches[middle].start < start {
                low = middle + 1
            } else {
                high = middle
            }
        }
        guard low < read.bucketing.stretches.count,
            read.bucketing.stretches[low] == window.instants
        else { return nil }
        return low
    }

    /// The stretches that lie in a period.
    func stretches(in window: Period) -> [Int] {
        read.bucketing.stretches.indices.filter {
            read.bucketing.stretches[$0].start >= window.instants.start
                && read.bucketing.stretches[$0].end <= window.instants.end
        }
    }

    /// The sum over the rows that are their entities' last ones at the end of a stretch.
    func lastNumbers(stretch: Int, part: Part) -> Numbers? {
        let buckets = read.bucketing.stretchByBucket(days: read.time.isDay)
        guard let bucket = buckets.first(where: { $0.value == stretch })?.key else { return nil }
        let rows = (lasts[part] ?? []).filter {
            $0.from <= bucket && ($0.until.map { bucket < $0 } ?? true)
        }
        guard !rows.isEmpty else { return nil }
        return [
            rows.reduce(0) { $0 + $1.sum }, Double(rows.reduce(0) { $0 + $1.count }),
        ]
    }
}

extension Tally {
    /// The quantity of a stretch that the data covers but that has no rows.
    var empty: Quantity {
        switch function {
        case .rows, .present, .distinct, .both, .firsts, .open(.count, _, _), .lifecycle:
            Quantity(value: 0, count: 0, numerator: 0, evidence: .count(0))
        case .transition(_, _, _, let countsEntities):
            Quantity(
                value: 0, count: 0, numerator: 0, evidence: countsEntities ? .count(0) : .none)
        case .sum:
            Quantity(value: 0, count: 0, numerator: 0, evidence: .total(sum: 0, squares: 0))
        case .products: Quantity(value: 0, count: 0, evidence: .none)
        case .average, .percentile, .min, .max, .stock, .deviation, .promoters, .open, .survival,
            .lifetime, .concentration:
            Quantity(value: nil, count: 0, evidence: .none)
        }
    }

    /// The quantity that a group's numbers say.
    func quantity(_ numbers: ReadResult.Numbers) -> Quantity {
        let first = numbers[0]
        let count = numbers.count > 1 ? numbers[1].map { Int($0) } : nil
        let squares = numbers.count > 2 ? numbers[2] ?? 0 : nil
        switch function {
        case .rows, .present, .distinct, .firsts, .open(.count, _, _), .lifecycle,
            .transition(_, _, _, countsEntities: true):
            let number = Int(first ?? 0)
            return Quantity(
                value: Double(number), count: number, numerator: Double(number),
                evidence: .count(number))
        case .both:
            // Those of one kind and those of the other, less all of them, are those of both.
            let all = numbers.map { Int($0 ?? 0) }
            let number = all[0] + all[1] - all[2]
            return Quantity(
                value: Double(number), count: number, numerator: Double(number),
                evidence: .count(number))
        case .sum:
            let sum = first ?? 0
            let evidence = squares.map { Quantity.Evidence.total(sum: sum, squares: $0) } ?? .none
            return Quantity(value: sum, count: count, numerator: sum, evidence: evidence)
        case .products:
            return Quantity(value: first ?? 0, count: nil, evidence: .none)
        case .average:
            guard let sum = first, let count, count > 0 else { return empty }
            let evidence =
                squares.map { Quantity.Evidence.mean(count: count, sum: sum, squares: $0) } ?? .none
            return Quantity(
                value: sum / Double(count), count: count, numerator: sum,
                denominator: Double(count), evidence: evidence)
        case .promoters: return promoters(numbers)
        case .concentration:
            var quantity = Quantity(value: first, count: count, evidence: .none)
            // What others have below zero lets the few have more than all.
            quantity.isOutOfBounds = (first ?? 0) > 1
            if quantity.isOutOfBounds { quantity.value = nil }
            return quantity
        case .percentile, .min, .max, .stock, .deviation, .open, .transition, .survival, .lifetime:
            return Quantity(value: first, count: count, numerator: first, evidence: .none)
        }
    }

    /// The numbers of two groups as those of one.
    func combined(_ left: ReadResult.Numbers, _ right: ReadResult.Numbers) -> ReadResult.Numbers {
        zip(left, right).enumerated().map { index, pair in
            guard let a = pair.0 else { return pair.1 }
            guard let b = pair.1 else { return a }
            if index == 0, case .min = function { return Swift.min(a, b) }
            if index == 0, case .max = function { return Swift.max(a, b) }
            return a + b
        }
    }
}
