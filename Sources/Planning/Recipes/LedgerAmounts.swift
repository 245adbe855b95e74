import Vocabulary

/// Amounts of money in SQL: decimals with ten places, rounded once, so that sums of them are exact
/// and an identity of sums holds to the last digit.
///
/// Numbers of units of 10⁻¹⁰ are 128-bit integers; a division of them rounds half away from zero.
enum LedgerAmounts {
    /// What an amount is stored as.
    static let type = "DECIMAL(28,10)"
    /// One digit less, so that a product with 10¹⁰ has 38.
    private static let narrow = "DECIMAL(27,10)"
    /// The places of rates: those of one for a hundred thousand still have ten digits.
    private static let ratePlaces = 15

    /// A number exactly as its shortest decimal form says.
    ///
    /// A binary number below 900,000 has all of its 15 digits in ten places; a larger one goes
    /// through its text, so that 123456789.12 is that and not 123456789.1200000048.
    static func exact(_ text: String, _ type: ValueType) -> String {
        guard type == .number || type == .unknown else { return "CAST(\(text) AS \(narrow))" }
        return "CASE WHEN abs(\(text)) < 900000 THEN CAST(\(text) AS \(narrow)) "
            + "ELSE CAST(CAST(\(text) AS VARCHAR) AS \(narrow)) END"
    }

    /// An amount for an interval as an amount a month.
    static func monthly(_ amount: String, numerator: String, denominator: String) -> String {
        let units = "(\(units(amount)) * CAST(\(numerator) AS HUGEINT))"
        return decimal(quotient(units, "CAST(\(denominator) AS HUGEINT)"))
    }

    /// An amount in the workspace's currency; the rate is a number of units.
    static func converted(_ amount: String, rate: String) -> String {
        let one = "1" + String(repeating: "0", count: ratePlaces)
        return decimal(quotient("(\(units(amount)) * \(rate))", "CAST(\(one) AS HUGEINT)"))
    }

    /// A rate as a number of units.
    static func rateUnits(_ text: String) -> String {
        let one = "1" + String(repeating: "0", count: ratePlaces)
        let exact = "CAST(CAST(\(text) AS VARCHAR) AS DECIMAL(22,\(ratePlaces)))"
        return "CAST(\(exact) * CAST(\(one) AS DECIMAL(16,0)) AS HUGEINT)"
    }

    private static func units(_ amount: String) -> String {
        "CAST(CAST(\(amount) AS \(narrow)) * CAST(10000000000 AS DECIMAL(11,0)) AS HUGEINT)"
    }

    /// A quotient of whole numbers, half away from zero; `//` cuts towards zero.
    private static func quotient(_ number: String, _ divisor: String) -> String {
        "((\(number) * 2 + sign(\(number)) * \(divisor)) // (\(divisor) * 2))"
    }

    private static func decimal(_ units: String) -> String {
        "CAST(CAST(\(units) AS DECIMAL(28,0)) * CAST(0.0000000001 AS DECIMAL(10,10)) AS \(type))"
    }
}
