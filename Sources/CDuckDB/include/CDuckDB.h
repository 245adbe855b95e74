// The part of DuckDB's stable C interface (version 1) that Yardstick calls.
//
// The declarations follow the published interface, so that the program links with any libduckdb
// that offers it (1.4 and later were tried). Only what `Sources/Engines` uses is here: what is
// missing cannot be called by accident, and no header of DuckDB's is needed to build.
//
// Ownership: every value that a function hands out through a pointer argument is destroyed with
// the function beside it. Texts are UTF-8; those that functions return belong to the object they
// were asked of, unless a comment says otherwise.

#ifndef YARDSTICK_CDUCKDB_H
#define YARDSTICK_CDUCKDB_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A count or a position.
typedef uint64_t idx_t;

/// Whether a call worked.
typedef enum duckdb_state { DuckDBSuccess = 0, DuckDBError = 1 } duckdb_state;

/// The physical and logical type of a column.
typedef enum duckdb_type {
    DUCKDB_TYPE_INVALID = 0,
    DUCKDB_TYPE_BOOLEAN = 1,
    DUCKDB_TYPE_TINYINT = 2,
    DUCKDB_TYPE_SMALLINT = 3,
    DUCKDB_TYPE_INTEGER = 4,
    DUCKDB_TYPE_BIGINT = 5,
    DUCKDB_TYPE_UTINYINT = 6,
    DUCKDB_TYPE_USMALLINT = 7,
    DUCKDB_TYPE_UINTEGER = 8,
    DUCKDB_TYPE_UBIGINT = 9,
    DUCKDB_TYPE_FLOAT = 10,
    DUCKDB_TYPE_DOUBLE = 11,
    DUCKDB_TYPE_TIMESTAMP = 12,
    DUCKDB_TYPE_DATE = 13,
    DUCKDB_TYPE_TIME = 14,
    DUCKDB_TYPE_INTERVAL = 15,
    DUCKDB_TYPE_HUGEINT = 16,
    DUCKDB_TYPE_VARCHAR = 17,
    DUCKDB_TYPE_BLOB = 18,
    DUCKDB_TYPE_DECIMAL = 19,
    DUCKDB_TYPE_TIMESTAMP_S = 20,
    DUCKDB_TYPE_TIMESTAMP_MS = 21,
    DUCKDB_TYPE_TIMESTAMP_NS = 22,
    DUCKDB_TYPE_ENUM = 23,
    DUCKDB_TYPE_UUID = 27,
    DUCKDB_TYPE_TIMESTAMP_TZ = 31,
    DUCKDB_TYPE_UHUGEINT = 32,
    DUCKDB_TYPE_SQLNULL = 36
} duckdb_type;

/// What kind of error a result carries.
typedef enum duckdb_error_type {
    DUCKDB_ERROR_INVALID = 0,
    DUCKDB_ERROR_OUT_OF_RANGE = 1,
    DUCKDB_ERROR_CONVERSION = 2,
    DUCKDB_ERROR_MISMATCH_TYPE = 5,
    DUCKDB_ERROR_TRANSACTION = 10,
    DUCKDB_ERROR_NOT_IMPLEMENTED = 11,
    DUCKDB_ERROR_CATALOG = 13,
    DUCKDB_ERROR_PARSER = 14,
    DUCKDB_ERROR_CONSTRAINT = 18,
    DUCKDB_ERROR_SYNTAX = 22,
    DUCKDB_ERROR_BINDER = 24,
    DUCKDB_ERROR_IO = 28,
    DUCKDB_ERROR_INTERRUPT = 29,
    DUCKDB_ERROR_FATAL = 30,
    DUCKDB_ERROR_INTERNAL = 31,
    DUCKDB_ERROR_INVALID_INPUT = 32,
    DUCKDB_ERROR_OUT_OF_MEMORY = 33,
    DUCKDB_ERROR_PERMISSION = 34,
    DUCKDB_ERROR_MISSING_EXTENSION = 39,
    DUCKDB_ERROR_AUTOLOAD = 40,
    DUCKDB_ERROR_INVALID_CONFIGURATION = 42
} duckdb_error_type;

/// What kind of statement was prepared.
typedef enum duckdb_statement_type {
    DUCKDB_STATEMENT_TYPE_INVALID = 0,
    DUCKDB_STATEMENT_TYPE_SELECT = 1,
    DUCKDB_STATEMENT_TYPE_EXPLAIN = 4
} duckdb_statement_type;

/// A database that is open.
typedef struct yardstick_duckdb_database *duckdb_database;
/// A connection to it: one statement at a time.
typedef struct yardstick_duckdb_connection *duckdb_connection;
/// Settings with which a database is opened.
typedef struct yardstick_duckdb_config *duckdb_config;
/// The statements of a text, parsed.
typedef struct yardstick_duckdb_extracted *duckdb_extracted_statements;
/// A statement that was prepared once and may be executed many times.
typedef struct yardstick_duckdb_prepared *duckdb_prepared_statement;
/// A type with its parameters, for example the scale of a decimal.
typedef struct yardstick_duckdb_logical_type *duckdb_logical_type;
/// Up to 2,048 rows of a result.
typedef struct yardstick_duckdb_chunk *duckdb_data_chunk;
/// One column of a chunk.
typedef struct yardstick_duckdb_vector *duckdb_vector;

/// The result of a statement; its fields are DuckDB's own.
typedef struct duckdb_result {
    idx_t deprecated_column_count;
    idx_t deprecated_row_count;
    idx_t deprecated_rows_changed;
    void *deprecated_columns;
    char *deprecated_error_message;
    void *internal_data;
} duckdb_result;

/// Days since 1970-01-01.
typedef struct duckdb_date { int32_t days; } duckdb_date;
/// Microseconds since 1970-01-01T00:00:00Z.
typedef struct duckdb_timestamp { int64_t micros; } duckdb_timestamp;
/// A whole number of 128 bits; `upper` carries the sign where there is one.
typedef struct duckdb_hugeint { uint64_t lower; int64_t upper; } duckdb_hugeint;

/// A text in a vector: up to 12 bytes lie inside, longer ones behind a pointer.
typedef struct duckdb_string_t {
    union {
        struct { uint32_t length; char prefix[4]; char *ptr; } pointer;
        struct { uint32_t length; char inlined[12]; } inlined;
    } value;
} duckdb_string_t;

/// How far a statement has come; the percentage is negative while it is not known.
typedef struct duckdb_query_progress_type {
    double percentage;
    uint64_t rows_processed;
    uint64_t total_rows_to_process;
} duckdb_query_progress_type;

// The library, a database, a connection.
const char *duckdb_library_version(void);
duckdb_state duckdb_create_config(duckdb_config *config);
duckdb_state duckdb_set_config(duckdb_config config, const char *name, const char *option);
void duckdb_destroy_config(duckdb_config *config);
/// The text in `error` is freed with `duckdb_free`; a null path is a database in memory.
duckdb_state duckdb_open_ext(
    const char *path, duckdb_database *database, duckdb_config config, char **error);
void duckdb_close(duckdb_database *database);
duckdb_state duckdb_connect(duckdb_database database, duckdb_connection *connection);
void duckdb_disconnect(duckdb_connection *connection);
/// May be called from any thread: the running statement ends with an interrupt error.
void duckdb_interrupt(duckdb_connection connection);
/// May be called from any thread.
duckdb_query_progress_type duckdb_query_progress(duckdb_connection connection);
void duckdb_free(void *pointer);

// Statements.
duckdb_state duckdb_query(duckdb_connection connection, const char *sql, duckdb_result *result);
/// How many statements the text holds; 0 is an error, whose text the next function tells.
idx_t duckdb_extract_statements(
    duckdb_connection connection, const char *sql, duckdb_extracted_statements *statements);
const char *duckdb_extract_statements_error(duckdb_extracted_statements statements);
duckdb_state duckdb_prepare_extracted_statement(
    duckdb_connection connection, duckdb_extracted_statements statements, idx_t index,
    duckdb_prepared_statement *statement);
void duckdb_destroy_extracted(duckdb_extracted_statements *statements);
const char *duckdb_prepare_error(duckdb_prepared_statement statement);
void duckdb_destroy_prepare(duckdb_prepared_statement *statement);
duckdb_statement_type duckdb_prepared_statement_type(duckdb_prepared_statement statement);
idx_t duckdb_nparams(duckdb_prepared_statement statement);
duckdb_state duckdb_bind_null(duckdb_prepared_statement statement, idx_t index);
duckdb_state duckdb_bind_boolean(duckdb_prepared_statement statement, idx_t index, bool value);
duckdb_state duckdb_bind_int64(duckdb_prepared_statement statement, idx_t index, int64_t value);
duckdb_state duckdb_bind_double(duckdb_prepared_statement statement, idx_t index, double value);
duckdb_state duckdb_bind_date(
    duckdb_prepared_statement statement, idx_t index, duckdb_date value);
duckdb_state duckdb_bind_timestamp(
    duckdb_prepared_statement statement, idx_t index, duckdb_timestamp value);
duckdb_state duckdb_bind_varchar_length(
    duckdb_prepared_statement statement, idx_t index, const char *value, idx_t length);
duckdb_state duckdb_execute_prepared(duckdb_prepared_statement statement, duckdb_result *result);

// Results.
void duckdb_destroy_result(duckdb_result *result);
const char *duckdb_result_error(duckdb_result *result);
duckdb_error_type duckdb_result_error_type(duckdb_result *result);
idx_t duckdb_column_count(duckdb_result *result);
const char *duckdb_column_name(duckdb_result *result, idx_t column);
duckdb_type duckdb_column_type(duckdb_result *result, idx_t column);
duckdb_logical_type duckdb_column_logical_type(duckdb_result *result, idx_t column);
void duckdb_destroy_logical_type(duckdb_logical_type *type);
uint8_t duckdb_decimal_scale(duckdb_logical_type type);
duckdb_type duckdb_decimal_internal_type(duckdb_logical_type type);
duckdb_type duckdb_enum_internal_type(duckdb_logical_type type);
uint32_t duckdb_enum_dictionary_size(duckdb_logical_type type);
/// The text is freed with `duckdb_free`.
char *duckdb_enum_dictionary_value(duckdb_logical_type type, idx_t index);
idx_t duckdb_rows_changed(duckdb_result *result);
/// The next rows, or null at the end; destroyed with `duckdb_destroy_data_chunk`.
duckdb_data_chunk duckdb_fetch_chunk(duckdb_result result);
void duckdb_destroy_data_chunk(duckdb_data_chunk *chunk);
idx_t duckdb_data_chunk_get_size(duckdb_data_chunk chunk);
duckdb_vector duckdb_data_chunk_get_vector(duckdb_data_chunk chunk, idx_t column);
/// The values, laid out one after another; valid while the chunk lives.
void *duckdb_vector_get_data(duckdb_vector vector);
/// A bit a row, set where there is a value; null where every row has one.
uint64_t *duckdb_vector_get_validity(duckdb_vector vector);

// Appending: rows come in chunks, in the order of the table's columns.
typedef struct yardstick_duckdb_appender *duckdb_appender;
/// The appender is destroyed even after an error, whose text the last function but one tells.
duckdb_state duckdb_appender_create(
    duckdb_connection connection, const char *schema, const char *table,
    duckdb_appender *appender);
duckdb_state duckdb_append_data_chunk(duckdb_appender appender, duckdb_data_chunk chunk);
duckdb_state duckdb_appender_flush(duckdb_appender appender);
/// Forgets what was appended and not flushed.
duckdb_state duckdb_appender_clear(duckdb_appender appender);
idx_t duckdb_appender_column_count(duckdb_appender appender);
/// The type is destroyed with `duckdb_destroy_logical_type`.
duckdb_logical_type duckdb_appender_column_type(duckdb_appender appender, idx_t column);
const char *duckdb_appender_error(duckdb_appender appender);
duckdb_state duckdb_appender_destroy(duckdb_appender *appender);
duckdb_type duckdb_get_type_id(duckdb_logical_type type);
/// How many rows a chunk holds.
idx_t duckdb_vector_size(void);
duckdb_data_chunk duckdb_create_data_chunk(duckdb_logical_type *types, idx_t columns);
void duckdb_data_chunk_reset(duckdb_data_chunk chunk);
void duckdb_data_chunk_set_size(duckdb_data_chunk chunk, idx_t rows);
/// Afterwards the validity of the vector is there and may be written.
void duckdb_vector_ensure_validity_writable(duckdb_vector vector);
/// Copies the text, which must be UTF-8.
void duckdb_vector_assign_string_element_len(
    duckdb_vector vector, idx_t row, const char *text, idx_t length);

#ifdef __cplusplus
}
#endif

#endif
