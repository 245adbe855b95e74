import Vocabulary

extension Failure.Code {
    /// A file that is to be imported is not there.
    public static let importMissingFile: Self = "import/missing-file"
    /// A path leads out of the folders from which files may be imported.
    public static let importOutsideFolder: Self = "import/outside-folder"
    /// A file cannot be read, or is not what its format says.
    public static let importUnreadable: Self = "import/unreadable"
    /// A file holds no rows, or nothing at all.
    public static let importEmptyFile: Self = "import/empty-file"
    /// A file's header cannot be used.
    public static let importHeader: Self = "import/header"
    /// A text is not in the encoding that is expected.
    public static let importEncoding: Self = "import/encoding"
    /// A quote is opened and never closed.
    public static let importUnclosedQuote: Self = "import/unclosed-quote"
    /// Day and month cannot be told apart.
    public static let importAmbiguousDate: Self = "import/ambiguous-date"
    /// The time column is not in the file, or holds no times.
    public static let importTimeColumn: Self = "import/time-column"
    /// A file has none of the source's columns.
    public static let importOtherColumns: Self = "import/other-columns"
    /// A file changed while it was read.
    public static let importFileChanged: Self = "import/file-changed"
    /// An option has a value that is not known.
    public static let importOption: Self = "import/option"
}
