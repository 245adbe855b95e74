import CBoostMath
import Foundation
import Vocabulary

/// A statistic that is chi-squared distributed where nothing but chance is at work, and how
/// improbable it then is.
///
/// Source: K. Pearson, "On the criterion that a given system of deviations …", Philosophical
/// Magazine 50 (1900), 157–175.
public struct ChiSquared: Hashable, Sendable {
    /// The statistic, zero or more.
    public let statistic: Double
    /// Its degrees of freedom, one or more.
    public let degreesOfFreedom: Int

    /// Makes a statistic.
    ///
    /// - Throws: `statistics/not-finite` for a statistic that is negative or no finite number,
    ///   and `statistics/too-few-observations` for no degrees of freedom.
    public init(_ statistic: Double, degreesOfFreedom: Int) throws(Failure) {
        guard statistic.isFinite, statistic >= 0 else {
            throw Failure(
                .notFinite, "A chi-squared statistic of \(statistic) is not possible.",
                hint: "Check the counts behind it for values that are too large."
            )
        }
        guard degreesOfFreedom >= 1 else {
            throw Failure(
                .tooFewObservations, "A comparison needs at least two groups.",
                hint: "Compare two or more groups that have observations."
            )
        }
        self.statistic = statistic
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The probability of such a statistic or a larger one (p) by chance alone; zero where it is
    /// too small for a Double, see ``log10Probability``.
    public var probability: Double { boost_gamma_tail(shape, statistic / 2) }

    /// The decimal logarithm of ``probability``, which has digits however small that is.
    public var log10Probability: Double {
        let probability = probability
        let logarithm = probability > 1e-290 ? log(probability) : logOfTinyTail()
        return logarithm / log(10)
    }

    private var shape: Double { Double(degreesOfFreedom) / 2 }

    /// The tail by its continued fraction, which converges fast far out.
    ///
    /// Source: NIST Digital Library of Mathematical Functions, 8.9.2, by Lentz's method.
    private func logOfTinyTail() -> Double {
        let value = statistic / 2
        var term = value + 1 - shape
        var inverse = 1 / term
        var ratio = Double.greatestFiniteMagnitude
        var fraction = inverse
        for index in 1...500 {
            let numerator = -Double(index) * (Double(index) - shape)
            term += 2
            inverse = 1 / (numerator * inverse + term)
            ratio = term + numerator / ratio
            fraction *= inverse * ratio
            if abs(inverse * ratio - 1) < 1e-15 { break }
        }
        return shape * log(value) - value - boost_log_gamma(shape) + log(fraction)
    }
}
