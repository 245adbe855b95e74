import Foundation

/// The number with so many decimals, rounded half to even on its exact binary value, without
/// grouping and without regard to the machine's locale.
func fixed(_ value: Double, decimals: Int) -> String {
    String(format: "%.\(decimals)f", value)
}

/// A very small number with four significant digits, such as `1.234e-06`.
func significantText(_ value: Double) -> String {
    String(format: "%.4g", value)
}
