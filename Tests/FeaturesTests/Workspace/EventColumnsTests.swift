import Definitions
import Engines
import Testing
import Vocabulary

@testable import Features

@Suite("Columns of events")
struct EventColumnsTests {
    @Test("the tables have the columns that definitions know, in their order")
    func columns() {
        let defined = EventIntake.columns.dropFirst().map { column in
            // An actor's number is an integer of 32 bits; other whole numbers have 64.
            TableColumn(
                name: column.name,
                type: column.name == "actor" ? "INTEGER" : PropertyValue.storedType(column.type))
        }

        #expect(EventIntake.columns.first?.name == "person")
        #expect(EventTables.columns == defined)
    }
}
