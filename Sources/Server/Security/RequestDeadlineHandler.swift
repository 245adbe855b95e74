import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request arrives too slowly, that goes on sending after its answer, or
/// that does not read its answer.
///
/// A request has a fixed time, and more for each byte that has arrived: an upload may take as long
/// as it keeps up a low rate, a trickle may not. One timer a connection is armed again only when it
/// fires; a timer a request (`Task.sleep`) was measured to keep 0.7 kB until its deadline.
final class RequestDeadlineHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limit: TimeAmount
    private let bytesPerSecondMin: Int
    /// Bytes that a client may still send after it was answered, before it is cut off.
    private let bytesAfterAnswerMax = 1 << 20
    private var started: NIODeadline?
    private var bytes = 0
    private var bytesAfterAnswer: Int?
    private var timer: Scheduled<Void>?
    /// Fires while an answer waits for its reader.
    private var readingTimer: Scheduled<Void>?
    /// Bytes that a reader takes at least between two looks.
    private let bytesReadMin = 16 << 10

    init(_ settings: ServerSettings) {
        limit = .seconds(Int64(settings.requestSeconds))
        bytesPerSecondMin = settings.requestBytesPerSecondMin
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            started = .now()
            bytes = 0
            bytesAfterAnswer = nil
            arm(context, after: limit)
        case .body(let buffer):
            bytes += buffer.readableBytes
            if let count = bytesAfterAnswer {
                bytesAfterAnswer = count + buffer.readableBytes
                if count > bytesAfterAnswerMax { return context.close(promise: nil) }
            }
        case .end: started = nil
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data), started != nil { bytesAfterAnswer = 0 }
        context.write(data, promise: promise)
    }

    private func arm(_ context: ChannelHandlerContext, after delay: TimeAmount) {
        guard timer == nil else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: delay) {
            self.timer = nil
            guard let started = self.started else { return }
            let allowance = TimeAmount.seconds(Int64(self.bytes / self.bytesPerSecondMin))
            let left = started + self.limit + allowance - .now()
            if left <= .nanoseconds(0) {
                context.close(promise: nil)
            } else {
                self.arm(context, after: left)
            }
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        readingTimer?.cancel()
        readingTimer = nil
        if !context.channel.isWritable { watchReading(context) }
        context.fireChannelWritabilityChanged()
    }

    private func watchReading(_ context: ChannelHandlerContext) {
        let before = unread(context)
        readingTimer = context.eventLoop.assumeIsolated().scheduleTask(in: limit) {
            self.readingTimer = nil
            if before - self.unread(context) < self.bytesReadMin {
                context.close(promise: nil)
            } else {
                self.watchReading(context)
            }
        }
    }

    /// How many bytes wait for the client to read.
    private func unread(_ context: ChannelHandlerContext) -> Int {
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { stop() }

    private func stop() {
        timer?.cancel()
        timer = nil
        readingTimer?.cancel()
        readingTimer = nil
    }
}
