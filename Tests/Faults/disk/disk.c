// A disk for tests of what a program does when the power fails, the disk is full, may not be
// written, or fails: a FUSE file system in memory that knows of each page and each name whether it
// is durable.
//
//     disk FOLDER MOUNTPOINT [names-need-sync] [ignore-sync]
//
// It begins with the content of FOLDER, all of it durable. A page of a file becomes durable by
// fsync or fdatasync of the file. A name becomes durable
//   - with `names-need-sync`, by fsync of its folder alone: what POSIX promises;
//   - without, by any fsync that writes metadata, in the order of the changes: what the journals of
//     ext4 and XFS do.
// With `ignore-sync` nothing becomes durable: the disk that lies.
//
// Lines written to the file `.disk` at the top, which no listing shows, change it while it runs:
//   cut TARGET none|some SEED   the power fails; what is left goes into folder TARGET, and from now
//                               on every call fails. `some`: by chance a part of what is not
//                               durable is left as well, pages whole, torn, and in any order
//   capacity BYTES              room for so many bytes; 0 for any
//   read-only | writable        writing fails with EROFS, or is allowed again
//   fail-sync | keep-sync       fsync fails with EIO, or works again
//   slow MILLISECONDS           each fsync takes so much longer
#include "disk.h"

#define FUSE_USE_VERSION 31
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

#define ENTER pthread_mutex_lock(&mutex)
#define LEAVE(result) do { int result_ = (result); pthread_mutex_unlock(&mutex); return result_; } while (0)
#define ENTER_LIVE ENTER; if (disk.is_cut) LEAVE(-EIO)
#define ENTER_WRITING ENTER_LIVE; if (disk.is_read_only) LEAVE(-EROFS)
#define IS_CONTROL(path) ((path) && !strcmp((path), "/.disk"))

// What stands for the file `.disk` where it is open.
static node control = {.uses = 1, .live_uses = 1};

static node *opened(const char *path, struct fuse_file_info *file) {
    return file && file->fh ? (node *)(uintptr_t)file->fh : look_up(path);
}

static int disk_getattr(const char *path, struct stat *state, struct fuse_file_info *file) {
    memset(state, 0, sizeof *state);
    if (IS_CONTROL(path)) {
        state->st_mode = S_IFREG | 0600;
        state->st_nlink = 1;
        return 0;
    }
    ENTER_LIVE;
    node *it = opened(path, file);
    if (!it) LEAVE(-ENOENT);
    state->st_mode = it->mode;
    state->st_nlink = S_ISDIR(it->mode) ? 2 : 1;
    state->st_uid = it->owner;
    state->st_gid = it->group;
    state->st_size = it->size;
    state->st_blocks = pages(it->size) * (PAGE / 512);
    state->st_mtim = state->st_ctim = state->st_atim = it->changed;
    state->st_ino = it->number;
    LEAVE(0);
}

static int disk_readdir(const char *path, void *list, fuse_fill_dir_t fill, off_t begin,
                        struct fuse_file_info *file, enum fuse_readdir_flags flags) {
    (void)begin, (void)flags;
    ENTER_LIVE;
    node *it = opened(path, file);
    if (!it) LEAVE(-ENOENT);
    fill(list, ".", NULL, 0, 0);
    fill(list, "..", NULL, 0, 0);
    for (int i = 0; i < it->names.count; i++) fill(list, it->names.list[i].name, NULL, 0, 0);
    LEAVE(0);
}

static int make(const char *path, mode_t mode, node **made) {
    const char *name;
    node *folder = folder_of(path, &name);
    if (!folder) return -ENOENT;
    if (find(&folder->names, name)) return -EEXIST;
    if (disk.capacity && disk.used + PAGE > disk.capacity) return -ENOSPC;
    *made = make_node(mode);
    set_name(begin_change(), folder, name, *made);
    return 0;
}

static int disk_mknod(const char *path, mode_t mode, dev_t device) {
    (void)device;
    node *made;
    ENTER_WRITING;
    LEAVE(make(path, mode, &made));
}

static int disk_mkdir(const char *path, mode_t mode) {
    return disk_mknod(path, S_IFDIR | mode, 0);
}

static int disk_create(const char *path, mode_t mode, struct fuse_file_info *file) {
    node *made = NULL;
    ENTER_WRITING;
    int failure = make(path, S_IFREG | (mode & 07777), &made);
    if (!failure) {
        hold(made);
        file->fh = (uintptr_t)keep(made);
    }
    LEAVE(failure);
}

static int disk_open(const char *path, struct fuse_file_info *file) {
    ENTER_LIVE;
    node *it = IS_CONTROL(path) ? &control : look_up(path);
    if (!it) LEAVE(-ENOENT);
    if (it != &control && disk.is_read_only && (file->flags & O_ACCMODE) != O_RDONLY) LEAVE(-EROFS);
    if (file->flags & O_TRUNC) resize(it, 0);
    hold(it);
    file->fh = (uintptr_t)keep(it);
    LEAVE(0);
}

static int disk_release(const char *path, struct fuse_file_info *file) {
    (void)path;
    ENTER;
    let_go((node *)(uintptr_t)file->fh);
    release((node *)(uintptr_t)file->fh);
    LEAVE(0);
}

static int disk_unlink(const char *path) {
    const char *name;
    ENTER_WRITING;
    node *folder = folder_of(path, &name);
    node *it = folder ? find(&folder->names, name) : NULL;
    if (!it) LEAVE(-ENOENT);
    if (S_ISDIR(it->mode) && it->names.count) LEAVE(-ENOTEMPTY);
    set_name(begin_change(), folder, name, NULL);
    LEAVE(0);
}

static int disk_rename(const char *from, const char *to, unsigned flags) {
    const char *old_name, *new_name;
    ENTER_WRITING;
    node *old_folder = folder_of(from, &old_name), *new_folder = folder_of(to, &new_name);
    node *it = old_folder ? find(&old_folder->names, old_name) : NULL;
    if (!it || !new_folder) LEAVE(-ENOENT);
    node *there = find(&new_folder->names, new_name);
    if (flags & ~1u) LEAVE(-EINVAL);
    if (there && flags) LEAVE(-EEXIST);
    if (there && S_ISDIR(there->mode) && there->names.count) LEAVE(-ENOTEMPTY);
    if (there == it) LEAVE(0);
    change *both = begin_change();
    set_name(both, new_folder, new_name, it);
    set_name(both, old_folder, old_name, NULL);
    LEAVE(0);
}

static int disk_link(const char *from, const char *to) {
    const char *name;
    ENTER_WRITING;
    node *it = look_up(from), *folder = folder_of(to, &name);
    if (!it || !folder) LEAVE(-ENOENT);
    if (find(&folder->names, name)) LEAVE(-EEXIST);
    set_name(begin_change(), folder, name, it);
    LEAVE(0);
}

static int disk_chmod(const char *path, mode_t mode, struct fuse_file_info *file) {
    ENTER_WRITING;
    node *it = opened(path, file);
    if (!it) LEAVE(-ENOENT);
    it->mode = (it->mode & S_IFMT) | (mode & 07777);
    LEAVE(0);
}

static int disk_chown(const char *path, uid_t owner, gid_t group, struct fuse_file_info *file) {
    ENTER_WRITING;
    node *it = opened(path, file);
    if (!it) LEAVE(-ENOENT);
    if (owner != (uid_t)-1) it->owner = owner;
    if (group != (gid_t)-1) it->group = group;
    LEAVE(0);
}

static int disk_utimens(const char *path, const struct timespec times[2], struct fuse_file_info *file) {
    ENTER_WRITING;
    node *it = opened(path, file);
    if (!it) LEAVE(-ENOENT);
    if (times[1].tv_nsec == UTIME_NOW) clock_gettime(CLOCK_REALTIME, &it->changed);
    else if (times[1].tv_nsec != UTIME_OMIT) it->changed = times[1];
    LEAVE(0);
}

static int disk_truncate(const char *path, off_t size, struct fuse_file_info *file) {
    if (IS_CONTROL(path)) return 0;
    ENTER_WRITING;
    node *it = opened(path, file);
    LEAVE(it ? resize(it, size) : -ENOENT);
}

static int disk_read(const char *path, char *bytes, size_t count, off_t begin, struct fuse_file_info *file) {
    ENTER_LIVE;
    node *it = opened(path, file);
    if (!it) LEAVE(-ENOENT);
    if ((size_t)begin >= it->size) LEAVE(0);
    if (begin + count > it->size) count = it->size - begin;
    memcpy(bytes, it->live + begin, count);
    LEAVE(count);
}

static int disk_write(const char *path, const char *bytes, size_t count, off_t begin, struct fuse_file_info *file) {
    ENTER_LIVE;
    node *it = opened(path, file);
    if (it == &control) {
        int failure = command(bytes, count);
        LEAVE(failure ? failure : (int)count);
    }
    if (disk.is_read_only) LEAVE(-EROFS);
    LEAVE(it ? (int)overwrite(it, bytes, count, begin) : -ENOENT);
}

static int disk_fsync(const char *path, int only_data, struct fuse_file_info *file) {
    if (disk.slow_milliseconds) usleep(disk.slow_milliseconds * 1000);
    ENTER_LIVE;
    node *it = opened(path, file);
    if (!it) LEAVE(-ENOENT);
    if (disk.fails_sync) forget_dirty(it);
    if (disk.fails_sync) LEAVE(-EIO);
    synchronize(it, only_data);
    LEAVE(0);
}

static int disk_opendir(const char *path, struct fuse_file_info *file) { return disk_open(path, file); }

static int disk_statfs(const char *path, struct statvfs *state) {
    (void)path;
    ENTER_LIVE;
    size_t all = disk.capacity ? disk.capacity : (size_t)1 << 40;
    memset(state, 0, sizeof *state);
    state->f_bsize = state->f_frsize = PAGE;
    state->f_blocks = all / PAGE;
    state->f_bfree = state->f_bavail = all > disk.used ? (all - disk.used) / PAGE : 0;
    state->f_files = state->f_ffree = 1 << 20;
    state->f_namemax = 255;
    LEAVE(0);
}

static void *disk_init(struct fuse_conn_info *connection, struct fuse_config *settings) {
    (void)connection;
    settings->use_ino = 1;
    settings->hard_remove = 1;
    settings->nullpath_ok = 1;
    return NULL;
}

static const struct fuse_operations operations = {
    .init = disk_init, .getattr = disk_getattr, .readdir = disk_readdir, .mknod = disk_mknod,
    .mkdir = disk_mkdir, .create = disk_create, .open = disk_open, .release = disk_release,
    .opendir = disk_opendir, .releasedir = disk_release, .unlink = disk_unlink, .rmdir = disk_unlink,
    .rename = disk_rename, .link = disk_link, .chmod = disk_chmod, .chown = disk_chown,
    .utimens = disk_utimens, .truncate = disk_truncate, .read = disk_read, .write = disk_write,
    .fsync = disk_fsync, .fsyncdir = disk_fsync, .statfs = disk_statfs,
};

int main(int count, char **words) {
    if (count < 3) {
        fprintf(stderr, "usage: disk FOLDER MOUNTPOINT [names-need-sync] [ignore-sync]\n");
        return 2;
    }
    for (int i = 3; i < count; i++) {
        if (!strcmp(words[i], "names-need-sync")) disk.names_need_sync = true;
        if (!strcmp(words[i], "ignore-sync")) disk.ignores_sync = true;
    }
    disk.root = make_node(S_IFDIR | 0700);
    hold(keep(disk.root));
    int failure = load(disk.root, words[1]);
    if (failure) {
        fprintf(stderr, "disk: %s: %s\n", words[1], strerror(-failure));
        return 1;
    }
    char *own[] = {words[0], "-f", "-o", "max_idle_threads=4", words[2], NULL};
    return fuse_main(5, own, &operations, NULL);
}
