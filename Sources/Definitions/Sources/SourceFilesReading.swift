import Vocabulary

/// Reads where a source's rows come from: its key `from`.
struct SourceFilesReading {
    let reader: NodeReader

    func files() -> SourceFiles? {
        guard let from = reader.mapping("from", what: "files of the source") else { return nil }
        let formats = SourceFiles.Format.allCases
        let written = formats.filter { from.has($0.rawValue) }
        guard let format = written.first, written.count == 1,
            let path = from.text(format.rawValue)
        else {
            let names = formats.map(\.rawValue)
            from.report(
                .missingKey,
                "The files of a source are \(names.dropLast().joined(separator: ", ")) "
                    + "or \(names[names.count - 1]), one of them.",
                at: from.place, hint: "write from: { csv: \"imports/orders*.csv\" }")
            return nil
        }
        if format != .git, path.hasPrefix("/") || path.split(separator: "/").contains("..") {
            from.report(
                .badValue, "'\(shortened(path))' leads out of the workspace.",
                at: from.node(format.rawValue)?.place,
                hint: "paths are relative to the workspace, such as imports/orders.csv")
        }
        let content = content(of: format, from)
        let isText = format != .git
        let files = SourceFiles(
            format: format, path: path, delimiter: isText ? from.text("delimiter") : nil,
            encoding: isText ? from.text("encoding") : nil,
            decimal: isText ? from.text("decimal") : nil,
            missing: format == .csv ? from.names("missing") : [], content: content)
        from.finish()
        return files
    }

    private func content(of format: SourceFiles.Format, _ from: NodeReader) -> SourceContent {
        var content = SourceContent()
        switch format {
        case .git:
            content.rows = rows(.commits, .tags, from)
            content.branch = from.value(
                "branch", is: "the name of a branch", example: "main",
                make: { $0.hasPrefix("-") ? nil : $0 })
            content.tags = from.value(
                "tags", is: "a pattern of at most 200 characters", example: "\"v*\"",
                make: { $0.utf8.count <= 200 ? $0 : nil })
            content.hasNames = hasNames(from)
        case .jira:
            content.rows = rows(.issues, .transitions, from)
            content.storyPoints = field("story_points", from)
            content.sprint = field("sprint", from)
            content.hasNames = hasNames(from)
        case .csv, .parquet, .jsonl, .github, .accessLog: break
        }
        return content
    }

    private func rows(
        _ one: SourceContent.Rows, _ other: SourceContent.Rows, _ from: NodeReader
    ) -> SourceContent.Rows? {
        from.word("rows", of: [(one.rawValue, one), (other.rawValue, other)])
    }

    private func hasNames(_ from: NodeReader) -> Bool {
        from.word("names", of: [("true", true), ("false", false)]) ?? false
    }

    private func field(_ key: String, _ from: NodeReader) -> String? {
        from.value(
            key, is: "the id of a Jira field", example: "customfield_10016",
            make: { text in
                let isPlain = text.unicodeScalars.allSatisfy {
                    $0 == "_" || $0.isASCII && $0.properties.isAlphabetic
                        || ("0"..."9").contains($0)
                }
                return isPlain && text.utf8.count <= 100 ? text : nil
            })
    }
}
