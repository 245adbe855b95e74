import ArgumentParser
import Vocabulary

/// Looks whether everything is there, and says what to type where it is not.
struct DoctorCommand: FreeCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Looks whether everything is there, and says what to type where it is not.",
        discussion:
            "It opens nothing and changes nothing. It exits with 1 where something is broken."
    )

    @OptionGroup var format: FormatOption
    @OptionGroup var workspace: WorkspaceOption

    func run(output: Output) async throws(Failure) -> Outcome {
        let folder = workspace.folder(from: output.directory)
        let checks = ProgramChecks.all() + WorkspaceChecks(folder: folder).all()
        switch format.value {
        case .table: write(checks, to: output)
        case .json: output.json(["checks": .list(checks.map(\.json))])
        case .csv:
            let rows = checks.map { check -> [JSON] in
                [
                    .text(check.name), .text(check.state.rawValue), .text(check.text),
                    .optional(check.hint),
                ]
            }
            output.csv(["name", "state", "text", "hint"], rows)
        }
        return checks.contains { $0.state == .problem } ? .finding : .done
    }

    private func write(_ checks: [DoctorCheck], to output: Output) {
        let hasColor = output.terminal.hasColor && output.terminal.isTerminal
        let width = checks.map { displayWidth($0.name) }.max() ?? 0
        for check in checks {
            let style: Style =
                [.good: .good, .warning: .warning, .problem: .bad][check.state] ?? .plain
            let state = check.state.rawValue.padding(to: 9)
            let name = check.name.padding(to: width + 2)
            output.line(style.painted(state, in: hasColor) + name + printable(check.text))
            if let hint = check.hint { output.line("         hint  " + printable(hint)) }
        }
    }
}

extension String {
    /// The text with blanks behind it up to a width.
    fileprivate func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - displayWidth(self)))
    }
}
