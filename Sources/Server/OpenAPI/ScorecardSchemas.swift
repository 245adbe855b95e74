/// The shapes of the scorecard and of a KPI.
enum ScorecardSchemas {
    static let components: KeyValuePairs<String, Schema> = [
        "Scorecard": .object([
            "asOf": .text, "objectives": .list(.named("ObjectiveEntry")),
            "kpis": .list(.named("KPIStatus")), "attention": .list(.named("Attention")),
        ]),
        "Attention": .object(["kpi": .text, "text": .text]),
        "ObjectiveEntry": .object([
            "id": .text, "title": .text, "is": .text.orNull, "owner": .text.orNull,
            "starts": .date.orNull, "by": .date.orNull, "achievable": .text.orNull,
            "relevant": .text.orNull, "kpis": .list(.text),
        ]),
        "KPIStatus": .object([
            "kpi": .text, "title": .text, "metric": .text, "owner": .text.orNull,
            "team": .text.orNull, "objective": .text.orNull, "unit": .named("Unit"),
            "currency": .text.orNull, "better": .named("Direction"), "review": .text,
            "status": .choice(["proposed", "active", "retired"]),
            "period": .named("Period").orNull,
            "value": .number.orNull, "low": .number.orNull, "high": .number.orNull,
            "n": .number.orNull, "numerator": .number.orNull, "denominator": .number.orNull,
            "change": .named("Change").orNull, "target": .named("TargetStatus").orNull,
            "course": .choice(["on_course", "at_risk", "off_course", "no_target", "no_data"]),
            "courseText": .text, "benchmark": .named("Benchmark").orNull,
            "guardrail": .text.orNull, "freshness": .named("Freshness"),
            "sparkline": .list(.named("SparklinePoint")), "receipt": .text.orNull,
            "failure": .named("Failure").orNull,
        ]).described("Where a KPI stands in its last complete period."),
        "Freshness": .object([
            "watermark": .text.orNull, "state": .choice(["fresh", "stale", "empty"]),
            "text": .text,
        ]),
        "SparklinePoint": .object([
            "period": .text, "value": .number.orNull, "complete": .boolean,
        ]),
        "Unit": .choice(["count", "share", "money", "number", "duration", "points", "ratio"])
            .described("Shares go from 0 to 1, durations are seconds."),
        "Direction": .choice(["up", "down", "none"]),
        "Period": .object([
            "start": .date, "end": .date, "label": .text, "grain": .text.orNull,
        ]).described("A half-open range of days: the end is the first day after it."),
        "Change": .object([
            "previous": .number.orNull, "value": .number.orNull, "unit": .text,
            "low": .number.orNull, "high": .number.orNull, "withinNoise": .boolean.orNull,
            "direction": .choice(["better", "worse", "same"]), "comparedWith": .text.orNull,
        ]),
        "TargetStatus": .object([
            "path": .number.orNull, "by": .date, "value": .number, "floor": .number.orNull,
            "stretch": .number.orNull,
            "from": .object(["date": .date, "value": .number]).orNull,
        ]).described("The path is where the target stands at the end of the period."),
        "Benchmark": .object(["value": .number, "source": .text.orNull, "seen": .date.orNull]),
        "KPIDetail": .object([
            "status": .named("KPIStatus"), "definition": .named("DefinitionText"),
            "metric": .named("MetricDetail"), "objective": .named("ObjectiveEntry").orNull,
            "findings": .list(.named("Finding")),
        ]),
    ]
}
