/// The shapes of answers about behaviour.
enum BehaviourSchemas {
    static let components: KeyValuePairs<String, Schema> = [
        "Funnel": .object([
            "funnel": .text, "title": .text, "entries": .integer, "converted": .integer,
            "conversion": .named("ShareWithInterval"), "steps": .list(.named("FunnelStep")),
            "biggest_drop": .text.orNull, "notes": .list(.text),
        ]),
        "FunnelStep": .object(
            [
                "step": .integer, "label": .text, "optional": .boolean, "count": .integer,
                "conversion": .named("ShareWithInterval"),
            ],
            optional: [
                "from_previous": .named("ShareWithInterval"), "dropped": .integer,
                "seconds_from_first": .named("Quantiles"),
                "seconds_from_previous": .named("Quantiles"),
            ]),
        "ShareWithInterval": .object([
            "value": .number.orNull, "low": .number.orNull, "high": .number.orNull,
        ]).described("A share with its Wilson interval of 95 %."),
        "Quantiles": .object(["median": .number.orNull]).described("Seconds, by quantile."),
        "Retention": .object([
            "retention": .text, "title": .text, "age": .text,
            "cohorts": .list(.named("RetentionCohort")), "notes": .list(.text),
        ]),
        "RetentionCohort": .object([
            "period": .text, "label": .text, "size": .integer,
            "cells": .list(.named("RetentionCell")),
        ]),
        "RetentionCell": .object([
            "age": .text, "count": .integer, "value": .number.orNull, "low": .number.orNull,
            "high": .number.orNull, "complete": .boolean,
        ]),
    ]
}
