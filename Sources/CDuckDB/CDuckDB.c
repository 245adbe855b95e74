// The functions live in libduckdb; this file is here so that the target builds, and it holds the
// header to the sizes of the published interface.
#include "CDuckDB.h"

_Static_assert(sizeof(duckdb_string_t) == 16, "a text in a vector has 16 bytes");
_Static_assert(sizeof(duckdb_hugeint) == 16, "a 128-bit number has 16 bytes");
_Static_assert(sizeof(duckdb_result) == 48, "a result has six words");
_Static_assert(sizeof(duckdb_query_progress_type) == 24, "a progress has three words");
