import Foundation
import Vocabulary

/// The last file of the log, open for writing, with what was not written to its end cut off.
///
/// A record is acknowledged only when it is wholly on the disk, so an incomplete one at the end was
/// never promised. What is cut is kept beside the log all the same.
struct InboxOpening {
    let segment: InboxSegment
    let descriptor: Int32
    /// How many bytes the file has.
    let bytes: Int
    let damages: [InboxDamage]

    init(folder: String, appliedTo applied: Int64, disk: any InboxDisk) throws(Failure) {
        var segments = try InboxSegment.all(in: folder)
        var damages: [InboxDamage] = []
        while let last = segments.popLast() {
            let path = folder + "/" + last.fileName
            let content = try Self.content(of: path)
            let end = try Self.end(of: content, in: last)
            if end < content.count {
                let cut = Array(content[end...])
                damages.append(InboxDamage.keep(cut, at: last.start + Int64(end), in: folder))
            }
            guard end > 0 else {
                // Such a file is left when the power fails while it is made.
                unlink(path)
                continue
            }
            guard last.start + Int64(end) >= applied else { break }
            segment = last
            descriptor = try Self.open(path, cutTo: end, of: content.count, disk: disk)
            bytes = end
            self.damages = damages
            return
        }
        // The database knows as much as the log or more, so the log goes on where that ends.
        segment = InboxSegment(start: applied)
        do throws(DiskError) {
            descriptor = try segment.create(in: folder, disk: disk)
        } catch {
            throw error.isForWantOfRoom ? .inbox(error) : .unreadableInbox(folder, error)
        }
        bytes = InboxSegment.headerBytes
        self.damages = damages
    }

    private static func content(of path: String) throws(Failure) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(filePath: path), options: .alwaysMapped))
        } catch {
            throw .unreadableInbox(path, .latest)
        }
    }

    /// Where the last sound record ends; 0 where there is neither a header nor a record.
    private static func end(of content: [UInt8], in segment: InboxSegment) throws(Failure) -> Int {
        let isHeader = try segment.isHeader(content)
        var end = isHeader ? InboxSegment.headerBytes : 0
        content.withUnsafeBytes { bytes in
            var place = InboxSegment.headerBytes
            while place < bytes.count {
                if case .record(let length) = InboxSegment.record(in: bytes, at: place) {
                    place += InboxSegment.frameBytes + length
                    end = place
                } else if let next = InboxSegment.nextRecord(in: bytes, from: place + 1) {
                    place = next
                } else {
                    break
                }
            }
        }
        return end
    }

    private static func open(
        _ path: String, cutTo end: Int, of bytes: Int, disk: any InboxDisk
    ) throws(Failure) -> Int32 {
        let descriptor = Foundation.open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadableInbox(path, .latest) }
        do throws(DiskError) {
            if end < bytes { try disk.truncate(descriptor, to: end) }
            // What a process wrote that was killed before its disk had confirmed it counts now.
            try disk.synchronize(descriptor)
        } catch {
            close(descriptor)
            throw .unreadableInbox(path, error)
        }
        return descriptor
    }
}

extension InboxSegment {
    /// Makes the file of this segment; it and its name are on the disk afterwards.
    func create(in folder: String, disk: any InboxDisk) throws(DiskError) -> Int32 {
        let path = folder + "/" + fileName
        let descriptor = try disk.create(path)
        do throws(DiskError) {
            let result = header.withUnsafeBytes { bytes in
                Result { () throws(DiskError) in try disk.write(bytes, to: descriptor, at: 0) }
            }
            try result.get()
            try disk.synchronize(descriptor)
            try disk.synchronizeFolder(folder)
        } catch {
            close(descriptor)
            unlink(path)
            throw error
        }
        return descriptor
    }
}

extension InboxDamage {
    /// Keeps bytes that could not be read in a file beside the log, unless they are all zero.
    ///
    /// Where the disk has no room for them the damage is told without a file.
    static func keep(_ bytes: [UInt8], at offset: Int64, in folder: String) -> InboxDamage {
        let name = InboxSegment.damagedName(at: offset)
        let isKept =
            bytes.contains { $0 != 0 }
            && FileManager.default.createFile(
                atPath: folder + "/" + name, contents: Data(bytes),
                attributes: [.posixPermissions: 0o600])
        return InboxDamage(start: offset, bytes: bytes.count, keptIn: isKept ? name : nil)
    }
}
