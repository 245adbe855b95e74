/// The shapes of answers about people.
enum PeopleSchemas {
    static let components: KeyValuePairs<String, Schema> = [
        "PeopleBehind": .object([
            "entity": .text,
            "people": .list(
                .object(
                    ["id": .text.orNull],
                    optional: [
                        "entered": .text.orNull, "began": .text.orNull,
                        "times": .integer.orNull, "first": .text.orNull,
                        "last": .text.orNull,
                    ])),
            "total": .integer, "notes": .list(.text),
        ]),
        "People": .object([
            "source": .text, "entity": .text, "people": .list(.named("SeenPerson")),
            "total": .integer,
        ]),
        "SeenPerson": .object([
            "id": .text, "ids": .list(.text), "first_seen": .text, "last_seen": .text,
            "events": .integer,
        ]),
        "Person": .all([
            .named("SeenPerson"),
            .object([
                "source": .text, "entity": .text, "traits": .object([:]),
                "timeline": .list(
                    .object([
                        "time": .text, "event": .text.orNull, "kind": .text.orNull,
                        "path": .text.orNull, "country": .text.orNull, "properties": .object([:]),
                    ])), "next": .text.orNull,
            ]),
        ]),
    ]
}
