/// The shapes of answers, trends and how they were made.
enum AnswerSchemas {
    static let components: KeyValuePairs<String, Schema> = [
        "Answer": .object([
            "question": .object([:]),
            "columns": .list(
                .object(
                    ["name": .text, "kind": .text],
                    optional: [
                        "unit": .text.orNull, "metric": .text.orNull, "field": .text.orNull,
                    ])),
            "rows": .list(.list(.anything)), "receipts": .list(.named("Receipt")),
            "notes": .list(.named("Note")),
        ]).described("Rows hold a value for each column, in the columns' order."),
        "Note": .object(["code": .text, "message": .text]),
        "TrendSpec": .object(
            [
                "kind": .choice(["trend"]), "title": .text, "unit": .text,
                "currency": .text.orNull, "better": .named("Direction"), "grain": .text,
                "zone": .text, "series": .list(.named("Series")),
                "target": .object([
                    "points": .list(.list(.anything)), "floor": .number.orNull,
                    "stretch": .number.orNull,
                ]).orNull,
                "benchmark": .named("Benchmark").orNull,
                "annotations": .list(
                    .object(["at": .text, "label": .text], optional: ["detail": .text.orNull])),
                "notes": .list(.named("Note")), "receipt": .text.orNull,
            ]
        ).described("What a chart of a metric over time shows."),
        "Series": .object([
            "name": .text, "role": .choice(["actual", "comparison", "part"]),
            "points": .list(
                .object(
                    [
                        "period": .text, "label": .text, "value": .number.orNull,
                        "complete": .boolean,
                    ],
                    optional: [
                        "low": .number.orNull, "high": .number.orNull, "n": .number.orNull,
                        "numerator": .number.orNull, "denominator": .number.orNull,
                    ])),
        ]),
        "Receipt": .object(
            ["id": .text, "metric": .text, "definition": .text],
            optional: [
                "formula": .text, "filters": .list(.text), "zone": .text,
                "tzdata": .text.orNull,
                "range": .object(["start": .text, "end": .text]).orNull,
                "watermark": .text.orNull,
                "sources": .list(
                    .object(
                        ["name": .text],
                        optional: [
                            "version": .anything, "rows": .integer.orNull,
                            "watermark": .text.orNull,
                        ])),
                "numerator": .number.orNull, "denominator": .number.orNull,
                "leftOut": .list(.object(["reason": .text, "rows": .integer])),
                "sql": .list(.named("SQL")), "value": .number.orNull,
            ]
        ).described("How a number was made, so that it can be made again."),
        "SQL": .object(["text": .text, "values": .list(.anything)]),
        "Explanation": .object(
            ["definition": .named("Definition"), "plan": .text, "sql": .list(.named("SQL"))],
            optional: ["receipt": .named("Receipt").orNull]),
    ]
}
