import Vocabulary

extension Failure.Code {
    /// The git program is not installed.
    public static let importNoGit: Self = "import/no-git"
    /// A folder is no git repository.
    public static let importNoRepository: Self = "import/no-repository"
    /// git could not read a repository.
    public static let importGitFailed: Self = "import/git-failed"
    /// A repository has no such branch.
    public static let importUnknownBranch: Self = "import/unknown-branch"
    /// A repository holds only the end of its history.
    public static let importShallowHistory: Self = "import/shallow-history"
}
