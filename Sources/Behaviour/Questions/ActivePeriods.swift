extension HistoryBlock {
    /// Notes the periods in which a person was active.
    ///
    /// - Parameters:
    ///   - slot: The person's place in the block.
    ///   - table: What counts as being active, a single selection.
    ///   - finder: The periods.
    ///   - found: Where the periods are noted, in their order; it has room for all.
    /// - Returns: How many they are.
    @inline(__always)
    func periods(
        of slot: Int, _ table: EventTable, _ finder: PeriodFinder,
        _ found: UnsafeMutableBufferPointer<Int>
    ) -> Int {
        var count = 0
        var until = finder.ticks[0]
        for index in Int(starts[slot])..<Int(starts[slot &+ 1]) {
            let time = clock.ticks(index)
            guard time >= until else { continue }
            guard
                table.isAll
                    || table.checked(table.masks[Int(events[index])], index, self) != 0
            else { continue }
            let period = finder.period(time)
            guard period < finder.count else { break }
            until = finder.end(period)
            found[count] = period
            count &+= 1
        }
        return count
    }
}
