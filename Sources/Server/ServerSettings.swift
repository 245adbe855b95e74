import Events
import Foundation

/// Where and how the server listens, and its limits.
public struct ServerSettings: Sendable {
    /// The address to listen on; a loopback one unless somebody asks for another.
    public var host = "127.0.0.1"
    /// The program's version, which the web app shows.
    public var version = "unreleased"
    /// The port to listen on; zero lets the system choose.
    public var port = 8080
    /// The file of the local socket; nil chooses `data/serve.sock` of the workspace.
    public var socketPath: String?
    /// The address under which people reach the server, such as `https://kpi.example.com`, where a
    /// proxy stands before it. Its name is accepted as host, and `https` makes cookies secure.
    public var publicAddress: URL?
    /// Whether the last address in `X-Forwarded-For` is believed, because a proxy sets it.
    public var trustsProxy = false
    /// The most bytes of a request's body, but for uploads.
    public var bodyBytesMax = 64 << 10
    /// The most bytes of an uploaded file.
    public var uploadBytesMax = 8 << 30
    /// The most bytes that all large bodies with events may have together, beside the bytes that
    /// every body may have.
    public var largeBodiesBytesMax = 128 << 20
    /// How much of what events may have.
    public var eventLimits = EventLimits()
    /// The most bytes of one header, and of all headers of a request.
    public var headerBytesMax = (field: 16 << 10, all: 32 << 10)
    /// The most headers of a request.
    public var headersMax = 100
    /// Seconds after which a connection on which nothing is asked is closed.
    public var idleSeconds = 30
    /// Seconds in which a request must have arrived, beside what its size allows.
    public var requestSeconds = 10
    /// Bytes a second that a longer request must keep up.
    public var requestBytesPerSecondMin = 16 << 10
    /// The most connections at a time; more wait.
    public var connectionsMax = 1_024
    /// The most event streams at a time.
    public var eventStreamsMax = 128
    /// The most imports that are remembered, and that run or wait at a time.
    public var jobsMax = (remembered: 200, running: 4)
    /// Seconds between two signs of life on an event stream.
    public var heartbeatSeconds = 15
    /// Seconds that a stopping server waits for requests that it has accepted.
    public var stopSeconds = 8

    /// The settings of a server for one person on their own machine.
    public init() {}

    /// Whether the server can be reached from its own machine only.
    var isLoopback: Bool { HostName.isLoopback(host) }

    /// Whether people reach the server over https.
    var isSecure: Bool { publicAddress?.scheme?.lowercased() == "https" }
}
