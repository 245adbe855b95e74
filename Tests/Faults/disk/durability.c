// What of the tree is durable.
#include "disk.h"

#include <stdlib.h>
#include <string.h>

// The changes of names that are not durable, in their order.
static change *changes;

// A change to which names can be added; it is not durable yet.
change *begin_change(void) {
    static int change_room;
    if (disk.change_count == change_room) {
        change_room = change_room ? 2 * change_room : 64;
        changes = sure(realloc(changes, change_room * sizeof *changes));
    }
    changes[disk.change_count] = (change){.count = 0};
    return &changes[disk.change_count++];
}

// Lets a name of the live tree stand for a node, or for nothing, as a part of a change.
void set_name(change *in, node *folder, const char *name, node *now) {
    hold(now);
    let_go(find(&folder->names, name));
    put(&folder->names, name, now);
    in->folder[in->count] = keep(folder);
    in->name[in->count] = sure(strdup(name));
    in->now[in->count++] = keep(now);
    clock_gettime(CLOCK_REALTIME, &folder->changed);
}

static void persist(change *done) {
    for (int i = 0; i < done->count; i++) {
        put(&done->folder[i]->durable_names, done->name[i], done->now[i]);
        release(done->folder[i]);
        release(done->now[i]);
        free(done->name[i]);
    }
}

// Makes the first `count` changes durable, or of these only those of one folder.
void persist_changes(int count, const node *folder) {
    int left = 0;
    for (int i = 0; i < disk.change_count; i++) {
        change *it = &changes[i];
        bool concerns = !folder || it->folder[0] == folder || (it->count > 1 && it->folder[1] == folder);
        if (i < count && concerns) persist(it);
        else changes[left++] = *it;
    }
    disk.change_count = left;
}

// Makes the first bytes of a page durable.
void persist_page(node *it, size_t page, size_t bytes) {
    memcpy(it->durable + page * PAGE, it->live + page * PAGE, bytes);
}

void persist_content(node *it) {
    for (size_t page = 0; page < pages(it->size); page++)
        if (it->dirty[page]) persist_page(it, page, PAGE);
    forget_dirty(it);
    if (it->durable_size > it->size) memset(it->durable + it->size, 0, it->durable_size - it->size);
    it->durable_size = it->size;
}

// What Linux does when it could not write pages: it takes them for written.
void forget_dirty(node *it) {
    if (it->room) memset(it->dirty, 0, it->room / PAGE);
}

// What fsync and fdatasync of a file or a folder do.
void synchronize(node *it, bool only_data) {
    if (disk.ignores_sync) return;
    bool writes_metadata = it->is_new_to_disk || !only_data || it->size != it->durable_size;
    if (S_ISDIR(it->mode)) {
        persist_changes(disk.change_count, disk.names_need_sync ? it : NULL);
    } else {
        persist_content(it);
        if (writes_metadata && !disk.names_need_sync) persist_changes(disk.change_count, NULL);
    }
    it->is_new_to_disk = false;
}
