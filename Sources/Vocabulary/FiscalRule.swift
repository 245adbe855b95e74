/// How a workspace's year is cut into quarters and months.
public enum FiscalRule: Hashable, Sendable {
    /// Civil months; the year begins with a month (1 to 12).
    case months(first: Int)
    /// Whole weeks: thirteen a quarter, cut into three months by a pattern.
    ///
    /// The year ends with the week that holds the last day before the first month, or is nearest
    /// to it; a year of 53 weeks gives its last month one more.
    case weeks(first: Int, pattern: WeekPattern)

    /// The calendar year.
    public static let calendar = FiscalRule.months(first: 1)

    /// How many weeks the months of a quarter have.
    public enum WeekPattern: String, CaseIterable, Sendable {
        /// Weeks of the first, second and third month.
        case fourFourFive = "4-4-5", fourFiveFour = "4-5-4", fiveFourFour = "5-4-4"

        /// The weeks of the three months.
        public var weeks: [Int] {
            switch self {
            case .fourFourFive: [4, 4, 5]
            case .fourFiveFour: [4, 5, 4]
            case .fiveFourFour: [5, 4, 4]
            }
        }
    }
}
