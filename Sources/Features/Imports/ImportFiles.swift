import Foundation
import Vocabulary

/// Finds the files that a source's definition names.
public enum ImportFiles {
    /// The files of a path, a folder or a pattern, sorted by name.
    ///
    /// - Parameters:
    ///   - pattern: A path, absolute or relative to the workspace; it may hold `*`, `?` and `[…]`,
    ///     or be a folder, whose files of the format are meant.
    ///   - format: Their layout; in a folder it decides which files count.
    ///   - workspace: The workspace's folder.
    ///   - folders: The folders in which the files must lie, links followed; nil allows any place,
    ///     for files that a person names on the command line.
    /// - Returns: The files, each with its path relative to the workspace as label.
    /// - Throws: `import/missing-file`, `import/outside-folder`, `import/unreadable`.
    public static func named(
        _ pattern: String, format: ImportFormat, workspace: String, within folders: [String]?
    ) throws(Failure) -> [ImportFile] {
        let base = real(workspace) ?? workspace
        let path = pattern.hasPrefix("/") ? pattern : base + "/" + pattern
        var found = paths(matching: path)
        if found.isEmpty || found.allSatisfy(isFolder) {
            let isNone = found.isEmpty
            found = found.flatMap { filesOfFolder($0, format: format) }
            guard !found.isEmpty else {
                throw Failure(
                    .importMissingFile,
                    isNone
                        ? "There is no file '\(pattern)'."
                        : "'\(pattern)' holds no \(format.rawValue) files.",
                    hint: "Put the file there, or correct `from` of the source.")
            }
        }
        var files: [ImportFile] = []
        for path in found where !isFolder(path) {
            files.append(try checked(path, base: base, within: folders))
        }
        return files
    }

    private static func checked(
        _ path: String, base: String, within folders: [String]?
    ) throws(Failure) -> ImportFile {
        guard let resolved = real(path) else {
            throw Failure(.importMissingFile, "There is no file '\(path)'.")
        }
        if let folders {
            let isInside = folders.compactMap(real).contains { resolved.hasPrefix($0 + "/") }
            guard isInside else {
                throw Failure(
                    .importOutsideFolder, "'\(path)' does not lie in the imports folder.",
                    hint: "Copy the file into the workspace's imports folder.")
            }
        }
        guard !resolved.contains(where: { "*?[".contains($0) }) else {
            throw Failure(
                .importUnreadable, "The name of '\(path)' holds *, ? or [.",
                hint: "Rename the file.")
        }
        let label =
            resolved.hasPrefix(base + "/") ? String(resolved.dropFirst(base.count + 1)) : resolved
        return ImportFile(path: resolved, label: label)
    }

    /// The absolute path with all links followed; nil where nothing is.
    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func isFolder(_ path: String) -> Bool {
        var entry = stat()
        return stat(path, &entry) == 0 && entry.st_mode & S_IFMT == S_IFDIR
    }

    private static func paths(matching pattern: String) -> [String] {
        if FileManager.default.fileExists(atPath: pattern) { return [pattern] }
        var matches = glob_t()
        defer { globfree(&matches) }
        guard glob(pattern, 0, nil, &matches) == 0 else { return [] }
        return (0..<Int(matches.gl_pathc)).compactMap { index in
            matches.gl_pathv[index].map { String(cString: $0) }
        }
    }

    private static func filesOfFolder(_ folder: String, format: ImportFormat) -> [String] {
        let endings =
            switch format {
            case .github, .jira: [".json", ".jsonl", ".ndjson", ".csv", ".csv.gz"]
            case .accessLog: [".log", ".log.gz", ".txt", ".txt.gz"]
            case .csv, .jiraCSV: [".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt", ".txt.gz"]
            case .parquet: [".parquet"]
            case .jsonl: [".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz"]
            }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let root = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        return names.sorted().filter { name in
            !name.hasPrefix(".") && endings.contains { name.lowercased().hasSuffix($0) }
        }.map { root + "/" + $0 }
    }
}
