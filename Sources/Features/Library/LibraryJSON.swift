import Definitions
import Vocabulary

extension KPILibrary {
    /// The library as `library --format json` and the API print it.
    public static var json: JSON { ["entries": .list(entries.map(\.json))] }
}

extension LibraryEntry {
    /// The entry as the library prints it; its YAML reads the source `SOURCE`.
    public var json: JSON {
        let files = KPILibrary.files(for: self, LibraryBinding())
        return [
            "id": .text(id), "title": .text(title), "variant": .text(variant),
            "family": ["id": .text(family.id), "title": .text(family.title)],
            "is": .text(meaning), "formula": .text(formula), "unit": .text(unit.name),
            "better": .text(better.rawValue), "entity": .optional(entity), "use": .text(use),
            "misleads": .text(misleads), "guardrail": .text(guardrail),
            "related": .list(related.map(JSON.text)), "source": .text(source),
            "oracle": .text(oracle), "needs": .list(needs.map { .text($0.description) }),
            "roles": .list(roles().map { .text($0.lowercased()) }), "example": example.json,
            "yaml": .text(files.map(\.yaml).joined(separator: "---\n")),
        ]
    }
}

extension LibraryExample {
    /// The example with its tables, for people to follow.
    var json: JSON {
        let shown = tables.map { role, table -> JSON in
            let lines = table.rows.split(separator: "\n").map {
                JSON.list(
                    $0.split(separator: ",", omittingEmptySubsequences: false)
                        .map { .text(String($0)) })
            }
            return [
                "role": .text(role.lowercased()), "is": .text(table.meaning),
                "columns": lines.first ?? .list([]), "rows": .list(Array(lines.dropFirst())),
            ]
        }
        return [
            "over": .text(over), "grain": .text(grain.rawValue),
            "value": value.map(JSON.number) ?? .null, "because": .text(explanation),
            "tables": .list(shown),
        ]
    }
}
