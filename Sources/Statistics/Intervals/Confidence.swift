import CBoostMath
import Vocabulary

/// How often intervals made in the same way contain the true value, for example 95 %.
public struct Confidence: Hashable, Sendable {
    /// The confidence as a share, above 0 and below 1.
    public let level: Double

    /// 95 %, which every answer shows unless asked otherwise.
    public static let usual = Confidence(checked: 0.95)

    /// Makes a confidence from a share such as 0.95.
    ///
    /// - Throws: `statistics/impossible-confidence` when it is not above 0 and below 1.
    public init(_ level: Double) throws(Failure) {
        guard level > 0, level < 1 else {
            throw Failure(
                .impossibleConfidence,
                "A confidence of \(level) is not possible.",
                hint: "Give a share above 0 and below 1, for example 0.95."
            )
        }
        self.init(checked: level)
    }

    private init(checked level: Double) { self.level = level }

    /// How many standard errors an interval reaches to each side when its estimate is normal;
    /// 1.96 at 95 %.
    func normalCriticalValue() throws(Failure) -> Double {
        try finite(-boost_normal_quantile(tail))
    }

    /// How many standard errors an interval reaches to each side when its standard error is
    /// itself estimated; 2.26 at 95 % and nine degrees of freedom.
    func studentCriticalValue(degreesOfFreedom: Double) throws(Failure) -> Double {
        try finite(-boost_students_t_quantile(degreesOfFreedom, tail))
    }

    /// The probability left out on each side. Small tails keep their digits, where `1 - tail`
    /// would lose them.
    private var tail: Double { (1 - level) / 2 }

    private func finite(_ criticalValue: Double) throws(Failure) -> Double {
        guard criticalValue.isFinite else {
            throw Failure(
                .notFinite,
                "There is no critical value for a confidence of \(level).",
                hint: "Choose a confidence nearer to 0.95."
            )
        }
        return criticalValue
    }
}

extension Failure.Code {
    /// The confidence is not a share between 0 and 1.
    public static let impossibleConfidence: Self = "statistics/impossible-confidence"
}
