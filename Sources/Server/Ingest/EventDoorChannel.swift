import HummingbirdCore
import Logging
import NIOCore

/// A connection over HTTP/1.1 whose events an ``EventDoorHandler`` takes before anything else.
struct EventDoorChannel: HTTPChannelHandler {
    let http: HTTP1Channel
    let door: IngestDoor

    var responder: Responder { http.responder }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        http.setup(channel: channel, logger: logger).flatMapThrowing { [door] value in
            let pipeline = channel.pipeline.syncOperations
            // After what watches over idle connections and the end of the server, which counts the
            // requests that are under way.
            let watch = try pipeline.handler(type: HTTPConnectionStateHandler.self)
            try pipeline.addHandler(EventDoorHandler(door: door), position: .after(watch))
            return value
        }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await http.handle(value: value, logger: logger)
    }
}
