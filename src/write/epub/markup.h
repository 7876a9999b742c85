/* Reads back the markup that this room writes, tag by tag: nothing more than that, and no XML library. What it does not
 * know as ours (comments, CDATA, attributes in single quotes) is MARKUP_BROKEN. */
#ifndef VERSTKA_WRITE_EPUB_MARKUP_H
#define VERSTKA_WRITE_EPUB_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

struct markup_text { const char *s; size_t len; };

enum markup_kind { MARKUP_END, MARKUP_OPEN, MARKUP_CLOSE, MARKUP_ALONE /* <br/> */, MARKUP_TEXT, MARKUP_BROKEN };

struct markup {
	const char *at, *end;      /* what is still to be read; set by the caller */
	struct markup_text name;   /* of a tag */
	struct markup_text inside; /* of a tag: its attributes; of text: all of it, as escaped */
};

/* The next piece; declarations are passed over. Everything points into the caller's bytes. */
enum markup_kind markup_next(struct markup *m);
/* An attribute of the tag just read, as escaped; s NULL: it has none of that name. */
struct markup_text markup_attr(const struct markup *m, const char *name);
bool markup_is(struct markup_text t, const char *s);
/* Nothing but white space, or nothing at all. */
bool markup_is_blank(struct markup_text t);

#endif
