import Statistics
import Testing
import Vocabulary

@Suite("Interval")
struct IntervalTests {
    @Test("both ends belong to it")
    func containsItsEnds() throws {
        let interval = try Interval(low: -1, high: 2)

        #expect(interval.contains(-1))
        #expect(interval.contains(2))
        #expect(!interval.contains(2.1))
        #expect(!interval.contains(.nan))
    }

    @Test("a negative factor keeps the ends in order")
    func scalingKeepsOrder() throws {
        let interval = try Interval(low: -1, high: 2)

        #expect(try interval.scaled(by: 100) == Interval(low: -100, high: 200))
        #expect(try interval.scaled(by: -1) == Interval(low: -2, high: 1))
    }

    @Test("ends that are no numbers, or not in order, are refused")
    func impossibleEnds() throws {
        let interval = try Interval(low: -1, high: 2)

        #expect(failureCode { try Interval(low: .nan, high: 1) } == .notFinite)
        #expect(failureCode { try Interval(low: 0, high: .infinity) } == .notFinite)
        #expect(failureCode { try Interval(low: 1, high: 0) } == .notFinite)
        #expect(failureCode { try interval.scaled(by: 1 / 0) } == .notFinite)
    }
}
