#include "CEmbedded.h"

static const uint8_t demo_yaml[] = {
#embed "demo.yaml" if_empty(0)
};

static const uint8_t acquisition[] = {
#embed "library/acquisition.yaml"
};
static const uint8_t choosing[] = {
#embed "library/choosing.yaml"
};
static const uint8_t customers[] = {
#embed "library/customers.yaml"
};
static const uint8_t delivery[] = {
#embed "library/delivery.yaml"
};
static const uint8_t engagement[] = {
#embed "library/engagement.yaml"
};
static const uint8_t money[] = {
#embed "library/money.yaml"
};
static const uint8_t opinion[] = {
#embed "library/opinion.yaml"
};
static const uint8_t retention[] = {
#embed "library/retention.yaml"
};
static const uint8_t subscriptions[] = {
#embed "library/subscriptions.yaml"
};
static const uint8_t support[] = {
#embed "library/support.yaml"
};
static const uint8_t value[] = {
#embed "library/value.yaml"
};

static const EmbeddedFile library[] = {
    {acquisition, sizeof acquisition},
    {choosing, sizeof choosing},
    {customers, sizeof customers},
    {delivery, sizeof delivery},
    {engagement, sizeof engagement},
    {money, sizeof money},
    {opinion, sizeof opinion},
    {retention, sizeof retention},
    {subscriptions, sizeof subscriptions},
    {support, sizeof support},
    {value, sizeof value},
};

EmbeddedFile embedded_demo_yaml(void) {
    return (EmbeddedFile){demo_yaml, sizeof demo_yaml};
}

size_t embedded_library_count(void) { return sizeof library / sizeof library[0]; }

EmbeddedFile embedded_library_file(size_t index) { return library[index]; }
