import Vocabulary

extension ImportReport {
    /// The report as `import --format json` and the API print it.
    public var json: JSON {
        [
            "source": .text(source), "files": .list(files.map(\.json)), "rows": .integer(rows),
            "seconds": .number(seconds), "version": .integer(version),
        ]
    }
}

extension ImportReport.File {
    /// One file of a report.
    var json: JSON {
        [
            "file": .text(file), "state": .text(state.rawValue), "rowsRead": .integer(rowsRead),
            "rowsStored": .integer(rowsStored), "rowsRefused": .integer(rowsRefused),
            "refusals": .list(
                refusals.map {
                    [
                        "line": .optional($0.line), "column": .optional($0.column),
                        "reason": .text($0.reason), "text": .optional($0.text),
                    ]
                }), "notes": .list(notes.map(JSON.text)),
        ]
    }
}
