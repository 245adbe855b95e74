import ArgumentParser
import Features

/// The options that make up a question, beside its metrics.
struct QuestionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A dimension to split by; repeat it, or separate several by commas.",
            valueName: "dim"))
    var by: [String] = []

    @Option(help: ArgumentHelp("The range of time.", valueName: "range"))
    var over: String?

    @Option(
        help: ArgumentHelp(
            "The periods: hour, day, week, month, quarter or year. Without it the range is one.",
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

    /// The question about some metrics.
    func question(of metrics: [String]) -> QuestionWords {
        QuestionWords(
            metrics: metrics,
            by: by.flatMap { $0.split(separator: ",").map { String($0.trimmed) } },
            over: over, grain: grain, filters: filters, compare: compare, limit: limit, zone: zone,
            asOf: asOf)
    }
}

extension Substring {
    /// The text without blanks around it.
    fileprivate var trimmed: Substring {
        let start = drop(while: \.isWhitespace)
        let end = start.lastIndex { !$0.isWhitespace }
        return end.map { start[...$0] } ?? ""
    }
}
