/* Files: read whole, written whole or not at all. */
#ifndef VERSTKA_BASE_FILE_H
#define VERSTKA_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

/* Reads a regular file of at most `most` bytes. On success *data (mem_free; one NUL behind it)
 * and *len. On failure logs (code "io": environment fault) against pos and returns false. */
bool file_read(const char *path, size_t most, struct diag_log *log, struct pos pos, char **data, size_t *len);

/* A file in memory, for a library that reads only what has a name: `name` is good in this process until the result, a
 * descriptor, is closed. -1: the system has none. */
enum { FILE_MEMORY_NAME = 32 };
int file_in_memory(const void *data, size_t len, char name[FILE_MEMORY_NAME]);

/* One file, likewise: every byte of it is at path, or (logged, code "io") what was there before. Into a device or a pipe
 * it is written as into any. */
bool file_write(const char *path, const void *data, size_t len, struct diag_log *log);

/* Several outputs that appear together: file_stage writes each in full, without a name (on a file system that knows only
 * named files it is kept in memory); then file_commit names all, or file_abandon drops all. Until then nothing is to be
 * seen, whatever ends the process. While they are named SIGINT, SIGTERM and SIGHUP wait, and so does another process that
 * names files in the same folder. */
struct file_stage {
	struct staged { char *temp, *path, *data; size_t len; int fd; bool named; } *v;
	size_t n, cap;
};
bool file_stage(struct file_stage *s, const char *path, const void *data, size_t len, struct diag_log *log);
bool file_commit(struct file_stage *s, struct diag_log *log);
void file_abandon(struct file_stage *s);

/* Where `needle` stands in the file at or behind *pos: moves *pos there and returns true. For messages
 * about text whose exact place the tree does not keep. False: not found, *pos as it was. */
bool file_find(const char *needle, struct pos *pos);

/* The same of a character, as itself or as XML's reference by its number. */
bool file_find_character(uint32_t c, struct pos *pos);

bool file_exists(const char *path);
bool file_is_same(const char *a, const char *b); /* both are there, and are one file by whatever names */
bool file_is_named(const char *path); /* so, or a link that leads nowhere: somebody meant a file to be there */
bool file_is_regular(const char *path); /* and not a folder, pipe or device, whose opening may block */
/* Like mkdir -p. *made: [byte] of path up to the end of the first folder that was not there; 0: all were. */
bool file_make_folders(const char *path, size_t *made, struct diag_log *log);
void file_remove_folders(const char *path, size_t made); /* that first one and those in it, as long as they are empty */

#endif
