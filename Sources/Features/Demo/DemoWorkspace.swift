import Foundation
import Vocabulary

/// A workspace with the definitions and the data of the simulated company.
public enum DemoWorkspace {
    /// Writes a workspace: `yardstick.yaml`, `definitions/`, and CSV files in `imports/`.
    ///
    /// The files still have to be imported; each is named like the source that reads it.
    ///
    /// - Parameters:
    ///   - folder: A folder that is empty or not there yet.
    ///   - lastDay: The last day of the data.
    ///   - people: About how many people the company has; the default gives 1.5 million events.
    ///   - progress: Told from time to time how much is done, from 0 to 1.
    /// - Returns: What was written.
    /// - Throws: `demo/folder-not-empty`, or `demo/unwritable` when the disk refuses.
    public static func write(
        to folder: URL, lastDay: Day, people: Int = 25_000, progress: (Double) -> Void = { _ in }
    ) throws(Failure) -> DemoSummary {
        let there = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        guard there.isEmpty else {
            throw Failure(
                .demoFolderNotEmpty, "The folder '\(folder.path)' is not empty.",
                hint: "Name a folder that does not exist yet; the demo overwrites nothing.",
                details: there.sorted().prefix(3).map { "it has \($0)" })
        }
        for file in DemoDefinitions(lastDay: lastDay).files() {
            try write(file.text, to: folder.appendingPathComponent(file.path))
        }
        try write("data/\nimports/\n", to: folder.appendingPathComponent(".gitignore"))
        return try DemoCompany(people: people, lastDay: lastDay).write(
            to: folder.appendingPathComponent("imports"), progress: progress)
    }

    private static func write(_ text: String, to file: URL) throws(Failure) {
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file, options: .atomic)
        } catch {
            throw Failure(
                .demoUnwritable, "The demo cannot write '\(file.path)'.",
                hint: "Check the folder's permissions and the free space of its disk.")
        }
    }
}

extension Failure.Code {
    /// The demo was asked to write into a folder that holds something.
    public static let demoFolderNotEmpty: Self = "demo/folder-not-empty"
}
