/// The shapes of the scorecard and of a KPI.
enum ScorecardSchemas {
    static let components: KeyValuePairs<String, Schema> = [
        "Scorecard": .object([
            "asOf": .text, "objectives": .list(.named("Objective")),
            "kpis": .list(.named("KPIStatus")),
            "attention": .list(.object(["kpi": .text, "text": .text])),
        ]),
        "Objective": .object(
            ["id": .text, "title": .text, "owner": .text.orNull, "kpis": .list(.text)],
            optional: [
                "is": .text.orNull, "starts": .date.orNull, "by": .date.orNull,
                "achievable": .text.orNull, "relevant": .text.orNull,
            ]),
        "KPIStatus": .object([
            "kpi": .text, "title": .text, "metric": .text, "owner": .text.orNull,
            "team": .text.orNull, "objective": .text.orNull, "unit": .named("Unit"),
            "currency": .text.orNull, "better": .named("Direction"), "review": .text.orNull,
            "status": .choice(["proposed", "active", "retired"]),
            "period": .named("Period").orNull,
            "value": .number.orNull, "low": .number.orNull, "high": .number.orNull,
            "n": .number.orNull, "numerator": .number.orNull, "denominator": .number.orNull,
            "change": .named("Change").orNull, "target": .named("Target").orNull,
            "course": .choice(["on_course", "at_risk", "off_course", "no_target", "no_data"]),
            "courseText": .text.orNull, "benchmark": .named("Benchmark").orNull,
            "freshness": .object([
                "watermark": .text.orNull, "state": .choice(["fresh", "stale", "empty"]),
                "text": .text,
            ]),
            "sparkline": .list(
                .object(["period": .text, "value": .number.orNull, "complete": .boolean])),
            "receipt": .text.orNull,
        ]).described("Where a KPI stands in its last complete period."),
        "Unit": .choice(["count", "share", "money", "number", "duration", "points", "ratio"])
            .described("Shares go from 0 to 1, durations are seconds."),
        "Direction": .choice(["up", "down", "none"]),
        "Period": .object(["start": .date, "end": .date, "label": .text, "grain": .text])
            .described("A half-open range of days: the end is the first day after it."),
        "Change": .object([
            "previous": .number.orNull, "value": .number.orNull, "unit": .text,
            "low": .number.orNull, "high": .number.orNull, "withinNoise": .boolean,
            "direction": .choice(["better", "worse", "same"]), "comparedWith": .text,
        ]),
        "Target": .object([
            "path": .number.orNull, "by": .date.orNull, "value": .number.orNull,
            "floor": .number.orNull, "stretch": .number.orNull,
        ]).described("The path is where the target stands at the end of the period."),
        "Benchmark": .object(["value": .number, "source": .text, "seen": .date.orNull]),
        "KPIPage": .object([
            "status": .named("KPIStatus"), "definition": .named("Definition"),
            "metric": .named("MetricEntry"), "objective": .named("Objective").orNull,
            "findings": .list(.named("Finding")),
        ]),
    ]
}
