import ArgumentParser
import Features

/// The options that make up a question, beside its metrics.
struct QuestionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A dimension to split by; repeat it, or separate several by commas.",
            valueName: "dim"))
    var by: [String] = []

    @OptionGroup var range: RangeOptions

    /// The question about some metrics.
    func question(of metrics: [String]) -> QuestionWords {
        QuestionWords(
            metrics: metrics,
            by: by.flatMap { $0.split(separator: ",").map { String($0.trimmed) } },
            over: range.over, grain: range.grain, filters: range.filters, compare: range.compare,
            limit: range.limit, zone: range.zone, asOf: range.asOf)
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
