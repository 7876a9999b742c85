#include "layout/squares.h"

#define Q ((int64_t)65536)

enum {
	MOST_X = 300,
	LEAST_SQUARES = 10 /* narrower measures are not made up to squares */
};

bool squares_wanted(const struct span *spans, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (lang_is_han(spans[i].lang) && !spans[i].code)
			return true;
	}
	return false;
}

enum han_class squares_class(const struct span *s, uint32_t c)
{
	enum han_class k = han_class_of(c);

	if (s->code)
		return HAN_WORD;
	if (!lang_is_han(s->lang) && c < 0x2E80) /* what is in another language is a word, with its signs */
		return HAN_WORD;
	return k;
}

bool squares_is_cut(enum han_class k)
{
	return k == HAN_OPEN || k == HAN_CLOSE || k == HAN_DOT;
}

bool squares_gap(const struct squares *q, enum han_class right, sp blank, sp em, struct piece *gap)
{
	struct han_space s = han_space(q->left, right);
	sp width = (s.blank_before ? q->left_blank : 0) + (s.blank_after ? blank : 0);

	if (q->left == HAN_MARK && right != HAN_CLOSE && right != HAN_DOT && right != HAN_MARK)
		width += q->owed;
	if (q->left == HAN_DOT || right == HAN_DOT) /* T-54: a point in a name takes half a square, in its middle */
		width += q->left == HAN_DOT ? q->left_blank : blank;
	gap->width = width;
	gap->stretch = s.gives ? (int32_t)(em * HAN_GIVES / 1000) : 0;
	gap->shrink = q->left == HAN_DOT || right == HAN_DOT ? 0 : (int32_t)(width / 2);
	if (s.quarter) {
		gap->width += em * HAN_QUARTER / 1000;
		gap->stretch = (int32_t)(em * HAN_QUARTER_GIVES / 1000);
		gap->shrink += (int32_t)(em * HAN_QUARTER_TAKES / 1000);
	}
	return gap->width != 0 || gap->stretch != 0;
}

sp squares_measure(const struct par *p, sp width)
{
	sp em = p->style->size;

	if (p->gives == NULL || p->style->align != SET_JUSTIFY || width < em * LEAST_SQUARES)
		return width;
	return width - width % em;
}

struct give squares_between(const struct par *p, const struct cand *a, const struct cand *b)
{
	const struct give *from = &p->gives[a->next_piece], *to = &p->gives[b->end_piece];

	if (b->end_piece < a->next_piece)
		return (struct give){ 0, 0 };
	return (struct give){ to->stretch - from->stretch, to->shrink - from->shrink };
}

bool squares_share(sp d, struct give g, int64_t *x)
{
	sp unit = d >= 0 ? g.stretch : g.shrink;

	*x = 0;
	if (d == 0)
		return true;
	if (unit <= 0) {
		*x = d > 0 ? MOST_X * Q : -Q;
		return d > 0;
	}
	*x = d > unit * MOST_X ? MOST_X * Q : unit_scale(d, Q, unit);
	if (*x >= -Q)
		return true;
	*x = -Q;
	return d >= -unit;
}

sp squares_give(const struct piece *pc, int64_t x)
{
	return unit_scale(x >= 0 ? pc->stretch : pc->shrink, x, Q);
}
