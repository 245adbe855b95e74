// What the parts of the disk share: its nodes and how it behaves.
#ifndef DISK_H
#define DISK_H

#define _GNU_SOURCE
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>

enum { PAGE = 4096, SECTOR = 512 };

typedef struct node node;
typedef struct { char *name; node *node; } entry;
typedef struct { entry *list; int count; } entries;

// A file or a folder.
struct node {
    mode_t mode;
    uid_t owner;
    gid_t group;
    struct timespec changed;
    ino_t number;
    int uses;                  // entries, changes of names and open files that point here
    int live_uses;             // of these, live names and open files: what takes room
    char *live, *durable;      // content, `room` bytes each
    size_t size, durable_size, room;
    unsigned char *dirty;      // of each page, whether it is not durable
    bool is_new_to_disk;       // metadata that the next fsync has to write
    entries names, durable_names;
};

// A change of at most two names, which becomes durable as one.
typedef struct { node *folder[2]; char *name[2]; node *now[2]; int count; } change;

// The disk.
typedef struct {
    node *root;
    bool names_need_sync, ignores_sync, is_cut, is_read_only, fails_sync;
    size_t capacity, used;     // bytes; a capacity of 0 is room for any
    unsigned slow_milliseconds;
    int change_count;          // changes of names that are not durable
} disk_state;

extern disk_state disk;

// nodes.c
void *sure(void *memory);
node *make_node(mode_t mode);
node *keep(node *it);
void release(node *it);
void hold(node *it);
void let_go(node *it);
node *find(const entries *in, const char *name);
void put(entries *in, const char *name, node *it);
node *look_up(const char *path);
node *folder_of(const char *path, const char **name);
size_t pages(size_t bytes);
int resize(node *it, size_t size);
long overwrite(node *it, const char *bytes, size_t count, size_t begin);

// durability.c
change *begin_change(void);
void set_name(change *in, node *folder, const char *name, node *now);
void persist_changes(int count, const node *folder);
void persist_page(node *it, size_t page, size_t bytes);
void persist_content(node *it);
void forget_dirty(node *it);
void synchronize(node *it, bool only_data);

// power.c
int load(node *folder, const char *from);
int command(const char *bytes, size_t count);

#endif
