#include "layout/pieces.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"

enum {
	LONGEST_PIECE = 96, /* [byte] a longer word is cut where its line may end: each such place is shaped from its
	                    * piece's start, and texts without spaces are words of any length */
	LONGEST_SHAPED = 16384 /* [byte] a longer word is cut where it may not, for the sake of LONGEST_RUN */
};

static void report_missing(struct layout *l, uint32_t c, const struct node *node)
{
	struct pos pos = node != NULL ? node->pos : DIAG_NOWHERE;
	char ch[5] = { 0 }, name[128];
	const char *gap;

	for (int i = 0; i < l->n_reported; i++) {
		if (l->reported[i] == c)
			return;
	}
	if (l->n_reported < (int)(sizeof l->reported / sizeof *l->reported))
		l->reported[l->n_reported++] = c;
	else
		return;
	utf8_encode(c, ch);
	file_find_character(c, &pos);
	lang_character_name(c, name);
	gap = name[0] != '\0' ? " " : ""; /* not all have one */
	if (l->allow_missing_glyphs) {
		diag_warn(l->log, "glyph-missing", pos, "no face has U+%04X%s%s; its number is set in its place", c, gap, name);
	} else {
		const char *absent = fonts_absent_packages(l->fonts);

		diag_fail(l->log, "glyph-missing", pos, "no face has the character %s, U+%04X%s%s", ch, c, gap, name);
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

static struct piece *add_piece(struct piece_builder *b, enum piece_kind kind, uint32_t span, uint32_t from, uint32_t to)
{
	struct piece *pc;

	VEC_ROOM(b->v, b->n, b->cap, 1);
	pc = &b->v[b->n++];
	*pc = (struct piece){ .kind = kind, .span = span, .from = from, .to = to, .x = b->x };
	if (b->levels != NULL && from < to)
		pc->level = b->levels[from];
	return pc;
}

static void set_word(struct piece_builder *b, struct piece *pc, const struct shaped_word *w)
{
	pc->word = w;
	pc->width = pc->kind == PIECE_SPACE ? shape_width(w, b->f->spans[pc->span].size) : par_word_width(&b->f->spans[pc->span], w);
	b->x += pc->width;
}

static void add_word(struct piece_builder *b, enum piece_kind kind, uint32_t span, uint32_t from, uint32_t to,
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

static bool is_missing(struct piece_builder *b, const struct span *s, uint32_t from, uint32_t to)
{
	struct shape_key key = { .face = s->face, .lang = lang_tag(s->lang), .features = s->features };

	return shape_word(b->l->shaper, &key, b->p->text + from, to - from, b->l->log)->missing != 0;
}

/* Characters that no face has, as "U+XXXX" in their place: only with --allow-missing-glyphs, so that
 * nothing silently vanishes from paper. */
static void show_missing(struct piece_builder *b, uint32_t span, uint32_t from, uint32_t to)
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
static void flush_space(struct piece_builder *b)
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

static void wait_space(struct piece_builder *b, uint32_t span, uint32_t from, uint32_t to)
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

static void end_squares(struct piece_builder *b)
{
	flush_space(b);
	b->squares.left = HAN_EDGE;
}

/* What parts the piece that comes from the one before. A space of the text becomes the gap (T-55). */
static void add_gap(struct piece_builder *b, uint32_t span, uint32_t at, enum han_class k, sp blank)
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
static sp blank_of(struct piece_builder *b, const struct span *s, enum han_class k, const char *text, size_t len, const char *features)
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
static const char *half_features(struct piece_builder *b, const struct span *s)
{
	struct squares *q = &b->squares;

	if (q->half == NULL || q->features != s->features) {
		q->features = s->features;
		q->half = s->features != NULL ? arena_printf(&b->l->paras, "%s,halt=1", s->features) : "halt=1";
	}
	return q->half;
}

static void add_square(struct piece_builder *b, uint32_t span, uint32_t from, uint32_t to)
{
	const struct span *s = &b->f->spans[span];
	const char *text = b->p->text + from;
	size_t n;
	uint32_t last = utf8_decode_before(b->p->text, to, &n);
	enum han_class k = squares_class(s, utf8_decode(text, to - from, &n));
	bool cut = squares_is_cut(k);
	sp blank = cut ? blank_of(b, s, k, text, to - from, half_features(b, s)) : 0;

	add_gap(b, span, from, k, blank);
	if (b->l->allow_missing_glyphs && is_missing(b, s, from, to)) {
		show_missing(b, span, from, to);
	} else {
		b->own_features = cut ? b->squares.half : NULL;
		add_word(b, PIECE_WORD, span, from, to, text, to - from);
		b->own_features = NULL;
	}
	b->squares.left = k == HAN_WORD || k == HAN_SIGN ? squares_class(s, last) : k;
	b->squares.left_blank = blank;
}

/* A note's mark or a picture is about to come, or has: it takes the blank behind a stop. */
static void join_mark(struct piece_builder *b, uint32_t span, uint32_t at, bool placed)
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

bool pieces_space_at(const char *s, uint32_t i, uint32_t end, uint32_t *len)
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

/* Bytes of s[i..end) that are spaces of a width of their own: U+2000 to U+200A, U+202F, U+205F. */
static uint32_t fixed_spaces(const char *s, uint32_t i, uint32_t end)
{
	uint32_t n = 0;

	while (i + n + 2 < end && (unsigned char)s[i + n] == 0xE2) {
		unsigned char a = (unsigned char)s[i + n + 1], b = (unsigned char)s[i + n + 2];

		if (!(a == 0x80 && (b <= 0x8A || b == 0xAF)) && !(a == 0x81 && b == 0x9F))
			break;
		n += 3;
	}
	return n;
}

/* A row of them: alone they are part of a word (T-18, T-24). */
static bool is_row_at(const struct piece_builder *b, uint32_t i, uint32_t end, uint32_t *len)
{
	*len = b->squares.on ? 0 : fixed_spaces(b->p->text, i, end);
	return *len > 3;
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

/* At most LONGEST_SHAPED bytes of s, whole characters. */
static uint32_t clip(const char *s, uint32_t len)
{
	uint32_t n = LONGEST_SHAPED;

	if (len <= n)
		return len;
	while (((unsigned char)s[n] & 0xC0) == 0x80)
		n--;
	return n;
}

static uint32_t piece_end(struct piece_builder *b, uint32_t from, uint32_t to)
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
	return from + clip(b->p->text + from, end - from);
}

static void cut_slice(struct piece_builder *b, uint32_t span, uint32_t from, uint32_t to)
{
	const char *s = b->p->text;
	uint32_t word = from, i = from, len = 0;

	while (i <= to) {
		bool space = i < to && pieces_space_at(s, i, to, &len), newline = i < to && is_newline_at(s, i, to, &len);
		bool turn = i > word && i < to && b->levels != NULL && b->levels[i] != b->levels[i - 1];
		bool row = !space && !newline && i < to && (unsigned char)s[i] == 0xE2 && is_row_at(b, i, to, &len);

		if (!space && !newline && !row && !turn && i < to) {
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
			uint32_t end = piece_end(b, word, i);

			if (b->l->allow_missing_glyphs && is_missing(b, &b->f->spans[span], word, end))
				show_missing(b, span, word, end);
			else
				add_word(b, PIECE_WORD, span, word, end, s + word, end - word);
			word = end;
		}
		if (i == to)
			break;
		if (!space && !newline && !row)
			continue;
		if (row) {
			len = clip(s + i, len);
			add_word(b, PIECE_BLANK, span, i, i + len, s + i, len);
		}
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

static void add_mark(struct piece_builder *b, uint32_t span, const struct insertion *in)
{
	uint32_t at = 0, len = (uint32_t)strlen(in->text);

	do {
		uint32_t n = clip(in->text + at, len - at);

		add_word(b, PIECE_MARK, span, in->at, in->at, in->text + at, n);
		at += n;
	} while (at < len);
}

void pieces_build(struct piece_builder *b)
{
	const struct flat *f = b->f;
	size_t ins = 0, marks = 0;

	for (uint32_t k = 0; k < f->n_spans; k++) {
		const struct span *s = &f->spans[k];

		if (ins < f->n_insertions && f->insertions[ins].span == k) {
			const struct insertion *in = &f->insertions[ins++];

			join_mark(b, k, in->at, false);
			if (in->text != NULL) {
				add_mark(b, k, in);
				if (b->objects != NULL)
					b->v[b->n - 1].level = b->objects[marks];
				marks++;
			} else {
				struct piece *pc = add_piece(b, PIECE_IMAGE, k, s->from, s->to);

				pc->image_height = in->height;
				pc->width = in->width;
				b->x += pc->width;
			}
			join_mark(b, k, in->at, true);
		} else if (s->from < s->to) {
			cut_slice(b, k, s->from, s->to);
		}
	}
	end_squares(b);
}
