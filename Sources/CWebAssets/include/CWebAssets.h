#ifndef YARDSTICK_WEB_ASSETS_H
#define YARDSTICK_WEB_ASSETS_H

#include <stddef.h>
#include <stdint.h>

/// A file of the web app that is built into the program.
typedef struct {
    /// Its name without a folder, such as `main.js`.
    const char *_Nonnull name;
    /// Its media type, such as `text/css; charset=utf-8`.
    const char *_Nonnull content_type;
    /// Its bytes, which live as long as the program.
    const uint8_t *_Nonnull bytes;
    /// How many bytes it has.
    size_t length;
} WebAsset;

/// How many files are built in: none in a program built before the web app was bundled.
size_t web_asset_count(void);

/// The file at an index below `web_asset_count()`.
WebAsset web_asset_at(size_t index);

#endif
