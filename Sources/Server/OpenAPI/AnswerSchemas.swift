/// The shapes of answers, trends and how they were made.
enum AnswerSchemas {
    static let components: KeyValuePairs<String, Schema> = [
        "Answer": .object([
            "question": .named("Question"), "columns": .list(.named("AnswerColumn")),
            "rows": .list(.list(.cell)), "receipts": .list(.named("Receipt")),
            "notes": .list(.named("Note")),
        ]).described("Rows hold a value for each column, in the columns' order."),
        "Question": .object([
            "metrics": .list(.text), "over": .named("Range"), "grain": .text.orNull,
            "by": .list(.text), "where": .list(.text), "compare": .text.orNull,
            "limit": .integer, "zone": .text,
        ]),
        "Range": .object(
            ["start": .date, "end": .date], optional: ["from": .text, "to": .text]
        ).described("A half-open range of days, and its two instants where they are known."),
        "AnswerColumn": .object(
            ["name": .text, "kind": .text],
            optional: ["unit": .text.orNull, "metric": .text.orNull, "field": .text.orNull]),
        "Note": .object(["code": .text, "message": .text]),
        "TrendSpec": .object([
            "kind": .choice(["trend"]), "title": .text, "metric": .text, "unit": .named("Unit"),
            "currency": .text.orNull, "better": .named("Direction"), "grain": .text,
            "zone": .text, "comparison": .text.orNull, "series": .list(.named("TrendSeries")),
            "target": .named("TargetPath").orNull, "benchmark": .named("Benchmark").orNull,
            "annotations": .list(.named("Annotation")), "notes": .list(.named("Note")),
            "receipt": .text.orNull,
        ]).described("What a chart of a metric over time shows."),
        "TrendSeries": .object([
            "name": .text, "role": .choice(["actual", "comparison", "part"]), "part": .text,
            "points": .list(.named("TrendPoint")),
        ]),
        "TrendPoint": .object(
            [
                "period": .text, "label": .text.orNull, "value": .number.orNull,
                "low": .number.orNull, "high": .number.orNull, "n": .number.orNull,
                "numerator": .number.orNull, "denominator": .number.orNull,
                "complete": .boolean,
            ],
            optional: [
                "end": .text, "change": .number.orNull, "changeUnit": .text.orNull,
                "withinNoise": .boolean.orNull,
            ]),
        "TargetPath": .object([
            "points": .list(.tuple([.date, .number])), "floor": .number.orNull,
            "stretch": .number.orNull,
        ]),
        "Annotation": .object(["at": .text, "label": .text, "detail": .text.orNull]),
        "Receipt": .object(
            [
                "id": .text, "metric": .text, "definition": .text, "formula": .text,
                "filters": .list(.text), "zone": .text, "tzdata": .text, "range": .named("Range"),
                "watermark": .text.orNull, "sources": .list(.named("ReceiptSource")),
                "value": .number.orNull, "numerator": .number.orNull,
                "denominator": .number.orNull,
                "leftOut": .list(.object(["reason": .text, "rows": .integer])).orNull,
                "sql": .list(.named("SQLText")),
            ], optional: ["path": .choice(["index", "sql"]), "path_reason": .text]
        ).described("How a number was made, so that it can be made again."),
        "ReceiptSource": .object([
            "name": .text, "version": .integer, "rows": .integer, "watermark": .text.orNull,
        ]),
        "SQLText": .object(["text": .text, "values": .list(.cell)]),
        "Explanation": .object([
            "definition": .named("DefinitionText"), "plan": .text,
            "sql": .list(.named("SQLText")), "receipt": .named("Receipt"),
            "recomputed": .object(["same": .boolean, "value": .number.orNull]),
        ]),
        "Panels": .object(["panels": .list(.named("Panel"))]),
        "Panel": .object([
            "kind": .choice([
                "bridge", "lifetime", "opinion", "survival", "cohorts", "scatter", "quotient",
                "split",
            ]), "title": .text, "receipt": .text.orNull, "notes": .list(.named("Note")),
        ]).described(
            "What a number is made of; the further members go by the kind, see the reference."),
        "RowsBehind": .object(
            [
                "source": .text.orNull,
                "columns": .list(.object(["name": .text, "type": .text])),
                "rows": .list(.list(.cell)), "total": .integer, "filters": .list(.text),
            ], optional: ["range": .text.orNull]),
    ]
}
