import CBoostMath
import Foundation

/// The log-likelihood of purchases under ``BGNBD``, with its slope.
///
/// What depends on the frequency alone is calculated once a frequency, and the sums over
/// customers need two logarithms and an exponential each.
struct BGNBDLikelihood {
    private struct Customer {
        let frequency: Double
        let recency: Double
        let age: Double
        let weight: Double
    }

    private let customers: [Customer]
    private let frequencies: [(value: Double, weight: Double)]

    init(_ summaries: [PurchaseSummary]) {
        customers = summaries.map {
            Customer(
                frequency: Double($0.frequency), recency: $0.recency, age: $0.age,
                weight: Double($0.customers))
        }
        frequencies = summaries.weightedFrequencies
    }

    func value(r: Double, alpha: Double, a: Double, b: Double) -> LogLikelihood {
        var sum = LogLikelihood(value: 0, gradient: [0, 0, 0, 0])
        addFrequencies(to: &sum, r: r, alpha: alpha, a: a, b: b)
        let logA = log(a)
        var (slopeR, slopeAlpha, slopeA, slopeB, value) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for customer in customers {
            let power = r + customer.frequency
            let (ageEnd, recencyEnd) = (alpha + customer.age, alpha + customer.recency)
            let logAge = log(ageEnd)
            guard customer.frequency > 0 else {
                value -= customer.weight * power * logAge
                slopeR -= customer.weight * logAge
                slopeAlpha -= customer.weight * power / ageEnd
                continue
            }
            let stops = b + customer.frequency - 1
            let logRecency = log(recencyEnd)
            // How much likelier it is to have stopped than to go on, as a logarithm.
            let odds = logA - log(stops) + power * (logAge - logRecency)
            let small = exp(-abs(odds))
            let stopped = odds > 0 ? 1 / (1 + small) : small / (1 + small)
            value += customer.weight * (max(odds, 0) + log1p(small) - power * logAge)
            slopeR -= customer.weight * (logAge + stopped * (logRecency - logAge))
            slopeAlpha -=
                customer.weight * power * ((1 - stopped) / ageEnd + stopped / recencyEnd)
            slopeA += customer.weight * stopped / a
            slopeB -= customer.weight * stopped / stops
        }
        sum.value += value
        for (index, slope) in [slopeR, slopeAlpha, slopeA, slopeB].enumerated() {
            sum.gradient[index] += slope
        }
        return sum
    }

    private func addFrequencies(
        to sum: inout LogLikelihood, r: Double, alpha: Double, a: Double, b: Double
    ) {
        let constant =
            r * log(alpha) - boost_log_gamma(r) + boost_log_gamma(a + b) - boost_log_gamma(b)
        let (atR, atB, atBoth) = (boost_digamma(r), boost_digamma(b), boost_digamma(a + b))
        let logAlpha = log(alpha)
        for (frequency, weight) in frequencies {
            sum.value +=
                weight
                * (constant + boost_log_gamma(r + frequency) + boost_log_gamma(b + frequency)
                    - boost_log_gamma(a + b + frequency))
            let both = atBoth - boost_digamma(a + b + frequency)
            sum.gradient[0] += weight * (boost_digamma(r + frequency) - atR + logAlpha)
            sum.gradient[1] += weight * r / alpha
            sum.gradient[2] += weight * both
            sum.gradient[3] += weight * (boost_digamma(b + frequency) - atB + both)
        }
    }
}

extension [PurchaseSummary] {
    /// Each frequency with the number of its customers, in order.
    var weightedFrequencies: [(value: Double, weight: Double)] {
        var weights: [Int: Double] = [:]
        for summary in self { weights[summary.frequency, default: 0] += Double(summary.customers) }
        return weights.sorted { $0.key < $1.key }.map { (Double($0.key), $0.value) }
    }
}
