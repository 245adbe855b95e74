#ifndef YARDSTICK_VERSION_H
#define YARDSTICK_VERSION_H

/// The commit from which the program was built, as `make build` found it: 40 hexadecimal digits,
/// with a `+` behind them where files had been changed since; empty where that is not known.
const char *_Nonnull yardstick_commit(void);

#endif
