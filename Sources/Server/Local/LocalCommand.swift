import Foundation
import Vocabulary

/// A command line that another process of the same user asks this server to run, because only one
/// process can have a workspace open.
public struct LocalCommand: Equatable, Sendable {
    /// The arguments, without the program's name.
    public let arguments: [String]
    /// The working folder of who asks.
    public let folder: String
    /// Whether who asks shows the output on a terminal.
    public let isTerminal: Bool
    /// Whether the standard error of who asks is a terminal, so that progress may be drawn on it.
    public let isErrorTerminal: Bool
    /// How many columns the terminal has.
    public let columns: Int
    /// Whether the output may have colours.
    public let color: Bool

    /// Describes a command line.
    public init(
        arguments: [String], folder: String, isTerminal: Bool, isErrorTerminal: Bool, columns: Int,
        color: Bool
    ) {
        self.arguments = arguments
        self.folder = folder
        self.isTerminal = isTerminal
        self.isErrorTerminal = isErrorTerminal
        self.columns = columns
        self.color = color
    }

    /// The command as it goes over the local socket.
    public var json: JSON {
        [
            "arguments": .list(arguments.map(JSON.text)), "folder": .text(folder),
            "isTerminal": .boolean(isTerminal), "isErrorTerminal": .boolean(isErrorTerminal),
            "columns": .integer(columns), "color": .boolean(color),
        ]
    }

    /// Reads what came over the local socket; nil where it is no command.
    init?(json: JSON) {
        guard case .list(let arguments) = json["arguments"],
            case .text(let folder) = json["folder"],
            case .boolean(let isTerminal) = json["isTerminal"],
            case .boolean(let isErrorTerminal) = json["isErrorTerminal"],
            case .integer(let columns) = json["columns"],
            case .boolean(let color) = json["color"]
        else { return nil }
        var texts: [String] = []
        for argument in arguments {
            guard case .text(let text) = argument else { return nil }
            texts.append(text)
        }
        self.init(
            arguments: texts, folder: folder, isTerminal: isTerminal,
            isErrorTerminal: isErrorTerminal, columns: columns, color: color)
    }
}

/// Where a command that runs in the server writes; it goes to who asked as it is written.
public struct LocalOutput: Sendable {
    private let send: @Sendable (JSON) -> Void

    init(send: @escaping @Sendable (JSON) -> Void) { self.send = send }

    /// Writes to the standard output of who asked.
    public func out(_ text: String) { send(["out": .text(text)]) }

    /// Writes to the standard error of who asked.
    public func err(_ text: String) { send(["err": .text(text)]) }
}

/// Runs a command line in the server's process and returns its exit status.
public typealias LocalRunner = @Sendable (LocalCommand, LocalOutput) async -> Int32
