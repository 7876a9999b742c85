/* The fonts a book carries: which faces its styles use, for which characters, and each of them as
 * a subset with layout tables kept (E-61..E-63).
 *
 * Licences such as the OFL with a reserved name, or ParaType's (which forbids a changed version
 * "under the original name or a combination of it"), are met by renaming: the subset's name table is
 * written anew with a name of ours, the maker's copyright, trademark and licence records kept. */
#ifndef VERSTKA_WRITE_EPUB_BOOKFONT_H
#define VERSTKA_WRITE_EPUB_BOOKFONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/diag.h"
#include "font/font.h"

struct bookfont {
	struct face *face;
	uint64_t *codepoints;   /* bit set of 0x110000, owned */
	const char *path;       /* below EPUB/, set by whoever writes it; or NULL: may not be embedded */
};
struct bookfont_set {
	struct bookfont *v;
	size_t n, cap;
	struct bookfont_link { const char *family, *fallback; } *links; /* fallback families met, per family */
	size_t n_links, cap_links;
	size_t end;             /* no character stands in this word of a bit set or behind it */
	const char **langs;     /* of the texts; borrowed */
	size_t n_langs, cap_langs;
};

void bookfont_init(struct bookfont_set *s);
void bookfont_free(struct bookfont_set *s);
/* Notes that text is set in this style; lang must outlive the set. Characters the face lacks are noted for the face in its
 * fallback chain that has them. */
void bookfont_use(struct bookfont_set *s, struct fonts *f, const char *family, bool bold, bool italic,
                  const char *text, size_t len, const char *lang, struct diag_log *log);
/* Completes the sets: every face gets the characters that readers add of themselves (E-62) and, in
 * books of few characters, all those of the book. Sorts the faces by family, weight, slope. */
void bookfont_complete(struct bookfont_set *s);
/* The subset of one of its faces, renamed to `family`, appended to out. */
bool bookfont_subset(const struct bookfont_set *s, const struct bookfont *b, const char *family, struct buf *out, struct diag_log *log);
/* Gives an sfnt another name: tables but `name` are copied, checksums made anew. names: a table of names whose legal
 * records (copyright, trademark, maker, licence) are taken over; may be empty. */
bool bookfont_rename(const unsigned char *font, size_t len, const struct buf *names, const char *family, const char *style,
                     struct buf *out);

#endif
