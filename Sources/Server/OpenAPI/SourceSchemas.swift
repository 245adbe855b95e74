/// The shapes of sources, imports, sessions and failures.
enum SourceSchemas {
    static let components: KeyValuePairs<String, Schema> = [
        "Sources": .object(["sources": .list(.named("Source"))]),
        "Source": .object([
            "name": .text, "is": .text, "owner": .text.orNull, "rows": .integer,
            "version": .integer, "first": .text.orNull, "watermark": .text.orNull,
            "state": .choice(["fresh", "stale", "empty"]), "freshness": .text,
            "from": .text.orNull, "format": .text.orNull,
            "takes": .choice(["files", "events", "nothing"]),
            "columns": .list(.named("SourceColumn")), "imports": .list(.named("ImportEntry")),
            "quality": .list(.named("QualityResult")), "file": .text,
            "histories": .named("Histories").orNull,
        ]),
        "Histories": .object([
            "state": .choice(["absent", "building", "ready", "failed"]), "events": .integer,
            "tail": .integer, "size_bytes": .integer, "bytes_per_event": .number.orNull,
            "reason": .text.orNull,
        ]).described("The index of a source's histories, by which behaviour is answered faster."),
        "SourceColumn": .object(["name": .text, "type": .text]),
        "ImportEntry": .object([
            "file": .text, "rows": .integer, "refused": .integer, "bytes": .integer,
            "at": .text,
        ]),
        "QualityResult": .object(["check": .text, "state": .text, "text": .text]),
        "ImportReport": .object([
            "source": .text, "files": .list(.named("ImportedFile")), "rows": .integer,
            "seconds": .number, "version": .integer,
        ]),
        "ImportedFile": .object(
            [
                "file": .text, "state": .choice(["stored", "unchanged", "replaced", "refused"]),
                "rowsRead": .integer, "rowsStored": .integer, "rowsRefused": .integer,
                "refusals": .list(.named("Refusal")),
            ], optional: ["notes": .list(.text)]),
        "Refusal": .object([
            "line": .integer.orNull, "column": .text.orNull, "reason": .text,
            "text": .text.orNull,
        ]).described("A row that was not stored, and why."),
        "Job": .object([
            "id": .text, "state": .choice(["running", "done", "failed"]), "progress": .number,
            "report": .named("ImportReport").orNull, "failure": .named("Failure").orNull,
        ]).described("An import; the progress goes from 0 to 1."),
        "StartedJob": .object(["job": .text]),
        "Door": .object([
            "signedIn": .boolean.described("Whether the caller is signed in."),
            "setUp": .boolean.described("Whether there is an account."),
        ]),
        "Session": .object([
            "account": .named("Account"),
            "csrf": .text.described("The value of the header X-CSRF-Token."),
            "workspace": .named("WorkspaceSummary"),
        ]),
        "Account": .object(["email": .text, "name": .text, "role": .named("Role")]),
        "Role": .choice(["viewer", "editor", "admin"]),
        "WorkspaceSummary": .object([
            "title": .text, "zone": .text, "currency": .text, "firstWeekday": .text,
            "today": .date, "version": .text.described("The program's version."),
        ]),
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
