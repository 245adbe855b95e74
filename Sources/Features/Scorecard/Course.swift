import Definitions
import Planning
import Statistics
import Vocabulary

/// Whether a KPI will reach its target if it goes on along its path.
public enum Course: String, Sendable {
    /// The value has reached the path.
    case onCourse = "on_course"
    /// The value has missed the path, but by no more than its noise, its floor or a little.
    case atRisk = "at_risk"
    /// The value has missed the path.
    case offCourse = "off_course"
    /// There is nothing to compare the value with.
    case noTarget = "no_target"
    /// There is no value.
    case noData = "no_data"
}

/// Judges a value against a target's path.
///
/// - On course: the path is reached.
/// - At risk: it is missed, but it lies within the value's interval, or the value holds the floor;
///   without a floor, the miss is at most a tenth of the way from the baseline to the target.
/// - Off course: everything else.
public struct CourseJudgement: Sendable {
    /// The judgement.
    public let course: Course
    /// How far the value is from the path, in words.
    public let text: String
    /// Where the path stands at the end of the period; nil without a target.
    public let path: Double?

    /// Judges.
    ///
    /// - Parameters:
    ///   - value: The value of a period; nil where it is undefined.
    ///   - interval: Its interval.
    ///   - target: The path.
    ///   - day: The last day of the period.
    ///   - better: Which way the metric should move.
    ///   - unit: The metric's unit.
    public init(
        value: Double?, interval: Interval?, target: Target?, day: Day, better: Direction,
        unit: Vocabulary.Unit
    ) {
        let path = target?.value(on: day)
        self.path = path
        guard let value else {
            (course, text) = (.noData, "no value yet")
            return
        }
        guard let target, let path else {
            (course, text) = (.noTarget, "no target")
            return
        }
        let sign: Double = better == .down ? -1 : 1
        let gap = better == .none ? -abs(value - path) : (value - path) * sign
        text = CourseJudgement.text(value, path: path, unit: unit)
        if gap >= 0 {
            course = .onCourse
        } else if interval?.contains(path) == true {
            course = .atRisk
        } else if let floor = target.floor {
            course = (value - floor) * sign >= 0 ? .atRisk : .offCourse
        } else {
            let way = abs(target.by.value - (target.from?.value ?? target.by.value))
            let allowance = max(way, abs(target.by.value) / 10) / 10
            course = abs(gap) <= allowance ? .atRisk : .offCourse
        }
    }

    private static func text(_ value: Double, path: Double, unit: Vocabulary.Unit) -> String {
        let difference = value - path
        let side = difference >= 0 ? "above" : "below"
        let amount: String
        switch unit {
        case .share: amount = "\(rounded(abs(difference) * 100)) pp"
        case .points: amount = "\(rounded(abs(difference))) points"
        default:
            guard path > 0 else { return "\(side) its path" }
            amount = "\(rounded(abs(difference) / path * 100)) %"
        }
        if amount.hasPrefix("0.0 ") { return "on its path" }
        return "\(amount) \(side) its path"
    }

    private static func rounded(_ number: Double) -> String {
        let tenths = (number * 10).rounded()
        let whole = Int(tenths / 10)
        return "\(whole).\(Int(tenths) - whole * 10)"
    }
}
