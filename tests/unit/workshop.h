/* For unit tests that set type: the house's theme, fonts and languages opened once, a small document made by
 * hand, and random texts that are the same everywhere. */
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

/* A fixed generator (the same numbers on every machine): *seed moves on. */
uint32_t workshop_random(uint64_t *seed, uint32_t below);
/* n words of Russian prose with its signs, compounds, a name, a URL now and then; ends in a full stop. */
void workshop_prose(uint64_t *seed, int n, struct buf *out);

#endif
