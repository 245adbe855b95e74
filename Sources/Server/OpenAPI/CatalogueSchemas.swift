/// The shapes of definitions, of the library and of findings.
enum CatalogueSchemas {
    static let components: KeyValuePairs<String, Schema> = [
        "Catalogue": .object([
            "metrics": .list(.named("MetricEntry")), "kpis": .list(.named("KPIEntry")),
            "objectives": .list(.named("ObjectiveEntry")),
            "sources": .list(
                .object(["name": .text, "is": .text, "owner": .text.orNull, "rows": .integer])),
            "behaviours": .list(
                .object([
                    "id": .text, "kind": .text, "title": .text, "is": .text, "source": .text,
                ])),
            "dimensions": .list(.named("DimensionEntry")),
            "findings": .list(.named("Finding")),
        ]),
        "MetricEntry": .object([
            "id": .text, "title": .text, "is": .text, "owner": .text.orNull,
            "unit": .named("Unit"), "currency": .text.orNull, "better": .named("Direction"),
            "formula": .text, "kind": .text,
            "hasTime": .boolean.described("Whether the rows of its sources say when they happen."),
            "source": .text.orNull, "dependsOn": .list(.text),
            "usedBy": .list(.text), "dimensions": .list(.text), "file": .text, "hash": .text,
            "health": .named("Health"), "findings": .list(.named("Finding")),
        ]),
        "MetricDetail": .all([.named("MetricEntry"), .object(["yaml": .text])]),
        "KPIEntry": .object([
            "id": .text, "title": .text, "metric": .text, "objective": .text.orNull,
            "owner": .text.orNull, "team": .text.orNull, "review": .text, "status": .text,
            "guardrail": .text.orNull, "file": .text, "health": .named("Health"),
            "findings": .list(.named("Finding")),
        ]),
        "DimensionEntry": .object([
            "name": .text, "is": .text.orNull, "sources": .list(.text),
        ]),
        "Health": .choice(["good", "warning", "error"]),
        "DefinitionText": .object(["yaml": .text, "hash": .text, "file": .text]),
        "Finding": .object(
            [
                "code": .text, "severity": .choice(["error", "warning", "advice"]),
                "message": .text,
            ],
            optional: ["hint": .text.orNull, "place": .named("Place").orNull]),
        "Place": .object(["file": .text, "line": .integer, "column": .integer])
            .described("A place in a file of the workspace, counted from one."),
        "LibraryEntry": .object([
            "id": .text, "title": .text, "variant": .text.orNull, "is": .text, "formula": .text,
            "unit": .text, "better": .text, "use": .text, "misleads": .text,
            "guardrail": .text.orNull, "source": .text.orNull, "needs": .list(.text),
            "yaml": .text, "family": .object(["id": .text, "title": .text]),
            "entity": .text.orNull, "related": .list(.text), "oracle": .text,
            "roles": .list(.text), "example": .named("LibraryExample"),
        ]),
        "LibraryExample": .object([
            "over": .text, "grain": .text, "value": .number.orNull, "because": .text,
            "tables": .list(
                .object([
                    "role": .text, "is": .text, "columns": .list(.text),
                    "rows": .list(.list(.text)),
                ])),
        ]),
        "KPIProposal": .object([
            "proposals": .list(
                .object([
                    "entry": .text, "why": .text,
                    "role": .choice(["outcome", "driver", "guardrail"]),
                ])),
            "warnings": .list(.text),
        ]),
        "Library": .object(["entries": .list(.named("LibraryEntry"))]),
        "LibraryAddition": .object(
            [:],
            optional: [
                "source": .text.orNull, "sources": .text.orNull, "names": .text.orNull,
                "anyway": .text.orNull,
            ]
        )
        .described(
            "The main source; others as costs=marketing; names as person=user_id, both separated "
                + "by commas; whether to write although something is missing: true."),
        "WrittenFile": .object(["file": .text]),
    ]
}
