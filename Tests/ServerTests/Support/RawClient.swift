import Foundation
import Glibc
import NIOPosix

/// A client that sends exactly the bytes it is given.
enum RawClient {
    /// How long it waits for the next bytes: far longer than any machine is busy, so that to wait in
    /// vain is a fault.
    private static let secondsMax = 300

    /// Sends bytes to a port of the loopback address; all that comes back until the server closes
    /// the connection.
    ///
    /// - Throws: `POSIXError`, with `EAGAIN` where the server leaves the connection open.
    static func exchange(_ text: String, port: Int) async throws -> String {
        try await NIOThreadPool.singleton.runIfActive {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(port).bigEndian
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            return try exchange(text, with: address, family: AF_INET)
        }
    }

    /// Sends bytes over a local socket.
    static func exchange(_ text: String, socket path: String) async throws -> String {
        try await NIOThreadPool.singleton.runIfActive {
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
            return try exchange(text, with: address, family: AF_UNIX)
        }
    }

    private static func exchange<Address>(
        _ text: String, with address: Address, family: Int32
    ) throws -> String {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var timeout = timeval(tv_sec: secondsMax, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, size)
        let status = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
        guard status == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        let bytes = Array(text.utf8)
        _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        return try receive(descriptor)
    }

    /// All that comes until the end; a connection that the server resets has ended too.
    private static func receive(_ descriptor: Int32) throws -> String {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EAGAIN { throw POSIXError(.EAGAIN) }
            guard count > 0 else { break }
            all.append(contentsOf: buffer.prefix(count))
        }
        return String(decoding: all, as: UTF8.self)
    }
}
