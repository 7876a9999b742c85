#include "lang/textrules_han.h"

#include "lang/han.h"

static bool is_text(const struct text_cell *x)
{
	return x != NULL && x->kind == CELL_TEXT && x->c != 0;
}

static bool may_change(const struct text_cell *x)
{
	return is_text(x) && !x->fixed && lang_is_han(x->lang);
}

/* What a cell is to its neighbours; code and what is in other languages are words. */
static enum han_class class_of(const struct text_cell *x)
{
	if (!is_text(x))
		return x == NULL ? HAN_EDGE : HAN_MARK;
	if (!lang_is_han(x->lang) && x->c < 0x2E80)
		return HAN_WORD;
	return han_class_of(x->c);
}

static bool is_square(enum han_class k)
{
	return k == HAN_LETTER || k == HAN_OPEN || k == HAN_CLOSE || k == HAN_RULE || k == HAN_DOT;
}

/* The neighbours that are still there; NULL: the block's edge. notes: passes over marks of notes too. */
static struct text_cell *before(struct text_cell *v, size_t i, bool notes)
{
	while (i > 0 && (v[i - 1].c == 0 || (notes && v[i - 1].kind == CELL_NOTE)))
		i--;
	return i > 0 ? &v[i - 1] : NULL;
}

static struct text_cell *after(struct text_cell *v, size_t n, size_t i, bool notes)
{
	for (i++; i < n && (v[i].c == 0 || (notes && v[i].kind == CELL_NOTE)); i++)
		;
	return i < n ? &v[i] : NULL;
}

static void change(struct text_cell *x, uint32_t c, unsigned *counter)
{
	x->c = c;
	++*counter;
}

void textrules_han_ellipses(struct text_cell *v, size_t n, struct text_counts *count)
{
	for (size_t i = 0, end; i < n; i = end) {
		uint32_t c = v[i].c;

		end = i + 1;
		if (!may_change(&v[i]) || (c != 0x2026 && c != 0x3002))
			continue;
		while (end < n && v[end].c == c && may_change(&v[end]) && v[end].piece == v[i].piece)
			end++;
		if (c == 0x2026 && end - i == 1) {
			v[i].put = "……";
			count->ellipses++;
		} else if (c == 0x3002 && end - i >= 3) {
			for (size_t k = i; k < end; k++)
				v[k].c = k < i + 2 ? 0x2026 : 0;
			count->ellipses++;
		}
	}
}

void textrules_han_quotes(struct text_cell *v, size_t n, struct text_counts *count)
{
	size_t marks = 0;
	bool open = false;

	for (size_t i = 0; i < n; i++)
		marks += v[i].c == '"' && may_change(&v[i]);
	if (marks % 2 != 0) {
		count->unpaired++;
		return;
	}
	for (size_t i = 0; i < n; i++) {
		if (v[i].c != '"' || !may_change(&v[i]))
			continue;
		open = !open;
		change(&v[i], open ? 0x201C : 0x201D, &count->quotes);
	}
}

/* ---- full width ---- */

static uint32_t full_width(uint32_t c)
{
	switch (c) {
	case ',': return 0xFF0C;
	case '.': return 0x3002;
	case ';': return 0xFF1B;
	case ':': return 0xFF1A;
	case '!': return 0xFF01;
	case '?': return 0xFF1F;
	default: return 0;
	}
}

/* Does a sentence of Chinese go on, or end, there? Not in 中文.com */
static bool ends_word(const struct text_cell *x)
{
	enum han_class k = class_of(x);

	return k == HAN_EDGE || k == HAN_MARK || is_square(k) || x->c == ' ' || x->c == ')' || x->c == '"';
}

static void stop_at(struct text_cell *v, size_t n, size_t i, struct text_counts *count)
{
	uint32_t full = full_width(v[i].c);
	enum han_class left = class_of(before(v, i, true));

	if (full == 0 || (left != HAN_LETTER && left != HAN_CLOSE))
		return;
	if (v[i].c == '.' && !ends_word(after(v, n, i, true)))
		return;
	change(&v[i], full, &count->widths);
}

/* The bracket that closes the one at i; n: none. *han: there is Chinese between. */
static size_t closing(struct text_cell *v, size_t n, size_t i, bool *han)
{
	enum { LONGEST = 400 };
	int depth = 0;

	*han = false;
	for (size_t k = i; k < n && k < i + LONGEST; k++) {
		depth += v[k].c == '(';
		depth -= v[k].c == ')';
		if (depth == 0)
			return k;
		*han |= is_square(class_of(&v[k]));
	}
	return n;
}

static void brackets_at(struct text_cell *v, size_t n, size_t i, struct text_counts *count)
{
	const struct text_cell *left = before(v, i, true);
	bool han;
	size_t end = closing(v, n, i, &han);

	if (left != NULL && left->c == ' ')
		left = before(v, (size_t)(left - v), true);
	if (end == n || !may_change(&v[end]) || !(han || is_square(class_of(left))))
		return;
	change(&v[i], 0xFF08, &count->widths);
	change(&v[end], 0xFF09, &count->widths);
}

void textrules_han_widths(struct text_cell *v, size_t n, struct text_counts *count)
{
	for (size_t i = 0; i < n; i++) {
		if (v[i].c == '(' && may_change(&v[i]))
			brackets_at(v, n, i, count);
	}
	for (size_t i = 0; i < n; i++) {
		if (v[i].c < 0x80 && may_change(&v[i]))
			stop_at(v, n, i, count);
	}
}

void textrules_han_spaces(struct text_cell *v, size_t n, struct text_counts *count)
{
	for (size_t i = 0; i < n; i++) {
		enum han_class left, right;

		if (v[i].c != ' ' || !may_change(&v[i]))
			continue;
		left = class_of(before(v, i, true));
		right = class_of(after(v, n, i, true));
		if (left == HAN_EDGE || right == HAN_EDGE)
			continue;
		if ((is_square(left) && is_square(right)) || (left != HAN_LETTER && is_square(left)) || (right != HAN_LETTER && is_square(right)))
			change(&v[i], 0, &count->spaces);
	}
}
