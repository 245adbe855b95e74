// The power cut, and the other things that happen to a disk.
#include "disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned long long chance_state;

static unsigned chance(unsigned below) {
    chance_state = chance_state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)(chance_state >> 33) % below;
}

// Leaves by chance a part of what is not durable.
static void leave_some(node *folder) {
    for (int i = 0; i < folder->durable_names.count; i++) {
        node *it = folder->durable_names.list[i].node;
        if (S_ISDIR(it->mode)) { leave_some(it); continue; }
        if (chance(2)) it->durable_size = it->size;
        for (size_t page = 0; page < it->room / PAGE; page++) {
            if (!it->dirty[page]) continue;
            it->dirty[page] = 0;  // A file with two names takes its chance once.
            switch (chance(4)) {
            case 0: break;
            case 1: persist_page(it, page, chance(PAGE / SECTOR) * SECTOR); break;
            default: persist_page(it, page, PAGE);
            }
        }
    }
}

static int save(const node *folder, const char *target) {
    char path[4096];
    if (mkdir(target, 0700) != 0 && errno != EEXIST) return -errno;
    for (int i = 0; i < folder->durable_names.count; i++) {
        const entry *it = &folder->durable_names.list[i];
        snprintf(path, sizeof path, "%s/%s", target, it->name);
        if (S_ISDIR(it->node->mode)) {
            int failure = save(it->node, path);
            if (failure) return failure;
        }
        if (!S_ISREG(it->node->mode)) continue;
        int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, it->node->mode & 07777);
        if (file < 0) return -errno;
        size_t done = 0;
        while (done < it->node->durable_size) {
            ssize_t count = write(file, it->node->durable + done, it->node->durable_size - done);
            if (count <= 0) { close(file); return -EIO; }
            done += count;
        }
        close(file);
    }
    return 0;
}

int load(node *folder, const char *from) {
    DIR *listing = opendir(from);
    if (!listing) return -errno;
    struct dirent *found;
    while ((found = readdir(listing))) {
        char path[4096];
        struct stat state;
        if (!strcmp(found->d_name, ".") || !strcmp(found->d_name, "..")) continue;
        snprintf(path, sizeof path, "%s/%s", from, found->d_name);
        if (lstat(path, &state) != 0) return -errno;
        if (!S_ISDIR(state.st_mode) && !S_ISREG(state.st_mode)) continue;
        node *it = make_node(state.st_mode);
        it->is_new_to_disk = false;
        hold(it);
        put(&folder->names, found->d_name, it);
        put(&folder->durable_names, found->d_name, it);
        if (S_ISDIR(state.st_mode)) {
            int failure = load(it, path);
            if (failure) return failure;
            continue;
        }
        int file = open(path, O_RDONLY);
        if (file < 0 || resize(it, state.st_size) != 0) return -EIO;
        size_t done = 0;
        while (done < it->size) {
            ssize_t count = read(file, it->live + done, it->size - done);
            if (count <= 0) return -EIO;
            done += count;
        }
        close(file);
        memset(it->dirty, 1, it->room / PAGE);
        persist_content(it);
    }
    closedir(listing);
    return 0;
}

int command(const char *bytes, size_t count) {
    char line[4200], target[4096], how[8];
    unsigned long long number;
    snprintf(line, sizeof line, "%.*s", (int)count, bytes);
    if (sscanf(line, "cut %4095s %7s %llu", target, how, &number) == 3) {
        disk.is_cut = true;
        chance_state = number * 2862933555777941757ULL + 3037000493ULL;
        if (!strcmp(how, "some")) {
            persist_changes(chance(disk.change_count + 1), NULL);
            leave_some(disk.root);
        }
        return save(disk.root, target);
    }
    if (sscanf(line, "capacity %llu", &number) == 1) disk.capacity = number;
    else if (sscanf(line, "slow %llu", &number) == 1) disk.slow_milliseconds = number;
    else if (!strncmp(line, "read-only", 9)) disk.is_read_only = true;
    else if (!strncmp(line, "writable", 8)) disk.is_read_only = false;
    else if (!strncmp(line, "fail-sync", 9)) disk.fails_sync = true;
    else if (!strncmp(line, "keep-sync", 9)) disk.fails_sync = false;
    else return -EINVAL;
    return 0;
}
