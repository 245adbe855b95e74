#include "CVersion.h"

// Scripts/commit-header writes it before `make build`.
#if __has_include("commit.h")
#include "commit.h"
#else
#define YARDSTICK_COMMIT ""
#endif

const char *yardstick_commit(void) { return YARDSTICK_COMMIT; }
