import Definitions
import Statistics

extension Tally {
    /// The score of promoters, detractors and all answers; weighted where squared weights follow.
    func promoters(_ numbers: ReadResult.Numbers) -> Quantity {
        let (promoters, detractors, all) = (numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0)
        guard all > 0 else { return empty }
        let isWeighted = numbers.count > 4
        let count = isWeighted ? Int(numbers[4] ?? 0) : Int(all)
        let summary: PromoterSummary?
        if isWeighted {
            summary = try? PromoterSummary(
                weightOfPromoters: promoters, weightOfPassives: all - promoters - detractors,
                weightOfDetractors: detractors, sumOfSquaredWeights: numbers[3] ?? 0)
        } else {
            summary = try? PromoterSummary(
                promoters: Int(promoters), passives: Int(all - promoters - detractors),
                detractors: Int(detractors))
        }
        return Quantity(
            value: 100 * (promoters - detractors) / all, count: count,
            numerator: promoters - detractors, denominator: all,
            evidence: summary.map { .promoters($0) } ?? .none)
    }
}
