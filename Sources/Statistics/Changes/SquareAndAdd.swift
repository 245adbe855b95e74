import Vocabulary

/// An estimate with its own interval, which need not lie evenly around it.
struct IntervalEstimate {
    let value: Double
    let interval: Interval
}

/// The interval of the difference `after - before` of two independent estimates, made from their
/// own intervals: each side adds the squares of the two distances that move the difference there.
///
/// Source: G. Y. Zou, A. Donner, "Construction of confidence limits about effect measures: a
/// general approach", Statistics in Medicine 27 (2008), 1693–1702.
func squareAndAdd(
    before: IntervalEstimate, after: IntervalEstimate
) throws(Failure) -> Interval {
    let difference = after.value - before.value
    let down = length(after.value - after.interval.low, before.interval.high - before.value)
    let up = length(after.interval.high - after.value, before.value - before.interval.low)
    return try Interval(low: difference - down, high: difference + up)
}

private func length(_ first: Double, _ second: Double) -> Double {
    (first * first + second * second).squareRoot()
}
