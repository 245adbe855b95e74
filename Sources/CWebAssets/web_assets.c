#include "CWebAssets.h"

#if __has_include("dist/assets.h")

// The files of the web app, as `Scripts/web-build` made them: their bytes, and the table `assets`.
#include "dist/assets.h"

size_t web_asset_count(void) {
    return sizeof assets / sizeof assets[0];
}

WebAsset web_asset_at(size_t index) {
    return assets[index];
}

#else

// `Scripts/web-build` has not run yet.
size_t web_asset_count(void) {
    return 0;
}

WebAsset web_asset_at(size_t index) {
    (void)index;
    return (WebAsset){"", "", (const uint8_t *)"", 0};
}

#endif
