/* Inline content to one text with spans; the first half of par_new. */
#ifndef VERSTKA_LAYOUT_FLATTEN_H
#define VERSTKA_LAYOUT_FLATTEN_H

#include "base/buf.h"
#include "lang/bidi.h"
#include "layout/par.h"

#define OBJECT_SIGN "\xEF\xBF\xBC" /* U+FFFC: what stands in the text for a picture, so that lines may end beside it */

/* A note's mark between two bytes of the text, or a picture. */
struct insertion {
	uint32_t at;
	uint32_t span;            /* its own span; of a mark: from == to == at */
	const char *text;         /* of a mark */
	const struct image *image;
	sp width, height;         /* of a picture */
};

struct flat {
	struct buf text;
	struct span *spans; size_t n_spans, cap_spans;
	struct insertion *insertions; size_t n_insertions, cap_insertions;
	struct note_call *calls; size_t n_calls, cap_calls;
	struct par_anchor *anchors; size_t n_anchors, cap_anchors;
	struct bidi_event *events; size_t n_events, cap_events; /* what stands in another direction; a BIDI_OBJECT per mark */
	size_t n_marks;           /* of the insertions */
	bool rtl;                 /* the paragraph as a whole */
};

void flat_init(struct flat *f);
void flat_free(struct flat *f);
/* The direction of a block: the nearest that an ancestor says by its attribute dir or its language. */
bool flat_is_rtl(const struct layout *l, const struct node *n);
void flat_fill(struct layout *l, const struct par_source *src, struct flat *f);

#endif
