import Vocabulary

/// Events of one request that were written as the inbox keeps them while they were read.
public struct WrittenEvents: Sendable {
    /// The write key that was found, as ``EventReading/key``.
    public let key: String?
    /// How many events there are; at least one.
    public let count: Int
    /// When the server had them.
    public let received: Instant
    /// The answer when all of them are stored.
    public let reply: EventReply
    /// The events, one after the other.
    let bytes: [UInt8]
}

extension EventFormat {
    /// Reads the events of a request straight into what the inbox keeps, which takes a quarter of the
    /// time of making events first.
    ///
    /// That is possible where nothing of the events is refused, put right, found out or asked for:
    /// a list in our own format of what named people did, as applications' servers send it.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - limits: How much is taken.
    /// - Returns: The events; nil where ``read(_:limits:)`` has to be asked.
    public static func record(
        _ request: EventRequest, limits: EventLimits = EventLimits()
    ) -> WrittenEvents? {
        guard request.route.format == .own, request.route.purpose == .events(.plain),
            request.body.first == UInt8(ascii: "["), request.body.count <= limits.bodyBytes
        else { return nil }
        return request.body.withUnsafeBufferPointer { record($0, request, limits) }
    }

    private static func record(
        _ bytes: UnsafeBufferPointer<UInt8>, _ request: EventRequest, _ limits: EventLimits
    ) -> WrittenEvents? {
        var collector = EventCollector(request, limits: limits, bodyBytes: 0)
        guard collector.requestClient.isUnknown else { return nil }
        collector.recorder = EventRecorder(request, limits: limits)
        var scanner = JSONScanner(bytes, bounds: limits.json)
        do throws(JSONFault) {
            try OwnReader.read(&scanner, into: &collector)
        } catch {
            return nil
        }
        guard collector.sent == nil, let recorder = collector.recorder, recorder.isWhole,
            recorder.count > 0
        else { return nil }
        var reading = EventReading()
        reading.empty = recorder.count
        return WrittenEvents(
            key: RequestKey.key(of: request, inBody: collector.key), count: recorder.count,
            received: request.received, reply: EventReply(to: reading, request: request),
            bytes: recorder.writer.bytes)
    }
}

extension EventCollector.RequestClient {
    /// Whether the request says nothing of a person's device.
    fileprivate var isUnknown: Bool {
        userAgent == nil && address == nil && language == nil && library == nil
    }
}
