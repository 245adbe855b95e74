/// A file of definitions, read by the caller.
public struct DefinitionFile: Sendable {
    /// Its path, relative to the workspace.
    public let path: String
    /// What it holds.
    public let bytes: [UInt8]

    /// Makes a file of bytes.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// Makes a file of a text.
    public init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }
}
