import Foundation
import Testing

/// Compares a text with a file in the folder `Golden` beside the test.
///
/// With `YARDSTICK_RECORD=1` in the environment it writes the file instead; read the difference
/// before committing it.
public func expectGolden(
    _ text: String, named name: String, filePath: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let folder = URL(fileURLWithPath: filePath).deletingLastPathComponent()
        .appendingPathComponent("Golden")
    let file = folder.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["YARDSTICK_RECORD"] == "1" {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
        return
    }
    guard let expected = try? String(contentsOf: file, encoding: .utf8) else {
        Issue.record(
            "Golden/\(name) is missing; record it with YARDSTICK_RECORD=1.",
            sourceLocation: sourceLocation)
        return
    }
    guard text != expected else { return }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let first = zip(lines, expectedLines).prefix { $0 == $1 }.count
    let was = first < expectedLines.count ? expectedLines[first] : "(the end)"
    let now = first < lines.count ? lines[first] : "(the end)"
    Issue.record(
        """
        Golden/\(name) differs at line \(first + 1):
        was \(was)
        now \(now)
        """, sourceLocation: sourceLocation)
}
