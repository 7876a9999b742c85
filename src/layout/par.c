#include "layout/par.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "layout/hang.h"
#include "layout/pieces.h"

/* ---- candidates ----------------------------------------------------------------------------- */

/* Width of the word piece's glyphs that belong to its first `bytes` bytes. */
static sp width_before(const struct shaped_word *w, const struct span *s, uint32_t bytes)
{
	sp sum = 0, tracking = w->cursive ? 0 : s->tracking;

	for (uint32_t i = 0; i < w->n_parts; i++) {
		const struct shaped_part *p = &w->parts[i];

		for (uint32_t k = 0; k < p->n; k++) {
			if (p->glyphs[k].cluster < bytes)
				sum += shape_scale(p->face, p->glyphs[k].advance, s->size) + tracking;
		}
	}
	return sum;
}

static sp glyph_width(const struct span *s, uint32_t c)
{
	uint32_t gid = face_glyph(s->face, c);

	if (gid == 0 && (c == 0x2010 || c == 0x2011))
		gid = face_glyph(s->face, '-');
	return gid != 0 ? shape_scale(s->face, face_advance(s->face, gid), s->size) : 0;
}

/* What stands at the line's end is not what it ends with, if that runs against the paragraph. */
static bool runs_against(const struct par *p, const struct piece *pc)
{
	return (pc->level & 1) != p->rtl;
}

static sp hang_before(const struct par *p, const struct piece *pc, uint32_t end)
{
	const struct span *s = &p->spans[pc->span];
	size_t n;
	uint32_t c;
	int part;

	if (!p->style->protrude || end == 0 || s->code || runs_against(p, pc))
		return 0;
	c = utf8_decode_before(p->text, end, &n);
	part = hang_right(c);
	return part != 0 ? unit_scale(glyph_width(s, c), part, 1000) : 0;
}

static sp hang_after(const struct par *p, const struct piece *pc, uint32_t from)
{
	const struct span *s = &p->spans[pc->span];
	size_t n;
	uint32_t c;
	int part;

	if (!p->style->protrude || from >= p->len || s->code || runs_against(p, pc))
		return 0;
	c = utf8_decode(p->text + from, p->len - from, &n);
	part = hang_left(c);
	return part != 0 ? unit_scale(glyph_width(s, c), part, 1000) : 0;
}

/* T-72: a quotation mark at an indent does not hang into it; where there is none, it does (pull quotes). */
static bool quotes_at_indent(const struct par *p)
{
	size_t n;
	uint32_t c = p->len > 0 ? utf8_decode(p->text, p->len, &n) : 0;

	return p->style->indent > 0 && (c == 0xab || c == 0x201e || c == 0x201c || c == 0x2018 || c == 0x300c || c == 0x300a);
}

struct candidates {
	struct cand *v;
	size_t n, cap;
};

/* The glyph of a letter that is one glyph, and the last one of the word's first n bytes, and its face; NULL: there is none such. Of a word
 * that may be cut there. */
static const struct shaped_glyph *last_glyph(const struct shaped_word *w, uint32_t n, uint32_t letter, const struct face **face)
{
	const struct shaped_glyph *last = NULL, *before = NULL;

	for (uint32_t i = 0; i < w->n_parts; i++) {
		const struct shaped_part *p = &w->parts[i];

		for (uint32_t k = 0; k < p->n && p->glyphs[k].cluster < n; k++) {
			before = last;
			last = &p->glyphs[k];
			*face = p->face;
		}
	}
	return last != NULL && last->cluster == n - letter && (before == NULL || before->cluster != n - letter) ? last : NULL;
}

/* A letter with a hyphen behind it, be that of another face: a glyph each. */
static bool is_pair(const struct shaped_word *w, const struct face *face, uint32_t gid)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < w->n_parts; i++)
		n += w->parts[i].n;
	return n == 2 && w->parts->n > 0 && w->parts->face == face && w->parts->glyphs[0].gid == gid;
}

/* What the end of a word's first n bytes adds to their width, hyphen or nothing, where cutting leaves the glyphs as they are: of a
 * letter and the hyphen alone, since few pairs of those differ. False: the whole must be shaped. */
static bool end_of_head(struct piece_builder *b, const struct piece *pc, const struct shape_key *key, uint32_t n, bool sign, sp *width)
{
	const struct span *s = &b->p->spans[pc->span];
	const char *text = b->p->text + pc->from;
	const struct shaped_glyph *g;
	const struct shaped_word *pair;
	const struct face *face = NULL;
	char letter[8];
	size_t size;

	if (!shape_may_cut(pc->word, n))
		return false;
	*width = 0;
	if (!sign)
		return true;
	utf8_decode_before(text, n, &size);
	g = size < n ? last_glyph(pc->word, n, (uint32_t)size, &face) : NULL;
	if (g == NULL)
		return false;
	memcpy(letter, text + n - size, size);
	letter[size] = '-';
	pair = shape_word(b->l->shaper, key, letter, size + 1, b->l->log);
	if (!is_pair(pair, face, g->gid))
		return false;
	*width = par_word_width(s, pair) - shape_scale(face, g->advance, s->size);
	*width -= pair->cursive ? 0 : s->tracking;
	return true;
}

/* The word of a piece cut at byte `at` (inside it): what cutting changes in width, on both sides. */
static void cut_word(struct piece_builder *b, const struct piece *pc, uint32_t at, bool sign, struct cand *c)
{
	const struct span *s = &b->p->spans[pc->span];
	struct shape_key key = par_shape_key(b->p, pc, pc->from, at, false, true);
	char small[96], *head = small;
	uint32_t n = at - pc->from;
	sp before = width_before(pc->word, s, n);
	const struct shaped_word *w;

	c->x_end = c->x_next = pc->x + before;
	if (end_of_head(b, pc, &key, n, sign, &c->d_end))
		return;
	if (n + 2 > sizeof small)
		head = mem_alloc(n + 2);
	memcpy(head, b->p->text + pc->from, n);
	if (sign)
		head[n] = '-';
	w = shape_word(b->l->shaper, &key, head, n + (sign ? 1 : 0), b->l->log);
	c->d_end = par_word_width(s, w) - before;
	if (head != small)
		mem_free(head);
	if (!shape_may_cut(pc->word, n)) {
		key = par_shape_key(b->p, pc, at, pc->to, true, false);
		w = shape_word(b->l->shaper, &key, b->p->text + at, pc->to - at, b->l->log);
		c->d_start = par_word_width(s, w) - (pc->width - before);
	}
}

enum { LETTERS_COUNTED = 64 };

static uint32_t letters_to_word_end(const struct par *p, uint32_t at)
{
	uint32_t n = 0;

	for (uint32_t i = at, len; i < p->len && n < LETTERS_COUNTED && !pieces_space_at(p->text, i, p->len, &len); i++)
		n += ((unsigned char)p->text[i] & 0xC0) != 0x80;
	return n;
}

/* ---- words that may stand under themselves (T-35) */

enum { STACK_LEAST = 2 }; /* [character] shorter ones are not seen */

static bool is_word_character(uint32_t c)
{
	if (c >= 0x300)
		return (c < 0x2000 || c > 0x206F) && c != 0xFFFC; /* neither signs nor pictures */
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0xC0;
}

static uint32_t mixed(uint32_t hash, uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0x410 && c <= 0x42F))
		c += 0x20;
	return (hash ^ c) * 16777619u;
}

/* A walk through the text: of the word it is in, or just left by something that is no space. */
struct word_walk {
	uint32_t hash, n;
	bool left;
};

static void walk(struct word_walk *w, uint32_t c)
{
	bool inked = is_word_character(c);

	if ((inked && w->left) || c == ' ') {
		w->hash = 2166136261u;
		w->n = 0;
	}
	if (inked) {
		w->hash = mixed(w->hash, c);
		w->n++;
	}
	w->left = !inked;
}

static uint32_t walked(const struct word_walk *w)
{
	return w->n >= STACK_LEAST ? w->hash | 1 : 0;
}

/* The words, or their parts, that end where lines end and begin where they begin: a number for each, 0 for none. */
static void hash_words(const struct par *p, struct cand *v, size_t n)
{
	struct word_walk w = { .left = true };
	uint32_t at = 0;
	size_t size;

	for (size_t i = 1; i + 1 < n; i++) {
		for (; at < v[i].end; at += (uint32_t)size)
			walk(&w, utf8_decode(p->text + at, p->len - at, &size));
		v[i].word_end = walked(&w);
	}
	w = (struct word_walk){ .left = true };
	at = p->len;
	for (size_t i = n - 1; i-- > 1;) {
		for (; at > v[i].next; at -= (uint32_t)size)
			walk(&w, utf8_decode_before(p->text, at, &size));
		v[i].word_next = walked(&w);
	}
}

struct seen_word { uint32_t hash, number; };

static struct seen_word *find_word(struct seen_word *v, size_t cap, uint32_t hash)
{
	size_t i = hash * 0x9E3779B1u & (cap - 1);

	while (v[i].hash != 0 && v[i].hash != hash)
		i = (i + 1) & (cap - 1);
	return &v[i];
}

/* Words that stand there more than once in the paragraph get small numbers, the others none: they meet none of their kind. */
static void number_words(struct cand *cands, size_t n, bool at_ends)
{
	size_t cap = 16;
	struct seen_word *v, *s;
	uint32_t numbers = 0;

	while (cap < 2 * n)
		cap *= 2;
	v = mem_zalloc(cap, sizeof *v);
	for (size_t i = 0; i < n; i++) {
		uint32_t hash = at_ends ? cands[i].word_end : cands[i].word_next;

		s = find_word(v, cap, hash);
		if (hash != 0 && s->hash != 0 && s->number == 0)
			s->number = ++numbers;
		s->hash = hash;
	}
	for (size_t i = 0; i < n; i++) {
		uint32_t *word = at_ends ? &cands[i].word_end : &cands[i].word_next;

		*word = find_word(v, cap, *word)->number;
	}
	mem_free(v);
}

/* What vanishes at a line's end. */
static bool is_blank(const struct piece *pc)
{
	return pc->kind == PIECE_SPACE || pc->kind == PIECE_GAP || pc->kind == PIECE_BLANK;
}

enum { LONG_ROW = 32 }; /* [character] blanks: so many vanish at any line's end, and may be all that a line has */

/* Is there such a row between two pieces? */
static bool is_long_row(const struct piece_builder *b, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		n += b->v[i].kind == PIECE_BLANK ? (b->v[i].to - b->v[i].from) / 3 : b->v[i].kind == PIECE_SPACE;
	return n > LONG_ROW;
}

/* The first of the blanks that stand before piece i, on a line that begins at `before` at the latest. */
static size_t blanks_before(const struct piece_builder *b, size_t i, const struct cand *before)
{
	while (i > before->next_piece && is_blank(&b->v[i - 1]))
		i--;
	return i;
}

/* The line that would end before piece i ends before piece e: what is between them vanishes. */
static void end_before_blanks(const struct piece_builder *b, size_t i, size_t e, struct cand *c)
{
	for (; i > e; i--) {
		c->x_end = b->v[i - 1].x;
		c->end = b->v[i - 1].from;
		if (b->v[i - 1].kind == PIECE_SPACE && !b->p->spans[b->v[i - 1].span].code)
			c->space_end -= b->v[i - 1].width;
	}
	c->end_piece = (uint32_t)e;
}

/* One break point: which piece it falls into, how wide everything before it is. first: a piece at or before it; before: the candidate
 * before it. */
static bool make_candidate(struct piece_builder *b, const struct break_point *bp, size_t *first, sp *spaces, size_t *spaced,
                           const struct cand *before, struct cand *c)
{
	const struct par *p = b->p;
	size_t i = *first, e;

	/* the piece that the next line begins in: the first one that reaches beyond `at` */
	while (i < b->n && (b->v[i].to < bp->at || (b->v[i].to == bp->at)))
		i++;
	*first = i;
	for (; *spaced < i; (*spaced)++) {
		if (b->v[*spaced].kind == PIECE_SPACE && !p->spans[b->v[*spaced].span].code)
			*spaces += b->v[*spaced].width;
	}
	if (i >= b->n)
		return false;
	memset(c, 0, sizeof *c);
	c->kind = bp->kind;
	c->hard = bp->hard;
	c->price = bp->price;
	c->next = bp->at;
	c->next_piece = (uint32_t)i;
	c->space_next = *spaces;
	if (b->v[i].from < bp->at) { /* inside a word */
		if (b->v[i].kind != PIECE_WORD)
			return false;
		cut_word(b, &b->v[i], bp->at, bp->kind == BREAK_HYPHEN, c);
		c->end = bp->at;
		c->end_piece = (uint32_t)i;
		c->space_end = *spaces;
	} else {
		c->x_next = b->v[i].x;
		c->x_end = c->x_next;
		c->space_end = *spaces;
		c->end = bp->at;
		/* spaces before the break vanish; few of them only at a soft end */
		e = blanks_before(b, i, before);
		if (bp->kind == BREAK_FORCED && !is_long_row(b, e, i))
			e = i;
		if (e == before->next_piece && bp->kind != BREAK_FORCED && !is_long_row(b, e, i))
			return false; /* nothing would stand on the line */
		end_before_blanks(b, i, e, c);
		if (bp->kind == BREAK_HYPHEN && e > 0) { /* at a span's edge: the sign in the font before it */
			c->d_end = glyph_width(&p->spans[b->v[e - 1].span], '-');
		}
	}
	if (bp->kind == BREAK_HYPHEN || bp->kind == BREAK_OWN_HYPHEN)
		c->letters_after = letters_to_word_end(p, bp->at);
	{
		size_t at_end = c->end_piece < b->n && b->v[c->end_piece].from < c->end ? c->end_piece
		                : c->end_piece > 0                                      ? c->end_piece - 1
		                                                                        : 0;
		const struct span *s = &p->spans[b->v[at_end].span];

		if (bp->kind == BREAK_HYPHEN)
			c->hang_end = p->style->protrude ? unit_scale(glyph_width(s, '-'), hang_right('-'), 1000) : 0;
		else if (b->v[at_end].kind == PIECE_WORD)
			c->hang_end = hang_before(p, &b->v[at_end], c->end);
		c->hang_next = hang_after(p, &b->v[i], c->next);
	}
	return true;
}

/* Into the layout's list: all places where a line may end. */
static void find_breaks(struct piece_builder *b, const struct par_source *src)
{
	struct par *p = b->p;
	struct lang_run *runs = mem_zalloc(p->n_spans + 1, sizeof *runs);
	size_t n_runs = 0;
	struct break_rules rules = { .hyphenate = p->style->hyphenate, .strict = p->style->strict_binds,
		                     .unbroken = src->unbroken };

	for (size_t i = 0; i < p->n_spans; i++) {
		const struct span *s = &p->spans[i];

		if (s->from == s->to)
			continue;
		if (n_runs > 0 && runs[n_runs - 1].lang == s->lang && runs[n_runs - 1].code == s->code)
			runs[n_runs - 1].to = s->to;
		else
			runs[n_runs++] = (struct lang_run){ s->from, s->to, s->lang, s->code };
	}
	b->l->breaks.n = 0;
	if (p->len > 0)
		lang_breaks(p->text, p->len, runs, n_runs, &rules, &b->l->breaks);
	mem_free(runs);
}

/* Code keeps the blanks that begin a line, also where the author broke it; U+200B and the like cost nothing. */
static void build_candidates(struct piece_builder *b)
{
	struct par *p = b->p;
	struct par_shelf *shelf = &b->l->shelf;
	struct candidates out = { shelf->cands, 0, shelf->cap_cands };
	size_t first = 0, spaced = 0, blanks;
	sp spaces = 0;

	VEC_ROOM(out.v, out.n, out.cap, 1);
	out.v[out.n++] = (struct cand){ .kind = BREAK_SPACE,
		                        .hang_next = p->n_pieces > 0 && !quotes_at_indent(p) ? hang_after(p, &b->v[0], 0) : 0 };
	for (size_t i = 0; i < b->l->breaks.n; i++) {
		struct cand c;

		if (!make_candidate(b, &b->l->breaks.v[i], &first, &spaces, &spaced, &out.v[out.n - 1], &c))
			continue;
		if (c.kind == BREAK_FORCED)
			p->has_forced = true;
		VEC_ROOM(out.v, out.n, out.cap, 1);
		out.v[out.n++] = c;
	}
	for (; spaced < b->n; spaced++) {
		if (b->v[spaced].kind == PIECE_SPACE && !p->spans[b->v[spaced].span].code)
			spaces += b->v[spaced].width;
	}
	VEC_ROOM(out.v, out.n, out.cap, 1);
	out.v[out.n] = (struct cand){ .end = p->len, .next = p->len, .end_piece = (uint32_t)b->n, .next_piece = (uint32_t)b->n,
		                      .x_end = b->x, .x_next = b->x, .space_end = spaces, .space_next = spaces,
		                      .kind = BREAK_FORCED,
		                      .hang_end = b->n > 0 && b->v[b->n - 1].kind == PIECE_WORD
		                                          ? hang_before(p, &b->v[b->n - 1], p->len) : 0 };
	blanks = blanks_before(b, b->n, &out.v[out.n - 1]);
	if (is_long_row(b, blanks, b->n))
		end_before_blanks(b, b->n, blanks, &out.v[out.n]);
	p->n_cands = ++out.n;
	hash_words(p, out.v, out.n);
	number_words(out.v, out.n, true);
	number_words(out.v, out.n, false);
	shelf->cands = out.v;
	shelf->cap_cands = out.cap;
}

/* Arabic and the like */
static void find_joined(struct piece_builder *b)
{
	struct layout *l = b->l;
	struct par *p = b->p;
	size_t words = 0, joined = 0;

	for (size_t i = 0; i < b->n; i++) {
		words += b->v[i].kind == PIECE_WORD;
		joined += b->v[i].kind == PIECE_WORD && b->v[i].word->cursive;
	}
	p->joined = joined * 2 > words;
	if (p->joined && p->style->expansion > 0) {
		struct par_style *own = ARENA_NEW(&l->paras, struct par_style);

		*own = *p->style;
		own->expansion = 0;
		p->style = own;
	}
}

/* Sums of what gaps give. Squares are neither widened nor hung (T-57). */
static void find_gives(struct piece_builder *b)
{
	struct par *p = b->p;
	struct par_style *own = ARENA_NEW(&b->l->paras, struct par_style);

	p->has_gives = true;
	*own = *p->style;
	own->expansion = 0;
	own->protrude = false;
	p->style = own;
}

/* Levels of embedding, where any text runs the other way. */
static void find_levels(struct piece_builder *b)
{
	const struct flat *f = b->f;
	struct par *p = b->p;
	uint8_t *levels, *objects;

	p->rtl = f->rtl;
	if (!p->rtl && f->n_events == f->n_marks && !lang_bidi_needed(p->text, p->len))
		return;
	levels = arena_array(&b->l->paras, (size_t)p->len + 1, 1);
	objects = arena_array(&b->l->paras, f->n_marks + 1, 1);
	lang_bidi_levels(langs_lookup(b->l->langs, b->l->doc->lang, b->l->log), p->text, p->len, p->rtl, f->events,
	                 f->n_events, levels, objects);
	b->levels = levels;
	b->objects = objects;
}

static void *keep(struct arena *a, const void *v, size_t n, size_t size)
{
	void *p = arena_array(a, n, size);

	if (n != 0)
		memcpy(p, v, n * size);
	return p;
}

/* The document's own text where that says the same: most paragraphs are one text and no more. */
static const char *keep_text(struct arena *a, const struct flat *f)
{
	const struct node *n = f->n_spans == 1 ? f->spans[0].node : NULL;

	if (n != NULL && n->kind == N_TEXT && n->u.text.len == f->text.len && memcmp(n->u.text.s, f->text.data, f->text.len) == 0)
		return n->u.text.s;
	return arena_dup(a, f->text.data, f->text.len);
}

enum { LONG_TEXT = 100000 }; /* [byte] */

/* Pieces and candidates go to the shelf from the room they grew in. What a very long paragraph took is not kept for the next one, and
 * given back as soon as may be: this is when there is the most. */
static void shelve(struct layout *l, struct par *p, struct piece *pieces, size_t cap)
{
	bool is_long = p->len > LONG_TEXT;

	l->shelf.pieces = pieces;
	l->shelf.cap_pieces = cap;
	if (is_long)
		break_list_free(&l->breaks);
	par_shelve_pieces(p, pieces);
	if (is_long) {
		mem_free(pieces);
		l->shelf.pieces = NULL;
		l->shelf.cap_pieces = 0;
	}
	par_shelve_cands(p, l->shelf.cands);
	if (is_long) {
		mem_free(l->shelf.cands);
		l->shelf.cands = NULL;
		l->shelf.cap_cands = 0;
	}
}

struct par *par_make(struct layout *l, const struct par_source *src)
{
	struct par *p = ARENA_NEW(&l->paras, struct par);
	struct piece_builder b = { .l = l, .p = p, .v = l->shelf.pieces, .cap = l->shelf.cap_pieces };
	struct flat f;
	struct face *face = fonts_face(l->fonts, src->style->family, src->style->bold, src->style->italic, l->log);

	if (face == NULL)
		l->failed = true;
	flat_init(&f);
	flat_fill(l, src, &f);
	p->style = src->style;
	p->node = src->node;
	p->shelf = &l->shelf;
	l->shelf.shaper = l->shaper;
	if (l->failed)
		f.text.len = f.n_spans = f.n_insertions = f.n_calls = f.n_anchors = f.n_events = 0;
	p->text = keep_text(&l->paras, &f);
	p->len = (uint32_t)f.text.len;
	p->spans = keep(&l->paras, f.spans, f.n_spans, sizeof *f.spans);
	p->n_spans = f.n_spans;
	p->calls = keep(&l->paras, f.calls, f.n_calls, sizeof *f.calls);
	p->n_calls = f.n_calls;
	p->call_notes = arena_array(&l->paras, f.n_calls, sizeof *p->call_notes);
	for (size_t i = 0; i < f.n_calls; i++)
		p->call_notes[i] = f.calls[i].note;
	p->anchors = keep(&l->paras, f.anchors, f.n_anchors, sizeof *f.anchors);
	p->n_anchors = f.n_anchors;
	p->space = face != NULL ? shape_scale(face, face->space_advance, src->style->size) : 0;
	b.f = &f;
	find_breaks(&b, src);
	find_levels(&b);
	b.squares.on = squares_wanted(p->spans, p->n_spans);
	pieces_build(&b);
	p->n_pieces = b.n;
	find_joined(&b);
	if (b.squares.on)
		find_gives(&b);
	build_candidates(&b);
	flat_free(&f);
	shelve(l, p, b.v, b.cap);
	return p;
}

/* Index of the first call behind a byte. */
static size_t first_call_after(const struct par *p, uint32_t at)
{
	size_t lo = 0, hi = p->n_calls;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (p->calls[mid].at > at)
			hi = mid;
		else
			lo = mid + 1;
	}
	return lo;
}

/* A call stands behind its word, so one at a line's very end belongs to that line. */
int par_notes(const struct par *p, uint32_t from, uint32_t to, const struct node ***notes)
{
	size_t first, end;

	par_open(p);
	first = from == 0 ? 0 : first_call_after(p, p->cands[from].next);
	end = first_call_after(p, p->cands[to].next);
	*notes = p->call_notes + first;
	return end > first ? (int)(end - first) : 0;
}

sp par_word_width(const struct span *s, const struct shaped_word *w)
{
	sp width = shape_width(w, s->size);

	for (uint32_t i = 0; i < w->n_parts && s->tracking != 0 && !w->cursive; i++)
		width += s->tracking * (sp)w->parts[i].n;
	return width;
}

sp par_width(const struct par *p)
{
	par_open(p);
	return p->cands[p->n_cands - 1].x_end;
}

/* Has it a word that is wider, wherever it may be divided? */
static bool is_wider(const struct par *p, sp measure)
{
	par_open(p);
	for (size_t i = 1; i < p->n_cands; i++) {
		const struct cand *a = &p->cands[i - 1], *b = &p->cands[i];

		if (b->x_end - a->x_next + a->d_start + b->d_end > measure)
			return true;
	}
	return false;
}

struct par *par_new_within(struct layout *l, const struct par_source *src, sp measure)
{
	enum { MOST_GAP = 900, EMS = 32 }; /* without a place to break no more characters follow one another, and few are wider than 1 em */
	struct par *p = par_new(l, src);
	sp size = src->style->size;
	struct par_source cut = *src;
	struct par_style *divided;

	if (src->unbroken != 0 || measure >= EMS * size || !is_wider(p, measure))
		return p;
	if (!src->style->hyphenate) { /* rather divided as words are, where it cannot be otherwise */
		divided = ARENA_NEW(&l->arena, struct par_style);
		*divided = *src->style;
		divided->hyphenate = true;
		divided->hyphenate_gap = MOST_GAP;
		cut.style = divided;
		p = par_new(l, &cut);
		if (!is_wider(p, measure))
			return p;
	}
	cut.unbroken = measure / size > 2 ? (int)(measure / size) : 2;
	return par_new(l, &cut);
}

sp par_least_width(const struct par *p)
{
	const struct cand *a;
	sp most = 0;

	par_open(p);
	a = p->cands;
	for (size_t i = 1; i < p->n_cands; i++) {
		const struct cand *c = &p->cands[i];
		sp w = c->x_end - a->x_next + a->d_start + c->d_end;

		if (c->hard && c->kind == BREAK_SPACE)
			continue;
		if (w > most)
			most = w;
		a = c;
	}
	return most;
}
