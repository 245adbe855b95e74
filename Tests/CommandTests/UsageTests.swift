import Foundation
import Testing
import Vocabulary

@testable import yardstick

@Suite("The command line")
struct UsageTests {
    private func run(_ arguments: String...) async -> (status: Outcome, CapturedOutput) {
        let captured = CapturedOutput()
        return (await Program(output: captured.output).run(arguments), captured)
    }

    @Test("an unknown command suggests the nearest and ends with 2")
    func unknownCommand() async {
        let (status, captured) = await run("statsu")

        #expect(status == .usage)
        #expect(
            captured.errorText == """
                error: There is no command 'statsu'.
                  hint  did you mean 'status'?
                  code  command/usage

                """)
        #expect(captured.text == "")
    }

    @Test("an unknown command below another is told with both words")
    func unknownSubcommand() async {
        let (status, captured) = await run("kpi", "lst")

        #expect(status == .usage)
        #expect(captured.errorText.contains("There is no command 'kpi lst'."))
        #expect(captured.errorText.contains("did you mean 'list'?"))
    }

    @Test("an unknown option suggests the nearest and ends with 2")
    func unknownOption() async {
        let (status, captured) = await run("ask", "revenue", "--gran", "day")

        #expect(status == .usage)
        #expect(
            captured.errorText == """
                error: Unknown option '--gran'.
                  hint  did you mean '--grain'?
                  code  command/usage

                """)
    }

    @Test("a definition in a file reaches the process that answers as text")
    func definitionFile() throws {
        let folder = FileManager.default.temporaryDirectory.path
        let name = "definition-\(UUID().uuidString).yaml"
        let file = URL(filePath: folder).appending(path: name)
        try Data("from: app\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }

        let inlined = try BehaviourOptions.inlined(
            ["paths", "--definition", name, "--limit", "3"], from: folder)
        let missing = #expect(throws: Failure.self) {
            try BehaviourOptions.inlined(["paths", "--definition=no-such-file"], from: folder)
        }

        #expect(inlined == ["paths", "--definition-yaml=from: app\n", "--limit", "3"])
        #expect(missing?.code.rawValue == "question/unread-file")
    }

    @Test(
        "a definition that is written in the command is its own text",
        arguments: ["{ from: app, steps: [a, b] }", "from: app\nsteps: [a, b]", "{from: app}"])
    func definitionText(yaml: String) throws {
        let inlined = try BehaviourOptions.inlined(["funnel", "--definition", yaml], from: "/")
        let missing = #expect(throws: Failure.self) {
            try BehaviourOptions.inlined(["funnel", "--definition", "no such file"], from: "/")
        }

        #expect(inlined == ["funnel", "--definition-yaml=\(yaml)"])
        #expect(missing?.hint?.contains("'{ from: SOURCE, … }'") == true)
    }

    @Test("what is missing is named, with the command that explains it")
    func missingArgument() async {
        let (status, captured) = await run("ask")

        #expect(status == .usage)
        #expect(captured.errorText.contains("hint  see 'yardstick ask --help'"))
    }

    @Test(
        "help and version go to the standard output and end well",
        arguments: ["--help", "--version"])
    func wanted(option: String) async {
        let (status, captured) = await run(option)

        #expect(status == .done)
        #expect(!captured.text.isEmpty)
        #expect(captured.errorText == "")
    }

    @Test("the version names the release and the commit")
    func version() async {
        let (_, captured) = await run("--version")

        #expect(captured.text.hasPrefix("yardstick \(Version.number), commit "))
    }

    @Test("completion scripts are made for the shells", arguments: ["bash", "zsh", "fish"])
    func completion(shell: String) async {
        let (status, captured) = await run("--generate-completion-script", shell)

        #expect(status == .done)
        #expect(captured.text.contains("yardstick"))
        #expect(captured.text.contains("explain"))
    }

    @Test("a new workspace is written once and never over something")
    func initialisation() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())/acme")
        defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }

        let (first, _) = await run("init", folder.path)
        let settings = try String(
            contentsOf: folder.appending(path: "yardstick.yaml"), encoding: .utf8)
        let (second, captured) = await run("init", folder.path)

        #expect(first == .done)
        #expect(settings.hasPrefix("workspace: \"acme\"\n"))
        #expect(second == .finding)
        #expect(captured.errorText.contains("code  workspace/not-empty"))
    }

    @Test("a path with blanks is shown as a shell takes it")
    func shellWords() {
        #expect(shellWord("acme/2026") == "acme/2026")
        #expect(shellWord("my team's") == "'my team'\\''s'")
    }
}
