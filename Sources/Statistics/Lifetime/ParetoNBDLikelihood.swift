import CBoostMath
import Foundation

/// The log-likelihood of purchases under ``ParetoNBD``, with its slope.
///
/// The usual form is a difference of two hypergeometric functions, which loses its digits where
/// the last purchase was just before the end. The integral over the moments to stop at, which
/// that difference solves, has no such place, and its slopes come from the same points.
struct ParetoNBDLikelihood {
    private let summaries: [PurchaseSummary]
    private let frequencies: [(value: Double, weight: Double)]

    init(_ summaries: [PurchaseSummary]) {
        self.summaries = summaries
        frequencies = summaries.weightedFrequencies
    }

    func value(r: Double, alpha: Double, s: Double, beta: Double) -> LogLikelihood {
        var (value, slopeR, slopeAlpha, slopeS, slopeBeta) = (0.0, 0.0, 0.0, 0.0, 0.0)
        let (logAlpha, logBeta, atR) = (log(alpha), log(beta), boost_digamma(r))
        let constant = r * logAlpha + s * logBeta - boost_log_gamma(r)
        for (frequency, weight) in frequencies {
            value += weight * (constant + boost_log_gamma(r + frequency))
            slopeR += weight * (boost_digamma(r + frequency) - atR + logAlpha)
            slopeAlpha += weight * r / alpha
            slopeS += weight * logBeta
            slopeBeta += weight * s / beta
        }
        let logS = log(s)
        for summary in summaries {
            let (weight, age) = (Double(summary.customers), summary.age)
            let power = r + Double(summary.frequency)
            let integral = StoppingIntegral(
                power: power, alpha: alpha, s: s, beta: beta, from: summary.recency, to: age)
            let (logAge, logStay) = (log(alpha + age), log(beta + age))
            let staying = -power * logAge - s * logStay
            let stopping = logS + integral.logarithm
            let top = max(staying, stopping)
            let (stayed, stopped) = (exp(staying - top), exp(stopping - top))
            let both = stayed + stopped
            value += weight * (top + log(both))
            let (stay, stop) = (weight * stayed / both, weight * stopped / both)
            slopeR -= stay * logAge + stop * integral.meanLogAlpha
            slopeAlpha -= power * (stay / (alpha + age) + stop * integral.meanInverseAlpha)
            slopeS -= stay * logStay + stop * (integral.meanLogBeta - 1 / s)
            slopeBeta -= stay * s / (beta + age) + stop * (s + 1) * integral.meanInverseBeta
        }
        return LogLikelihood(value: value, gradient: [slopeR, slopeAlpha, slopeS, slopeBeta])
    }
}

/// The integral of `(α+τ)^-power · (β+τ)^-(s+1)` over the moments τ to stop at, and means under it.
///
/// In the logarithm of τ plus the smaller of α and β the integrand is like an exponential, which
/// Gauss and Legendre's points follow closely on pieces that are short enough.
struct StoppingIntegral {
    /// The logarithm of the integral; minus infinity over no time.
    private(set) var logarithm = -Double.infinity
    /// The mean of log(α+τ).
    private(set) var meanLogAlpha = 0.0
    /// The mean of log(β+τ).
    private(set) var meanLogBeta = 0.0
    /// The mean of 1/(α+τ).
    private(set) var meanInverseAlpha = 0.0
    /// The mean of 1/(β+τ).
    private(set) var meanInverseBeta = 0.0

    init(power: Double, alpha: Double, s: Double, beta: Double, from: Double, to end: Double) {
        let smaller = min(alpha, beta)
        var length = log((end + smaller) / (from + smaller))
        guard length > 0 else { return }
        // How fast the integrand falls, at the beginning and at most.
        let (first, logFirst) = (from + smaller, log(from + smaller))
        let fall = power * first / (alpha + from) + (s + 1) * first / (beta + from) - 1
        // What lies below a 10^-19th of the beginning is left out.
        if fall > 0 { length = min(length, 44 / fall) }
        let panels = max((length / 2).rounded(.up), (length * (power + s) / 16).rounded(.up), 1)
        let scale = -power * log(alpha + from) - (s + 1) * log(beta + from)
        var sum = 0.0
        for panel in 0..<Int(panels) {
            for (point, weight) in GaussLegendre.points {
                let place = (Double(panel) + (1 + point) / 2) * length / panels
                let shifted = first * exp(place)
                let moment = shifted - smaller
                // The logarithm of what is shifted by the smaller one is known.
                let logAlpha = alpha == smaller ? logFirst + place : log(alpha + moment)
                let logBeta = beta == smaller ? logFirst + place : log(beta + moment)
                let part =
                    weight * shifted * exp(-power * logAlpha - (s + 1) * logBeta - scale)
                sum += part
                meanLogAlpha += part * logAlpha
                meanLogBeta += part * logBeta
                meanInverseAlpha += part / (alpha + moment)
                meanInverseBeta += part / (beta + moment)
            }
        }
        logarithm = scale + log(sum * length / panels / 2)
        meanLogAlpha /= sum
        meanLogBeta /= sum
        meanInverseAlpha /= sum
        meanInverseBeta /= sum
    }
}
