import Vocabulary

/// People, for people and for programs.
struct PeopleText {
    private let json: JSON

    /// Reads a list of people as `--format json` prints it.
    init(_ json: JSON) { self.json = json }

    /// Writes the list.
    func write(_ format: OutputFormat, to output: Output) {
        switch format {
        case .json: output.json(json)
        case .csv: FlatRows(json, list: "people").write(to: output)
        case .table: writeTable(to: output)
        }
    }

    private func writeTable(to output: Output) {
        let people = json.member("people")?.elements ?? []
        let members = [
            "entered", "began", "first_seen", "last_seen", "first", "last", "times", "events",
        ].filter { name in people.contains { $0.member(name) != nil } }
        let numbers = ["times", "events"]
        var table = Table(
            [.text(json.member("entity")?.text ?? "person", isFlexible: true)]
                + members.map { name in
                    let title = name.replacing("_", with: " ")
                    return numbers.contains(name) ? .number(title) : .text(title)
                })
        for person in people {
            table.append(
                [Table.Cell(person.member("id")?.text ?? "–", .bold)]
                    + members.map { name in
                        let value = person.member(name)
                        let count = value?.number.map { grouped($0, decimals: 0) }
                        return Table.Cell(value?.text ?? count ?? "")
                    })
        }
        output.table(table)
        let total = grouped(json.member("total")?.number ?? 0, decimals: 0)
        output.line("\(people.count) of \(total)")
        output.notes(of: json)
    }
}

/// What somebody did, for people and for programs.
struct TimelineText {
    private let json: JSON

    /// Reads a person as `--format json` prints it.
    init(_ json: JSON) { self.json = json }

    /// Writes the timeline.
    func write(_ format: OutputFormat, to output: Output) {
        switch format {
        case .json: output.json(json)
        case .csv: FlatRows(json, list: "timeline").write(to: output)
        case .table: writeTable(to: output)
        }
    }

    private func writeTable(to output: Output) {
        let ids = (json.member("ids")?.elements ?? []).compactMap(\.text)
        output.line(printable(ids.joined(separator: ", ")))
        let events = grouped(json.member("events")?.number ?? 0, decimals: 0)
        output.line(
            "  \(events) events from \(json.member("first_seen")?.text ?? "–") "
                + "to \(json.member("last_seen")?.text ?? "–")")
        output.line()
        var table = Table([
            .text("time"), .text("event"), .text("path", isFlexible: true),
            .text("properties", isFlexible: true),
        ])
        for entry in json.member("timeline")?.elements ?? [] {
            table.append([
                Table.Cell(entry.member("time")?.text ?? ""),
                Table.Cell(entry.member("event")?.text ?? "–", .bold),
                Table.Cell(entry.member("path")?.text ?? ""),
                Table.Cell(entry.member("properties")?.line ?? ""),
            ])
        }
        output.table(table)
        if let next = json.member("next")?.text {
            output.line("  more with --before \(next)")
        }
    }
}
