/* How runs follow one another, for extraction: which line ends need a space that layout left out
 * (a break between words), and which characters a glyph stands for. */
#ifndef VERSTKA_WRITE_PDF_PDF_FLOW_H
#define VERSTKA_WRITE_PDF_PDF_FLOW_H

#include "pages/pages.h"

struct pdf_flow;

struct pdf_flow *pdf_flow_new(const struct pages *p, const struct doc *d);
void pdf_flow_free(struct pdf_flow *f);
/* A line's last run whose paragraph goes on behind white space: a space is to be written after it. */
bool pdf_flow_wants_space(const struct pdf_flow *f, size_t page, size_t item);

/* How a run's clusters go: with the text, against it (right to left), or both ways. */
enum pdf_order { ORDER_FORWARD, ORDER_BACKWARD, ORDER_MIXED };
enum pdf_order pdf_flow_order(const struct item *it);

/* Glyphs [first, first + n) of a text item stand together for text[0..len); len 0: for nothing. */
struct pdf_cluster {
	uint32_t first, n;
	const char *text;
	uint32_t len;
};
/* The cluster that begins with glyph `first`, order being the item's. An added hyphen is a cluster of its
 * own: U+00AD. */
struct pdf_cluster pdf_flow_cluster_any(const struct item *it, enum pdf_order order, uint32_t first);
static inline struct pdf_cluster pdf_flow_cluster(const struct item *it, enum pdf_order order, uint32_t first)
{
	const struct glyph *g = it->u.text.glyphs;

	/* nearly always: one glyph, with others before and behind it */
	if (order == ORDER_FORWARD && first > 0 && first + 2 < it->u.text.n && g[first + 1].cluster > g[first].cluster &&
	    g[first + 1].cluster <= it->u.text.len)
		return (struct pdf_cluster){ first, 1, it->u.text.text + g[first].cluster, g[first + 1].cluster - g[first].cluster };
	return pdf_flow_cluster_any(it, order, first);
}

#endif
