/* A line is worked out from its start edge: the left one, of a right-to-left paragraph the right one. Parts get their
 * places in the order in which they are seen from there (UAX #9, L2), but their runs are put on the page in the order
 * of the text, which is that of reading:
 *
 *   text order      1 الف 2 ABC 3 def 4 باء              start edge ─▶  at the right
 *   on the paper    باء ABC def الف                      at: 1, 3, 2, 4 from the start
 *   items           الف at 1, "ABC def" at 2, باء at 4
 *
 * Glyphs of a run stand from left to right, whichever way it is read. */
#include "layout/setline.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "lang/bidi.h"
#include "layout/lineseen.h"
#include "layout/squares.h"

/* A piece as it stands on this line: whole, or cut and shaped anew. */
struct part {
	const struct piece *piece;
	const struct shaped_word *word; /* NULL: picture */
	uint32_t from;                  /* [byte] of the paragraph's text where word's text begins */
	bool hyphen_added;
	sp at, width;                   /* as set: from the line's start edge */
};

struct setter {
	const struct place *to;
	const struct par *p;
	const struct line *ln;
	struct part *parts;
	size_t n_parts;
	sp ink, spaces;                 /* natural; gaps of squares are ink */
	int64_t x;                      /* [1/65536] what gaps of squares give */
	struct give gives;              /* of squares */
	size_t n_spaces, n_glyphs, n_tracked; /* tracked: letters that do not join */
	int32_t hscale;
	sp tracking;                    /* added to each glyph but spaces, before hscale */
	/* the run being collected */
	struct glyph *glyphs;
	struct glyph_shift *shifts;     /* one a glyph */
	size_t n, cap, cap_shifts;
	bool shifted;                   /* any of them is not nil */
	const struct span *span;
	const struct face *face;
	const char *text;               /* of the run: into the paragraph's text, or the mark's own */
	uint32_t text_from, text_to;    /* [byte] of `text` */
	uint8_t level;
	bool rtl;                       /* glyphs are collected last first */
	bool in_par_text, hyphen;
	sp x0, x1;                      /* its edges from the line's start edge */
	sp y;
	size_t first_item;
	struct seen_gap *gaps;          /* of stretching spaces, n_gaps <= n_spaces */
	int n_gaps;
	bool ragged;                    /* to be justified, and left short */
};

static const struct span *span_of(const struct setter *s, const struct piece *pc)
{
	return &s->p->spans[pc->span];
}

static bool is_stretching(const struct setter *s, const struct piece *pc)
{
	return pc->kind == PIECE_SPACE && !span_of(s, pc)->code && s->p->gives == NULL;
}

/* A gap of squares, or a space among them. */
static bool is_giving(const struct setter *s, const struct piece *pc)
{
	return s->p->gives != NULL && (pc->kind == PIECE_GAP || pc->kind == PIECE_SPACE);
}

static const struct shaped_word *shape_slice(struct setter *s, const struct piece *pc, uint32_t from, uint32_t to, bool sign)
{
	struct shape_key key = par_shape_key(s->p, pc, from, to, from != pc->from, to != pc->to);
	char small[128], *buf = small;
	size_t n = to - from;
	const struct shaped_word *w;

	if (n + 2 > sizeof small)
		buf = mem_alloc(n + 2);
	memcpy(buf, s->p->text + from, n);
	if (sign)
		buf[n] = '-';
	w = shape_word(s->to->l->shaper, &key, buf, n + (sign ? 1 : 0), s->to->l->log);
	if (buf != small)
		mem_free(buf);
	return w;
}

static void collect_parts(struct setter *s)
{
	const struct cand *a = &s->p->cands[s->ln->from], *b = &s->p->cands[s->ln->to];
	size_t end = b->end_piece;

	/* a cut word's head stands in the piece end_piece points at */
	if (end < s->p->n_pieces && s->p->pieces[end].from < b->end)
		end++;
	s->parts = mem_zalloc(end > a->next_piece ? end - a->next_piece : 1, sizeof *s->parts);
	for (size_t i = a->next_piece; i < end; i++) {
		const struct piece *pc = &s->p->pieces[i];
		struct part *part = &s->parts[s->n_parts++];
		bool text = pc->kind == PIECE_WORD, sign = b->kind == BREAK_HYPHEN && i + 1 == end && text;
		uint32_t from = text && pc->from < a->next ? a->next : pc->from, to = text && pc->to > b->end ? b->end : pc->to;
		sp width = pc->width;

		part->piece = pc;
		part->from = from;
		part->word = pc->word;
		part->hyphen_added = sign;
		if (text && (from != pc->from || to != pc->to || sign)) {
			part->word = shape_slice(s, pc, from, to, sign);
			width = par_word_width(span_of(s, pc), part->word);
		}
		if (is_stretching(s, pc)) {
			s->spaces += width;
			s->n_spaces++;
		} else {
			s->ink += width;
		}
		s->gives.stretch += pc->stretch;
		s->gives.shrink += pc->shrink;
		if (pc->kind == PIECE_IMAGE) { /* a letter like others */
			s->n_glyphs++;
			s->n_tracked++;
		}
		for (uint32_t k = 0; part->word != NULL && k < part->word->n_parts && !is_stretching(s, pc); k++) {
			s->n_glyphs += part->word->parts[k].n;
			s->n_tracked += part->word->cursive ? 0 : part->word->parts[k].n;
		}
	}
}

static void turn_run(struct setter *s)
{
	for (size_t i = 0, k = s->n - 1; i < k; i++, k--) {
		struct glyph g = s->glyphs[i];
		struct glyph_shift shift = s->shifts[i];

		s->glyphs[i] = s->glyphs[k];
		s->glyphs[k] = g;
		s->shifts[i] = s->shifts[k];
		s->shifts[k] = shift;
	}
}

static void *kept(struct arena *a, const void *v, size_t n, size_t size)
{
	return memcpy(arena_array(a, n, size), v, n * size);
}

/* The run's text: the document's own where that says the same. */
static const char *text_of_run(const struct setter *s, uint32_t offset)
{
	const struct node *n = s->span->node;
	const char *text = s->text + s->text_from;
	uint32_t len = s->text_to - s->text_from;

	if (s->in_par_text && n != NULL && n->kind == N_TEXT && offset <= n->u.text.len && len <= n->u.text.len - offset &&
	    memcmp(n->u.text.s + offset, text, len) == 0)
		return n->u.text.s + offset;
	return arena_dup(&s->to->pages->arena, text, len);
}

enum { LONG_LEADER = 16 }; /* [glyph] */

/* The glyphs and the text of the run: those of the leader before, if this is one and the same. */
static void keep_run(struct setter *s, struct item *it)
{
	struct arena *a = &s->to->pages->arena;
	struct shared_run *last = &s->to->pages->leader;
	bool leader = it->role == ROLE_RULE && s->n >= LONG_LEADER && !s->shifted;
	uint32_t len = s->text_to - s->text_from;

	if (leader && s->n == last->n && len == last->len && memcmp(s->glyphs, last->glyphs, s->n * sizeof *s->glyphs) == 0 &&
	    memcmp(s->text + s->text_from, last->text, len) == 0) {
		it->u.text.glyphs = last->glyphs;
		it->u.text.text = last->text;
		return;
	}
	it->u.text.glyphs = kept(a, s->glyphs, s->n, sizeof *s->glyphs);
	it->u.text.shifts = s->shifted ? kept(a, s->shifts, s->n, sizeof *s->shifts) : NULL;
	it->u.text.text = text_of_run(s, it->u.text.offset);
	if (leader)
		*last = (struct shared_run){ it->u.text.glyphs, it->u.text.text, (uint32_t)s->n, len };
}

static void flush_run(struct setter *s)
{
	struct item *it;

	if (s->n == 0)
		return;
	if (s->rtl)
		turn_run(s);
	it = page_add(s->to->pages, s->to->page, ITEM_TEXT, s->to->role != ROLE_CONTENT ? s->to->role : s->span->role, s->span->node);
	it->x = s->x0;
	it->y = s->y - s->span->raise;
	it->w = s->x1 - s->x0;
	it->h = s->span->size;
	it->u.text.face = s->face;
	it->u.text.size = s->span->size;
	it->u.text.hscale = s->hscale;
	it->u.text.colour = s->span->colour;
	it->u.text.hyphen_added = s->hyphen;
	it->u.text.n = (uint32_t)s->n;
	it->u.text.offset = s->in_par_text ? s->text_from - s->span->from + s->span->node_offset : 0;
	it->u.text.len = s->text_to - s->text_from;
	it->u.text.lang = lang_tag(s->span->lang);
	keep_run(s, it);
	s->n = 0;
	s->hyphen = s->shifted = false;
}

/* Makes the run fit for glyphs of this part and face whose text is from..to of `text`. */
static void begin_run(struct setter *s, const struct part *part, const struct face *face, const char *text, uint32_t from,
                      uint32_t to, bool in_par_text)
{
	const struct span *span = span_of(s, part->piece);

	if (s->n > 0 && s->span == span && s->face == face && s->text == text && s->text_to == from && to - s->text_from <= LONGEST_RUN &&
	    s->level == part->piece->level && s->rtl == part->word->rtl)
		return;
	flush_run(s);
	s->span = span;
	s->face = face;
	s->text = text;
	s->text_from = s->text_to = from;
	s->level = part->piece->level;
	s->rtl = part->word->rtl;
	s->in_par_text = in_par_text;
	s->x0 = INT64_MAX;
	s->x1 = INT64_MIN;
}

/* What was put stands between these edges. */
static void widen_run(struct setter *s, sp from, sp to)
{
	s->x0 = from < s->x0 ? from : s->x0;
	s->x1 = to > s->x1 ? to : s->x1;
}

/* cluster: [byte] of the run's text. */
static void put_glyph(struct setter *s, uint32_t gid, sp advance, uint32_t cluster, struct glyph_shift shift)
{
	VEC_ROOM(s->glyphs, s->n, s->cap, 1);
	VEC_ROOM(s->shifts, s->n, s->cap_shifts, 1);
	s->glyphs[s->n] = (struct glyph){ (int32_t)advance, (uint16_t)gid, (uint16_t)cluster };
	s->shifts[s->n++] = shift;
	s->shifted |= shift.x != 0 || shift.y != 0;
}

static sp advance_of(const struct setter *s, const struct part *part, const struct shaped_part *w, uint32_t k)
{
	const struct span *span = span_of(s, part->piece);
	sp tracking = part->word->cursive || part->piece->kind == PIECE_SPACE ? 0 : s->tracking + span->tracking;

	return shape_scale(w->face, w->glyphs[k].advance, span->size) + tracking;
}

static sp width_of(const struct setter *s, const struct part *part, const struct shaped_part *w)
{
	sp sum = 0;

	for (uint32_t k = 0; k < w->n; k++)
		sum += unit_scale(advance_of(s, part, w, k), s->hscale, 65536);
	return sum;
}

/* The glyphs of one face in a part; at: its left or right edge from the line's start, whichever is nearer to it. */
static void put_face(struct setter *s, const struct part *part, const struct shaped_part *w, sp at, sp width, bool last)
{
	const struct span *span = span_of(s, part->piece);
	bool mark = part->piece->kind == PIECE_MARK, code = part->piece->kind == PIECE_CODE || part->piece->kind == PIECE_SPACE;
	const char *text = mark ? part->word->text : s->p->text;
	uint32_t base = mark ? 0 : part->from, to = code ? part->piece->to : base + w->to;
	bool hyphen = part->hyphen_added && last;

	begin_run(s, part, w->face, text, base + (code ? 0 : w->from), to, !mark);
	for (uint32_t i = 0; i < w->n; i++) {
		uint32_t k = s->rtl ? w->n - 1 - i : i;
		const struct shaped_glyph *g = &w->glyphs[k];
		uint32_t cluster = base + (code ? 0 : g->cluster) - s->text_from, most = to - (hyphen ? 1 : 0) - s->text_from;

		put_glyph(s, g->gid, advance_of(s, part, w, k), cluster > most ? most : cluster,
		          (struct glyph_shift){ (int32_t)shape_scale(w->face, g->x_offset, span->size),
		                                (int32_t)shape_scale(w->face, g->y_offset, span->size) });
	}
	widen_run(s, at, at + width);
	s->text_to = to - (hyphen ? 1 : 0);
	if (hyphen) {
		s->hyphen = true;
		flush_run(s);
	}
}

/* Faces in the order of the text, which is that of the paper or its opposite. */
static void put_word(struct setter *s, const struct part *part)
{
	const struct shaped_word *word = part->word;
	bool with_line = word->rtl == s->p->rtl; /* the first one stands nearest to the line's start */
	sp done = 0;

	for (uint32_t i = 0; i < word->n_parts; i++) {
		const struct shaped_part *w = &word->parts[word->rtl ? word->n_parts - 1 - i : i];
		sp width = word->n_parts == 1 ? part->width : width_of(s, part, w);

		put_face(s, part, w, with_line ? part->at + done : part->at + part->width - done - width, width, i + 1 == word->n_parts);
		done += width;
	}
}

static void put_space(struct setter *s, const struct part *part)
{
	const struct shaped_part *w = &part->word->parts[0];
	sp advance = unit_scale(part->width, 65536, s->hscale);

	if (part->word->n_parts == 0 || w->n == 0)
		return;
	begin_run(s, part, w->face, s->p->text, part->piece->from, part->piece->to, true);
	put_glyph(s, w->glyphs[0].gid, advance, part->piece->from - s->text_from, (struct glyph_shift){ 0, 0 });
	widen_run(s, part->at, part->at + part->width);
	s->text_to = part->piece->to;
}

/* The run goes on behind it: pages know no gaps. */
static void put_gap(struct setter *s, const struct part *part)
{
	if (s->n == 0 || s->rtl) {
		flush_run(s);
		return;
	}
	s->glyphs[s->n - 1].advance += (int32_t)part->width;
	s->x1 += part->width;
}

static void put_image(struct setter *s, const struct part *part)
{
	const struct span *span = span_of(s, part->piece);
	struct item *it;

	flush_run(s);
	it = page_add(s->to->pages, s->to->page, ITEM_IMAGE, ROLE_CONTENT, span->node);
	it->x = part->at;
	it->w = unit_scale(part->piece->width, s->hscale, 65536);
	it->h = part->piece->image_height;
	it->y = s->y - it->h + span->size / 8;
	it->u.image.image = span->node->u.image.image;
}

static void add_fill(struct setter *s, sp x, sp y, sp w, sp h, int16_t colour)
{
	struct item *it = page_add(s->to->pages, s->to->page, ITEM_FILL, ROLE_RULE, NULL);

	it->x = x;
	it->y = y;
	it->w = w;
	it->h = h;
	it->u.fill.colour = colour;
}

/* T-57: a dot under each character that is stressed, none under marks. */
static void add_dot(struct setter *s, const struct part *part)
{
	const struct span *span = span_of(s, part->piece);
	sp size = span->size * 13 / 100, down = span->size * 26 / 100;
	size_t n;

	if (!span->dots || s->p->gives == NULL || part->piece->kind != PIECE_WORD ||
	    squares_class(span, utf8_decode(s->p->text + part->from, s->p->len - part->from, &n)) != HAN_LETTER)
		return;
	add_fill(s, part->at + (part->width - size) / 2, s->y - span->raise + down - size / 2, size, size, span->colour);
	s->to->page->items[s->to->page->n - 1].u.fill.round = true;
}

/* Link areas and underlines of what was just set: neighbours of one kind become one, be they out of order. */
static void add_areas(struct setter *s, const struct part *part, const struct node **link, size_t *area)
{
	const struct span *span = span_of(s, part->piece);
	sp x0 = part->at, x1 = part->at + part->width;
	struct item *it;

	if (span->underline || span->strike) {
		sp thick = shape_scale(span->face, span->face->underline_thickness, span->size);
		sp up = span->strike ? span->size * 28 / 100 : shape_scale(span->face, span->face->underline_position, span->size);

		add_fill(s, x0, s->y - span->raise - up - thick / 2, x1 - x0, thick, span->colour);
	}
	if (span->link == NULL || s->to->role != ROLE_CONTENT) {
		*link = NULL;
		return;
	}
	it = *link == span->link ? &s->to->page->items[*area] : NULL;
	if (it == NULL || x0 > it->x + it->w || x1 < it->x) {
		it = page_add(s->to->pages, s->to->page, ITEM_LINK, ROLE_CONTENT, span->link);
		it->x = x0;
		it->w = 0;
		it->y = s->y - span->raise - span->size * 8 / 10;
		it->h = span->size * 105 / 100;
		it->u.link.href = span->link->kind == N_LINK ? span->link->u.link.href : NULL;
		it->u.link.target = span->link->kind == N_FOOTNOTE ? span->link : span->link->u.link.target;
		*link = span->link;
		*area = s->to->page->n - 1;
	}
	x1 = x1 > it->x + it->w ? x1 : it->x + it->w;
	it->x = x0 < it->x ? x0 : it->x;
	it->w = x1 - it->x;
}

static void add_anchors(struct setter *s, sp x)
{
	const struct cand *a = &s->p->cands[s->ln->from], *b = &s->p->cands[s->ln->to];

	for (size_t i = 0; i < s->p->n_anchors; i++) {
		uint32_t at = s->p->anchors[i].at;
		bool here = at >= a->next && (at < b->next || s->ln->to + 1 == s->p->n_cands);

		if (here && s->to->role == ROLE_CONTENT) {
			struct item *it = page_add(s->to->pages, s->to->page, ITEM_ANCHOR, ROLE_CONTENT, s->p->anchors[i].node);

			it->x = x;
			it->y = s->y - s->p->style->size;
		}
	}
}

/* Decides hscale, tracking and how much of `room` the spaces get; returns the room for the spaces [sp]. */
static sp justify(struct setter *s, sp room)
{
	bool last = s->p->style->align == SET_JUSTIFY && s->ln->last;
	sp d = room - s->ink - s->spaces;
	int limit = s->ln->expansion + s->ln->tracking;
	int64_t x, y;

	s->hscale = 65536;
	if ((s->p->style->align != SET_JUSTIFY || (last && !line_is_nearly_full(s->p, d))) && d >= 0)
		return s->spaces;
	if (s->p->gives != NULL) {
		squares_share(d, s->gives, &s->x);
		s->ragged = s->x > SQUARES_MOST_X * (int64_t)65536;
		if (s->ragged) /* a line of one long address and a few characters */
			s->x = 0;
		return s->spaces;
	}
	line_share(d, s->spaces, s->ink, limit, &x, &y);
	if (last && d > 0 && !line_may_fill(x))
		return s->spaces;
	s->ragged = line_is_ragged(s->p, x);
	if (s->ragged)
		return s->spaces;
	if (limit > 0 && y != 0) {
		s->hscale = (int32_t)(65536 + y * s->ln->expansion / 1000);
		if (s->n_glyphs > 0)
			s->tracking = unit_scale(s->ink, y * s->ln->tracking, (int64_t)65536 * 1000 * (int64_t)s->n_glyphs);
	}
	if (s->n_spaces == 0)
		return s->spaces;
	{
		sp ink = unit_scale(s->ink + s->tracking * (sp)s->n_tracked, s->hscale, 65536), rest = room - ink;
		sp least = s->spaces * LINE_LEAST_GAP / 1000, most = line_most_spaces(s->p, s->ln->width, s->spaces);

		s->ragged = rest > most;
		return rest < least ? least : rest > most ? most : rest; /* an overfull line keeps its words apart */
	}
}

/* Widths of all parts; what is left goes to the spaces, shared over those still to come: no rounding error piles up. */
static void share_spaces(struct setter *s, sp spaces)
{
	size_t left = s->n_spaces;

	for (size_t i = 0; i < s->n_parts; i++) {
		struct part *part = &s->parts[i];

		if (part->piece->kind == PIECE_IMAGE) {
			part->width = unit_scale(part->piece->width + s->tracking, s->hscale, 65536);
		} else if (is_stretching(s, part->piece)) {
			part->width = s->spaces > 0 ? unit_scale(spaces, part->piece->width, s->spaces) : 0;
			if (left == 1)
				part->width = spaces;
			spaces -= part->width;
			s->spaces -= part->piece->width;
			left--;
		} else if (is_giving(s, part->piece)) {
			part->width = part->piece->width + squares_give(part->piece, s->x);
		} else {
			for (uint32_t k = 0; k < part->word->n_parts; k++)
				part->width += width_of(s, part, &part->word->parts[k]);
		}
	}
}

/* Parts are not seen one behind the other. */
static bool turns(const struct setter *s)
{
	bool any = s->p->rtl;

	for (size_t i = 0; i < s->n_parts && !any; i++)
		any = s->parts[i].piece->level != 0;
	return any;
}

/* From left to right, by their numbers. */
static int32_t *order_of(const struct setter *s)
{
	uint8_t *levels = mem_zalloc(s->n_parts + 1, sizeof *levels);
	int32_t *order = mem_zalloc(s->n_parts + 1, sizeof *order);

	for (size_t i = 0; i < s->n_parts; i++) {
		levels[i] = s->parts[i].piece->level;
		order[i] = (int32_t)i;
	}
	lang_bidi_order(levels, s->n_parts, order);
	mem_free(levels);
	return order;
}

/* Places of all parts, as they are seen from the line's start edge, which is at x. Returns its end. */
static sp place_parts(struct setter *s, sp x)
{
	int32_t *order = turns(s) ? order_of(s) : NULL;

	for (size_t i = 0; i < s->n_parts; i++) {
		struct part *part = &s->parts[order == NULL ? (int32_t)i : order[s->p->rtl ? s->n_parts - 1 - i : i]];

		part->at = x;
		x += part->width;
	}
	mem_free(order);
	return x;
}

static void put_parts(struct setter *s)
{
	const struct node *link = NULL;
	size_t area = 0;

	s->gaps = mem_zalloc(s->n_spaces + 1, sizeof *s->gaps);
	VEC_ROOM(s->glyphs, s->n, s->cap, s->n_glyphs + s->n_spaces);
	VEC_ROOM(s->shifts, s->n, s->cap_shifts, s->n_glyphs + s->n_spaces);
	for (size_t i = 0; i < s->n_parts; i++) {
		const struct part *part = &s->parts[i];

		if (part->piece->kind == PIECE_IMAGE) {
			put_image(s, part);
		} else if (part->piece->kind == PIECE_GAP) {
			put_gap(s, part);
			continue;
		} else if (is_giving(s, part->piece)) {
			put_space(s, part);
		} else if (is_stretching(s, part->piece)) {
			s->gaps[s->n_gaps++] = (struct seen_gap){ part->at + part->width / 2, part->width, part->piece->width };
			put_space(s, part);
		} else {
			put_word(s, part);
			add_dot(s, part);
		}
		add_areas(s, part, &link, &area);
	}
	flush_run(s);
}

/* The paragraph runs against the page: its start edge is the measure's other one. */
static void turn_round(struct setter *s, sp x)
{
	sp sum = 2 * x + s->ln->width;

	for (size_t i = s->first_item; i < s->to->page->n; i++) {
		struct item *it = &s->to->page->items[i];

		it->x = sum - it->x - it->w;
	}
	for (int i = 0; i < s->n_gaps; i++)
		s->gaps[i].centre = sum - s->gaps[i].centre;
}

static void mark_ends(struct setter *s)
{
	const struct page *page = s->to->page;

	for (size_t i = page->n; i-- > s->first_item;) {
		if (page->items[i].kind == ITEM_TEXT) {
			page->items[i].u.text.line_end = true;
			break;
		}
	}
	for (size_t i = s->first_item; s->ln->from == 0 && i < page->n; i++) {
		if (page->items[i].kind == ITEM_TEXT) {
			page->items[i].u.text.par_start = true;
			break;
		}
	}
}

void line_set(const struct place *to, const struct par *p, const struct line *ln, sp x, sp y)
{
	const struct cand *a, *b;
	struct setter s = { .to = to, .p = p, .ln = ln, .y = y, .first_item = to->page->n };
	sp room, spaces, start, over;

	par_open(p);
	a = &p->cands[ln->from];
	b = &p->cands[ln->to];
	room = squares_measure(p, ln->width) + a->hang_next + b->hang_end;
	start = x - a->hang_next;
	collect_parts(&s);
	spaces = justify(&s, room);
	if (p->style->align == SET_CENTER)
		start += (room - unit_scale(s.ink, s.hscale, 65536) - spaces) / 2;
	else if (p->style->align == SET_END)
		start += room - unit_scale(s.ink, s.hscale, 65536) - spaces;
	share_spaces(&s, spaces);
	over = place_parts(&s, start) - (x - a->hang_next + room);
	add_anchors(&s, start);
	put_parts(&s);
	if (p->rtl != to->pages->rtl)
		turn_round(&s, x);
	mark_ends(&s);
	if (to->role == ROLE_CONTENT)
		lineseen_take(to->l->seen, &(struct seen_line){ .par = p, .line = ln, .page = to->page->number, .x = x, .y = y,
		                                                .gaps = s.gaps, .n_gaps = s.n_gaps, .letters = s.tracking * (sp)s.n_tracked,
		                                                .over = over > SP_ONE / 4 ? over : 0, .ragged = s.ragged });
	mem_free(s.gaps);
	mem_free(s.parts);
	mem_free(s.glyphs);
	mem_free(s.shifts);
}

int par_set(const struct place *to, const struct par *p, sp x, sp y, sp width)
{
	struct measure m = { .full = width };
	struct broken b;

	line_break(to->l, p, 0, &m, 0, &b);
	for (int i = 0; i < b.n; i++)
		line_set(to, p, &b.v[i], x, y + i * p->style->leading);
	return b.n;
}
