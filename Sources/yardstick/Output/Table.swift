/// A table for people: columns as wide as they must be, numbers to the right.
struct Table {
    /// A column's head.
    struct Column {
        /// What stands above it.
        let title: String
        /// Whether its cells end at the same place, as numbers must.
        let isNumber: Bool
        /// Whether it gives up width first where the terminal is narrow.
        let isFlexible: Bool

        /// A column of texts.
        static func text(_ title: String, isFlexible: Bool = false) -> Column {
            Column(title: title, isNumber: false, isFlexible: isFlexible)
        }

        /// A column of numbers.
        static func number(_ title: String) -> Column {
            Column(title: title, isNumber: true, isFlexible: false)
        }
    }

    /// A cell: text of one line and how it stands out.
    struct Cell: ExpressibleByStringInterpolation, Equatable {
        let text: String
        var style: Style = .plain

        init(_ text: String, _ style: Style = .plain) {
            self.text = printable(text).replacing("\n", with: " ")
            self.style = style
        }

        init(stringLiteral value: String) { self.init(value) }
    }

    private let columns: [Column]
    private var rows: [[Cell]] = []

    /// Starts a table with its head.
    init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row, which has a cell for each column.
    mutating func append(_ row: [Cell]) {
        precondition(row.count == columns.count, "A row has a cell for each column.")
        rows.append(row)
    }

    /// The lines of the table, without trailing blanks, no wider than the terminal where flexible
    /// columns allow it.
    func lines(for terminal: Output.Terminal) -> [String] {
        let widths = widths(fitting: terminal.lineColumns)
        let hasColor = terminal.hasColor && terminal.isTerminal
        let head = columns.map { Cell($0.title, .dim) }
        return ([head] + rows).map { row in
            var line = ""
            var blanks = 0
            for (index, cell) in row.enumerated() {
                let text = cut(cell.text, to: widths[index])
                let padding = widths[index] - displayWidth(text)
                let left = columns[index].isNumber ? padding : 0
                if !text.isEmpty {
                    line += String(repeating: " ", count: blanks + left)
                    line += cell.style.painted(text, in: hasColor)
                    blanks = padding - left
                } else {
                    blanks += padding
                }
                blanks += Table.gap
            }
            return line
        }
    }

    private static let gap = 2
    private static let flexibleMin = 12

    private func widths(fitting total: Int) -> [Int] {
        var widths = columns.indices.map { index in
            rows.map { displayWidth($0[index].text) }
                .reduce(displayWidth(columns[index].title), max)
        }
        var excess = widths.reduce(0, +) + Table.gap * (columns.count - 1) - total
        while excess > 0 {
            // The widest flexible column gives way first.
            let candidates = columns.indices.filter {
                columns[$0].isFlexible && widths[$0] > Table.flexibleMin
            }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }
}

extension Output {
    /// Writes a table.
    func table(_ table: Table) {
        for line in table.lines(for: terminal) { self.line(line) }
    }
}
