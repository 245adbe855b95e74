import Vocabulary

/// How much of a total few have, such as the revenue that the best tenth of customers bring.
///
/// The number of the few is rounded up: a tenth of eleven are two. Without a total above zero
/// there is no share.
public struct Concentration: Hashable, Sendable {
    /// What is added up.
    public let value: Expression
    /// Who has it, such as a customer; nil takes each row by itself.
    public let entity: Expression?
    /// How many of them are the few: a share from 0 to 1.
    public let part: Double

    /// Describes a concentration.
    public init(_ value: Expression, per entity: Expression?, part: Double) {
        self.value = value
        self.entity = entity
        self.part = part
    }

    /// The few in billionths, so that a tenth of thirty are three and not a trace more.
    public var billionths: Int64 { Int64((part * 1e9).rounded()) }

    /// The few in percent, as people read it: `10%`.
    public var percent: String { "\(printedNumber(Double(billionths) / 1e7))%" }
}
