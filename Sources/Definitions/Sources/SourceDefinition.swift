import Vocabulary

/// A table of facts: where its files are and what its columns mean.
public struct SourceDefinition: Hashable, Sendable {
    /// Its name in formulas and on the command line.
    public let name: String
    /// What a row is, in a sentence.
    public let meaning: String
    /// Who answers for the data.
    public let owner: String?
    /// Where its rows come from; nil means only from files that are handed over.
    public let files: SourceFiles?
    /// When a row happened; nil for a source without time.
    public let time: TimeColumn?
    /// Types that the definition pins, by column.
    public let columnTypes: [String: ValueType]
    /// Who acts or is counted, and in which column its id stands.
    public let entities: [String: Expression]
    /// What splits and filters, in order of their names.
    public let dimensions: [String: SourceDimension]
    /// The column that names the event.
    public let event: String?
    /// What the data is checked for.
    public let quality: [QualityRule]
    /// The data is complete before this day, whatever the last row's time is.
    public let completeThrough: Day?
    /// How long after a period's end its rows may still arrive.
    public let lateness: Span?
    /// Where it is defined.
    public let origin: Origin
    /// How its rows are made from other sources; nil for a source whose rows are imported.
    public let recipe: Recipe?
    /// What it takes of the events that applications send; nil for a source of other rows.
    public let intake: EventIntake?
    /// Whether a metric brought it along, so that listings leave it out.
    public let isImplicit: Bool
    /// The segments of its people, which filters over it may use.
    public var segments = SourceSegments()

    /// Makes a source.
    public init(
        name: String, meaning: String, owner: String?, files: SourceFiles?, time: TimeColumn?,
        columnTypes: [String: ValueType], entities: [String: Expression],
        dimensions: [String: SourceDimension], event: String?, quality: [QualityRule],
        completeThrough: Day?, lateness: Span?, origin: Origin, recipe: Recipe? = nil,
        intake: EventIntake? = nil, isImplicit: Bool = false
    ) {
        self.name = name
        self.meaning = meaning
        self.owner = owner
        self.files = files
        self.time = time
        self.columnTypes = columnTypes
        self.entities = entities
        self.dimensions = dimensions
        self.event = event
        self.quality = quality
        self.completeThrough = completeThrough
        self.lateness = lateness
        self.origin = origin
        self.recipe = recipe
        self.intake = intake
        self.isImplicit = isImplicit
    }
}

extension SourceDefinition {
    /// The same source with further dimensions; one of the same name is replaced.
    public func adding(_ added: [String: SourceDimension]) -> SourceDefinition {
        var source = SourceDefinition(
            name: name, meaning: meaning, owner: owner, files: files, time: time,
            columnTypes: columnTypes, entities: entities,
            dimensions: dimensions.merging(added) { $1 }, event: event, quality: quality,
            completeThrough: completeThrough, lateness: lateness, origin: origin, recipe: recipe,
            intake: intake, isImplicit: isImplicit)
        source.segments = segments
        return source
    }
}

/// The files of a source.
public struct SourceFiles: Hashable, Sendable {
    /// A form of file.
    public enum Format: String, CaseIterable, Sendable {
        /// Text with separators, gzipped or not; Parquet; one JSON object a line.
        case csv, parquet, jsonl
        /// What the API of GitHub or Jira answers, or what these tools export as CSV.
        case github, jira
        /// A web server's log in the combined format.
        case accessLog = "access_log"
        /// A git repository on disk.
        case git
    }

    /// Their form.
    public let format: Format
    /// A path relative to the workspace: a file, a pattern with `*`, or a folder.
    ///
    /// A repository's path may lead out of the workspace; whether it may be read is decided when
    /// it is imported.
    public let path: String
    /// The separator of columns; nil finds it out.
    public let delimiter: String?
    /// The encoding; nil means UTF-8.
    public let encoding: String?
    /// The decimal separator; nil means a point.
    public let decimal: String?
    /// Texts that say that there is no value, such as `?`; an empty text always does.
    public let missing: [String]
    /// What is read of a repository or an export.
    public let content: SourceContent

    /// Names files.
    public init(
        format: Format, path: String, delimiter: String? = nil, encoding: String? = nil,
        decimal: String? = nil, missing: [String] = [], content: SourceContent = SourceContent()
    ) {
        self.format = format
        self.path = path
        self.delimiter = delimiter
        self.encoding = encoding
        self.decimal = decimal
        self.missing = missing
        self.content = content
    }
}

/// The column that says when a row happened.
public struct TimeColumn: Hashable, Sendable {
    /// How the column is written.
    public enum Format: Hashable, Sendable {
        /// As the import finds it: a timestamp or a date.
        case inferred
        /// Whole seconds since 1970.
        case epochSeconds
        /// Whole milliseconds since 1970.
        case epochMilliseconds
        /// Text in this `strptime` pattern.
        case pattern(String)
    }

    /// The column's name.
    public let column: String
    /// How it is written.
    public let format: Format
    /// The zone of times that name none; nil means the workspace's.
    public let zone: String?

    /// Names a time column.
    public init(column: String, format: Format = .inferred, zone: String? = nil) {
        self.column = column
        self.format = format
        self.zone = zone
    }
}

/// What splits and filters a source's rows.
public struct SourceDimension: Hashable, Sendable {
    /// Its value for a row.
    public let expression: Expression
    /// What it is, in a sentence.
    public let meaning: String?

    /// Makes a dimension.
    public init(expression: Expression, meaning: String? = nil) {
        self.expression = expression
        self.meaning = meaning
    }
}

/// What a source's data is checked for.
public enum QualityRule: Hashable, Sendable {
    /// No two rows have the same values in these columns.
    case unique([String])
    /// These columns always have a value.
    case notNull([String])
    /// The last row is not older than this.
    case freshWithin(Span)
}
