import Events
import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTPTypes
import Vocabulary

/// Takes events on the event loop on which their request came, where that needs no waiting.
///
/// Most requests with events are alike: plain JSON of a server, a write key that was just used. What
/// makes a task of each costs more than reading it. Such a request goes no further than here: it is
/// read, given to the inbox, and answered when its events are on the disk. Any other request, and
/// any that fails in whatever way, goes on to the ``RequestPipeline`` as it came.
final class EventDoorHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// A request that is held back until all of it is here.
    private struct Opened {
        let head: HTTPRequest
        let route: EventRoute
        let start: ContinuousClock.Instant
        var body: [UInt8]
    }

    /// What came while a request is being stored, and has to wait for its answer.
    private enum Later {
        case part(HTTPRequestPart)
        case event(Any)
        case error(any Error)
    }

    /// Larger bodies are read where they keep no other connection waiting.
    static let bodyBytesMax = 64 << 10

    private let door: IngestDoor
    private let hosts: HostName
    private var context: ChannelHandlerContext?
    private var peer = ""
    private var opened: Opened?
    private var isStoring = false
    private var later = CircularBuffer<Later>()
    private var wantsRead = false
    /// How many requests went on and are not answered yet.
    private var passed = 0
    private var routes = (path: "", route: EventRoute?.none)
    private var heads = EventAnswerHead()

    init(door: IngestDoor) {
        self.door = door
        hosts = HostName(door.parts.settings)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        peer = ConnectionContext.peer(of: context.channel)
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    // MARK: What comes in

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if isStoring || !later.isEmpty {
            later.append(.part(part))
        } else {
            receive(part, context)
        }
    }

    /// A client that sends on before it is answered waits.
    func read(context: ChannelHandlerContext) {
        if later.isEmpty { context.read() } else { wantsRead = true }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if isStoring { return later.append(.event(event)) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if isStoring { return later.append(.error(error)) }
        context.fireErrorCaught(error)
    }

    private func receive(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
        switch part {
        case .head(let head):
            if passed == 0, let request = open(head) {
                opened = request
                return
            }
            passed += 1
        case .body(let buffer):
            if opened != nil {
                opened?.body.append(contentsOf: buffer.readableBytesView)
                return
            }
        case .end:
            if let request = opened {
                opened = nil
                if store(request, context) { return }
                passed += 1
                context.fireChannelRead(wrapInboundOut(.head(request.head)))
                let body = context.channel.allocator.buffer(bytes: request.body)
                context.fireChannelRead(wrapInboundOut(.body(body)))
            }
        }
        context.fireChannelRead(wrapInboundOut(part))
    }

    /// What a request begins with whose events may be taken here; nil for any other.
    private func open(_ head: HTTPRequest) -> Opened? {
        let start = ContinuousClock.now
        guard head.method == .post, let path = head.path, let route = route(of: path) else {
            return nil
        }
        var bytes = 0
        for field in head.headerFields {
            switch field.name {
            case .contentLength: bytes = Int(field.value) ?? 0
            case .connection: guard field.value.lowercased() == "keep-alive" else { return nil }
            case .contentEncoding, .transferEncoding, .expect, .secondHost: return nil
            default: continue
            }
        }
        guard (1...EventDoorHandler.bodyBytesMax).contains(bytes),
            (try? hosts.check(head.authority)) != nil
        else { return nil }
        var request = Opened(head: head, route: route, start: start, body: [])
        request.body.reserveCapacity(bytes)
        return request
    }

    /// Where a path leads, which is mostly where the connection's last request went.
    private func route(of path: String) -> EventRoute? {
        if routes.path != path { routes = (path, EventRoute(path: path)) }
        guard let route = routes.route, case .events = route.purpose else { return nil }
        return route
    }

    // MARK: What goes out

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data), passed > 0 { passed -= 1 }
        context.write(data, promise: promise)
    }

    /// Gives a request's events to the inbox; false where that is not for here.
    private func store(_ request: Opened, _ context: ChannelHandlerContext) -> Bool {
        let loop = context.eventLoop
        let handler = NIOLoopBound(self, eventLoop: loop)
        let start = request.start
        let format = request.route.format
        let isTaken = door.take(
            request.head, body: request.body, at: request.route,
            from: Admission.address(
                of: request.head, peer: peer, trustsProxy: door.parts.settings.trustsProxy)
        ) { reply in
            loop.execute { handler.value.answer(reply, format, since: start) }
        }
        isStoring = isTaken
        return isTaken
    }

    private func answer(
        _ reply: EventReply, _ format: EventFormat, since start: ContinuousClock.Instant
    ) {
        isStoring = false
        door.parts.counters.answered(
            route: "events/\(format.rawValue)", method: .post, status: reply.status,
            after: ContinuousClock.now - start)
        guard let context else { return }
        let head = heads.head(of: reply, isSecure: door.parts.settings.isSecure)
        let body = context.channel.allocator.buffer(bytes: reply.body)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        goOn(context)
    }

    /// Takes up what came in the meantime, up to the next request that is stored.
    private func goOn(_ context: ChannelHandlerContext) {
        guard !later.isEmpty else { return }
        while !isStoring, let next = later.popFirst() {
            switch next {
            case .part(let part): receive(part, context)
            case .event(let event): context.fireUserInboundEventTriggered(event)
            case .error(let error): context.fireErrorCaught(error)
            }
        }
        context.fireChannelReadComplete()
        if later.isEmpty, wantsRead {
            wantsRead = false
            context.read()
        }
    }
}

/// The head of answers: the same for one request after the other, but for the length and the time.
struct EventAnswerHead {
    private var headers: [EventReply.Header] = []
    private var fields: HTTPFields = [:]
    private var date = AnswerDate()

    mutating func head(of reply: EventReply, isSecure: Bool) -> HTTPResponse {
        if reply.headers != headers || fields.isEmpty {
            var response = IngestDoor.response(reply)
            SecurityHeaders.add(to: &response, isSecure: isSecure)
            (headers, fields) = (reply.headers, response.headers)
        }
        fields[.contentLength] = String(reply.body.count)
        fields[.date] = date.text
        return HTTPResponse(
            status: HTTPResponse.Status(code: reply.status), headerFields: fields)
    }
}
