/// The shapes of answers about behaviour.
enum BehaviourSchemas {
    static let components: KeyValuePairs<String, Schema> = [
        "Funnel": .object([
            "funnel": .text, "title": .text, "entries": .integer, "converted": .integer,
            "conversion": .named("ShareWithInterval"), "steps": .list(.named("FunnelStep")),
            "biggest_drop": .text.orNull, "yaml": .text, "notes": .list(.text),
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
            "numerator": .integer, "denominator": .integer,
        ]).described("A share with its Wilson interval of 95 %."),
        "Quantiles": .object(["median": .number.orNull]).described("Seconds, by quantile."),
        "Retention": .object(
            [
                "retention": .text, "title": .text, "age": .text,
                "cohorts": .list(.named("RetentionCohort")), "yaml": .text,
                "notes": .list(.text),
            ],
            optional: ["dimension": .text, "parts": .list(.named("RetentionPart"))]),
        "RetentionCohort": .object([
            "period": .text, "label": .text, "size": .integer,
            "cells": .list(.named("RetentionCell")),
        ]),
        "RetentionCell": .object([
            "age": .text, "count": .integer, "value": .number.orNull, "low": .number.orNull,
            "high": .number.orNull, "complete": .boolean,
        ]),
        "RetentionPart": part([
            "size": .integer,
            "averages": .list(
                .object([
                    "age": .text, "share": .named("ShareWithInterval"),
                    "difference": .named("Difference").orNull,
                ])),
        ]),
        "Difference": .object([
            "value": .number, "low": .number, "high": .number, "p": .number,
            "p_corrected": .number, "beyond_noise": .boolean,
        ]).described("How a part's share differs from that of all others; p by Holm's correction."),
        "Lifecycle": answer(
            "lifecycle",
            ["grain": .text, "periods": .list(.named("LifecyclePeriod"))],
            parts: ["periods": .list(.named("LifecyclePeriod"))]),
        "LifecyclePeriod": period([
            "new": .integer, "current": .integer, "resurrected": .integer, "dormant": .integer,
            "active": .integer, "pulse": .number.orNull,
        ]),
        "Activity": answer(
            "activity",
            [
                "days": .list(.named("ActivityDay")),
                "frequency": .list(.named("ActivityFrequency")),
            ],
            parts: [
                "days": .list(.named("ActivityDay")),
                "frequency": .list(.named("ActivityFrequency")),
            ]),
        "ActivityDay": .object([
            "day": .date, "complete": .boolean, "dau": .integer, "wau": .integer,
            "mau": .integer, "stickiness": .named("ShareWithInterval"),
        ]),
        "ActivityFrequency": .object(["days": .integer, "people": .integer]),
        "Adoption": answer(
            "adoption",
            [
                "grain": .text, "periods": .list(.named("AdoptionPeriod")),
                "time_to_adopt": .named("TimeToAdopt"),
            ],
            parts: [
                "periods": .list(.named("AdoptionPeriod")),
                "time_to_adopt": .named("TimeToAdopt"),
            ]),
        "AdoptionPeriod": period([
            "eligible": .integer, "users": .integer, "breadth": .named("ShareWithInterval"),
            "uses": .integer, "depth": .number.orNull, "days_per_user": .number.orNull,
            "new_adopters": .integer, "retained": .named("ShareWithInterval"),
        ]),
        "TimeToAdopt": .object([
            "adopters": .integer, "of": .integer, "share": .named("ShareWithInterval"),
            "median_seconds": .number.orNull,
            "distribution": .list(.object(["label": .text, "people": .integer])),
        ]),
        "Paths": answer(
            "paths",
            [
                "anchor": .choice(["session", "starts", "ends"]),
                "counting": .choice(["sessions", "people"]), "total": .integer,
                "steps": .list(
                    .object([
                        "position": .integer,
                        "nodes": .list(
                            .object([
                                "event": .text, "count": .integer,
                                "share": .named("ShareWithInterval"),
                            ])),
                    ])),
                "links": .list(
                    .object([
                        "position": .integer, "from": .text, "to": .text, "count": .integer,
                    ])),
                "ended": .list(.integer),
                "top": .list(.named("PathWay")),
            ],
            parts: [
                "total": .integer, "share": .named("ShareWithInterval"),
                "top": .list(.named("PathWay")),
            ],
            optional: [
                "previous": .object([
                    "range": .text, "total": .integer, "top": .list(.named("PathWay")),
                ])
            ]),
        "PathWay": .object(
            [
                "events": .list(.text), "count": .integer, "share": .named("ShareWithInterval"),
            ],
            optional: ["before": .integer.orNull, "change": .named("ShareChange").orNull]),
        "ShareChange": .object([
            "value": .number, "low": .number.orNull, "high": .number.orNull,
            "within_noise": .boolean.orNull,
        ]).described("How a share changed since the other range, with Newcombe's interval."),
        "Campaigns": answer(
            "campaigns",
            ["total": .named("CampaignVisits"), "rows": .list(.named("CampaignRow"))],
            optional: [
                "by": .text,
                "previous": .object(["range": .text, "total": .named("CampaignVisits")]),
            ]),
        "Segment": answer(
            "segment",
            [
                "members": .integer, "of": .integer, "share": .named("ShareWithInterval"),
            ]),
        "CampaignRow": .all([
            .named("CampaignVisits"),
            .object(
                [:],
                optional: [
                    "part": .text.orNull, "before": .named("CampaignVisits").orNull,
                    "change": .named("ShareChange").orNull,
                ]),
        ]),
        "CampaignVisits": .object([
            "source": .text.orNull, "medium": .text.orNull, "campaign": .text.orNull,
            "visits": .integer, "people": .integer,
            "click_through": .named("ShareWithInterval").orNull, "conversions": .integer,
            "conversion": .named("ShareWithInterval"),
            "differs": Schema.choice(["above", "below"]).orNull, "value": .number.orNull,
            "cost": .number.orNull, "cost_per_conversion": .number.orNull,
        ]),
    ]

    /// An answer with what all have, and where it can be split its parts.
    private static func answer(
        _ kind: String, _ members: KeyValuePairs<String, Schema>,
        parts: KeyValuePairs<String, Schema>? = nil,
        optional: KeyValuePairs<String, Schema> = [:]
    ) -> Schema {
        let head = Schema.object([
            kind: .text, "title": .text, "is": .text, "definition": .text, "range": .text,
            "entity": .text, "yaml": .text, "notes": .list(.text),
        ])
        var split = Schema.object([:])
        if let parts {
            split = .object([:], optional: ["dimension": .text, "parts": .list(part(parts))])
        }
        return .all([head, .object(members, optional: optional), split])
    }

    private static func period(_ members: KeyValuePairs<String, Schema>) -> Schema {
        .all([
            .object([
                "period": .text, "label": .text, "start": .date, "end": .date,
                "complete": .boolean,
            ]), .object(members),
        ])
    }

    private static func part(_ members: KeyValuePairs<String, Schema>) -> Schema {
        .all([
            .object(["value": .text.orNull, "kind": .choice(["value", "none", "other"])]),
            .object(members),
        ])
    }
}
