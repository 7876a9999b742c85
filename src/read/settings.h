/* Small XML files that hold settings only (theme, font map): a flat list of elements with their
 * attributes, each with its place in the file. No text, no DTD, no entities of its own, no network;
 * at most 1 MB, 20,000 elements, 8 deep, 64 attributes an element. This and the DocBook reader are
 * the only callers of libxml2's parser. */
#ifndef VERSTKA_READ_SETTINGS_H
#define VERSTKA_READ_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"

struct setting {
	const char *name, *value; /* UTF-8 */
	struct pos pos;           /* of the attribute's name */
	bool used;                /* for the caller */
};
struct setting_element {
	const char *name;
	int parent;               /* index, or -1 for the root */
	struct pos pos;           /* of its '<' */
	struct setting *attrs;
	int n_attrs;
};
struct settings {
	struct arena arena;
	struct setting_element *v; /* in document order: a parent before its children */
	int n;
	size_t cap;
};

/* False and errors with the given code (a string literal) if the text is not such a file. The file
 * name in positions is a copy in the arena. */
bool settings_read(struct settings *s, const char *xml, size_t len, const char *name, const char *code,
                   struct diag_log *log);
void settings_free(struct settings *s);
/* The attribute, marked as used; NULL: not there. */
struct setting *settings_attribute(const struct setting_element *e, const char *name);
/* Its value; NULL and an error if it is not there or empty. code is a string literal. */
const char *settings_required(const struct setting_element *e, const char *name, const char *code,
                              struct diag_log *log);
/* An error for each attribute that nobody has asked for. */
void settings_unused(const struct setting_element *e, const char *code, struct diag_log *log);

#endif
