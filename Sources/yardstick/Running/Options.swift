import ArgumentParser
import Foundation

/// Which workspace a command works on.
struct WorkspaceOption: ParsableArguments {
    @Option(
        name: .customLong("workspace"),
        help: ArgumentHelp("The workspace's folder.", valueName: "dir"),
        completion: .directory)
    var path = "."

    /// The folder, seen from the folder in which the command was given.
    func folder(from directory: String) -> URL { fileURL(path, from: directory) }
}

/// How data is printed.
struct FormatOption: ParsableArguments {
    @Option(
        name: .customLong("format"),
        help: ArgumentHelp("How to print: table, json or csv.", valueName: "format"))
    var value = OutputFormat.table
}

/// The forms in which data is printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// Aligned for people.
    case table
    /// One JSON value, in one line.
    case json
    /// RFC 4180, one head line.
    case csv
}

/// The file or folder of a path as the user wrote it, seen from a folder.
func fileURL(_ path: String, from directory: String) -> URL {
    if path.hasPrefix("~/") { return URL(filePath: NSString(string: path).expandingTildeInPath) }
    return URL(filePath: path, relativeTo: URL(filePath: directory, directoryHint: .isDirectory))
        .standardizedFileURL.absoluteURL
}
