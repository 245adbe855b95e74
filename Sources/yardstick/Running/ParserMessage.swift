import ArgumentParser
import Vocabulary

/// What the argument parser has to say: something that was asked for, such as help, or what is
/// wrong with the arguments.
enum ParserMessage {
    /// Text that belongs on the standard output.
    case wanted(String)
    /// A mistake in the arguments.
    case misused(Failure)

    /// Reads an error of the parser.
    init(_ error: any Error, arguments: [String], columns: Int) {
        if YardstickCommand.exitCode(for: error) == .success {
            let text = YardstickCommand.fullMessage(for: error, columns: columns)
            self = .wanted(text.hasSuffix("\n") ? String(text.dropLast()) : text)
        } else {
            self = .misused(
                ParserMessage.failure(YardstickCommand.message(for: error), arguments))
        }
    }

    private static func failure(_ message: String, _ arguments: [String]) -> Failure {
        let arguments = arguments.first == "help" ? Array(arguments.dropFirst()) : arguments
        if let failure = unknownCommand(arguments) { return failure }
        // The parser puts its suggestion into the sentence; ours stands in the hint.
        let lines = message.split(separator: "\n").map(String.init)
        let sentence = lines.first ?? "The arguments make no sense."
        let parts = sentence.split(separator: " Did you mean ", maxSplits: 1).map(String.init)
        let hint =
            parts.count > 1
            ? "did you mean \(parts[1])"
            : "see 'yardstick \(commandPath(arguments).map { $0.name + " " }.joined())--help'"
        return Failure(.usage, closed(parts[0]), hint: hint, details: Array(lines.dropFirst()))
    }

    /// The failure of a word that stands where a command must stand and is none.
    private static func unknownCommand(_ arguments: [String]) -> Failure? {
        let path = commandPath(arguments)
        let names = subcommands(of: path.last?.command ?? YardstickCommand.self).map(\.name)
        let words = arguments.dropFirst(path.count)
        guard !names.isEmpty, let word = words.first, !word.hasPrefix("-") else { return nil }
        let near = nearestName(to: word, among: names).map { "did you mean '\($0)'?" }
        let before = path.map { $0.name + " " }.joined()
        return Failure(
            .usage, "There is no command '\(before)\(word)'.",
            hint: near ?? "the commands are \(names.joined(separator: ", "))")
    }

    /// A command under the name by which it is called.
    private typealias NamedCommand = (name: String, command: any ParsableCommand.Type)

    /// The commands that the arguments begin with.
    private static func commandPath(_ arguments: [String]) -> [NamedCommand] {
        var path: [NamedCommand] = []
        var command: any ParsableCommand.Type = YardstickCommand.self
        for word in arguments {
            guard let next = subcommands(of: command).first(where: { $0.name == word }) else {
                break
            }
            path.append(next)
            command = next.command
        }
        return path
    }

    private static func subcommands(of command: any ParsableCommand.Type) -> [NamedCommand] {
        command.configuration.subcommands.compactMap { subcommand in
            subcommand.configuration.commandName.map { ($0, subcommand) }
        }
    }

    private static func closed(_ sentence: String) -> String {
        sentence.hasSuffix(".") || sentence.hasSuffix("?") ? sentence : sentence + "."
    }
}
