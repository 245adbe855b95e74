import Events
import Foundation
import Vocabulary

@testable import Features

/// A folder with an inbox, removed with the bench.
final class InboxBench {
    let folder: URL
    let disk = FaultyDisk()

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "inbox-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Opens the inbox; close it before it is opened again.
    func open(
        segmentBytes: Int = 64 << 20, pendingBytesMax: Int = 32 << 20, busyRequests: Int = 4
    ) throws -> EventInbox {
        var settings = EventInbox.Settings()
        settings.busyRequests = busyRequests
        settings.segmentBytes = segmentBytes
        settings.pendingBytesMax = pendingBytesMax
        return try EventInbox(folder: folder, settings: settings, appliedTo: 0, disk: disk)
    }

    /// A record whose only event has the number as its id.
    static func record(_ number: Int, padding: Int = 0) -> EventRecord {
        var event = Event(
            id: "\(number)", kind: .track, name: "clicked", user: "u",
            time: Instant(seconds: number),
            received: Instant(seconds: number))
        event.session = String(repeating: "s", count: padding)
        return .events(
            EventBatch(source: "app", received: Instant(seconds: number), events: [event]))
    }

    /// The ids of all events that an inbox holds, in order, and what could not be read.
    static func read(_ inbox: EventInbox) throws -> (ids: [String], damages: [InboxDamage]) {
        let reader = inbox.reader(from: 0)
        var ids: [String] = []
        while true {
            let items = try reader.next(eventsMax: 100)
            if items.isEmpty { return (ids, reader.damages) }
            for item in items {
                if case .events(let batch) = item.record { ids += batch.events.map(\.id) }
            }
        }
    }

    /// The files of the log.
    var segments: [URL] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".log") }.sorted().map { folder.appending(path: $0) }
    }
}
