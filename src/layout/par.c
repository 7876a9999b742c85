#include "layout/par.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "layout/flatten.h"
#include "layout/hang.h"
#include "layout/squares.h"

/* ---- pieces -------------------------------------------------------------------------------- */

struct builder {
	struct layout *l;
	struct par *p;
	const struct flat *f;
	struct piece *v;
	size_t n, cap;
	size_t next_break; /* in the layout's list: first one behind the pieces so far */
	sp x;
	const uint8_t *levels;  /* [byte] of the text; NULL: all 0 */
	const uint8_t *objects; /* of the insertions */
	struct squares squares;
	const char *own_features; /* of the word that is being added, instead of its span's */
};

enum {
	LONGEST_PIECE = 96, /* [byte] a longer word is cut where its line may end: each such place is shaped from its
	                     * piece's start, and texts without spaces are words of any length */
	LETTERS_COUNTED = 64
};

static void report_missing(struct layout *l, uint32_t c, const struct node *node)
{
	struct pos pos = node != NULL ? node->pos : DIAG_NOWHERE;
	char ch[5] = { 0 }, name[128];

	for (int i = 0; i < l->n_reported; i++) {
		if (l->reported[i] == c)
			return;
	}
	if (l->n_reported < (int)(sizeof l->reported / sizeof *l->reported))
		l->reported[l->n_reported++] = c;
	else
		return;
	utf8_encode(c, ch);
	file_find(ch, &pos);
	lang_character_name(c, name);
	if (l->allow_missing_glyphs) {
		diag_warn(l->log, "glyph-missing", pos, "no face has U+%04X %s; its number is set in its place", c, name);
	} else {
		const char *absent = fonts_absent_packages(l->fonts);

		diag_fail(l->log, "glyph-missing", pos, "no face has the character %s, U+%04X %s", ch, c, name);
		diag_hint(l->log, "%s%s%sadd a face that has it to fonts.xml, or pass --allow-missing-glyphs",
		          absent != NULL ? "install what fonts.xml names and is missing (" : "", absent != NULL ? absent : "",
		          absent != NULL ? "), " : "");
	}
}

/* Letters of the scripts that join; vowel signs do not count. */
static bool is_joining(uint32_t c)
{
	return (c >= 0x620 && c <= 0x64A) || c == 0x66E || c == 0x66F || (c >= 0x671 && c <= 0x6D3) || c == 0x6D5 ||
	       (c >= 0x6EE && c <= 0x6EF) || (c >= 0x6FA && c <= 0x72F) || (c >= 0x74D && c <= 0x77F) || (c >= 0x7CA && c <= 0x7EA) ||
	       (c >= 0x8A0 && c <= 0x8C7);
}

static bool is_vowel_sign(uint32_t c)
{
	return (c >= 0x64B && c <= 0x65F) || c == 0x670 || (c >= 0x6D6 && c <= 0x6ED);
}

/* The letter that ends before a byte, or 0: none that joins. */
static uint32_t joining_before(const struct par *p, uint32_t at)
{
	enum { SIGNS_MOST = 4 };

	for (int i = 0; at > 0 && i < SIGNS_MOST; i++) {
		size_t n;
		uint32_t c = utf8_decode_before(p->text, at, &n);

		if (!is_vowel_sign(c))
			return is_joining(c) ? c : 0;
		at -= (uint32_t)n;
	}
	return 0;
}

static uint32_t joining_after(const struct par *p, uint32_t at)
{
	size_t n;
	uint32_t c = at < p->len ? utf8_decode(p->text + at, p->len - at, &n) : 0;

	return is_joining(c) ? c : 0;
}

struct shape_key par_shape_key(const struct par *p, const struct piece *pc, uint32_t from, uint32_t to, bool cut_from, bool cut_to)
{
	const struct span *s = &p->spans[pc->span];
	struct shape_key key = { .face = s->face, .lang = lang_tag(s->lang), .features = s->features, .rtl = pc->level & 1 };

	if (key.rtl && from < to && pc->kind == PIECE_WORD) {
		key.before = cut_from ? 0 : joining_before(p, from);
		key.after = cut_to ? 0 : joining_after(p, to);
	}
	return key;
}

static struct piece *add_piece(struct builder *b, enum piece_kind kind, uint32_t span, uint32_t from, uint32_t to)
{
	struct piece *pc;

	VEC_ROOM(b->v, b->n, b->cap, 1);
	pc = &b->v[b->n++];
	*pc = (struct piece){ .kind = kind, .span = span, .from = from, .to = to, .x = b->x };
	if (b->levels != NULL && from < to)
		pc->level = b->levels[from];
	return pc;
}

static void set_word(struct builder *b, struct piece *pc, const struct shaped_word *w)
{
	pc->word = w;
	pc->width = shape_width(w, b->f->spans[pc->span].size);
	b->x += pc->width;
}

static void add_word(struct builder *b, enum piece_kind kind, uint32_t span, uint32_t from, uint32_t to,
                     const char *text, size_t len)
{
	const struct span *s = &b->f->spans[span];
	struct piece *pc = add_piece(b, kind, span, from, to);
	struct shape_key key = par_shape_key(b->p, pc, from, to, false, false);
	const struct shaped_word *w;

	if (b->own_features != NULL)
		key.features = b->own_features;
	if (kind == PIECE_MARK || kind == PIECE_CODE)
		key.rtl = lang_bidi_needed(text, len);
	w = shape_word(b->l->shaper, &key, text, len, b->l->log);

	if (w->missing != 0)
		report_missing(b->l, w->missing, s->node);
	set_word(b, pc, w);
}

/* Characters that no face has, as "U+XXXX" in their place: only with --allow-missing-glyphs, so that
 * nothing silently vanishes from paper. */
static void show_missing(struct builder *b, uint32_t span, uint32_t from, uint32_t to)
{
	const struct span *s = &b->f->spans[span];
	struct shape_key key = { .face = s->face, .lang = lang_tag(s->lang), .features = s->features };

	for (uint32_t i = from; i < to;) {
		size_t step;
		uint32_t c = utf8_decode(b->p->text + i, to - i, &step);
		const struct shaped_word *w = shape_word(b->l->shaper, &key, b->p->text + i, step, b->l->log);

		if (w->missing == 0) {
			add_word(b, PIECE_WORD, span, i, i + (uint32_t)step, b->p->text + i, step);
		} else {
			char code[16];

			report_missing(b->l, c, s->node);
			snprintf(code, sizeof code, "[U+%04X]", (unsigned)c);
			add_word(b, PIECE_CODE, span, i, i + (uint32_t)step, code, strlen(code));
		}
		i += (uint32_t)step;
	}
}

/* ---- pieces of Chinese (squares.h) */

/* The space that waits stands between Latin words, or at an edge: it is one as in any text. */
static void flush_space(struct builder *b)
{
	struct squares *q = &b->squares;
	struct piece *pc;

	if (!q->spaced)
		return;
	q->spaced = false;
	add_word(b, PIECE_SPACE, q->space_span, q->space_from, q->space_to, " ", 1);
	pc = &b->v[b->n - 1];
	if (!b->f->spans[q->space_span].code) {
		pc->stretch = (int32_t)unit_scale(pc->width, LINE_STRETCH, 1000);
		pc->shrink = (int32_t)unit_scale(pc->width, 1000 - LINE_LEAST_GAP, 1000);
	}
}

static void wait_space(struct builder *b, uint32_t span, uint32_t from, uint32_t to)
{
	struct squares *q = &b->squares;

	flush_space(b);
	q->spaced = true;
	q->space_span = span;
	q->space_from = from;
	q->space_to = to;
	if (b->f->spans[span].code) {
		flush_space(b);
		q->left = HAN_EDGE;
	}
}

static void end_squares(struct builder *b)
{
	flush_space(b);
	b->squares.left = HAN_EDGE;
}

/* What parts the piece that comes from the one before. A space of the text becomes the gap (T-55). */
static void add_gap(struct builder *b, uint32_t span, uint32_t at, enum han_class k, sp blank)
{
	struct squares *q = &b->squares;
	struct piece gap = { 0 }, *pc;
	bool parted = squares_gap(q, k, blank, b->p->style->size, &gap);

	if (q->left == HAN_EDGE || (!parted && (k == HAN_WORD || k == HAN_SIGN))) {
		flush_space(b);
		return;
	}
	if (q->spaced) {
		q->spaced = false;
		add_word(b, PIECE_SPACE, q->space_span, q->space_from, q->space_to, " ", 1);
		pc = &b->v[b->n - 1];
		b->x += gap.width - pc->width;
	} else if (parted) {
		pc = add_piece(b, PIECE_GAP, span, at, at);
		b->x += gap.width;
	} else {
		return;
	}
	pc->width = gap.width;
	pc->stretch = gap.stretch;
	pc->shrink = gap.shrink;
}

/* How wide the blank half of a mark is: what the face's half squares save. features: with them. */
static sp blank_of(struct builder *b, const struct span *s, enum han_class k, const char *text, size_t len, const char *features)
{
	struct shape_key key = { .face = s->face, .lang = lang_tag(s->lang), .features = s->features };
	sp full = shape_width(shape_word(b->l->shaper, &key, text, len, b->l->log), s->size), half;

	key.features = features;
	half = shape_width(shape_word(b->l->shaper, &key, text, len, b->l->log), s->size);
	if (k == HAN_DOT) /* some faces have it narrow from the first */
		return full - half > 0 || full >= s->size / 2 ? 0 : (s->size / 2 - full) / 2;
	return full - half;
}

/* The features of a span with half squares for its marks. */
static const char *half_features(struct builder *b, const struct span *s)
{
	struct squares *q = &b->squares;

	if (q->half == NULL || q->features != s->features) {
		q->features = s->features;
		q->half = s->features != NULL ? arena_printf(&b->l->arena, "%s,halt=1", s->features) : "halt=1";
	}
	return q->half;
}

static void add_square(struct builder *b, uint32_t span, uint32_t from, uint32_t to)
{
	const struct span *s = &b->f->spans[span];
	const char *text = b->p->text + from;
	size_t n;
	uint32_t last = utf8_decode_before(b->p->text, to, &n);
	enum han_class k = squares_class(s, utf8_decode(text, to - from, &n));
	bool cut = squares_is_cut(k);
	sp blank = cut ? blank_of(b, s, k, text, to - from, half_features(b, s)) : 0;

	add_gap(b, span, from, k, blank);
	b->own_features = cut ? b->squares.half : NULL;
	add_word(b, PIECE_WORD, span, from, to, text, to - from);
	b->own_features = NULL;
	b->squares.left = k == HAN_WORD || k == HAN_SIGN ? squares_class(s, last) : k;
	b->squares.left_blank = blank;
}

/* A note's mark or a picture is about to come, or has: it takes the blank behind a stop. */
static void join_mark(struct builder *b, uint32_t span, uint32_t at, bool placed)
{
	struct squares *q = &b->squares;
	sp em = b->p->style->size, left;

	if (!q->on)
		return;
	if (!placed) {
		add_gap(b, span, at, HAN_MARK, 0);
		return;
	}
	left = q->left == HAN_CLOSE ? q->left_blank - b->v[b->n - 1].width : 0;
	q->owed = left > em / 12 ? left : em / 12;
	q->left = HAN_MARK;
}

static bool is_space_at(const char *s, uint32_t i, uint32_t end, uint32_t *len)
{
	if (s[i] == ' ' || s[i] == '\t') {
		*len = 1;
		return true;
	}
	if (i + 1 < end && (unsigned char)s[i] == 0xC2 && (unsigned char)s[i + 1] == 0xA0) {
		*len = 2;
		return true;
	}
	return false;
}

/* Newline in verbatim, U+2028, U+2029: no glyph. */
static bool is_newline_at(const char *s, uint32_t i, uint32_t end, uint32_t *len)
{
	if (s[i] == '\n') {
		*len = 1;
		return true;
	}
	if (i + 2 < end && (unsigned char)s[i] == 0xE2 && (unsigned char)s[i + 1] == 0x80 &&
	    ((unsigned char)s[i + 2] == 0xA8 || (unsigned char)s[i + 2] == 0xA9)) {
		*len = 3;
		return true;
	}
	return false;
}

static uint32_t piece_end(struct builder *b, uint32_t from, uint32_t to)
{
	const struct break_list *br = &b->l->breaks;
	uint32_t end = to;

	if (to - from <= LONGEST_PIECE)
		return to;
	while (b->next_break < br->n && br->v[b->next_break].at <= from)
		b->next_break++;
	for (size_t i = b->next_break; i < br->n && br->v[i].at < to; i++) {
		bool far = br->v[i].at - from > LONGEST_PIECE;

		if (!far || end == to)
			end = br->v[i].at;
		if (far)
			break;
	}
	return end;
}

static void cut_slice(struct builder *b, uint32_t span, uint32_t from, uint32_t to)
{
	const char *s = b->p->text;
	uint32_t word = from, i = from, len = 0;

	while (i <= to) {
		bool space = i < to && is_space_at(s, i, to, &len), newline = i < to && is_newline_at(s, i, to, &len);
		bool turn = i > word && i < to && b->levels != NULL && b->levels[i] != b->levels[i - 1];

		if (!space && !newline && !turn && i < to) {
			i++;
			continue;
		}
		while (word < i && b->squares.on) {
			bool han = lang_is_han(b->f->spans[span].lang) && !b->f->spans[span].code;
			uint32_t end = han ? han_unit(s, word, i) : i;

			end = piece_end(b, word, end);
			add_square(b, span, word, end);
			word = end;
		}
		while (word < i) {
			const struct span *sp_ = &b->f->spans[span];
			struct shape_key key = { .face = sp_->face, .lang = lang_tag(sp_->lang), .features = sp_->features };
			uint32_t end = piece_end(b, word, i);

			if (b->l->allow_missing_glyphs && shape_word(b->l->shaper, &key, s + word, end - word, b->l->log)->missing != 0)
				show_missing(b, span, word, end);
			else
				add_word(b, PIECE_WORD, span, word, end, s + word, end - word);
			word = end;
		}
		if (i == to)
			break;
		if (!space && !newline)
			continue;
		if (space && b->squares.on)
			wait_space(b, span, i, i + len);
		else if (space)
			add_word(b, PIECE_SPACE, span, i, i + len, " ", 1);
		if (newline && b->squares.on)
			end_squares(b);
		i += len;
		word = i;
	}
}

static void build_pieces(struct builder *b)
{
	const struct flat *f = b->f;
	size_t ins = 0;

	for (uint32_t k = 0; k < f->n_spans; k++) {
		const struct span *s = &f->spans[k];

		if (s->from < s->to) {
			cut_slice(b, k, s->from, s->to);
			continue;
		}
		if (ins < f->n_insertions && f->insertions[ins].span == k) {
			const struct insertion *in = &f->insertions[ins++];

			join_mark(b, k, in->at, false);
			if (in->text != NULL) {
				add_word(b, PIECE_MARK, k, in->at, in->at, in->text, strlen(in->text));
			} else {
				struct piece *pc = add_piece(b, PIECE_IMAGE, k, in->at, in->at);

				pc->image_height = in->height;
				pc->width = in->width;
				b->x += pc->width;
			}
			if (b->objects != NULL)
				b->v[b->n - 1].level = b->objects[ins - 1];
			join_mark(b, k, in->at, true);
		}
	}
	end_squares(b);
}

/* ---- candidates ----------------------------------------------------------------------------- */

/* Width of the word piece's glyphs that belong to its first `bytes` bytes. */
static sp width_before(const struct shaped_word *w, sp size, uint32_t bytes)
{
	sp sum = 0;

	for (uint32_t i = 0; i < w->n_parts; i++) {
		const struct shaped_part *p = &w->parts[i];

		for (uint32_t k = 0; k < p->n; k++) {
			if (p->glyphs[k].cluster < bytes)
				sum += shape_scale(p->face, p->glyphs[k].advance, size);
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

	if (!p->style->protrude || end == 0 || s->code || runs_against(p, pc))
		return 0;
	c = utf8_decode_before(p->text, end, &n);
	return unit_scale(glyph_width(s, c), hang_right(c), 1000);
}

static sp hang_after(const struct par *p, const struct piece *pc, uint32_t from)
{
	const struct span *s = &p->spans[pc->span];
	size_t n;
	uint32_t c;

	if (!p->style->protrude || from >= p->len || s->code || runs_against(p, pc))
		return 0;
	c = utf8_decode(p->text + from, p->len - from, &n);
	return unit_scale(glyph_width(s, c), hang_left(c), 1000);
}

struct candidates {
	struct cand *v;
	size_t n, cap;
};

/* The word of a piece cut at byte `at` (inside it): what cutting changes in width, on both sides. */
static void cut_word(struct builder *b, const struct piece *pc, uint32_t at, bool sign, struct cand *c)
{
	const struct span *s = &b->p->spans[pc->span];
	struct shape_key key = par_shape_key(b->p, pc, pc->from, at, false, true);
	char small[96], *head = small;
	uint32_t n = at - pc->from;
	sp before = width_before(pc->word, s->size, n);
	const struct shaped_word *w;

	if (n + 2 > sizeof small)
		head = mem_alloc(n + 2);
	memcpy(head, b->p->text + pc->from, n);
	if (sign)
		head[n] = '-';
	w = shape_word(b->l->shaper, &key, head, n + (sign ? 1 : 0), b->l->log);
	c->d_end = shape_width(w, s->size) - before;
	if (head != small)
		mem_free(head);
	key = par_shape_key(b->p, pc, at, pc->to, true, false);
	w = shape_word(b->l->shaper, &key, b->p->text + at, pc->to - at, b->l->log);
	c->d_start = shape_width(w, s->size) - (pc->width - before);
	c->x_end = c->x_next = pc->x + before;
}

static uint32_t letters_to_word_end(const struct par *p, uint32_t at)
{
	uint32_t n = 0;

	for (uint32_t i = at, len; i < p->len && n < LETTERS_COUNTED && !is_space_at(p->text, i, p->len, &len); i++)
		n += ((unsigned char)p->text[i] & 0xC0) != 0x80;
	return n;
}

/* ---- words that may stand under themselves (T-35) */

enum { STACK_LEAST = 2, STACK_COUNTED = 24 }; /* [character] shorter ones are not seen; enough to tell longer ones apart */

static bool is_word_character(uint32_t c)
{
	return c >= 0x300 ? c < 0x2000 || c > 0x206F : (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0xC0;
}

static uint32_t mixed(uint32_t hash, uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0x410 && c <= 0x42F))
		c += 0x20;
	return (hash ^ c) * 16777619u;
}

/* The word, or its part, that ends before `end`: a number for it, 0 for none. */
static uint32_t word_before(const struct par *p, uint32_t end)
{
	uint32_t hash = 2166136261u, n = 0;
	bool inked = false;

	while (end > 0 && n < STACK_COUNTED) {
		size_t size;
		uint32_t c = utf8_decode_before(p->text, end, &size);

		if (is_word_character(c)) {
			hash = mixed(hash, c);
			inked = true;
			n++;
		} else if (inked || c == ' ') {
			break;
		}
		end -= (uint32_t)size;
	}
	return n >= STACK_LEAST ? hash | 1 : 0;
}

static uint32_t word_after(const struct par *p, uint32_t at)
{
	uint32_t hash = 2166136261u, n = 0;
	bool inked = false;

	while (at < p->len && n < STACK_COUNTED) {
		size_t size;
		uint32_t c = utf8_decode(p->text + at, p->len - at, &size);

		if (is_word_character(c)) {
			hash = mixed(hash, c);
			inked = true;
			n++;
		} else if (inked || c == ' ') {
			break;
		}
		at += (uint32_t)size;
	}
	return n >= STACK_LEAST ? hash | 1 : 0;
}

/* What vanishes at a line's end. */
static bool is_blank(const struct piece *pc)
{
	return pc->kind == PIECE_SPACE || pc->kind == PIECE_GAP;
}

/* One break point: which piece it falls into, how wide everything before it is. first: a piece at or before it. */
static bool make_candidate(struct builder *b, const struct break_point *bp, size_t *first, sp *spaces, size_t *spaced,
                           struct cand *c)
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
		/* spaces before the break vanish; in verbatim only at a soft end */
		for (e = i; e > 0 && is_blank(&b->v[e - 1]) && bp->kind != BREAK_FORCED; e--) {
			c->x_end = b->v[e - 1].x;
			c->end = b->v[e - 1].from;
			if (b->v[e - 1].kind == PIECE_SPACE && !p->spans[b->v[e - 1].span].code)
				c->space_end -= b->v[e - 1].width;
		}
		c->end_piece = (uint32_t)e;
		if (e == 0 && bp->kind != BREAK_FORCED)
			return false; /* nothing would stand on the line */
		if (bp->kind == BREAK_HYPHEN && e > 0) { /* at a span's edge: the sign in the font before it */
			c->d_end = glyph_width(&p->spans[b->v[e - 1].span], '-');
		}
	}
	c->word_end = word_before(p, c->end);
	c->word_next = word_after(p, c->next);
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
static void find_breaks(struct builder *b, const struct par_source *src)
{
	struct par *p = b->p;
	struct lang_run *runs = arena_array(&b->l->arena, p->n_spans + 1, sizeof *runs);
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
}

/* Code keeps the blanks that begin a line, also where the author broke it; U+200B and the like cost nothing. */
static void build_candidates(struct builder *b)
{
	struct par *p = b->p;
	struct candidates out = { 0 };
	size_t first = 0, spaced = 0;
	sp spaces = 0;

	VEC_ROOM(out.v, out.n, out.cap, 1);
	out.v[out.n++] = (struct cand){ .kind = BREAK_SPACE, .hang_next = p->n_pieces > 0 ? hang_after(p, &b->v[0], 0) : 0 };
	for (size_t i = 0; i < b->l->breaks.n; i++) {
		struct cand c;

		if (!make_candidate(b, &b->l->breaks.v[i], &first, &spaces, &spaced, &c))
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
	out.v[out.n++] = (struct cand){ .end = p->len, .next = p->len, .end_piece = (uint32_t)b->n, .next_piece = (uint32_t)b->n,
		                        .x_end = b->x, .x_next = b->x, .space_end = spaces, .space_next = spaces,
		                        .kind = BREAK_FORCED,
		                        .hang_end = b->n > 0 && b->v[b->n - 1].kind == PIECE_WORD
		                                            ? hang_before(p, &b->v[b->n - 1], p->len) : 0 };
	p->cands = arena_array(&b->l->arena, out.n, sizeof *p->cands);
	memcpy(p->cands, out.v, out.n * sizeof *p->cands);
	p->n_cands = out.n;
	mem_free(out.v);
}

/* Arabic and the like */
static void find_joined(struct par *p, struct layout *l)
{
	size_t words = 0, joined = 0;

	for (size_t i = 0; i < p->n_pieces; i++) {
		words += p->pieces[i].kind == PIECE_WORD;
		joined += p->pieces[i].kind == PIECE_WORD && p->pieces[i].word->cursive;
	}
	p->joined = joined * 2 > words;
	if (p->joined && p->style->expansion > 0) {
		struct par_style *own = ARENA_NEW(&l->arena, struct par_style);

		*own = *p->style;
		own->expansion = 0;
		p->style = own;
	}
}

/* Sums of what gaps give. Squares are neither widened nor hung (T-57). */
static void find_gives(struct builder *b)
{
	struct par *p = b->p;
	struct par_style *own = ARENA_NEW(&b->l->arena, struct par_style);
	struct give sum = { 0, 0 };

	p->gives = arena_array(&b->l->arena, b->n + 1, sizeof *p->gives);
	for (size_t i = 0; i < b->n; i++) {
		p->gives[i] = sum;
		sum.stretch += b->v[i].stretch;
		sum.shrink += b->v[i].shrink;
	}
	p->gives[b->n] = sum;
	*own = *p->style;
	own->expansion = 0;
	own->protrude = false;
	p->style = own;
}

/* Levels of embedding, where any text runs the other way. */
static void find_levels(struct builder *b)
{
	const struct flat *f = b->f;
	struct par *p = b->p;
	uint8_t *levels, *objects;

	p->rtl = f->rtl;
	if (!p->rtl && f->n_events == f->n_insertions && !lang_bidi_needed(p->text, p->len))
		return;
	levels = arena_array(&b->l->arena, (size_t)p->len + 1, 1);
	objects = arena_array(&b->l->arena, f->n_insertions + 1, 1);
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

struct par *par_new(struct layout *l, const struct par_source *src)
{
	struct par *p = ARENA_NEW(&l->arena, struct par);
	struct builder b = { .l = l, .p = p };
	struct flat f;
	struct face *face = fonts_face(l->fonts, src->style->family, src->style->bold, src->style->italic, l->log);

	if (face == NULL)
		l->failed = true;
	flat_init(&f);
	flat_fill(l, src, &f);
	p->style = src->style;
	p->node = src->node;
	if (l->failed)
		f.text.len = f.n_spans = f.n_insertions = f.n_calls = f.n_anchors = f.n_events = 0;
	p->text = arena_dup(&l->arena, f.text.data, f.text.len);
	p->len = (uint32_t)f.text.len;
	p->spans = keep(&l->arena, f.spans, f.n_spans, sizeof *f.spans);
	p->n_spans = f.n_spans;
	p->calls = keep(&l->arena, f.calls, f.n_calls, sizeof *f.calls);
	p->n_calls = f.n_calls;
	p->call_notes = arena_array(&l->arena, f.n_calls, sizeof *p->call_notes);
	for (size_t i = 0; i < f.n_calls; i++)
		p->call_notes[i] = f.calls[i].note;
	p->anchors = keep(&l->arena, f.anchors, f.n_anchors, sizeof *f.anchors);
	p->n_anchors = f.n_anchors;
	p->space = face != NULL ? shape_scale(face, face->space_advance, src->style->size) : 0;
	b.f = &f;
	find_breaks(&b, src);
	find_levels(&b);
	b.squares.on = squares_wanted(p->spans, p->n_spans);
	build_pieces(&b);
	p->pieces = keep(&l->arena, b.v, b.n, sizeof *b.v);
	p->n_pieces = b.n;
	find_joined(p, l);
	if (b.squares.on)
		find_gives(&b);
	build_candidates(&b);
	mem_free(b.v);
	flat_free(&f);
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
	size_t first = from == 0 ? 0 : first_call_after(p, p->cands[from].next), end = first_call_after(p, p->cands[to].next);

	*notes = p->call_notes + first;
	return end > first ? (int)(end - first) : 0;
}

sp par_width(const struct par *p)
{
	return p->cands[p->n_cands - 1].x_end;
}

sp par_least_width(const struct par *p)
{
	const struct cand *a = p->cands;
	sp most = 0;

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
