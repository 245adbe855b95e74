#ifndef YARDSTICK_EMBEDDED_H
#define YARDSTICK_EMBEDDED_H

#include <stddef.h>
#include <stdint.h>

/// A file that is part of the program; its bytes live as long as it runs.
typedef struct {
    const uint8_t *bytes;
    size_t count;
} EmbeddedFile;

/// The definitions of the demo workspace.
EmbeddedFile embedded_demo_yaml(void);

/// How many files the KPI library has.
size_t embedded_library_count(void);

/// A file of the KPI library, by its number from 0.
EmbeddedFile embedded_library_file(size_t index);

#endif
