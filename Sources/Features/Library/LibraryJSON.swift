import Definitions
import Vocabulary

extension KPILibrary {
    /// The library as `library --format json` and the API print it.
    public static var json: JSON { ["entries": .list(entries.map(\.json))] }
}

extension LibraryEntry {
    /// The entry as the library prints it; its YAML reads the source `SOURCE`.
    public var json: JSON {
        let files = KPILibrary.yaml(for: self, source: "SOURCE")
        return [
            "id": .text(id), "title": .text(title), "variant": .text(variant),
            "is": .text(meaning), "formula": .text(formula), "unit": .text(unit.name),
            "better": .text(better.rawValue), "use": .text(use), "misleads": .text(misleads),
            "guardrail": .text(guardrail), "source": .text(source),
            "needs": .list(needs.map { .text($0.description) }),
            "yaml": .text(files.map(\.yaml).joined(separator: "---\n")),
        ]
    }
}
