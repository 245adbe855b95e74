/// The shapes of sources, imports, sessions and failures.
enum SourceSchemas {
    static let components: KeyValuePairs<String, Schema> = [
        "SourceList": .object(["sources": .list(.named("Source"))]),
        "Source": .object(
            ["name": .text, "rows": .integer.orNull, "watermark": .text.orNull, "state": .text],
            optional: [
                "is": .text.orNull, "owner": .text.orNull, "from": .anything,
                "columns": .list(.object(["name": .text, "type": .text])),
                "imports": .list(
                    .object(
                        ["file": .text, "rows": .integer],
                        optional: ["refused": .integer, "at": .text.orNull])),
                "quality": .list(
                    .object(["check": .text, "state": .text], optional: ["text": .text.orNull])),
            ]),
        "ImportReport": .object(
            ["source": .text, "files": .list(.named("ImportedFile"))],
            optional: ["rows": .integer, "seconds": .number, "version": .anything]),
        "ImportedFile": .object(
            [
                "file": .text, "state": .choice(["stored", "unchanged", "replaced", "refused"]),
            ],
            optional: [
                "rowsRead": .integer, "rowsStored": .integer, "rowsRefused": .integer,
                "refusals": .list(
                    .object(
                        ["reason": .text],
                        optional: [
                            "line": .integer.orNull, "column": .anything, "text": .text.orNull,
                        ])),
            ]),
        "Job": .object([
            "id": .text, "state": .choice(["running", "done", "failed"]), "progress": .number,
            "report": .named("ImportReport").orNull, "failure": .named("Failure").orNull,
        ]).described("An import; the progress goes from 0 to 1."),
        "JobStarted": .object(["job": .text]),
        "Session": .object([
            "account": .object(["email": .text, "name": .text, "role": .named("Role")]),
            "csrf": .text.described("The value of the header X-CSRF-Token."),
            "workspace": .object(
                [
                    "title": .text, "zone": .text, "currency": .text, "firstWeekday": .text,
                    "today": .date, "version": .text.described("The program's version."),
                ]),
        ]),
        "Role": .choice(["viewer", "editor", "admin"]),
        "Credentials": .object(["email": .text, "password": .text]),
        "SetUp": .object(["token": .text, "email": .text, "name": .text, "password": .text]),
        "Failure": .object(
            ["code": .text, "message": .text, "hint": .text.orNull],
            optional: [
                "place": .named("Place"), "details": .list(.text),
                "setup": .boolean.described("There is no account yet, so set-up comes first."),
            ]),
    ]
}
