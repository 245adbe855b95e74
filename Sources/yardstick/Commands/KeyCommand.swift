import ArgumentParser
import Features
import Vocabulary

/// Makes, lists and revokes the keys with which applications send events.
struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Makes, lists and revokes the keys with which applications send events.",
        subcommands: [KeyListCommand.self, KeyMakeCommand.self, KeyRevokeCommand.self],
        defaultSubcommand: KeyListCommand.self
    )
}

/// Lists the keys.
struct KeyListCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the keys, also those that were revoked.")

    @OptionGroup var format: FormatOption
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        KeyText(try await session.writeKeys().list()).write(to: output, as: format.value)
        return .done
    }
}

/// Makes a key.
struct KeyMakeCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "make",
        abstract: "Makes a key that may send events into one source, and nothing else.",
        discussion: """
            The key is shown this once. It may stand in the code of a web page: it cannot read. \
            Name the sites whose pages may use it with --origin.
            """)

    @Argument(help: ArgumentHelp("A source of events.", valueName: "source"))
    var source: String

    @Option(help: ArgumentHelp("What sends with it, such as \"web shop\".", valueName: "text"))
    var label: String?

    @Option(
        help: ArgumentHelp(
            "A site whose pages may use it: https://shop.example.com; repeat for more.",
            valueName: "origin"))
    var origin: [String] = []

    @Option(
        help: ArgumentHelp(
            "Plausible's data-domain or Umami's data-website-id, by which they are known.",
            valueName: "name"))
    var site: String?

    @OptionGroup var format: FormatOption
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let wish = try WriteKeyWish(source: source, label: label, origins: origin, site: site)
        let (key, secret) = try await session.makeWriteKey(wish, by: nil, from: nil)
        KeyText([key]).write(secret, to: output, as: format.value)
        return .done
    }
}

/// Revokes a key.
struct KeyRevokeCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Revokes a key; what was sent with it stays.")

    @Argument(help: ArgumentHelp("The key's number.", valueName: "number"))
    var number: Int

    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let key = try await session.writeKeys().revoke(number, by: nil, from: nil)
        output.line(printable("Revoked key \(key.id), \(key.label). It ends within a second."))
        return .done
    }
}
