#include "doc/weight.h"

#include <string.h>

#include "base/mem.h"

/* [byte] a word; what the others weigh more */
enum { LEAST_WORD = 7, IDEOGRAPH = 2, DASH = 4, SOFT_HYPHEN = 12, LINE_END = 5 };
/* Words not seen before are hyphenated, shaped and kept; longer ones, part by part, cut anywhere: so is each letter of them. */
enum { NEW_WORD = 5, PART = 64 /* [byte] */, JOINED = 1, CUT_JOINED = 8 /* a letter that joins */ };
enum { SEEN_BITS = 1 << 22 };

/* [byte of memory] for a node, its text, what it asks for besides; a unit of weight of a giant block. Measured (docs/HARDNESS.md). */
enum {
	NODE_TAKES = 400, LETTER_TAKES = 15, LINE_TAKES = 750, BLOCK_TAKES = 650, DIVISION_TAKES = 3500, NOTE_TAKES = 2200,
	GIANT_TAKES = 65, CELL_LETTER_TAKES = 16 /* for each column of its table: the narrower they are, the more lines it makes */
};

/* Where a line may end costs as much as a few letters: behind a word, however short, at each ideograph and each dash, at a soft
 * hyphen (with what is drawn there), at a line's own end. */
static size_t weight_of(const char *s, size_t len)
{
	size_t weight = len, word = 0;

	for (size_t i = 0; i < len; i++, word++) {
		unsigned char c = (unsigned char)s[i], before = i > 0 ? (unsigned char)s[i - 1] : 0;

		if (c == ' ') {
			weight += word + 1 < LEAST_WORD && word < 4 ? LEAST_WORD - word - 1 : 0;
			word = (size_t)-1;
		} else if (c == '\n') {
			weight += LINE_END;
		} else if (c >= 0xE3 && c <= 0xF4) {
			weight += IDEOGRAPH;
		} else if (c == 0xAD && before == 0xC2) {
			weight += SOFT_HYPHEN;
		} else if ((c == 0x93 || c == 0x94) && before == 0x80) {
			weight += DASH;
		}
	}
	return weight;
}

static bool is_joined(unsigned char c)
{
	return c >= 0xD8 && c <= 0xE0; /* Arabic, Syriac ... Devanagari, as they begin in UTF-8 */
}

static bool is_new(struct weights *w, const char *s, size_t len)
{
	uint64_t bit = strmap_hash(s, len) % SEEN_BITS, mask = (uint64_t)1 << bit % 64;
	bool seen = (w->seen[bit / 64] & mask) != 0;

	w->seen[bit / 64] |= mask;
	return !seen;
}

/* Of words that no giant block had before. Two that share a bit count as one: those are a few of a hundred. */
static size_t weight_of_words(struct weights *w, const char *s, size_t len)
{
	size_t weight = 0;

	if (w->seen == NULL)
		w->seen = mem_zalloc(SEEN_BITS / 64, sizeof *w->seen);
	for (size_t from = 0, to, joined, letters; from < len; from = to + (to < len && s[to] <= ' ')) {
		joined = letters = 0;
		for (to = from; to < len && to - from < PART && (unsigned char)s[to] > ' '; to++) {
			joined += is_joined((unsigned char)s[to]);
			letters += ((unsigned char)s[to] & 0xC0) != 0x80;
		}
		if (is_new(w, s + from, to - from))
			weight += to - from < PART ? NEW_WORD + joined * JOINED : letters / 3 + joined * CUT_JOINED;
	}
	return weight;
}

static size_t letter_takes(const struct node *text)
{
	const struct node *n = text;

	while (n != NULL && n->kind != N_CELL)
		n = n->parent;
	n = n != NULL && n->parent != NULL ? n->parent->parent : NULL;
	return LETTER_TAKES + (n != NULL && n->kind == N_TABLE ? CELL_LETTER_TAKES * (size_t)n->u.table.columns : 0);
}

static size_t memory_of(const struct node *n)
{
	size_t memory = NODE_TAKES;

	if (n->kind == N_TEXT) {
		size_t letter = letter_takes(n);

		for (size_t i = 0; i < n->u.text.len; i++)
			memory += n->u.text.s[i] == '\n' ? LINE_TAKES : ((unsigned char)n->u.text.s[i] & 0xC0) != 0x80 ? letter : 0;
	}
	return memory + (doc_holds_inlines(n->kind) ? BLOCK_TAKES : n->kind == N_DIVISION ? DIVISION_TAKES :
	                 n->kind == N_FOOTNOTE ? NOTE_TAKES : 0);
}

/* A note in the text is a block of its own. */
static const struct node *next_of(const struct node *block, const struct node *n)
{
	return n->kind == N_FOOTNOTE ? doc_next_skip(block, n) : doc_next(block, n);
}

/* Lines are sought for a paragraph as a whole, for some 75 times its bytes of memory. */
static void weigh_block(struct weights *w, const struct node *block, struct diag_log *log)
{
	size_t len = 0, weight = 0, own = 0, before = w->giants;

	for (const struct node *n = block; n != NULL; n = next_of(block, n)) {
		len += n->kind == N_TEXT ? n->u.text.len : 0;
		weight += n->kind == N_TEXT ? weight_of(n->u.text.s, n->u.text.len) : 0;
	}
	if (weight <= DOC_GIANT_BLOCK)
		return;
	for (const struct node *n = block; n != NULL; n = next_of(block, n))
		weight += n->kind == N_TEXT ? weight_of_words(w, n->u.text.s, n->u.text.len) : 0;
	w->giants += weight;
	for (const struct node *n = block; n != NULL; n = next_of(block, n))
		own += memory_of(n);
	w->memory += weight * GIANT_TAKES > own ? weight * GIANT_TAKES - own : 0;
	if (weight <= DOC_MOST_IN_BLOCK && (w->giants <= DOC_MOST_IN_BLOCK || before > DOC_MOST_IN_BLOCK))
		return;
	w->said = true;
	diag_error(log, "too-large", block->pos, weight > DOC_MOST_IN_BLOCK ?
	           "%zu.%zu million bytes of text without a new paragraph are more than can be set" :
	           "with these %zu.%zu million bytes of text without a new paragraph there are more such blocks than can be set",
	           len / 1000000, len / 100000 % 10);
	diag_hint(log, "break the text into paragraphs: all blocks of over %d thousand bytes together may have %d million, and fewer "
	          "of short words, ideographs, lines, or words that are all different",
	          (int)(DOC_GIANT_BLOCK / 1000), (int)(DOC_MOST_IN_BLOCK / 1000000));
}

void weigh(struct weights *w, const struct node *n, struct diag_log *log)
{
	bool fits = w->memory <= DOC_MOST_MEMORY;

	w->memory += memory_of(n);
	if (doc_holds_inlines(n->kind))
		weigh_block(w, n, log);
	if (!fits || w->memory <= DOC_MOST_MEMORY || w->said)
		return;
	diag_error(log, "too-large", n->pos, "the document is larger than can be set in 1 GB of memory");
	diag_hint(log, "make volumes of it: 14,000 pages of a book are about the most");
}

void weights_free(struct weights *w)
{
	mem_free(w->seen);
	w->seen = NULL;
}
