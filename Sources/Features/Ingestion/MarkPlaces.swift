/// Where the things of 64 random bits stand in a list: a table with open addressing.
struct MarkPlaces {
    private var marks = [UInt64](repeating: 0, count: 1 << 8)
    private var places = [Int32](repeating: -1, count: 1 << 8)
    private var count = 0

    /// The place of a mark; nil where it has none.
    subscript(mark: UInt64) -> Int? {
        let place = places[slot(of: mark)]
        return place < 0 ? nil : Int(place)
    }

    /// Gives a place to a mark that has none.
    mutating func insert(_ mark: UInt64, at place: Int) {
        if (count + 1) * 2 > marks.count { grow() }
        let slot = slot(of: mark)
        marks[slot] = mark
        places[slot] = Int32(place)
        count += 1
    }

    mutating func removeAll() {
        guard count > 0 else { return }
        for slot in places.indices { places[slot] = -1 }
        count = 0
    }

    /// The slot that has a mark, or where it would be.
    private func slot(of mark: UInt64) -> Int {
        let mask = marks.count - 1
        var slot = Int(truncatingIfNeeded: mark) & mask
        while places[slot] >= 0, marks[slot] != mark { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let old = zip(marks, places).filter { $0.1 >= 0 }
        marks = [UInt64](repeating: 0, count: marks.count * 2)
        places = [Int32](repeating: -1, count: marks.count)
        for (mark, place) in old {
            let slot = slot(of: mark)
            marks[slot] = mark
            places[slot] = place
        }
    }
}
