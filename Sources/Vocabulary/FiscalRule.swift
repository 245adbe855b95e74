/// How a workspace's year is cut into quarters and months.
public enum FiscalRule: Hashable, Sendable {
    /// Civil months; the year begins with a month (1 to 12).
    case months(first: Int)
    /// Whole weeks: thirteen a quarter, cut into three months by a pattern.
    ///
    /// The year begins with the start of a week that is nearest to the first day of the first
    /// month, so that it has 52 or 53 weeks; the 53rd belongs to its last month.
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
