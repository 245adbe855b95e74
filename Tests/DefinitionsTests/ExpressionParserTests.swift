import Definitions
import TestSupport
import Testing
import Vocabulary

@Suite("Expressions")
struct ExpressionParserTests {
    @Test(
        "are printed as they are understood",
        arguments: [
            ("quantity*unit_price", "quantity * unit_price"),
            ("a or b and not c", "a or b and not c"),
            ("(a or b) and c", "(a or b) and c"),
            ("a - (b - c) - d", "a - (b - c) - d"),
            ("a / b * c % 2", "a / b * c % 2"),
            ("a/(b*c)", "a / (b * c)"),
            ("- - a", "--a"),
            ("-(5) + -5", "-(5) + -5"),
            ("country IN ('DE','AT')", "country in ('DE', 'AT')"),
            ("x not in (1, -2.5)", "x not in (1, -2.5)"),
            ("x <> 'it''s'", "x != 'it''s'"),
            ("x IS NOT NULL", "x is not null"),
            ("x between 1 and 2 and y", "x between 1 and 2 and y"),
            ("name like 'a%'", "name like 'a%'"),
            ("day >= date '2026-01-31'", "day >= date '2026-01-31'"),
            ("date > date '2026-01-31'", "date > date '2026-01-31'"),
            ("at = instant '2026-01-31T12:00:00Z'", "at = instant '2026-01-31T12:00:00Z'"),
            ("CASE WHEN a THEN 1 ELSE 0 END", "case when a then 1 else 0 end"),
            ("\"Invoice No\" = 1", "\"Invoice No\" = 1"),
            ("\"end\" = \"a\"\"b\"", "\"end\" = \"a\"\"b\""),
            ("year(day) = year", "year(day) = year"),
            ("coalesce(a, 'x')", "coalesce(a, 'x')"),
            ("1e20 + 5.0", "1e+20 + 5.0"),
        ])
    func printing(text: String, printed: String) throws {
        let expression = try Expression(parsing: text)

        #expect(expression.description == printed)
        #expect(try Expression(parsing: printed) == expression)
    }

    @Test(
        "that are wrong say where and why",
        arguments: [
            ("", "expression/syntax", 1), ("a +", "expression/syntax", 4),
            ("a = = 'DE'", "expression/syntax", 5), ("a = 'DE", "expression/unclosed-text", 5),
            ("a == 1", "expression/bad-character", 3), ("a && b", "expression/bad-character", 3),
            ("a = 1 = 2", "expression/syntax", 7), ("(a", "expression/syntax", 3),
            ("a b", "expression/syntax", 3), ("lowr(a)", "expression/unknown-function", 1),
            ("a = null", "expression/null-comparison", 5), ("a is 5", "expression/syntax", 6),
            ("a in (b)", "expression/not-constant", 7), ("a like b", "expression/not-constant", 8),
            ("d = date '2026-02-30'", "expression/bad-date", 10),
            ("case a end", "expression/syntax", 6),
            ("a; drop table x", "expression/bad-character", 2),
            ("1e999", "expression/bad-number", 1), ("+a", "expression/syntax", 1),
        ])
    func mistakes(text: String, code: String, column: Int) {
        let failure = #expect(throws: Failure.self) {
            try Expression(parsing: text, at: Place(file: "f", line: 7, column: 1))
        }

        #expect(failure?.code.rawValue == code)
        #expect(failure?.place == Place(file: "f", line: 7, column: column))
    }

    @Test("know near names of functions")
    func nearFunction() {
        let failure = #expect(throws: Failure.self) {
            try Expression(parsing: "starts_wth(a, 'x')")
        }

        #expect(failure?.hint == "did you mean 'starts_with'?")
    }

    @Test(
        "of a hostile depth or size are refused",
        arguments: [
            String(repeating: "(", count: 9_999), String(repeating: "-", count: 9_999),
            String(repeating: "not ", count: 2_499) + "a", String(repeating: "abs(", count: 2_400),
            String(repeating: "case when ", count: 999),
            "a" + String(repeating: "+a", count: 4_999),
            "a" + String(repeating: " or a", count: 1_999), String(repeating: "(", count: 100_000),
        ])
    func hostile(text: String) {
        let failure = #expect(throws: Failure.self) { try Expression(parsing: text) }
        let arithmetic = #expect(throws: Failure.self) { try Arithmetic(parsing: text) }

        #expect(["expression/too-deep", "expression/too-long"].contains(failure?.code.rawValue))
        #expect(arithmetic != nil)
    }

    @Test("printed and read again are the same, whatever the tree", arguments: 0..<4)
    func roundTrip(seed: UInt64) throws {
        var trees = RandomExpressions(seed: seed)
        for _ in 0..<500 {
            let tree = trees.expression(depth: 4)
            #expect(try Expression(parsing: tree.description) == tree, "\(tree)")
        }
    }

    @Test("never crash the reader, however they are damaged", arguments: 0..<4)
    func damaged(seed: UInt64) {
        var random = SeededGenerator(seed: seed &+ 99)
        var trees = RandomExpressions(seed: seed)
        let pieces = ["'", "\"", "(", ")", ",", " not ", "é", "\u{0301}", "\0", "🧭", "-", " is "]
        for _ in 0..<1_000 {
            var text = Array(trees.expression(depth: 3).description.unicodeScalars)
            for _ in 0..<Int.random(in: 1...4, using: &random) where !text.isEmpty {
                let index = Int.random(in: 0..<text.count, using: &random)
                if Bool.random(using: &random) {
                    text.remove(at: index)
                } else {
                    let piece = pieces.randomElement(using: &random) ?? ""
                    text.insert(contentsOf: piece.unicodeScalars, at: index)
                }
            }
            let damaged = String(String.UnicodeScalarView(text))
            guard let expression = try? Expression(parsing: damaged) else { continue }
            #expect((try? Expression(parsing: expression.description)) == expression, "\(damaged)")
        }
    }
}
