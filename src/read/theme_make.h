/* What theme.c has gathered while it makes a theme; shared with theme_check.c. */
#ifndef VERSTKA_READ_THEME_MAKE_H
#define VERSTKA_READ_THEME_MAKE_H

#include "read/settings.h"
#include "read/theme_spec.h"

/* Everything that has attributes of its own is an object: the paragraph styles, the inline styles,
 * the two bullets, the elements, in this order. */
enum { OBJ_PAR = 0, OBJ_INLINE = OBJ_PAR + PS_COUNT, OBJ_BULLET = OBJ_INLINE + IS_COUNT, OBJ_ELEMENT = OBJ_BULLET + 2,
       OBJ_COUNT = OBJ_ELEMENT + EL_COUNT, OBJ_ATTRS = PAR_ATTRS };

struct given {
	const char *text; /* NULL: the theme is silent */
	struct pos pos;
};
struct object {
	const struct attr_spec *attrs;
	int n_attrs;
	void *base;              /* what the offsets count from */
	struct pos pos;          /* of the element; file NULL: not in the theme */
	int block;               /* the <language> (or root) it stood in last; -1: none yet */
	struct given given[OBJ_ATTRS];
	struct given based_on;   /* of paragraph styles */
	int state;               /* 0 waiting, 1 being resolved, 2 done */
};
struct maker {
	struct settings file;
	struct draft *draft;
	struct diag_log *log;
	struct pos root;
	size_t errors;           /* in the log before this theme */
	struct object objects[OBJ_COUNT];
};

enum { THEME_MOST_COLOURS = 64 };

/* Reads <colours> and adds the colours that the built-in values name. */
void theme_colour_read(struct maker *m);
/* Where the theme gives the attribute, else the element, else the root. */
struct pos theme_place(const struct maker *m, int object, const char *attr);
/* Do the sizes fit together? A theme that passes cannot send the layout outside the page or have it
 * set text in no width. Logs everything that does not fit. */
void theme_check(const struct maker *m);

#endif
