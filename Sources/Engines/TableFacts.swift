import Vocabulary

/// A column of a stored table.
public struct TableColumn: Hashable, Sendable {
    /// Its name, as it was stored.
    public let name: String
    /// DuckDB's name of its type, for example `BIGINT`.
    public let type: String

    /// Makes a column.
    public init(name: String, type: String) {
        self.name = name
        self.type = type
    }
}

/// A table in a schema of the database.
public struct TableName: Hashable, Sendable {
    /// The schema it lies in.
    public let schema: String
    /// Its name.
    public let name: String

    /// Names a table.
    public init(schema: String = "main", name: String) {
        self.schema = schema
        self.name = name
    }

    /// The name as SQL reads it.
    public var sql: String { quotedName(schema) + "." + quotedName(name) }
}

extension DuckDBConnection {
    /// The columns of a table in their order; empty where there is no such table.
    public func schema(of table: TableName) throws(Failure) -> [TableColumn] {
        let frame = try run(
            Statement(
                """
                select column_name, data_type from duckdb_columns()
                where database_name = current_database() and schema_name = $1 and table_name = $2
                order by column_index
                """, [.text(table.schema), .text(table.name)]))
        return (0..<frame.count).map {
            TableColumn(
                name: frame.columns[0].text($0) ?? "", type: frame.columns[1].text($0) ?? "")
        }
    }

    /// About how many different values a column has, from DuckDB's own statistics, at no cost.
    ///
    /// - Returns: An estimate, usually within a few per cent of the truth for all rows ever stored;
    ///   0 for an empty table, nil where DuckDB keeps no such statistic.
    public func approximateDistinct(
        table: TableName, column: String
    ) throws(Failure) -> Int? {
        let frame = try run(
            Statement(
                "select cast(stats(\(quotedName(column))) as varchar) from \(table.sql) limit 1"))
        guard frame.count > 0 else { return 0 }
        guard let text = frame.columns[0].text(0)?.lowercased(),
            let mark = text.firstRange(of: /approx[_ ]unique'?: ?/)
        else { return nil }
        return Int(text[mark.upperBound...].prefix { $0.isNumber })
    }
}

extension DuckDBEngine {
    /// The columns of a table in their order; empty where there is no such table.
    public func schema(of table: TableName) async throws(Failure) -> [TableColumn] {
        try await withConnection { connection throws(Failure) in try connection.schema(of: table) }
    }

    /// About how many different values a column has; see the connection's function of that name.
    public func approximateDistinct(
        table: TableName, column: String
    ) async throws(Failure) -> Int? {
        try await withConnection { connection throws(Failure) in
            try connection.approximateDistinct(table: table, column: column)
        }
    }
}
