import Definitions
import Vocabulary

/// An answer about behaviour, for people and for programs.
struct BehaviourText {
    private let kind: BehaviourKind
    private let json: JSON

    /// Reads an answer as `--format json` prints it.
    init(_ kind: BehaviourKind, _ json: JSON) {
        self.kind = kind
        self.json = json
    }

    /// Writes the answer.
    func write(_ format: OutputFormat, to output: Output) {
        switch (format, kind) {
        case (.json, _): output.json(json)
        case (.csv, .segment): SegmentText(json).writeCSV(to: output)
        case (.csv, _): FlatRows(json, list: mainList).write(to: output)
        case (.table, .funnel): FunnelText(json).write(to: output)
        case (.table, .retention): RetentionText(json).write(to: output)
        case (.table, .segment): SegmentText(json).write(to: output)
        case (.table, _): writeTables(to: output)
        }
    }

    /// The list that is the table for programs; only whole paths are split or compared.
    private var mainList: String {
        let isWhole = json.member("parts") != nil || json.member("previous") != nil
        return kind == .paths && isWhole ? "top" : kind.mainList
    }

    /// The columns that people see, with those of the split and of the other range.
    private var columns: [BehaviourColumn] {
        var columns = kind.columns
        let isCompared = json.member("previous") != nil
        if kind == .paths, isCompared {
            columns.insert(BehaviourColumn("before", .count, "before"), at: 1)
        }
        guard kind == .campaigns else { return columns }
        if isCompared {
            columns += [
                BehaviourColumn("visits before", .count, "before.visits"),
                BehaviourColumn("share before", .share, "before.conversion"),
            ]
        }
        if let dimension = json.member("by")?.text {
            columns.insert(BehaviourColumn(dimension, .text, "part"), at: 3)
        }
        return columns
    }

    /// What the other range had: its commonest paths, or all visits together.
    private func writePrevious(_ previous: JSON, to output: Output) {
        let range = previous.member("range")?.text ?? ""
        output.line()
        output.line(printable("Before, \(range)"))
        let rows = kind == .paths ? previous.member("top") : .list([previous["total"] ?? .null])
        output.table(BehaviourColumn.table(kind.columns, rows))
    }

    private func writeTables(to output: Output) {
        let head = [json.member("title")?.text, json.member("range")?.text].compactMap { $0 }
        output.line(printable(head.joined(separator: ", ")))
        output.line(printable("  \(json.member("definition")?.text ?? "")"))
        output.line()
        output.table(BehaviourColumn.table(columns, json.member(kind.tableList)))
        for part in json.member("parts")?.elements ?? [] {
            let name = part.member("value")?.text ?? part.member("kind")?.text ?? ""
            output.line()
            output.line(printable("\(json.member("dimension")?.text ?? "part"): \(name)"))
            output.table(BehaviourColumn.table(kind.columns, part.member(kind.tableList)))
        }
        if let total = json.member("total"), kind == .campaigns {
            output.line()
            output.line("All together")
            output.table(BehaviourColumn.table(kind.columns, .list([total])))
        }
        if let previous = json.member("previous") { writePrevious(previous, to: output) }
        if let times = json.member("time_to_adopt") { writeTimes(times, to: output) }
        output.notes(of: json)
    }

    private func writeTimes(_ times: JSON, to output: Output) {
        let adopters = grouped(times.member("adopters")?.number ?? 0, decimals: 0)
        let beginners = grouped(times.member("of")?.number ?? 0, decimals: 0)
        let median = times.member("median_seconds")?.number.map { DurationText.text(seconds: $0) }
        output.line()
        output.line(
            "\(adopters) of \(beginners) who could for the first time have used it"
                + (median.map { ", half of them within \($0)." } ?? "."))
    }
}

extension BehaviourKind {
    /// The list of an answer that is its table for programs.
    fileprivate var mainList: String {
        switch self {
        case .funnel: "steps"
        case .retention: "cohorts"
        case .lifecycle, .adoption: "periods"
        case .activity: "days"
        case .paths: "links"
        case .campaigns: "rows"
        case .segment: "people"
        }
    }

    /// The list that people see.
    fileprivate var tableList: String { self == .paths ? "top" : mainList }

    /// The columns that people see.
    fileprivate var columns: [BehaviourColumn] {
        switch self {
        case .funnel, .retention, .segment: []
        case .lifecycle:
            [
                BehaviourColumn("period", .text, "label"), BehaviourColumn("new", .count, "new"),
                BehaviourColumn("current", .count, "current"),
                BehaviourColumn("resurrected", .count, "resurrected"),
                BehaviourColumn("dormant", .count, "dormant"),
                BehaviourColumn("active", .count, "active"),
                BehaviourColumn("pulse", .number, "pulse"),
                BehaviourColumn("", .incomplete, "complete"),
            ]
        case .activity:
            [
                BehaviourColumn("day", .text, "day"), BehaviourColumn("1 day", .count, "dau"),
                BehaviourColumn("7 days", .count, "wau"),
                BehaviourColumn("28 days", .count, "mau"),
                BehaviourColumn("stickiness", .share, "stickiness"),
                BehaviourColumn("95 % interval", .interval, "stickiness"),
                BehaviourColumn("", .incomplete, "complete"),
            ]
        case .adoption:
            [
                BehaviourColumn("period", .text, "label"),
                BehaviourColumn("could", .count, "eligible"),
                BehaviourColumn("users", .count, "users"),
                BehaviourColumn("breadth", .share, "breadth"),
                BehaviourColumn("95 % interval", .interval, "breadth"),
                BehaviourColumn("uses each", .number, "depth"),
                BehaviourColumn("days each", .number, "days_per_user"),
                BehaviourColumn("new", .count, "new_adopters"),
                BehaviourColumn("retained", .share, "retained"),
                BehaviourColumn("", .incomplete, "complete"),
            ]
        case .paths:
            [
                BehaviourColumn("taken", .count, "count"),
                BehaviourColumn("share", .share, "share"),
                BehaviourColumn("95 % interval", .interval, "share"),
                BehaviourColumn("path", .list, "events"),
            ]
        case .campaigns:
            [
                BehaviourColumn("source", .text, "source"),
                BehaviourColumn("medium", .text, "medium"),
                BehaviourColumn("campaign", .text, "campaign"),
                BehaviourColumn("visits", .count, "visits"),
                BehaviourColumn("people", .count, "people"),
                BehaviourColumn("converted", .count, "conversions"),
                BehaviourColumn("share", .share, "conversion"),
                BehaviourColumn("95 % interval", .interval, "conversion"),
                BehaviourColumn("differs", .text, "differs"),
                BehaviourColumn("value", .number, "value"),
                BehaviourColumn("cost", .number, "cost"),
                BehaviourColumn("for each", .number, "cost_per_conversion"),
                BehaviourColumn("clicked", .share, "click_through"),
            ]
        }
    }
}

/// A column of a table about behaviour, made of a member of each row.
struct BehaviourColumn {
    /// How a member is shown.
    enum Form { case text, count, number, share, interval, list, incomplete }

    private let title: String
    private let form: Form
    /// The names that lead to the member.
    private let path: [String]

    /// Describes a column; a point in the member's name leads into an object.
    init(_ title: String, _ form: Form, _ member: String) {
        self.title = title
        self.form = form
        path = member.split(separator: ".").map(String.init)
    }

    /// The table of some rows.
    static func table(_ columns: [BehaviourColumn], _ rows: JSON?) -> Table {
        var table = Table(columns.map(\.head))
        for row in rows?.elements ?? [] { table.append(columns.map { $0.cell(row) }) }
        return table
    }

    private var head: Table.Column {
        switch form {
        case .text, .list: .text(title, isFlexible: true)
        case .interval, .incomplete: .text(title)
        case .count, .number, .share: .number(title)
        }
    }

    private func cell(_ row: JSON?) -> Table.Cell {
        let value = path.reduce(row) { $0?.member($1) }
        let share = NumberText(.share)
        switch form {
        case .text: return Table.Cell(value?.text ?? "–")
        case .count: return Table.Cell(value?.number.map { grouped($0, decimals: 0) } ?? "–")
        case .number: return Table.Cell(NumberText(.number).text(value?.number))
        case .share: return Table.Cell(share.text(value?.member("value")?.number))
        case .interval:
            return Table.Cell(
                share.interval(value?.member("low")?.number, value?.member("high")?.number))
        case .list:
            return Table.Cell((value?.elements ?? []).compactMap(\.text).joined(separator: " → "))
        case .incomplete: return Table.Cell(value == .boolean(false) ? "not over" : "", .dim)
        }
    }
}
