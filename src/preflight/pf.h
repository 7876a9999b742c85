/* One file under examination: what the checks share. */
#ifndef VERSTKA_PREFLIGHT_PF_H
#define VERSTKA_PREFLIGHT_PF_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/strmap.h"
#include "preflight/pf_doc.h"

struct pf_font;

struct pf {
	struct pf_doc *doc;
	struct arena arena;
	struct diag_log *log;
	const char *path;
	const unsigned char *data; /* the file */
	size_t len;
	bool x1a;                  /* else PDF/X-4 */
	bool ua;                   /* the other question: can it be heard? */
	bool replaced;             /* what is shown stands within an ActualText */
	int page;                  /* being looked at, from 1; 0: none */
	struct strmap said;        /* messages: each once */
	struct strmap seen;        /* objects looked at: "what 12" */
	struct strmap inks;        /* Separation names -> how they are mixed, as text */
	const char *intent;        /* the output profile's hash, or NULL */
	double ink, safe;          /* most ink, 1 = a plate full; [pt] nothing nearer to the trim, 0: not looked at */
	struct pf_font *fonts;     /* looked into (pf_font.h) */
	int n_fonts;
	size_t operators;          /* still allowed in all contents together */
	double trim[4], bleed[4];  /* of the page: left, bottom, right, top */
};

/* Rule P-`item` is broken by the object (0: by none in particular). Once a message. pf_warn: a matter of taste. */
#define pf_fail(p, item, ...) pf_say(p, 'P', true, item, __VA_ARGS__)
#define pf_warn(p, item, ...) pf_say(p, 'P', false, item, __VA_ARGS__)
/* What both do. series: 'P', or 'A' for the rules of pf_ua.h. */
void pf_say(struct pf *p, char series, bool error, int item, pf_obj where, const char *fmt, ...)
	__attribute__((format(printf, 6, 7)));
/* Is this indirect object looked at for the first time, by this check? Direct objects always are. */
bool pf_first(struct pf *p, const char *check, pf_obj o);

/* The parts, by what they look at. */
void pf_file_check(struct pf *p);   /* header, trailer, catalog, every object */
void pf_meta_check(struct pf *p);   /* Info, XMP, output intent */
void pf_page_check(struct pf *p, pf_obj page);      /* boxes, annotations, then what is on it */
/* Fonts, graphics states, colour spaces, pictures, patterns; forms as far as they stand there. depth: of forms. */
void pf_resource_check(struct pf *p, pf_obj resources, int depth);
/* holder: what the space belongs to, for messages, if it has no number of its own. */
void pf_colour_check(struct pf *p, pf_obj holder, pf_obj space, int depth);
/* The most ink of any square millimetre of this picture placed so large [inch]; 0 if its samples cannot be had, or at the
 * second asking. */
double pf_image_ink(struct pf *p, pf_obj image, double across, double down);
/* Do these parameters, or this picture or form, show what lies below? */
bool pf_resource_is_transparent(struct pf *p, pf_obj o);
/* What is painted, in which colours, how large. True: some of it is transparent. */
bool pf_content_page(struct pf *p, pf_obj page, pf_obj resources);

#endif
