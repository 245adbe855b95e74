import ArgumentParser
import Vocabulary

/// Makes an empty workspace.
struct InitCommand: FreeCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Makes an empty workspace, with an example to start from.",
        discussion: "The folder must be new or empty."
    )

    @Argument(
        help: ArgumentHelp(
            "The folder to make; default: the one of --workspace.", valueName: "dir"),
        completion: .directory)
    var path: String?

    @OptionGroup var workspace: WorkspaceOption

    func run(output: Output) async throws(Failure) -> Outcome {
        let folder = fileURL(path ?? workspace.path, from: output.directory)
        let new = NewWorkspace(folder: folder)
        for file in try new.write() { output.line(printable("Wrote \(file).")) }
        output.line()
        output.line(
            "Put files into imports/, describe them as definitions/example.yaml shows, then:")
        output.line("  yardstick check  --workspace \(shellWord(path ?? workspace.path))")
        output.line("  yardstick import --workspace \(shellWord(path ?? workspace.path)) SOURCE")
        return .done
    }
}

/// A path as a shell reads it back as one word.
func shellWord(_ path: String) -> String {
    let isPlain = path.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0)
            || "/._-~".unicodeScalars.contains($0)
    }
    return isPlain && !path.isEmpty ? path : "'" + path.replacing("'", with: "'\\''") + "'"
}
