/// A column of codes of one or two bytes.
struct CodeColumn: @unchecked Sendable {
    let bytes: UnsafeRawPointer
    /// One or two.
    let width: Int

    @inline(__always)
    subscript(index: Int) -> Int {
        width == 1
            ? Int(bytes.load(fromByteOffset: index, as: UInt8.self))
            : Int(bytes.load(fromByteOffset: index &* 2, as: UInt16.self))
    }

    func advanced(by count: Int) -> Self { Self(bytes: bytes + count * width, width: width) }
}

/// The histories of some people one after the other, as a fold reads them.
///
/// Person `slot` of the block has the events `starts[slot] ..< starts[slot + 1]`, in the order of
/// time and, within one instant, of their codes.
struct HistoryBlock<Clock: HistoryClock>: @unchecked Sendable {
    /// How many people are in the block.
    let count: Int
    /// Where each person's events begin; one more than people.
    let starts: UnsafePointer<UInt32>
    /// The times of the events.
    let clock: Clock
    /// The codes of the events' names.
    let events: UnsafePointer<UInt16>
    /// The codes of the chosen properties, by property.
    let properties: [CodeColumn]
    /// The codes of what is known of people, by attribute, each indexed by slot.
    let attributes: [CodeColumn]
}

/// Something that is added up over histories, in any order of people and on several threads.
protocol HistoryFold: Sendable {
    /// Takes in the people of a block.
    mutating func add<Clock: HistoryClock>(_ block: HistoryBlock<Clock>)
    /// Takes in what another one has added up over other people.
    mutating func merge(_ other: Self)
}
