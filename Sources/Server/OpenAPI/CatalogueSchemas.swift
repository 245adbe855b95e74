/// The shapes of definitions, of the library and of findings.
enum CatalogueSchemas {
    static let components: KeyValuePairs<String, Schema> = [
        "Catalogue": .object([
            "metrics": .list(.named("MetricEntry")), "kpis": .list(.object([:])),
            "objectives": .list(.object([:])), "sources": .list(.object([:])),
            "dimensions": .list(.object([:])), "findings": .list(.named("Finding")),
        ]),
        "MetricEntry": .object([
            "id": .text, "title": .text, "is": .text.orNull, "owner": .text.orNull,
            "unit": .text, "currency": .text.orNull, "better": .named("Direction"),
            "formula": .text, "kind": .text, "source": .text.orNull, "dependsOn": .list(.text),
            "usedBy": .list(.text), "dimensions": .list(.text), "file": .text, "hash": .text,
            "health": .choice(["good", "warning", "error"]),
            "findings": .list(.named("Finding")),
        ]),
        "MetricPage": .all([.named("MetricEntry"), .object(["yaml": .text])]),
        "Definition": .object(["yaml": .text, "hash": .text, "file": .text]),
        "Finding": .object(
            [
                "code": .text, "severity": .choice(["error", "warning", "advice"]),
                "message": .text,
            ],
            optional: ["hint": .text.orNull, "place": .named("Place").orNull]),
        "Place": .object(["file": .text, "line": .integer, "column": .integer])
            .described("A place in a file of the workspace, counted from one."),
        "LibraryEntry": .object(
            ["id": .text, "title": .text, "is": .text, "yaml": .text],
            optional: [
                "variant": .text.orNull, "formula": .text.orNull, "unit": .text.orNull,
                "better": .text.orNull, "use": .text.orNull, "misleads": .text.orNull,
                "guardrail": .text.orNull, "source": .text.orNull, "needs": .list(.anything),
            ]),
        "Library": .object(["entries": .list(.named("LibraryEntry"))]),
        "LibraryAddition": .object([:], optional: ["source": .text.orNull]),
        "AddedFile": .object(["file": .text]),
    ]
}
