import Testing
import Vocabulary

@testable import yardstick

@Suite("Tables")
struct TableTests {
    private func table() -> Table {
        var table = Table([.text("country", isFlexible: true), .number("revenue"), .text("")])
        table.append(["Deutschland, Österreich und die Schweiz", "1,234.00", "incomplete"])
        table.append(["日本", "9.50", ""])
        return table
    }

    @Test("numbers end at the same place, and no line ends in blanks")
    func alignment() {
        let lines = table().lines(for: .plain(columns: 100))

        #expect(
            lines == [
                "country                                   revenue",
                "Deutschland, Österreich und die Schweiz  1,234.00  incomplete",
                "日本                                         9.50",
            ])
    }

    @Test("a narrow terminal shortens the flexible column alone")
    func narrow() {
        let lines = table().lines(for: .plain(columns: 40))

        #expect(lines[1] == "Deutschland, Öste…  1,234.00  incomplete")
        #expect(lines.allSatisfy { displayWidth($0) <= 40 })
    }

    @Test("colour codes appear only where colour is wanted")
    func color() {
        var table = Table([.text("course")])
        table.append([Table.Cell("✗ off course", .bad)])

        #expect(table.lines(for: .color(columns: 80))[1] == "\u{1B}[31m✗ off course\u{1B}[0m")
        #expect(table.lines(for: .plain(columns: 80))[1] == "✗ off course")
    }

    @Test("text from data cannot move the cursor or turn the writing round")
    func controlCharacters() {
        #expect(Table.Cell("a\u{1B}[2Jb\nc\u{202E}d").text == "a\u{FFFD}[2Jb c\u{FFFD}d")
        #expect(printable("zwei\nZeilen") == "zwei\nZeilen")
    }

    @Test("a sparkline runs from the lowest to the highest value and leaves gaps")
    func sparkline() {
        #expect(Sparkline.text([1, 2, nil, 8]) == "▁▂ █")
        #expect(Sparkline.text([5, 5]) == "▄▄")
        #expect(Sparkline.text([nil]) == "")
    }

    @Test("progress is drawn on a terminal and nowhere else")
    func progress() {
        let terminal = CapturedOutput(terminal: .plain(columns: 20))
        let pipe = CapturedOutput()

        for captured in [terminal, pipe] {
            let line = ProgressLine(captured.output)
            line.show("orders.csv  50 %")
            line.show("orders.csv  50 %")
            line.clear()
        }

        #expect(terminal.errorText == "\r\u{1B}[Korders.csv  50 %\r\u{1B}[K")
        #expect(pipe.errorText == "")
    }
}

@Suite("CSV")
struct CSVTextTests {
    @Test(
        "a text that would be a formula gets an apostrophe",
        arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
    func formulas(text: String) {
        #expect(CSVText.field(.text(text)) == "'" + text)
    }

    @Test("a negative number stays a number")
    func negativeNumbers() {
        #expect(CSVText.field(.number(-1.5)) == "-1.5")
        #expect(CSVText.field(.integer(-2)) == "-2")
    }

    @Test("fields are quoted as RFC 4180 asks, and lines end in CR LF")
    func quoting() {
        let captured = CapturedOutput()

        captured.output.csv(
            ["name", "n"], [["a \"b\", c", 1], ["zwei\nZeilen", .null], [.number(.nan), true]])

        #expect(
            captured.text
                == "name,n\r\n\"a \"\"b\"\", c\",1\r\n\"zwei\nZeilen\",\r\n,true\r\n")
    }
}
