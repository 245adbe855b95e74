import Definitions
import TestSupport
import Testing
import Vocabulary

@Suite("Arithmetic over metrics")
struct ArithmeticTests {
    @Test(
        "is printed as it is understood",
        arguments: [
            ("revenue-refunds", "revenue - refunds"), ("-a*(b+c)/2", "-a * (b + c) / 2"),
            ("a-(b-c)", "a - (b - c)"), ("100*(p - q)", "100 * (p - q)"),
            ("previous( revenue ) * 0.5", "previous(revenue) * 0.5"),
            ("previous(a,12)", "previous(a, 12)"), ("previous(a, 1)", "previous(a)"),
            ("-a ^ 2", "-a ^ 2"), ("(-a) ^ 2", "(-a) ^ 2"), ("a ^ b ^ c", "a ^ (b ^ c)"),
            ("(a ^ b) ^ c", "(a ^ b) ^ c"), ("a * b ^ 2", "a * b ^ 2"), ("a ^ -b", "a ^ (-b)"),
            ("(a * b) ^ 2", "(a * b) ^ 2"), ("(a + b) ^ (c - d)", "(a + b) ^ (c - d)"),
            ("1 - (1 - churn)^12", "1 - (1 - churn) ^ 12"), ("a - -b", "a - -b"),
            (
                "(a/positive( previous(a, 12) ))^(1/12)-1",
                "(a / positive(previous(a, 12))) ^ (1 / 12) - 1"
            ),
            ("SHARE(a/b)", "share(a / b)"), ("average_of_days(a)/b", "average_of_days(a) / b"),
            ("compounded_of_days(a)", "compounded_of_days(a)"),
        ])
    func printing(text: String, printed: String) throws {
        let arithmetic = try Arithmetic(parsing: text)

        #expect(arithmetic.description == printed)
        #expect(try Arithmetic(parsing: printed) == arithmetic)
    }

    @Test(
        "has few functions, each with its own arguments",
        arguments: [
            "prev(a)", "sum(a)", "a % b", "a = b", "'a'", "previous(a, 0)", "previous(a, 61)",
            "previous(a, b)", "previous(a, 1.5)", "previous()", "positive()", "share(a, b)",
            "average_of_days(a + b)", "a ^", "^ a", "a ^ * b", "positive(a", "previous(3)",
        ])
    func refused(text: String) {
        #expect(throws: Failure.self) { try Arithmetic(parsing: text) }
    }

    @Test("printed and read again is the same, whatever the tree", arguments: 0..<4)
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let tree = Self.tree(depth: 4, &random)
            #expect(try Arithmetic(parsing: tree.description) == tree, "\(tree)")
        }
    }

    private static func tree(depth: Int, _ random: inout SeededGenerator) -> Arithmetic {
        let name = NameReference(["a", "revenue", "mrr_2"].randomElement(using: &random) ?? "a")
        switch Int.random(in: depth == 0 ? 0..<4 : 0..<8, using: &random) {
        case 0: return .number([0, 1, 0.5, 12].randomElement(using: &random) ?? 1)
        case 1: return .metric(name)
        case 2: return .previous(.metric(name), periods: Int.random(in: 1...60, using: &random))
        case 3:
            return .overDays(
                Bool.random(using: &random) ? .average : .compounded, .metric(name))
        case 4: return .negated(tree(depth: depth - 1, &random))
        case 5:
            return .bounded(
                Bool.random(using: &random) ? .positive : .share, tree(depth: depth - 1, &random))
        case 6:
            return .power(tree(depth: depth - 1, &random), tree(depth: depth - 1, &random))
        default:
            let signs: [BinaryOperator] = [.plus, .minus, .times, .divided]
            return .binary(
                signs.randomElement(using: &random) ?? .plus, tree(depth: depth - 1, &random),
                tree(depth: depth - 1, &random))
        }
    }

    @Test("names the metrics it needs")
    func metrics() throws {
        let arithmetic = try Arithmetic(parsing: "(a - previous(a)) / b")

        #expect(arithmetic.metrics.map(\.name) == ["a", "a", "b"])
        #expect(arithmetic.metrics.map(\.offset) == [1, 14, 20])
    }
}
