import Features
import Foundation
import Hummingbird
import NIOCore
import NIOPosix
import Vocabulary

/// A file that somebody sends: written to the inbox piece by piece, never held in memory.
struct Upload: Sendable {
    /// Where the file is, alone in a folder of its own, under `upload-NAME`.
    let file: URL

    /// The name that the sender gave, made safe.
    var name: String { String(file.lastPathComponent.dropFirst("upload-".count)) }

    /// The kinds of files that are taken, by the end of their names.
    private static let kinds = [
        ".csv", ".tsv", ".txt", ".log", ".jsonl", ".ndjson", ".json", ".parquet",
    ]

    /// Receives a request's body.
    ///
    /// - Parameters:
    ///   - body: The body.
    ///   - name: The name under which the file was sent; only its last part is used.
    ///   - inbox: The folder for uploads.
    ///   - bytesMax: The most bytes.
    /// - Returns: The file, which the caller removes when it is done with it.
    /// - Throws: `server/bad-file-name`, `server/too-large`, `server/upload-failed`.
    static func receive(
        _ body: RequestBody, as name: String, into inbox: URL, bytesMax: Int
    ) async throws(Failure) -> Upload {
        let name = try safeName(name)
        let folder = inbox.appending(path: String(SecretToken().text.prefix(22)))
        // The importer takes what follows the first hyphen as the name that the sender gave.
        let upload = Upload(file: folder.appending(path: "upload-\(name)"))
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            try await write(body, to: upload.file, bytesMax: bytesMax)
            return upload
        } catch {
            await upload.remove()
            throw failure(error)
        }
    }

    /// Removes the file and its folder.
    func remove() async {
        let folder = file.deletingLastPathComponent()
        _ = try? await NIOThreadPool.singleton.runIfActive {
            try FileManager.default.removeItem(at: folder)
        }
    }

    /// The last part of a name, if it may be the name of a file here.
    ///
    /// - Throws: `server/bad-file-name`.
    static func safeName(_ name: String) throws(Failure) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init)
        let safe = (last ?? "").unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse: false
            default: true
            }
        }
        var text = String(String.UnicodeScalarView(safe))
        while text.hasPrefix(".") || text.hasPrefix(" ") { text.removeFirst() }
        var stem = text.lowercased()
        for ending in [".gz", ".zst"] where stem.hasSuffix(ending) {
            stem.removeLast(ending.count)
        }
        guard text.utf8.count <= 200, kinds.contains(where: { stem.hasSuffix($0) && stem != $0 })
        else {
            throw Failure(
                .badFileName, "A file named '\(text.prefix(60))' is not taken.",
                hint: "Send \(kinds.joined(separator: ", ")), or one of them compressed (.gz).")
        }
        return text
    }

    private static func write(_ body: RequestBody, to file: URL, bytesMax: Int) async throws {
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        defer { try? handle.close() }
        var count = 0
        for try await buffer in body {
            count += buffer.readableBytes
            guard count <= bytesMax else { throw Failure.tooLarge(bytesMax) }
            try await NIOThreadPool.singleton.runIfActive {
                try handle.write(contentsOf: buffer.readableBytesView)
            }
        }
        guard count > 0 else {
            throw Failure(.badBody, "The file is empty.", hint: "Send a file that has rows.")
        }
    }

    private static func failure(_ error: any Error) -> Failure {
        if let failure = error as? Failure { return failure }
        let cocoa = (error as NSError).userInfo[NSUnderlyingErrorKey] as? POSIXError
        let code = (error as? POSIXError)?.code ?? cocoa?.code
        if code == .ENOSPC || (error as? CocoaError)?.code == .fileWriteOutOfSpace {
            return Failure(
                .stateFull, "The disk is full, so the file could not be stored.",
                hint: "Make room on the disk of the workspace; no restart is needed.")
        }
        if code != nil || error is CocoaError {
            return Failure(
                .uploadFailed, "The file could not be stored.",
                hint: "Check that the folder data/inbox of the workspace can be written.",
                details: ["\(error)"])
        }
        return Failure.cutOff
    }
}

extension Failure.Code {
    /// The name of an uploaded file is none, or not of a kind that is taken.
    public static let badFileName: Self = "server/bad-file-name"
    /// An uploaded file could not be written.
    public static let uploadFailed: Self = "server/upload-failed"
}
