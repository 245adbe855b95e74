import Foundation
import Vocabulary

/// A file with what an API answered, which is written again with one object a line.
struct AnswerFile {
    private let file: ImportFile
    private let handle: FileHandle
    private let stamp: FileStamp?

    /// - Throws: `import/unreadable`.
    init(_ file: ImportFile) throws(Failure) {
        guard let handle = FileHandle(forReadingAtPath: file.path) else {
            throw Failure(
                .importUnreadable, "\(file.label) cannot be read.",
                hint: "Check that it is a file and its permissions.")
        }
        self.file = file
        self.handle = handle
        stamp = FileStamp(path: file.path)
    }

    /// Writes the lines.
    ///
    /// - Throws: `import/unreadable`, `import/empty-file`, `import/file-changed`,
    ///   `engine/cancelled`.
    func write(to output: URL) throws(Failure) {
        let lines = try LineFile(output)
        var objects = JSONObjects(label: file.label)
        while let piece = try piece() {
            try objects.read(piece) { (object) throws(Failure) in try lines.write(object) }
        }
        try objects.finish()
        try lines.finish()
        guard FileStamp(path: file.path) == stamp else {
            throw Failure(
                .importFileChanged, "\(file.label) was changed while it was read.",
                hint: "Import it again when it is complete.")
        }
    }

    private func piece() throws(Failure) -> [UInt8]? {
        do {
            guard let data = try handle.read(upToCount: 1 << 20), !data.isEmpty else { return nil }
            return [UInt8](data)
        } catch {
            throw Failure(
                .importUnreadable, "\(file.label) cannot be read.",
                details: [error.localizedDescription])
        }
    }
}
