#include "CWebAssets.h"

#if __has_embed("dist/index.html")

static const uint8_t index_html[] = {
#embed "dist/index.html"
};
static const uint8_t main_js[] = {
#embed "dist/main.js"
};
static const uint8_t charts_js[] = {
#embed "dist/charts.js"
};
static const uint8_t shared_js[] = {
#embed "dist/shared.js"
};
static const uint8_t app_css[] = {
#embed "dist/app.css"
};
static const uint8_t inter_woff2[] = {
#embed "dist/inter.woff2"
};
static const uint8_t y_js[] = {
#embed "dist/y.js"
};

#define HTML "text/html; charset=utf-8"
#define SCRIPT "text/javascript; charset=utf-8"
#define STYLE "text/css; charset=utf-8"

static const WebAsset assets[] = {
    {"index.html", HTML, index_html, sizeof index_html},
    {"main.js", SCRIPT, main_js, sizeof main_js},
    {"charts.js", SCRIPT, charts_js, sizeof charts_js},
    {"shared.js", SCRIPT, shared_js, sizeof shared_js},
    {"app.css", STYLE, app_css, sizeof app_css},
    {"inter.woff2", "font/woff2", inter_woff2, sizeof inter_woff2},
    {"y.js", SCRIPT, y_js, sizeof y_js},
};

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
