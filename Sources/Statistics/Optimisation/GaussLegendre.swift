import Foundation

/// The points and weights of a sum that is the integral of any polynomial up to degree 31 over
/// -1 to 1.
///
/// Source: NIST Digital Library of Mathematical Functions, 3.5(v).
enum GaussLegendre {
    /// Sixteen points, each with its weight; the weights add up to two.
    static let points: [(point: Double, weight: Double)] = (0..<16).map { index in
        // Newton's method on the Legendre polynomial, from a start that is near its root.
        var point = cos(.pi * (Double(index) + 0.75) / 16.5)
        var slope = 1.0
        for _ in 0..<20 {
            let (value, below) = legendre(point)
            slope = 16 * (point * value - below) / (point * point - 1)
            point -= value / slope
        }
        return (point, 2 / ((1 - point * point) * slope * slope))
    }

    /// The Legendre polynomials of degrees 16 and 15.
    private static func legendre(_ point: Double) -> (Double, Double) {
        var (value, below) = (point, 1.0)
        for degree in 2...16 {
            let order = Double(degree)
            (value, below) = (
                ((2 * order - 1) * point * value - (order - 1) * below) / order, value
            )
        }
        return (value, below)
    }
}
