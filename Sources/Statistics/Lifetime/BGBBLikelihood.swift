import CBoostMath
import Foundation

/// The log-likelihood of purchases under ``BGBB``, with its slope.
struct BGBBLikelihood {
    private let summaries: [PurchaseSummary]

    init(_ summaries: [PurchaseSummary]) { self.summaries = summaries }

    func value(alpha: Double, beta: Double, gamma: Double, delta: Double) -> LogLikelihood {
        let start = BetaSlope(alpha, beta) + BetaSlope(gamma, delta)
        var sum = LogLikelihood(value: 0, gradient: [0, 0, 0, 0])
        for summary in summaries {
            let (count, weight) = (Double(summary.frequency), Double(summary.customers))
            // The ways to have come here: to be there still, or to have stopped at some
            // opportunity since the last purchase.
            var ways = [
                BetaSlope(alpha + count, beta + summary.age - count)
                    + BetaSlope(gamma, delta + summary.age)
            ]
            for last in Int(summary.recency)..<Int(summary.age) {
                let time = Double(last)
                ways.append(
                    BetaSlope(alpha + count, beta + time - count)
                        + BetaSlope(gamma + 1, delta + time))
            }
            let top = ways.reduce(-Double.infinity) { max($0, $1.value) }
            let total = ways.reduce(0) { $0 + exp($1.value - top) }
            sum.value += weight * (top + log(total) - start.value)
            for index in 0..<4 {
                let mean = ways.reduce(0) { $0 + exp($1.value - top) * $1.slopes[index] } / total
                sum.gradient[index] += weight * (mean - start.slopes[index])
            }
        }
        return sum
    }
}

/// The logarithm of a beta function, or of a product of two, with its slope in each argument.
private struct BetaSlope {
    let value: Double
    let slopes: [Double]

    init(_ left: Double, _ right: Double) {
        let both = boost_digamma(left + right)
        self.init(
            value: logBeta(left, right),
            slopes: [boost_digamma(left) - both, boost_digamma(right) - both])
    }

    private init(value: Double, slopes: [Double]) {
        self.value = value
        self.slopes = slopes
    }

    static func + (left: BetaSlope, right: BetaSlope) -> BetaSlope {
        BetaSlope(value: left.value + right.value, slopes: left.slopes + right.slopes)
    }
}
