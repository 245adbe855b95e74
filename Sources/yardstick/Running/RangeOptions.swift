import ArgumentParser

/// The options that any question has: over what, of which rows, and how it is cut.
struct RangeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The range of time, such as 2026-Q1 or 'last 12 weeks'.", valueName: "range"))
    var over: String?

    @Option(
        help: ArgumentHelp(
            "The periods: day, week, month, quarter or year; hour for metrics and trends.",
            valueName: "grain"))
    var grain: String?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("A filter; repeat it to narrow further.", valueName: "expression"))
    var filters: [String] = []

    @Option(
        help: ArgumentHelp(
            "What to compare with: previous, year (the year before) or weekday (the same weekdays).",
            valueName: "period"))
    var compare: String?

    @Option(
        help: ArgumentHelp(
            "How many values of a dimension to name; the rest is 'other'.", valueName: "count"))
    var limit: Int?

    @Option(
        help: ArgumentHelp(
            "The time zone of the periods; default: the workspace's.", valueName: "zone"))
    var zone: String?

    @Option(
        help: ArgumentHelp(
            "The day to take for today, such as 2026-06-30.", valueName: "date"))
    var asOf: String?
}
