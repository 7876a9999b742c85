#include "write/pdf/pdf_flow.h"

#include <string.h>

#include "base/mem.h"

struct pdf_flow {
	size_t *page_start; /* of each page's items in bits */
	unsigned char *wants_space;
	const struct item **next_in_block; /* by the block's seq, while walking backwards */
};

/* The block a run belongs to: what a space at a line's end would join. A note's mark belongs to the text
 * around it, though its node is the note. */
static const struct node *block_of(const struct item *it)
{
	const struct node *n = it->node;

	if (n != NULL && it->role == ROLE_MARK)
		n = n->parent;
	while (n != NULL && doc_is_inline(n->kind))
		n = n->parent;
	return n;
}

/* U+2000-200A, U+2028, U+2029, U+3000 in UTF-8. U+200B is a place to break, not a space. */
static bool is_wide_space(const unsigned char s[3])
{
	if (s[0] == 0xe2 && s[1] == 0x80)
		return s[2] <= 0x8a || s[2] == 0xa8 || s[2] == 0xa9;
	return s[0] == 0xe3 && s[1] == 0x80 && s[2] == 0x80;
}

static bool has_space(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (s[i] == ' ' || s[i] == '\n' || s[i] == '\t' || s[i] == '\r')
			return true;
		if (i + 2 < len && is_wide_space((const unsigned char *)s + i))
			return true;
	}
	return false;
}

static bool in_source(const struct item *it)
{
	return (it->role == ROLE_CONTENT || it->role == ROLE_CONTENTS) && it->node != NULL && it->node->kind == N_TEXT &&
	       it->u.text.offset <= it->node->u.text.len;
}

static bool crosses_break(const struct node *from, const struct node *to)
{
	const struct node *n = from;

	for (int steps = 0; n != NULL && n != to && steps < 64; steps++) {
		if (n->kind == N_BREAK)
			return true;
		if (n->first != NULL) {
			n = n->first;
			continue;
		}
		while (n != NULL && n->next == NULL)
			n = n->parent;
		if (n != NULL)
			n = n->next;
	}
	return false;
}

/* Is there white space in the source between the end of one run and the start of the next? */
static bool parted(const struct item *it, const struct item *next)
{
	bool known = false;

	if (it->u.text.len > 0 && has_space(it->u.text.text + it->u.text.len - 1, 1))
		return false; /* layout kept it */
	if (in_source(it)) {
		const struct node *n = it->node;
		uint32_t end = it->u.text.offset + it->u.text.len, stop = n->u.text.len;

		if (next->node == n && in_source(next))
			stop = next->u.text.offset;
		if (stop > n->u.text.len)
			stop = n->u.text.len;
		if (end < stop && has_space(n->u.text.s + end, stop - end))
			return true;
		if (next->node == n)
			return false;
		known = true;
	}
	if (in_source(next)) {
		if (has_space(next->node->u.text.s, next->u.text.offset))
			return true;
		known = true;
	}
	return !known || crosses_break(it->node, next->node);
}

/* Marks are raised by less than half their neighbours' size. */
static bool on_other_line(const struct item *it, const struct item *next)
{
	sp gap = next->y - it->y, half = (it->u.text.size > next->u.text.size ? it : next)->u.text.size / 2;

	return it->u.text.line_end || gap > half || gap < -half;
}

static bool wants_space(struct pdf_flow *f, const struct doc *d, const struct item *it)
{
	const struct node *block = block_of(it);
	const struct item *next;
	bool wants;

	if (it->kind != ITEM_TEXT || block == NULL || block->seq > d->n_nodes ||
	    (it->role != ROLE_CONTENT && it->role != ROLE_MARK && it->role != ROLE_CONTENTS))
		return false;
	next = f->next_in_block[block->seq];
	wants = next != NULL && !it->u.text.hyphen_added && !next->u.text.par_start && on_other_line(it, next) &&
	        parted(it, next);
	f->next_in_block[block->seq] = it;
	return wants;
}

/* Apart on paper by a gap that is no character: an entry of the contents and its page number, "Table 1" and the
 * table's title. */
static bool is_set_apart(const struct item *it, const struct item *next)
{
	if (it->kind != ITEM_TEXT || next->kind != ITEM_TEXT || it->u.text.len == 0 ||
	    has_space(it->u.text.text + it->u.text.len - 1, 1))
		return false;
	if (it->role == ROLE_CAPTION_LABEL)
		return next->role == ROLE_CONTENT;
	/* an entry is set from a title, in full or abbreviated, its page number from the division */
	return it->role == ROLE_CONTENTS && it->node != NULL && it->node->kind != N_DIVISION &&
	       next->role == ROLE_CONTENTS && next->node != NULL && next->node->kind == N_DIVISION;
}

struct pdf_flow *pdf_flow_new(const struct pages *p, const struct doc *d)
{
	struct pdf_flow *f = mem_zalloc(1, sizeof *f);
	size_t total = 0;

	f->page_start = mem_zalloc(p->n + 1, sizeof *f->page_start);
	for (size_t i = 0; i < p->n; i++) {
		f->page_start[i] = total;
		total += p->v[i].n;
	}
	f->wants_space = mem_zalloc(total, 1);
	f->next_in_block = mem_zalloc((size_t)d->n_nodes + 1, sizeof *f->next_in_block);
	for (size_t i = p->n; i-- > 0;)
		for (size_t k = p->v[i].n; k-- > 0;) {
			const struct item *it = &p->v[i].items[k];

			f->wants_space[f->page_start[i] + k] = wants_space(f, d, it) ||
			                                       (k + 1 < p->v[i].n && is_set_apart(it, it + 1));
		}
	mem_free(f->next_in_block);
	f->next_in_block = NULL;
	return f;
}

void pdf_flow_free(struct pdf_flow *f)
{
	if (f == NULL)
		return;
	mem_free(f->page_start);
	mem_free(f->wants_space);
	mem_free(f);
}

bool pdf_flow_wants_space(const struct pdf_flow *f, size_t page, size_t item)
{
	return f->wants_space[f->page_start[page] + item] != 0;
}

enum pdf_order pdf_flow_order(const struct item *it)
{
	const struct glyph *g = it->u.text.glyphs;
	bool up = true, down = true;

	for (uint32_t i = 1; i < it->u.text.n; i++) {
		up &= g[i].cluster >= g[i - 1].cluster;
		down &= g[i].cluster <= g[i - 1].cluster;
	}
	return up ? ORDER_FORWARD : down ? ORDER_BACKWARD : ORDER_MIXED;
}

/* Where the text of the cluster at `start` ends in a run whose words go one way and letters the other: the
 * least larger cluster near by. */
static uint32_t nearest_end(const struct item *it, uint32_t first, uint32_t start)
{
	uint32_t from = first > 200 ? first - 200 : 0, to = it->u.text.n - first > 200 ? first + 200 : it->u.text.n;
	uint32_t end = it->u.text.len;

	for (uint32_t i = from; i < to; i++)
		if (it->u.text.glyphs[i].cluster > start && it->u.text.glyphs[i].cluster < end)
			end = it->u.text.glyphs[i].cluster;
	return end;
}

struct pdf_cluster pdf_flow_cluster_any(const struct item *it, enum pdf_order order, uint32_t first)
{
	const struct glyph *g = it->u.text.glyphs;
	uint32_t n = it->u.text.n, len = it->u.text.len, start = g[first].cluster, end, after = first + 1;
	uint32_t hyphen = !it->u.text.hyphen_added ? n : order == ORDER_BACKWARD && g[0].cluster >= len ? 0 : n - 1;

	if (first == hyphen)
		return (struct pdf_cluster){ first, 1, "\xc2\xad", 2 };
	while (after < n && after != hyphen && g[after].cluster == start)
		after++;
	if (order == ORDER_MIXED)
		end = nearest_end(it, first, start);
	else if (order == ORDER_BACKWARD)
		end = first > 0 && first - 1 != hyphen ? g[first - 1].cluster : len;
	else
		end = after < n && after != hyphen ? g[after].cluster : len;
	/* characters before the first cluster belong to it: nothing may be lost */
	if (order == ORDER_BACKWARD ? after == n : order == ORDER_FORWARD && first == 0)
		start = 0;
	if (end > len)
		end = len;
	if (start > end)
		start = end;
	return (struct pdf_cluster){ first, after - first, it->u.text.text + start, end - start };
}
