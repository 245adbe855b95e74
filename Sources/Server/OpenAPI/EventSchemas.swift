/// The shapes of what sources of events hold, and of definitions that are written on a page.
enum EventSchemas {
    private static let status = Schema.choice([
        "planned", "unplanned", "unseen", "wrong_type", "missing",
    ])

    static let components: KeyValuePairs<String, Schema> = [
        "EventInventory": .object([
            "source": .text,
            "planned": .boolean.described("Whether the source has a tracking plan."),
            "events": .list(.named("SeenEvent")),
        ]),
        "SeenEvent": .object([
            "name": .text, "is": .text.orNull, "count": .integer, "first": .text.orNull,
            "last": .text.orNull, "status": status, "properties": .list(.named("SeenProperty")),
        ]),
        "SeenProperty": .object([
            "name": .text, "is": .text.orNull, "type": .text.orNull,
            "types": .list(.text).described("The types of its values, the commonest first."),
            "count": .integer, "example": .text.orNull, "status": status,
            "declared": .boolean.described("Whether it is a column of the source."),
        ]),
        "ColumnValues": .object([
            "values": .list(.object(["value": .text, "count": .integer]))
        ]),
        "EventIntake": .object([
            "source": .text, "last_received": .text.orNull, "waiting_bytes": .integer,
            "rows": .integer, "duplicates": .integer, "quarantined": .integer,
            "volume": .list(.object(["start": .text, "events": .integer])),
            "failure": .object(["code": .text, "message": .text, "hint": .text.orNull]).orNull,
        ]),
        "Quarantine": .object([
            "rows": .list(.named("RefusedEvent")), "total": .integer,
            "codes": .list(.object(["code": .text, "count": .integer])),
        ]),
        "RefusedEvent": .object([
            "id": .integer, "received": .text, "format": .text, "code": .text, "message": .text,
            "message_id": .text.orNull, "raw": .text.described("What the application sent."),
        ]),
        "QuarantineChoice": .object([:], optional: ["ids": .list(.integer)]),
        "Replay": .object(["accepted": .integer, "refused": .integer]),
        "DefinitionDraft": .object([
            "yaml": .text.described("One or several definitions, with --- between them.")
        ]),
        "WrittenDefinitions": .object(["file": .text, "kind": .text, "name": .text]),
        "DefinitionFindings": .object([
            "findings": .list(
                .object([
                    "severity": .text, "code": .text, "message": .text, "hint": .text.orNull,
                    "line": .integer.orNull, "column": .integer.orNull,
                ]))
        ]),
    ]
}
