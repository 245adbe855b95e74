import Vocabulary

extension EventFormat {
    /// Reads the events of a request.
    ///
    /// What is wrong with one event refuses it alone; what keeps the body from being read refuses
    /// the request.
    ///
    /// - Throws: `events/bad-json`, `events/bad-shape`, `events/bad-compression`,
    ///   `events/unknown-format`, `events/too-large`,
    ///   `events/too-many`, `events/too-deep`.
    public static func read(_ request: EventRequest, limits: EventLimits = EventLimits())
        throws(Failure) -> EventReading
    {
        guard case .events(let shape) = request.route.purpose else {
            throw Failure(.eventsBadShape, "Nothing is handed in at this path.")
        }
        let document = try document(request, shape, limits)
        var reading = try document.withUnsafeBufferPointer { (bytes) throws(Failure) in
            try read(bytes, request, shape, limits)
        }
        reading.key = RequestKey.key(of: request, inBody: reading.key)
        reading.reply = EventReply(to: reading, request: request)
        return reading
    }

    private static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, _ request: EventRequest, _ shape: EventRoute.Shape,
        _ limits: EventLimits
    ) throws(Failure) -> EventReading {
        if shape == .shared, PostHogReader.isForeign(bytes) {
            throw Failure(
                .eventsUnknownFormat, "This is not PostHog's format, and no other is known here.",
                hint: "Amplitude's and Mixpanel's formats are not spoken.")
        }
        var collector = EventCollector(request, limits: limits, bodyBytes: bytes.count)
        if request.route.format == .umami || request.route.format == .plausible {
            collector.key = RequestKey.parameter(request)
        }
        if shape == .results {
            collector.sent = request.headers.requestTimestamp.flatMap { ClientTime.instant($0) }
        } else if request.route.format == .posthog, let text = request.parameter("_") {
            collector.sent = ClientTime.instant(text)
        }
        do throws(JSONFault) {
            if request.route.format == .own,
                OwnReader.isLines(bytes, contentType: request.headers.contentType)
            {
                try OwnReader.readLines(bytes, into: &collector)
            } else {
                try read(bytes, shape, request.route.format, &collector)
            }
        } catch {
            if error.reason == .tooMany {
                throw Failure(
                    .eventsTooMany, "The request has more than \(limits.events) events.",
                    hint: "Send them in several requests.")
            }
            throw Failure(error)
        }
        return collector.finished()
    }

    private static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, _ shape: EventRoute.Shape, _ format: EventFormat,
        _ collector: inout EventCollector
    ) throws(JSONFault) {
        var scanner = JSONScanner(bytes, bounds: collector.limits.json)
        switch (format, shape) {
        case (.segment, .one(let kind)):
            try SegmentReader.read(&scanner, into: &collector, kind: kind)
        case (.segment, .picture(let kind)):
            try SegmentReader.read(&scanner, into: &collector, kind: kind)
        case (.segment, _): try SegmentReader.read(&scanner, into: &collector, kind: nil)
        case (.posthog, _): try PostHogReader.read(&scanner, into: &collector)
        case (.plausible, _): try PlausibleReader.read(&scanner, into: &collector)
        case (.umami, _): try UmamiReader.read(&scanner, into: &collector)
        case (.own, _), (.pixel, _): try OwnReader.read(&scanner, into: &collector)
        }
    }

    /// The document of a request: unpacked, and taken out of the form or address it came in.
    private static func document(
        _ request: EventRequest, _ shape: EventRoute.Shape, _ limits: EventLimits
    ) throws(Failure) -> [UInt8] {
        let format = request.route.format
        if case .picture = shape {
            return format == .pixel
                ? try PictureReader.ownDocument(request) : try PictureReader.document(request)
        }
        let bytesMax = format == .posthog ? limits.batchBytes : limits.bodyBytes
        guard format == .posthog else {
            return try Inflation.inflated(request.body, bytesMax: bytesMax, limits: limits)
        }
        if request.body.isEmpty { return try PictureReader.document(request) }
        return try PostHogBody.document(request.body, bytesMax: bytesMax, limits: limits)
    }
}
