// The live tree: files and folders as the program sees them.
#include "disk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

disk_state disk;

void *sure(void *memory) {
    if (!memory) { perror("disk"); abort(); }
    return memory;
}

node *make_node(mode_t mode) {
    node *made = sure(calloc(1, sizeof *made));
    made->mode = mode;
    made->owner = getuid();
    made->group = getgid();
    static ino_t numbers = 1;
    made->number = ++numbers;
    made->is_new_to_disk = true;
    clock_gettime(CLOCK_REALTIME, &made->changed);
    return made;
}

size_t pages(size_t bytes) { return (bytes + PAGE - 1) / PAGE; }

node *keep(node *it) {
    if (it) it->uses++;
    return it;
}

void release(node *it) {
    if (!it || --it->uses > 0 || it == disk.root) return;
    free(it->live);
    free(it->durable);
    free(it->dirty);
    free(it);
}

// Counts a live name or an open file; what none of them points to takes no room.
void hold(node *it) {
    if (it) it->live_uses++;
}

void let_go(node *it) {
    if (it && --it->live_uses == 0) disk.used -= pages(it->size) * PAGE;
}

node *find(const entries *in, const char *name) {
    for (int i = 0; i < in->count; i++)
        if (!strcmp(in->list[i].name, name)) return in->list[i].node;
    return NULL;
}

// Lets a name stand for a node, or for nothing.
void put(entries *in, const char *name, node *it) {
    keep(it);
    for (int i = 0; i < in->count; i++) {
        if (strcmp(in->list[i].name, name)) continue;
        release(in->list[i].node);
        in->list[i].node = it;
        if (!it) {
            free(in->list[i].name);
            in->list[i] = in->list[--in->count];
        }
        return;
    }
    if (!it) return;
    in->list = sure(realloc(in->list, (in->count + 1) * sizeof *in->list));
    in->list[in->count++] = (entry){sure(strdup(name)), it};
}

node *look_up(const char *path) {
    char copy[4096], *rest = copy, *part;
    snprintf(copy, sizeof copy, "%s", path);
    node *at = disk.root;
    while (at && (part = strsep(&rest, "/")))
        if (*part) at = S_ISDIR(at->mode) ? find(&at->names, part) : NULL;
    return at;
}

// The folder of a path, and the last part of the path.
node *folder_of(const char *path, const char **name) {
    char copy[4096];
    const char *slash = strrchr(path, '/');
    *name = slash + 1;
    snprintf(copy, sizeof copy, "%.*s", (int)(slash - path), path);
    node *it = look_up(copy);
    return it && S_ISDIR(it->mode) ? it : NULL;
}

static void make_room(node *it, size_t bytes) {
    if (bytes <= it->room) return;
    size_t room = pages(bytes > 2 * it->room ? bytes : 2 * it->room) * PAGE;
    it->live = sure(realloc(it->live, room));
    it->durable = sure(realloc(it->durable, room));
    it->dirty = sure(realloc(it->dirty, room / PAGE));
    memset(it->live + it->room, 0, room - it->room);
    memset(it->durable + it->room, 0, room - it->room);
    memset(it->dirty + it->room / PAGE, 0, (room - it->room) / PAGE);
    it->room = room;
}

int resize(node *it, size_t size) {
    size_t before = pages(it->size) * PAGE, after = pages(size) * PAGE;
    if (disk.capacity && after > before && disk.used + after - before > disk.capacity) return -ENOSPC;
    make_room(it, size);
    size_t least = size < it->size ? size : it->size, most = size < it->size ? it->size : size;
    memset(it->dirty + least / PAGE, 1, pages(most) - least / PAGE);
    if (size < it->size) memset(it->live + size, 0, it->size - size);
    disk.used += after - before;
    it->size = size;
    clock_gettime(CLOCK_REALTIME, &it->changed);
    return 0;
}

long overwrite(node *it, const char *bytes, size_t count, size_t begin) {
    if (begin + count > it->size) {
        if (resize(it, begin + count) != 0) {
            // As much as there is room for.
            size_t end = pages(it->size) * PAGE + (disk.capacity > disk.used ? (disk.capacity - disk.used) / PAGE * PAGE : 0);
            if (end <= begin) return -ENOSPC;
            if (end < begin + count) count = end - begin;
            if (begin + count > it->size && resize(it, begin + count) != 0) return -ENOSPC;
        }
    }
    memcpy(it->live + begin, bytes, count);
    if (count) memset(it->dirty + begin / PAGE, 1, (begin + count - 1) / PAGE - begin / PAGE + 1);
    clock_gettime(CLOCK_REALTIME, &it->changed);
    return count;
}
