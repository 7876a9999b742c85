/* For unit tests that set type: the house's theme, fonts and languages opened once, small documents made by hand or read
 * from DocBook and set whole, and random texts that are the same everywhere. */
#ifndef VERSTKA_TESTS_WORKSHOP_H
#define VERSTKA_TESTS_WORKSHOP_H

#include "layout/layout.h"
#include "layout/linebreak.h"
#include "layout/setline.h"

struct workshop {
	struct diag_log log;
	struct theme *theme;
	struct fontmap *map;
	struct fonts *fonts;
	struct shaper *shaper;
	struct langs *langs;
	struct doc *doc;          /* a root without children, in Russian */
	struct layout l;          /* over all of these */
	struct par_style style;   /* theirs to change: PT Serif 10 on 14, justified, hyphenated */
};

/* theme: a file's path, or NULL for the house style carried inside. Fails the test if anything is missing. */
struct workshop *workshop_open(const char *theme);
void workshop_close(struct workshop *w);
/* A new N_PARA with this text. */
struct node *workshop_para(struct workshop *w, const char *text);
/* The same, made ready to be broken, in w->style. */
struct par *workshop_par(struct workshop *w, const char *text);
/* How many messages have this code. */
size_t workshop_count(const struct diag_log *log, const char *code);

/* A document read from DocBook. a.png lies beside it. Fails the test if it cannot be read. */
struct doc *workshop_read(const char *xml, size_t len, struct diag_log *log);

/* The same set on pages. */
struct set {
	struct workshop *w;
	struct doc *doc;
	struct pages *pages;
	struct diag_log log;
};
/* root: "article" or "book"; body: what stands in it. Fails the test at an error; the pages are not looked at. */
struct set *workshop_set(struct workshop *w, const char *root, const char *lang, const char *body);
/* The same, and no invariant of the pages is broken. */
struct set *workshop_set_right(struct workshop *w, const char *root, const char *lang, const char *body);
void set_drop(struct set *s);

struct spot {
	size_t page;
	sp x, y;
	const struct item *item;
};
/* The n-th run of text (from 0) that begins with `text`, running heads and repeated table heads aside. */
bool set_look_for(const struct set *s, const char *text, int n, struct spot *out);
/* The first one. Fails the test if there is none. */
struct spot set_spot(const struct set *s, const char *text);

/* A fixed generator (the same numbers on every machine): *seed moves on. */
uint32_t workshop_random(uint64_t *seed, uint32_t below);
/* n words of Russian prose with its signs, compounds, a name, a URL now and then; ends in a full stop. */
void workshop_prose(uint64_t *seed, int n, struct buf *out);
/* The same as a <para>. */
void workshop_put_para(uint64_t *seed, int words, struct buf *out);

#endif
