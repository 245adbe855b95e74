import Foundation
import Glibc
import NIOPosix

/// A client that sends exactly the bytes it is given.
enum RawClient {
    /// Sends bytes to a port of the loopback address; all that comes back until the server closes
    /// the connection, or until nothing has come for so many seconds.
    static func exchange(_ text: String, port: Int, secondsMax: Int = 20) async throws -> String {
        try await NIOThreadPool.singleton.runIfActive {
            let descriptor = try connect(port: port, secondsMax: secondsMax)
            defer { close(descriptor) }
            send(text, descriptor)
            return receive(descriptor)
        }
    }

    /// Sends bytes over a local socket.
    static func exchange(_ text: String, socket path: String) async throws -> String {
        try await NIOThreadPool.singleton.runIfActive {
            let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
            let size = socklen_t(MemoryLayout<sockaddr_un>.size)
            let status = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.connect(descriptor, $0, size)
                }
            }
            guard status == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
            send(text, descriptor)
            return receive(descriptor)
        }
    }

    private static func connect(port: Int, secondsMax: Int) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var timeout = timeval(tv_sec: secondsMax, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        return descriptor
    }

    private static func send(_ text: String, _ descriptor: Int32) {
        let bytes = Array(text.utf8)
        _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    private static func receive(_ descriptor: Int32) -> String {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            all.append(contentsOf: buffer.prefix(count))
        }
        return String(decoding: all, as: UTF8.self)
    }
}
