import Vocabulary

/// A list of an answer as one table with plain values, for programs that read CSV.
///
/// A member that is an object becomes a column for each of its members (`breadth`, `breadth_low`),
/// and one that is a list of objects a row for each of them. Parts follow the total, whose columns
/// `part` and `part_kind` are empty.
struct FlatRows {
    private var columns: [String] = []
    private var rows: [[String: JSON]] = []

    /// Reads a list of an answer.
    init(_ json: JSON, list: String) {
        for row in json.member(list)?.elements ?? [] { add([], row) }
        for part in json.member("parts")?.elements ?? [] {
            let name = [
                (name: "part", value: part["value"] ?? .null),
                (name: "part_kind", value: part["kind"] ?? .null),
            ]
            // The parts of a retention have averages instead of cohorts.
            let rows = part.member(list) ?? part.member("averages")
            for row in rows?.elements ?? [] { add(name, row) }
        }
    }

    /// Writes the table.
    func write(to output: Output) {
        output.csv(columns, rows.map { row in columns.map { row[$0] ?? .null } })
    }

    private mutating func add(_ known: [(name: String, value: JSON)], _ row: JSON) {
        var plain = known
        var nested: [JSON] = []
        flatten(row, prefix: "", &plain, &nested)
        guard nested.isEmpty else {
            for inner in nested { add(plain, inner) }
            return
        }
        for member in plain where !columns.contains(member.name) { columns.append(member.name) }
        rows.append(Dictionary(plain.map { ($0.name, $0.value) }) { first, _ in first })
    }

    private func flatten(
        _ value: JSON, prefix: String, _ plain: inout [(name: String, value: JSON)],
        _ nested: inout [JSON]
    ) {
        guard case .object(let members) = value else { return }
        for member in members {
            // The value of a share has the name of the share itself.
            let name = prefix.isEmpty ? member.name : "\(prefix)_\(member.name)"
            switch member.value {
            case .object: flatten(member.value, prefix: name, &plain, &nested)
            case .list(let items):
                let objects = items.filter { if case .object = $0 { true } else { false } }
                if objects.isEmpty { plain.append((name, member.value)) } else { nested += objects }
            default:
                plain.append(
                    (member.name == "value" && !prefix.isEmpty ? prefix : name, member.value))
            }
        }
    }
}
