/* The process shuts itself in: from then on it opens what it asked for beforehand and nothing else, whatever a damaged
 * file makes a library do. By Linux' Landlock, which needs no rights; threads begun later are shut in too, those that
 * run already are not. */
#ifndef VERSTKA_BASE_SANDBOX_H
#define VERSTKA_BASE_SANDBOX_H

#include <stdbool.h>

/* Landlock's version here (1..); 0: the kernel has none, or does not let us. */
int sandbox_version(void);

struct sandbox {
	int rules; /* descriptor; -1: none */
	int fault; /* errno of what could not be allowed though it is there: descriptors or memory are wanting; 0 */
	int version;
};

/* False: there is no Landlock; the calls below then do nothing. */
bool sandbox_open(struct sandbox *s);
/* A file, or a folder and all below it. A path that does not exist is passed over: it cannot be made afterwards. */
void sandbox_may_read(struct sandbox *s, const char *path);
/* A folder whose files may be read, made, replaced and removed; not those of folders below it that come later. */
void sandbox_may_write(struct sandbox *s, const char *folder);
/* The empty folders in this one may be removed. */
void sandbox_may_remove_folders(struct sandbox *s, const char *folder);
/* A program, and what has to be run to load it: the folders of the system's libraries. */
void sandbox_may_run(struct sandbox *s, const char *program);
/* Shuts the door, for good; closes s. No network either, from version 4 on. False: it stays open; errno says why. */
bool sandbox_enter(struct sandbox *s);

#endif
