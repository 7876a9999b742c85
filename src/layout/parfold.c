/* Paragraphs folded. Pieces and candidates are most of a paragraph's memory, 64 and 112 bytes each, and nearly all of
 * it says what the one before said: where it ends, this begins. Folded, each is the difference to the one before, in
 * as many bytes as that needs: about 8 and 15. */
#include <string.h>

#include "base/mem.h"
#include "layout/par.h"

enum {
	AT_HAND_LEAST = 2 << 20, /* [byte] the paragraphs of some twenty pages; as much again stays of those before */
	CLOCK = 4096,            /* [byte] of the shelf's clock, a tick */
	SOON = 64,               /* its own size so many times later it is asked for again: it is one of few */
	AGAIN_OFTEN = 6,         /* so often: each page wants it, and more is to be at hand */
	NUMBER_MOST = 10, ENTRY_MOST = 16 * NUMBER_MOST /* [byte] of one number; of a piece or candidate */
};

/* ---- numbers ---------------------------------------------------------------------------------------------------- */

struct writer {
	uint8_t *v;
	size_t n, cap;
};

static void put_plain(struct writer *w, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		w->v[w->n++] = (uint8_t)(v | 0x80);
	w->v[w->n++] = (uint8_t)v;
}

static void put(struct writer *w, int64_t v)
{
	put_plain(w, (uint64_t)v << 1 ^ (uint64_t)(v >> 63));
}

static inline uint64_t take_plain(const uint8_t **at)
{
	uint64_t v = 0;
	int shift = 0;

	if (**at < 0x80)
		return *(*at)++;
	for (; **at >= 0x80; shift += 7)
		v |= (uint64_t)(*(*at)++ & 0x7F) << shift;
	return v | (uint64_t)*(*at)++ << shift;
}

static inline int64_t take(const uint8_t **at)
{
	uint64_t v = take_plain(at);

	return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

/* ---- pieces ------------------------------------------------------------------------------------------------------- */

enum { KIND_BITS = 3 };
enum piece_flag {
	PIECE_NO_WORD = 1, PIECE_APART = 2, PIECE_SPAN = 4, PIECE_PLACE = 8, PIECE_LEVEL = 16, PIECE_HEIGHT = 32, PIECE_GIVES = 64
};

static const struct piece first_piece;

static void fold_piece(struct writer *w, const struct piece *a, const struct piece *p)
{
	unsigned flags = (p->word == NULL ? PIECE_NO_WORD : 0u) | (p->from != a->to ? PIECE_APART : 0u) |
	                 (p->span != a->span ? PIECE_SPAN : 0u) | (p->x != a->x + a->width ? PIECE_PLACE : 0u) |
	                 (p->level != 0 ? PIECE_LEVEL : 0u) | (p->image_height != 0 ? PIECE_HEIGHT : 0u) |
	                 (p->stretch != 0 || p->shrink != 0 ? PIECE_GIVES : 0u);

	put_plain(w, (uint64_t)flags << KIND_BITS | p->kind);
	put_plain(w, p->to - p->from);
	put(w, p->width);
	if (p->word != NULL)
		put_plain(w, p->word->id);
	if (flags & PIECE_APART)
		put(w, (int64_t)p->from - a->to);
	if (flags & PIECE_SPAN)
		put(w, (int64_t)p->span - a->span);
	if (flags & PIECE_PLACE)
		put(w, p->x - a->x - a->width);
	if (flags & PIECE_LEVEL)
		put_plain(w, p->level);
	if (flags & PIECE_HEIGHT)
		put(w, p->image_height);
	if (flags & PIECE_GIVES) {
		put(w, p->stretch);
		put(w, p->shrink);
	}
}

static void unfold_piece(const uint8_t **at, const struct shaper *shaper, const struct piece *a, struct piece *p)
{
	uint64_t head = take_plain(at), flags = head >> KIND_BITS;

	*p = (struct piece){ .kind = (enum piece_kind)(head & ((1u << KIND_BITS) - 1)), .span = a->span, .from = a->to, .x = a->x + a->width };
	p->to = (uint32_t)take_plain(at);
	p->width = take(at);
	if (!(flags & PIECE_NO_WORD))
		p->word = shape_nth(shaper, (uint32_t)take_plain(at));
	if (flags & PIECE_APART)
		p->from = (uint32_t)(a->to + take(at));
	if (flags & PIECE_SPAN)
		p->span = (uint32_t)(a->span + take(at));
	if (flags & PIECE_PLACE)
		p->x += take(at);
	if (flags & PIECE_LEVEL)
		p->level = (uint8_t)take_plain(at);
	if (flags & PIECE_HEIGHT)
		p->image_height = take(at);
	if (flags & PIECE_GIVES) {
		p->stretch = (int32_t)take(at);
		p->shrink = (int32_t)take(at);
	}
	p->to += p->from;
}

/* ---- candidates --------------------------------------------------------------------------------------------------- */

enum cand_flag {
	CAND_WIDE = 1,   /* what stands before it and what behind it are parted, by a space */
	CAND_HANGS = 2, CAND_CUT = 4, CAND_WORDS = 8, CAND_LETTERS = 16, CAND_PRICE = 32, CAND_HARD = 64
};

static const struct cand first_cand;

static void fold_cand(struct writer *w, const struct cand *a, const struct cand *c)
{
	bool wide = c->end != c->next || c->end_piece != c->next_piece || c->x_end != c->x_next || c->space_end != c->space_next;
	unsigned flags = (wide ? CAND_WIDE : 0u) | (c->hang_end != 0 || c->hang_next != 0 ? CAND_HANGS : 0u) |
	                 (c->d_end != 0 || c->d_start != 0 ? CAND_CUT : 0u) | (c->word_end != 0 || c->word_next != 0 ? CAND_WORDS : 0u) |
	                 (c->letters_after != 0 ? CAND_LETTERS : 0u) | (c->price != 0 ? CAND_PRICE : 0u) | (c->hard != 0 ? CAND_HARD : 0u);

	put_plain(w, (uint64_t)flags << KIND_BITS | c->kind);
	put(w, (int64_t)c->next - a->next);
	put(w, (int64_t)c->next_piece - a->next_piece);
	put(w, c->x_next - a->x_next);
	put(w, c->space_next - a->space_next);
	if (wide) {
		put(w, (int64_t)c->next - c->end);
		put(w, (int64_t)c->next_piece - c->end_piece);
		put(w, c->x_next - c->x_end);
		put(w, c->space_next - c->space_end - (c->x_next - c->x_end)); /* mostly nil */
	}
	if (flags & CAND_HANGS) {
		put(w, c->hang_end);
		put(w, c->hang_next);
	}
	if (flags & CAND_CUT) {
		put(w, c->d_end);
		put(w, c->d_start);
	}
	if (flags & CAND_WORDS) {
		put_plain(w, c->word_end);
		put_plain(w, c->word_next);
	}
	if (flags & CAND_LETTERS)
		put_plain(w, c->letters_after);
	if (flags & CAND_PRICE)
		put(w, c->price);
	if (flags & CAND_HARD)
		put_plain(w, c->hard);
}

static void unfold_cand(const uint8_t **at, const struct cand *a, struct cand *c)
{
	uint64_t head = take_plain(at), flags = head >> KIND_BITS;

	*c = (struct cand){ .kind = (uint8_t)(head & ((1u << KIND_BITS) - 1)) };
	c->end = c->next = (uint32_t)(a->next + take(at));
	c->end_piece = c->next_piece = (uint32_t)(a->next_piece + take(at));
	c->x_end = c->x_next = a->x_next + take(at);
	c->space_end = c->space_next = a->space_next + take(at);
	if (flags & CAND_WIDE) {
		c->end = (uint32_t)(c->next - take(at));
		c->end_piece = (uint32_t)(c->next_piece - take(at));
		c->x_end = c->x_next - take(at);
		c->space_end = c->space_next - take(at) - (c->x_next - c->x_end);
	}
	if (flags & CAND_HANGS) {
		c->hang_end = take(at);
		c->hang_next = take(at);
	}
	if (flags & CAND_CUT) {
		c->d_end = take(at);
		c->d_start = take(at);
	}
	if (flags & CAND_WORDS) {
		c->word_end = (uint32_t)take_plain(at);
		c->word_next = (uint32_t)take_plain(at);
	}
	if (flags & CAND_LETTERS)
		c->letters_after = (uint32_t)take_plain(at);
	if (flags & CAND_PRICE)
		c->price = (int16_t)take(at);
	if (flags & CAND_HARD)
		c->hard = (uint8_t)take_plain(at);
}

/* ---- the shelf ---------------------------------------------------------------------------------------------------- */

static void sum_gives(struct par *p)
{
	struct give sum = { 0, 0 };

	p->gives = arena_array(&p->shelf->now, p->n_pieces + 1, sizeof *p->gives);
	for (size_t i = 0; i < p->n_pieces; i++) {
		p->gives[i] = sum;
		sum.stretch += p->pieces[i].stretch;
		sum.shrink += p->pieces[i].shrink;
	}
	p->gives[p->n_pieces] = sum;
}

static void fold(struct writer *w, struct par *p)
{
	for (size_t i = 0; i < p->n_pieces; i++) {
		VEC_ROOM(w->v, w->n, w->cap, ENTRY_MOST);
		fold_piece(w, i > 0 ? &p->pieces[i - 1] : &first_piece, &p->pieces[i]);
	}
	for (size_t i = 0; i < p->n_cands; i++) {
		VEC_ROOM(w->v, w->n, w->cap, ENTRY_MOST);
		fold_cand(w, i > 0 ? &p->cands[i - 1] : &first_cand, &p->cands[i]);
	}
}

static size_t clock_now(const struct par_shelf *s)
{
	return (s->passed + s->now.total) / CLOCK;
}

static void put_at_hand(struct par *p)
{
	p->at_hand_before = p->shelf->in_now;
	p->shelf->in_now = p;
	p->at_hand_since = (uint32_t)clock_now(p->shelf);
}

/* The cells of a row over a hundred pages are wanted on each of them: while they are, all of them stay at hand. */
static void keep_what_comes_again(struct par *p)
{
	struct par_shelf *s = p->shelf;
	size_t later = (uint32_t)((uint32_t)clock_now(s) - p->at_hand_since) * (size_t)CLOCK;
	size_t own = p->n_pieces * sizeof *p->pieces + p->n_cands * sizeof *p->cands;

	if (later / SOON > own || ++p->again < AGAIN_OFTEN)
		return;
	p->again = 0;
	s->full = later > s->full ? later : s->full;
}

void par_unfold(struct par *p)
{
	struct par_shelf *s = p->shelf;
	const uint8_t *at = s->blocks[p->fold - 1].v + p->fold_at;

	keep_what_comes_again(p);
	p->pieces = arena_array(&s->now, p->n_pieces, sizeof *p->pieces);
	p->cands = arena_array(&s->now, p->n_cands, sizeof *p->cands);
	for (size_t i = 0; i < p->n_pieces; i++)
		unfold_piece(&at, s->shaper, i > 0 ? &p->pieces[i - 1] : &first_piece, &p->pieces[i]);
	for (size_t i = 0; i < p->n_cands; i++)
		unfold_cand(&at, i > 0 ? &p->cands[i - 1] : &first_cand, &p->cands[i]);
	if (p->has_gives)
		sum_gives(p);
	put_at_hand(p);
}

void par_shelve_pieces(struct par *p, const struct piece *pieces)
{
	p->pieces = arena_array(&p->shelf->now, p->n_pieces, sizeof *p->pieces);
	if (p->n_pieces > 0)
		memcpy(p->pieces, pieces, p->n_pieces * sizeof *pieces);
}

void par_shelve_cands(struct par *p, const struct cand *cands)
{
	p->cands = arena_array(&p->shelf->now, p->n_cands, sizeof *p->cands);
	memcpy(p->cands, cands, p->n_cands * sizeof *cands);
	if (p->has_gives)
		sum_gives(p);
	put_at_hand(p);
}

/* Those of `before` that are still wanted, into a block of their own. */
static void fold_before(struct par_shelf *s)
{
	struct writer w = { s->room, 0, s->cap_room };
	struct fold_block b = { NULL, 0 };

	for (struct par *p = s->in_before, *next; p != NULL; p = next) {
		next = p->at_hand_before;
		if (p->fold == 0 && (s->placed == 0 || p->wanted > s->placed)) {
			p->fold = (uint32_t)s->n_blocks + 1;
			p->fold_at = w.n;
			fold(&w, p);
			b.last = p->wanted > b.last ? p->wanted : b.last;
		}
		p->pieces = NULL;
		p->cands = NULL;
		p->gives = NULL;
	}
	s->room = w.v;
	s->cap_room = w.cap;
	if (w.n == 0)
		return;
	b.v = memcpy(mem_alloc(w.n), w.v, w.n);
	VEC_ROOM(s->blocks, s->n_blocks, s->cap_blocks, 1);
	s->blocks[s->n_blocks++] = b;
}

static void forget_placed(struct par_shelf *s)
{
	for (size_t i = 0; i < s->n_blocks && s->placed > 0; i++) {
		if (s->blocks[i].last > s->placed)
			continue;
		mem_free(s->blocks[i].v);
		s->blocks[i].v = NULL;
	}
}

void par_fold_old(struct layout *l)
{
	struct par_shelf *s = &l->shelf;

	if (s->now.total <= AT_HAND_LEAST || s->now.total <= s->full)
		return;
	forget_placed(s);
	fold_before(s);
	arena_free(&s->before);
	s->passed += s->now.total;
	s->full /= 2;
	s->before = s->now;
	s->in_before = s->in_now;
	arena_init(&s->now);
	s->in_now = NULL;
}

void par_want(const struct par *p, int32_t step)
{
	struct par *own = (struct par *)(uintptr_t)p; /* what is said of it does not change */

	own->wanted = step;
	if (p->fold > 0)
		p->shelf->blocks[p->fold - 1].last = step;
}

void par_placed(struct par_shelf *s, int32_t steps)
{
	s->placed = steps;
}

bool par_is_gone(const struct par *p)
{
	return p->cands == NULL && (p->fold == 0 || p->shelf->blocks[p->fold - 1].v == NULL);
}

void par_shelf_free(struct par_shelf *s)
{
	arena_free(&s->now);
	arena_free(&s->before);
	for (size_t i = 0; i < s->n_blocks; i++)
		mem_free(s->blocks[i].v);
	mem_free(s->blocks);
	mem_free(s->room);
	mem_free(s->pieces);
	mem_free(s->cands);
	memset(s, 0, sizeof *s);
}
