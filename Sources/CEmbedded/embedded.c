#include "CEmbedded.h"

static const uint8_t demo_yaml[] = {
#embed "demo.yaml" if_empty(0)
};

static const uint8_t library_yaml[] = {
#embed "library.yaml" if_empty(0)
};

EmbeddedFile embedded_demo_yaml(void) {
    return (EmbeddedFile){demo_yaml, sizeof demo_yaml};
}

EmbeddedFile embedded_library_yaml(void) {
    return (EmbeddedFile){library_yaml, sizeof library_yaml};
}
