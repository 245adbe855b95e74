import Vocabulary

/// What the demo wrote.
public struct DemoSummary: Equatable, Sendable {
    /// A file of the demo.
    public struct File: Equatable, Sendable {
        /// The file's name, inside the folder of imports.
        public let name: String
        /// How many rows it has, the header left out.
        public let rows: Int
        /// Its size in bytes.
        public let bytes: Int
    }

    /// The files, in the order in which they are best imported.
    public let files: [File]
    /// How many people ever signed up or joined.
    public let people: Int
    /// How many accounts there are.
    public let accounts: Int
    /// How many events there are, those of bots and the doubled ones among them.
    public let events: Int
    /// The first day of the data.
    public let firstDay: Day
    /// The last day of the data.
    public let lastDay: Day
}
