/// The dice of the simulated company: the same seed gives the same throws on every machine.
///
/// Only integer arithmetic, IEEE additions, multiplications and divisions are used, never the
/// system's mathematical library, whose last digit differs from one system to the next.
///
/// Source of the generator: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom
/// number generators", OOPSLA 2014 (SplitMix64).
struct DemoRandom: Sendable {
    private var state: UInt64

    /// Makes a generator; each `stream` of one seed is independent of the others, so that a
    /// change to one part of the company leaves the rest as it was.
    init(seed: UInt64, stream: UInt64) {
        state = seed
        let first = next()
        state = first ^ (stream &* 0xD1B5_4A32_D192_ED03)
        _ = next()
    }

    /// The next 64 random bits.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but not including, 1.
    mutating func unit() -> Double {
        Double(next() >> 11) * (1.0 / 9_007_199_254_740_992.0)
    }

    /// A whole number from 0 up to, but not including, `bound`.
    mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// True with the given probability.
    mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    /// An index, drawn in proportion to the weights, which need not add up to one.
    mutating func pick(_ weights: [Double]) -> Int {
        var rest = unit() * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() {
            rest -= weight
            if rest < 0 { return index }
        }
        return weights.count - 1
    }

    /// A count from the Poisson distribution with the given mean (at most about 500).
    mutating func poisson(_ mean: Double) -> Int {
        guard mean > 0 else { return 0 }
        if mean > 12 {
            return poisson(mean / 2) + poisson(mean / 2)
        }
        let limit = DemoRandom.exponential(-mean)
        var product = unit()
        var count = 0
        while product > limit {
            product *= unit()
            count += 1
        }
        return count
    }

    /// How often something succeeds before it fails for the first time; the mean is `mean`.
    mutating func geometric(mean: Double, atMost: Int) -> Int {
        let success = mean / (1 + mean)
        var count = 0
        while count < atMost, chance(success) { count += 1 }
        return count
    }

    /// A number that is nearly standard normal: the sum of twelve uniform ones, minus six.
    mutating func normal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += unit() }
        return sum
    }

    /// A positive number whose logarithm is nearly normal.
    mutating func logNormal(median: Double, spread: Double) -> Double {
        median * DemoRandom.exponential(spread * normal())
    }

    /// e to the power of `exponent`, by halving the argument, a series, and squaring.
    static func exponential(_ exponent: Double) -> Double {
        let small = exponent / 1_024
        var term = 1.0
        var sum = 1.0
        for step in 1...10 {
            term *= small / Double(step)
            sum += term
        }
        for _ in 0..<10 { sum *= sum }
        return sum
    }
}
