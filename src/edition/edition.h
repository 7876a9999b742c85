/* One edition: one source in one language, from the file to the bytes of its outputs. Holds the stages' results, opened in
 * order, closed on one path. What runs editions (the command line, verstka.h) decides which, where to and how often. */
#ifndef VERSTKA_EDITION_EDITION_H
#define VERSTKA_EDITION_EDITION_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "doc/doc.h"
#include "edition/origin.h"
#include "font/font.h"
#include "lang/lang.h"
#include "lang/textrules.h"
#include "layout/layout.h"
#include "pages/pages.h"
#include "shape/shape.h"
#include "style/style.h"

/* What can be made of an edition, as bits. The ticket goes with the print PDF. */
enum { EDITION_PRINT = 1, EDITION_SCREEN = 2, EDITION_EPUB = 4, EDITION_BOOKLET = 8, EDITION_ALL = 7 };

struct edition_options {
	const char *theme;            /* file, or NULL: looked for */
	const char *fonts;            /* file, or NULL: looked for */
	const char *output_profile;   /* ICC file, or NULL: the theme's */
	const char *output_condition; /* name in the ICC's registry, or NULL: the theme's, or none */
	const char *sheet;            /* of the booklet: "a4", "a3", or NULL: the least that holds two pages */
	const char *lang;             /* which translation of the source: of LINGUAS, or NULL: the source itself */
	int min_percent;              /* of units translated; less is an error */
	enum stale_policy stale;
	bool credit_translator;       /* name the one whom the PO file names, in the metadata */
	bool allow_stale;             /* text kept though stale may go to press */
	bool lenient, allow_missing_glyphs, no_marks, pdfx1a;
	bool ua2;                     /* screen PDF: PDF/UA-2 */
	bool for_proof;               /* a proof will be made: every line is put on record */
	bool for_press;               /* say what a printing house would send back */
	bool no_page_list;            /* EPUB: the printed pages are not marked */
	bool no_layout;               /* nothing that will be made needs pages: none are */
	enum paginate paginate;
	struct page_wish pages;
	/* Called before a stage that takes long in long documents, or NULL. */
	void (*progress)(const char *what);
};

struct edition {
	const struct edition_options *options;
	struct diag_log *log;
	const char *source;    /* path */
	struct arena arena;
	struct origin *origin; /* shared, or &own */
	struct origin own;
	const struct translation *translation; /* while the document is made; NULL: the source itself */
	struct doc *doc;
	struct langs *langs;
	const struct lang *lang;
	struct theme *theme;
	struct fontmap *fontmap; /* its own; NULL: the origin's */
	struct fonts *fonts;
	struct shaper *shaper;
	struct page_pins *pins;  /* places and their pages (edition/align.h), or NULL; in the arena */
	int leading;             /* [1/1000] of change for them */
	struct pages *pages;
	struct text_counts text; /* what was corrected in the words */
	const char *date;      /* ISO 8601 UTC of the outputs, or NULL */
};

/* Everything is borrowed and must outlive the edition. */
void edition_init(struct edition *e, const char *source, const struct edition_options *o, struct diag_log *log);
/* Several editions of one source may share what is read of it; borrowed. Before edition_read. */
void edition_share(struct edition *e, struct origin *origin);
void edition_close(struct edition *e);
/* Frees the document, its pages and what they need: their files are made. Name, options and log stay. */
void edition_let_go(struct edition *e);

/* The map of fonts, of which the same is right for all editions of a source. NULL: logged. */
struct fontmap *edition_fontmap(const struct edition *e, struct arena *a, struct diag_log *log);

/* One stage each; false: it failed, and the log says why. */
bool edition_read(struct edition *e);    /* source, theme -> doc with its words corrected */
bool edition_style(struct edition *e);   /* map of fonts, fonts */
bool edition_layout(struct edition *e);  /* doc -> pages, if any are needed */
/* "brief08.ru": the source's name without folder and .xml, of a translation with its language for the source's; in the
 * edition's arena. */
const char *edition_stem(struct edition *e);

#endif
