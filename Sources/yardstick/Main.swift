import Foundation

/// The program's start: the process's arguments in, its exit status out.
@main
enum Main {
    static func main() async {
        let output = Output.standard(environment: ProcessInfo.processInfo.environment)
        let arguments = Array(CommandLine.arguments.dropFirst())
        exit(await Program(output: output).run(arguments).rawValue)
    }
}
