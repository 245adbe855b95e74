import Vocabulary

/// The size of a segment, for people and for programs.
struct SegmentText {
    private let json: JSON

    /// Reads an answer about a segment.
    init(_ json: JSON) { self.json = json }

    /// Writes the size with its interval.
    func write(to output: Output) {
        let share = json.member("share")
        let text = NumberText(.share)
        let interval = text.interval(
            share?.member("low")?.number, share?.member("high")?.number)
        output.line(printable(json.member("title")?.text ?? ""))
        output.line(printable("  \(json.member("definition")?.text ?? "")"))
        output.line(printable("  \(json.member("range")?.text ?? "")"))
        output.line()
        output.line(
            "  \(count("members")) of \(count("of")), "
                + "\(text.text(share?.member("value")?.number)) \(interval)")
        output.notes(of: json)
    }

    /// Writes one row of plain values.
    func writeCSV(to output: Output) {
        let share = json.member("share")
        output.csv(
            ["segment", "members", "of", "share", "share_low", "share_high"],
            [
                [
                    json.member("segment"), json.member("members"), json.member("of"),
                    share?.member("value"), share?.member("low"), share?.member("high"),
                ].map { $0 ?? .null }
            ])
    }

    private func count(_ member: String) -> String {
        grouped(json.member(member)?.number ?? 0, decimals: 0)
    }
}
