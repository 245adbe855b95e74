#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Programs of the system that tests use, such as git and gzip.
///
/// Foundation's `Process` of Swift 6.3 reads beyond the end of a buffer when it looks for open files
/// (swift-corelibs-foundation, pull request 5472), and ended one run of the tests in some dozens.
public enum SystemProgram {
    /// Why there is no output.
    public struct Stopped: Error {
        /// What was run.
        public let words: [String]
        /// What `posix_spawnp` or `waitpid` said.
        public let status: Int32
    }

    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - words: Its name and its arguments.
    ///   - environment: Its environment.
    /// - Returns: What it wrote to its standard output.
    /// - Throws: ``Stopped`` where it could not be started or did not end with 0.
    public static func output(
        of words: [String], environment: [String: String] = [:]
    ) throws -> [UInt8] {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Stopped(words: words, status: errno) }
        defer { close(ends[0]) }
        // Other programs that start at the same time need not hold the pipe open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (child, status) = start(words, environment, writingTo: ends[1])
        close(ends[1])
        guard status == 0 else { throw Stopped(words: words, status: status) }
        let said = everything(from: ends[0])
        var ended: Int32 = 0
        while waitpid(child, &ended, 0) < 0, errno == EINTR {}
        guard ended == 0 else { throw Stopped(words: words, status: ended) }
        return said
    }

    private static func start(
        _ words: [String], _ environment: [String: String], writingTo output: Int32
    ) -> (child: pid_t, status: Int32) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        let arguments = copies(words)
        let settings = copies(environment.map { name, value in "\(name)=\(value)" })
        defer { for text in arguments + settings { free(text) } }
        var child: pid_t = 0
        let status = posix_spawnp(&child, words[0], &actions, nil, arguments, settings)
        return (child, status)
    }

    /// Texts as the system takes them, which the caller frees.
    private static func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        var copies: [UnsafeMutablePointer<CChar>?] = []
        for text in texts { copies.append(strdup(text)) }
        return copies + [nil]
    }

    private static func everything(from end: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(end, &buffer, buffer.count)
            if count > 0 {
                bytes += buffer[..<count]
            } else if count == 0 || errno != EINTR {
                return bytes
            }
        }
    }
}
