import Statistics
import Testing
import Vocabulary

/// A case of ``References``: the intervals that another program gives for the same input.
struct Reference: Sendable, CustomTestStringConvertible {
    /// Samples, or counts as samples of one.
    let inputs: [[Double]]
    /// Confidence, low end and high end of each interval.
    let expected: [[Double]]

    var testDescription: String { "\(inputs)" }

    /// The number in a row of counts.
    func count(_ row: Int, _ column: Int) -> Int { Int(inputs[row][column]) }

    /// Compares a method's intervals with the expected ones, to twelve digits of their width.
    func expect(
        _ interval: (Confidence) throws -> Interval,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        for row in expected {
            let found = try interval(Confidence(row[0]))
            let tolerance = 1e-12 * max(row[2] - row[1], abs(row[1]), abs(row[2]))
            #expect(abs(found.low - row[1]) <= tolerance, sourceLocation: sourceLocation)
            #expect(abs(found.high - row[2]) <= tolerance, sourceLocation: sourceLocation)
        }
    }
}

extension SampleSummary {
    /// Adds a sample up, as a database would.
    init(_ sample: [Double]) throws {
        try self.init(
            count: sample.count, sum: sample.sum, sumOfSquares: sample.sumOfProducts(with: sample))
    }
}

extension RatioSummary {
    /// Adds the rows of a ratio up, as a database would.
    init(_ numerators: [Double], over denominators: [Double]) throws {
        try self.init(
            count: numerators.count,
            sumOfNumerators: numerators.sum, sumOfDenominators: denominators.sum,
            sumOfSquaredNumerators: numerators.sumOfProducts(with: numerators),
            sumOfSquaredDenominators: denominators.sumOfProducts(with: denominators),
            sumOfProducts: numerators.sumOfProducts(with: denominators))
    }
}

extension Total {
    /// Adds the values of a period's events up, as a database would.
    init(_ values: [Double]) throws {
        try self.init(sum: values.sum, sumOfSquares: values.sumOfProducts(with: values))
    }
}

extension [Double] {
    fileprivate var sum: Double { reduce(0, +) }

    fileprivate func sumOfProducts(with other: [Double]) -> Double {
        zip(self, other).reduce(0) { $0 + $1.0 * $1.1 }
    }
}

/// The code of the failure that something throws, or nil when it throws none.
func failureCode(_ work: () throws -> some Any) -> Failure.Code? {
    do {
        _ = try work()
        return nil
    } catch {
        return (error as? Failure)?.code
    }
}
