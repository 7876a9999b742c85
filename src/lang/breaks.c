/* lang_breaks: from text to break points.
 *
 *   text  ── cut at forced breaks ──▶ lines of source ── cut at spaces ──▶ chunks
 *   gaps between chunks:  each language's rules, then chains released, then points at spaces
 *   inside chunks:        words, codes and addresses, or ICU
 *   at last:              a joint of high price in strings that have no place at all
 *
 * Every step goes over the text once; all memory is kept in struct langs from call to call. */
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "lang/breaks_icu.h"
#include "lang/rules.h"

/* Around a word but not of it. */
#define AROUND \
	(C_BIT(C_OPEN) | C_BIT(C_CLOSE) | C_BIT(C_QUOTE) | C_BIT(C_APOS) | C_BIT(C_STOP) | C_BIT(C_PUNCT) | \
	 C_BIT(C_ELLIPSIS) | C_BIT(C_ZWSP) | C_BIT(C_SHY))
#define WORD (C_BIT(C_LETTER) | C_BIT(C_UPPER) | C_BIT(C_MARK))

struct job {
	struct langs *langs;
	const char *text;
	size_t len;
	const struct lang_run *runs;
	size_t n_runs, run; /* run: the one last asked for; bytes are asked for in order, nearly */
	const struct break_rules *rules;
	struct break_list *out;
};

void break_list_free(struct break_list *b)
{
	mem_free(b->v);
	memset(b, 0, sizeof *b);
}

void breaks_put(struct break_list *out, size_t at, enum break_kind kind, int price, int is_hard)
{
	struct break_point *p;

	if (out->n > 0 && out->v[out->n - 1].at >= at)
		return; /* twice the same place, from two rules */
	VEC_ROOM(out->v, out->n, out->cap, 1);
	p = &out->v[out->n++];
	p->at = (uint32_t)at;
	p->kind = (uint8_t)kind;
	p->price = (int16_t)price;
	p->hard = (uint8_t)is_hard;
}

static const struct lang_run *run_at(struct job *j, size_t at)
{
	while (j->run > 0 && j->runs[j->run].from > at)
		j->run--;
	while (j->run + 1 < j->n_runs && j->runs[j->run].to <= at)
		j->run++;
	return &j->runs[j->run];
}

/* Where the stretch of one language and manner that holds `at` ends: runs may part for other reasons. */
static size_t stretch_end(struct job *j, size_t at, size_t limit)
{
	const struct lang_run *r = run_at(j, at);
	size_t i = j->run;

	while (i + 1 < j->n_runs && j->runs[i].to < limit && j->runs[i + 1].lang == r->lang && j->runs[i + 1].code == r->code)
		i++;
	return i + 1 == j->n_runs || j->runs[i].to > limit ? limit : j->runs[i].to;
}

/* ---- cutting ---------------------------------------------------------------------------------- */

/* What cut_chunk knows of the chunk so far, besides the chunk. */
struct cutting {
	uint32_t pending; /* signs since the last character of the core */
	uint32_t seen;    /* [character] since the core began */
};

static void add_to_chunk(struct chunk *c, struct cutting *k, uint32_t cp, uint8_t class_of, size_t at, size_t next)
{
	c->mask |= C_BIT(class_of);
	c->slashes += class_of == C_SLASH;
	if ((C_BIT(class_of) & AROUND) != 0) {
		k->pending |= C_BIT(class_of);
		k->seen += c->core_mask != 0;
		return;
	}
	if (c->core_mask == 0) {
		c->core_from = (uint32_t)at;
		c->lead_mask = k->pending;
		c->first = cp;
	} else {
		c->core_mask |= k->pending;
	}
	k->pending = 0;
	k->seen += class_of != C_MARK;
	c->core_mask |= C_BIT(class_of);
	c->core_to = (uint32_t)next;
	c->last = cp;
	c->chars = k->seen;
	c->letters += class_of == C_LETTER || class_of == C_UPPER;
	c->upper += class_of == C_UPPER;
	c->digits += class_of == C_DIGIT;
}

/* Reads one chunk from `at` (no space there) and returns where it ends. */
static size_t cut_chunk(struct job *j, size_t at, struct chunk *c)
{
	const struct chars *chars = &j->langs->chars;
	const uint32_t ends = C_BIT(C_SPACE) | C_BIT(C_GLUE) | C_BIT(C_NEWLINE) | C_BIT(C_FORCED);
	struct cutting k = { 0, 0 };

	memset(c, 0, sizeof *c);
	c->from = (uint32_t)at;
	while (at < j->len) {
		size_t next = at;
		uint32_t cp = chars_next(j->text, &next, j->len);
		uint8_t class_of = chars_class(chars, cp);

		if ((C_BIT(class_of) & ends) != 0)
			break;
		add_to_chunk(c, &k, cp, class_of, at, next);
		at = next;
	}
	c->to = (uint32_t)at;
	c->trail_mask = k.pending;
	if (c->core_mask == 0)
		c->core_from = c->core_to = c->to;
	return at;
}

/* Passes over spaces; *glue: one of them forbids; *forced: a line of source ends, and `at` is behind it. */
static size_t pass_spaces(struct job *j, size_t at, bool *glue, bool *forced)
{
	*glue = *forced = false;
	while (at < j->len) {
		size_t next = at;
		uint32_t cp = chars_next(j->text, &next, j->len);
		uint8_t class_of = chars_class(&j->langs->chars, cp);

		if (class_of == C_GLUE)
			*glue = true;
		else if (class_of == C_FORCED || (class_of == C_NEWLINE && run_at(j, at)->code)) {
			*forced = true;
			return cp == '\r' && next < j->len && j->text[next] == '\n' ? next + 1 : next;
		} else if (class_of != C_SPACE && class_of != C_NEWLINE)
			return at;
		at = next;
	}
	return at;
}

static bool ends_in_joiner(const struct job *j, const struct chunk *c)
{
	size_t n;

	return (c->mask & C_BIT(C_JOINER)) != 0 &&
	       chars_class(&j->langs->chars, utf8_decode_before(j->text, c->to, &n)) == C_JOINER;
}

/* One line of source into chunks; returns where the next begins. */
static size_t cut_line(struct job *j, size_t at)
{
	struct langs *l = j->langs;
	bool glue, forced = false;

	l->n_chunks = 0;
	at = pass_spaces(j, at, &glue, &forced);
	while (!forced && at < j->len) {
		struct chunk *c;

		VEC_ROOM(l->chunks, l->n_chunks, l->cap_chunks, 1);
		c = &l->chunks[l->n_chunks];
		at = cut_chunk(j, at, c);
		c->glued = glue || chars_class(&l->chars, c->first) == C_JOINER ||
		           (l->n_chunks > 0 && ends_in_joiner(j, c - 1));
		c->code = run_at(j, c->from)->code;
		c->url = !c->code && breaks_code_is_url(j->text, c);
		l->n_chunks++;
		at = pass_spaces(j, at, &glue, &forced);
	}
	return at;
}

/* ---- gaps ------------------------------------------------------------------------------------- */

static struct bind bind_of(struct job *j, size_t i)
{
	struct langs *l = j->langs;
	const struct lang_run *r = run_at(j, l->chunks[i].from - 1);
	const struct lang_rules *rules = r->lang->rules;
	struct gap g = { j->text, &l->chars, l->chunks, l->n_chunks, i, rules->words };
	struct bind b = { BIND_NONE, 0 };

	if (l->chunks[i].glued)
		return (struct bind){ BIND_CLOSED, 0 };
	if (r->code)
		return b;
	for (size_t k = 0; rules->rules[k] != NULL && b.kind == BIND_NONE; k++)
		b = rules->rules[k](&g);
	if (b.kind == BIND_SOFT && j->rules->strict)
		b.kind = BIND_HARD;
	return b;
}

/* T-46: two dashes of one sentence make a pair. */
static void pair_dashes(struct job *j)
{
	struct langs *l = j->langs;
	struct chunk *open = NULL;

	for (size_t i = 0; i < l->n_chunks; i++) {
		struct chunk *c = &l->chunks[i];
		char last = j->text[c->to - 1];

		if (c->mask == C_BIT(C_DASH) && i > 0) {
			if (open != NULL) {
				open->pair = 1;
				c->pair = 2;
			}
			open = open != NULL ? NULL : c;
		} else if (last == '.' || last == '!' || last == '?') {
			open = NULL;
		}
	}
}

/* T-21: more than CHAIN_MAX binds in a row are a word too long to set; the first that can be is released. */
static void release_chains(struct job *j)
{
	struct chunk *v = j->langs->chunks;
	size_t n = j->langs->n_chunks, length = 0, first = 0; /* first: index of the first hard bind, 0: none */

	for (size_t i = 1; i < n; i++) {
		if (v[i].bind != BIND_HARD && v[i].bind != BIND_CLOSED) {
			length = first = 0;
			continue;
		}
		length++;
		if (first == 0 && v[i].bind == BIND_HARD)
			first = i;
		if (length <= CHAIN_MAX || first == 0)
			continue;
		v[first].bind = BIND_SOFT;
		v[first].price = PRICE_TWO_LETTER;
		length = i - first;
		for (first++; first <= i && v[first].bind != BIND_HARD; first++)
			;
		first = first <= i ? first : 0;
	}
}

static void judge_gaps(struct job *j)
{
	struct langs *l = j->langs;

	if (l->n_chunks > 0 && run_at(j, l->chunks[0].from)->lang->rules->paired_dashes)
		pair_dashes(j);
	for (size_t i = 1; i < l->n_chunks; i++) {
		struct bind b = bind_of(j, i);

		l->chunks[i].bind = b.kind;
		l->chunks[i].price = b.price;
	}
	release_chains(j);
}

/* ---- inside ----------------------------------------------------------------------------------- */

/* in_word: a heading, and the place parts a word of Chinese. */
static void put_icu_point(struct job *j, size_t place, bool han, bool in_word)
{
	size_t size;
	uint8_t before = chars_class(&j->langs->chars, utf8_decode_before(j->text, place, &size));

	if (before == C_HYPHEN || (before == C_DASH && !han))
		breaks_put(j->out, place, BREAK_OWN_HYPHEN, 0, j->rules->strict && before == C_HYPHEN);
	else if (before == C_SHY)
		breaks_put(j->out, place, BREAK_HYPHEN, 0, j->rules->strict);
	else if (han && breaks_icu_is_dear(j->text + place, j->len - place))
		breaks_put(j->out, place, BREAK_JOINT, PRICE_TWO_LETTER, 1);
	else
		breaks_put(j->out, place, BREAK_JOINT, in_word ? PRICE_IN_WORD : 0, 0);
}

/* Chinese has no spaces to part an address from the text around it: the next stretch of ASCII with "//" in it. */
static bool next_address(const struct job *j, size_t at, size_t end, size_t *from, size_t *to)
{
	while (at < end) {
		bool found = false;

		while (at < end && (j->text[at] <= ' ' || j->text[at] > '~'))
			at++;
		for (*from = at; at < end && j->text[at] > ' ' && j->text[at] <= '~'; at++)
			found = found || (at > *from && j->text[at] == '/' && j->text[at - 1] == '/');
		*to = at;
		if (found)
			return true;
	}
	return false;
}

static void inside_by_icu(struct job *j, const struct chunk *c)
{
	bool han = run_at(j, c->from)->lang->rules->han, address;
	const uint32_t *at;
	size_t n, from = 0, to = 0;

	if (j->langs->icu == NULL)
		j->langs->icu = breaks_icu_open();
	if (j->langs->icu == NULL)
		return;
	n = breaks_icu_points(j->langs->icu, j->text + c->from, c->to - c->from, han, j->rules->strict, &at);
	address = next_address(j, c->from, c->to, &from, &to);
	for (size_t i = 0; i <= n; i++) {
		size_t place = i < n ? c->from + at[i] : c->to;

		while (address && place > from) {
			breaks_code_inside(&j->langs->chars, j->text, from, to, false, j->out);
			while (i < n && c->from + at[i] < to)
				i++;
			place = i < n ? c->from + at[i] : c->to;
			address = next_address(j, to, c->to, &from, &to);
		}
		if (i < n)
			put_icu_point(j, place, han, han && j->rules->strict && breaks_icu_in_word(j->langs->icu, i));
	}
}

/* ---- where any two characters may be parted */

static bool may_cut(const struct job *j, uint32_t before, uint32_t after)
{
	const uint32_t never_last = C_BIT(C_OPEN) | C_BIT(C_QUOTE) | C_BIT(C_GLUE) | C_BIT(C_JOINER) | C_BIT(C_SPACE) |
	                            C_BIT(C_NEWLINE) | C_BIT(C_SIGN) | C_BIT(C_CURRENCY) | C_BIT(C_SHY);
	const uint32_t first = C_BIT(C_LETTER) | C_BIT(C_UPPER) | C_BIT(C_DIGIT) | C_BIT(C_OTHER) | C_BIT(C_OPEN) |
	                       C_BIT(C_SIGN) | C_BIT(C_CURRENCY) | C_BIT(C_COMPLEX) | C_BIT(C_OBJECT);
	const uint32_t blank = C_BIT(C_GLUE) | C_BIT(C_JOINER) | C_BIT(C_SPACE) | C_BIT(C_NEWLINE) | C_BIT(C_MARK) |
	                       C_BIT(C_SHY);
	uint32_t left = C_BIT(chars_class(&j->langs->chars, before)), right = C_BIT(chars_class(&j->langs->chars, after));

	if (before == 0x200d || (right == C_BIT(C_COMPLEX) && chars_extends(after)))
		return false;
	if (before == after) /* rows of dots and dashes */
		return (left & blank) == 0;
	return (left & never_last) == 0 && (right & first) != 0;
}

/* Where the picture at `at` ends, or else the next one begins; `end` if there is none. */
static size_t object_edge(const struct job *j, size_t at, size_t end)
{
	for (size_t from = at; at < end;) {
		size_t next = at;
		bool object = chars_class(&j->langs->chars, chars_next(j->text, &next, end)) == C_OBJECT;

		if (object)
			return at == from ? next : at;
		at = next;
	}
	return end;
}

/* Between what ends at `at`, its marks aside, and what begins there. */
static bool may_cut_at(const struct job *j, size_t from, size_t at, size_t end)
{
	size_t n, next = at, i = at;
	uint32_t before;

	do {
		before = utf8_decode_before(j->text, i, &n);
		i -= n;
	} while (i > from && chars_class(&j->langs->chars, before) == C_MARK);
	return may_cut(j, before, chars_next(j->text, &next, end));
}

static void inside(struct job *j, const struct chunk *c)
{
	struct word_context w = { j->langs, NULL, j->rules, j->text, j->out };
	const struct lang_run *r = run_at(j, c->from);

	if ((c->mask & C_BIT(C_COMPLEX)) != 0) {
		inside_by_icu(j, c);
		return;
	}
	w.lang = r->lang;
	if ((c->core_mask & ~WORD) == 0 && (c->mask & (C_BIT(C_ZWSP) | C_BIT(C_SHY))) == 0 && !r->code &&
	    r->to >= c->core_to) {
		breaks_word_plain(&w, c->core_from, c->core_to);
		return;
	}
	for (size_t at = c->from; at < c->to;) {
		size_t end = stretch_end(j, at, c->to);

		r = run_at(j, at);
		w.lang = r->lang;
		if (end <= at) /* runs that do not cover the text */
			end = c->to;
		if ((c->mask & C_BIT(C_OBJECT)) != 0) {
			end = object_edge(j, at, end);
			if (at > c->from && may_cut_at(j, c->from, at, end))
				breaks_put(j->out, at, BREAK_JOINT, 0, 0);
		}
		if (r->code || c->url)
			breaks_code_inside(&j->langs->chars, j->text, at > c->core_from ? at : c->core_from < end ? c->core_from : at,
			                   end, r->code, j->out);
		else
			breaks_word_inside(&w, c, at, end);
		at = end;
	}
}

/* ---- strings without a place ------------------------------------------------------------------ */

static bool is_letter_class(uint8_t class_of)
{
	return class_of == C_LETTER || class_of == C_UPPER;
}

/* A space that the author bound, or any other, before what may begin a line. */
static bool begins_line(uint8_t past, uint8_t class_of)
{
	const uint32_t blank = C_BIT(C_SPACE) | C_BIT(C_GLUE);
	const uint32_t never = blank | C_BIT(C_DASH) | C_BIT(C_HYPHEN) | C_BIT(C_CLOSE) | C_BIT(C_PUNCT) | C_BIT(C_STOP) |
	                       C_BIT(C_JOINER) | C_BIT(C_NEWLINE);

	return (C_BIT(past) & blank) != 0 && (C_BIT(class_of) & never) == 0;
}

/* Joints every EMERGENCY_STEP characters, in a narrow column every second, between from and to, and at bound spaces on the way.
 * Behind a row of blanks that is as long as all this, at its end; where even joints are forbidden, before any character that does
 * not belong to the one before it: nothing may leave the page. */
static void cut_anyhow(struct job *j, size_t from, size_t to, size_t most)
{
	size_t since = 0, blanks = 0, left = utf8_count(j->text + from, to - from), step = j->rules->unbroken > 0 ? 2 : EMERGENCY_STEP;
	uint32_t before = 0;
	bool inked = false; /* a line of spaces only is no line */

	for (size_t at = from; at < to;) {
		size_t next = at;
		uint32_t cp = chars_next(j->text, &next, to);
		uint8_t class_of = chars_class(&j->langs->chars, cp), past = chars_class(&j->langs->chars, before);
		bool blank = class_of == C_SPACE || class_of == C_GLUE || class_of == C_NEWLINE;

		if ((inked && begins_line(past, class_of)) || (!blank && blanks > most)) {
			breaks_put(j->out, at, BREAK_SPACE, PRICE_CLOSED, 1);
			since = 0;
		} else if (since >= step && left >= 2 && may_cut(j, before, cp)) {
			bool word = j->rules->hyphenate && !run_at(j, at)->code && is_letter_class(past) && is_letter_class(class_of);

			breaks_put(j->out, at, word && step < EMERGENCY_STEP ? BREAK_HYPHEN : BREAK_JOINT, PRICE_EMERGENCY, 1);
			since = 0;
		} else if (since > most && !blank && blanks == 0 && class_of != C_MARK && !chars_extends(cp)) {
			breaks_put(j->out, at, BREAK_JOINT, PRICE_EMERGENCY, 1);
			since = 0;
		}
		inked = inked || !blank;
		blanks = blank ? blanks + 1 : 0;
		since++;
		left--;
		before = cp;
		at = next;
	}
}

/* The points from index `first` on belong to the line of source from..to; bytes bound characters from above. */
static void relieve(struct job *j, size_t from, size_t to, size_t first)
{
	struct break_list *tail = &j->langs->tail, *out = j->out;
	size_t last = from, most = j->rules->unbroken > 0 ? (size_t)j->rules->unbroken : UNBROKEN_MAX;
	bool needed = false;

	for (size_t i = first; i <= out->n && !needed; i++) {
		size_t at = i < out->n ? out->v[i].at : to;

		needed = at - last > most && utf8_count(j->text + last, at - last) > most;
		last = at;
	}
	if (!needed)
		return;
	tail->n = 0;
	VEC_ROOM(tail->v, tail->n, tail->cap, out->n - first + 1);
	tail->n = out->n - first;
	if (tail->n > 0)
		memcpy(tail->v, out->v + first, tail->n * sizeof *tail->v);
	out->n = first;
	last = from;
	for (size_t i = 0; i <= tail->n; i++) {
		size_t at = i < tail->n ? tail->v[i].at : to;

		if (at - last > most && utf8_count(j->text + last, at - last) > most)
			cut_anyhow(j, last, at, most);
		if (i < tail->n)
			breaks_put(out, at, tail->v[i].kind, tail->v[i].price, tail->v[i].hard);
		last = at;
	}
}

/* ---- the whole -------------------------------------------------------------------------------- */

enum { MANY_CHUNKS = 50000 };

void lang_breaks(const char *text, size_t len, const struct lang_run *runs, size_t n_runs,
                 const struct break_rules *rules, struct break_list *out)
{
	struct job j = { NULL, text, len, runs, n_runs, 0, rules, out };

	out->n = 0;
	if (n_runs == 0 || len == 0 || len > UINT32_MAX)
		return;
	j.langs = runs[0].lang->owner;
	for (size_t i = 0; i < j.langs->n_sets; i++)
		hyphen_trim(j.langs->sets[i].h);
	for (size_t at = 0; at < len;) {
		size_t end, first = out->n;

		end = cut_line(&j, at);
		judge_gaps(&j);
		for (size_t i = 0; i < j.langs->n_chunks; i++) {
			const struct chunk *c = &j.langs->chunks[i];

			if (i > 0 && c->bind != BIND_CLOSED)
				breaks_put(out, c->from, BREAK_SPACE, c->price, c->bind == BIND_HARD);
			inside(&j, c);
		}
		relieve(&j, at, end, first);
		if (end < len)
			breaks_put(out, end, BREAK_FORCED, 0, 0);
		at = end;
	}
	if (j.langs->cap_chunks > MANY_CHUNKS) { /* of a line that long: not kept for the next one */
		mem_free(j.langs->chunks);
		j.langs->chunks = NULL;
		j.langs->cap_chunks = 0;
	}
}
