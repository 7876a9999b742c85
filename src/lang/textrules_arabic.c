#include "lang/textrules_arabic.h"

#include <string.h>

#include "lang/rules.h"

static bool is_text(const struct text_cell *x)
{
	return x != NULL && x->kind == CELL_TEXT && x->c != 0;
}

static bool is_arabic_text(const struct text_cell *x)
{
	return (x->lang->customs & CUSTOM_ARABIC) != 0;
}

/* Letters, their signs and figures of the Arabic script. */
static bool is_arabic(uint32_t c)
{
	return (c >= 0x610 && c <= 0x61A) || (c >= 0x620 && c <= 0x6FF) || (c >= 0x750 && c <= 0x77F) || (c >= 0x8A0 && c <= 0x8FF);
}

static const struct text_cell *before(const struct text_cell *v, size_t i)
{
	while (i > 0 && (v[i - 1].c == 0 || v[i - 1].kind == CELL_NOTE))
		i--;
	return i > 0 ? &v[i - 1] : NULL;
}

static const struct text_cell *after(const struct text_cell *v, size_t n, size_t i)
{
	for (i++; i < n && (v[i].c == 0 || v[i].kind == CELL_NOTE); i++)
		;
	return i < n ? &v[i] : NULL;
}

/* Does the text that ends before the sign run on in Arabic? Behind closing marks and figures what is before them says so. */
static bool is_behind_arabic(const struct text_cell *v, size_t i)
{
	enum { FAR = 24 };

	for (int steps = 0; steps < FAR; steps++) {
		const struct text_cell *x = before(v, i);
		unsigned k;

		if (!is_text(x) || x->fixed || !is_arabic_text(x))
			return false;
		if (is_arabic(x->c))
			return true;
		k = chars_class(&x->lang->owner->chars, x->c);
		if (k == C_LETTER || k == C_UPPER)
			return false;
		i = (size_t)(x - v);
	}
	return false;
}

static uint32_t arabic_of(uint32_t c)
{
	return c == ',' ? 0x60C : c == ';' ? 0x61B : c == '?' ? 0x61F : 0;
}

void textrules_arabic_points(struct text_cell *v, size_t n, struct text_counts *count)
{
	for (size_t i = 1; i < n; i++) {
		const struct text_cell *a, *b;

		if (!is_text(&v[i]) || v[i].fixed || arabic_of(v[i].c) == 0 || !is_arabic_text(&v[i]))
			continue;
		a = before(v, i);
		b = after(v, n, i);
		if (is_text(a) && a->c >= '0' && a->c <= '9' && is_text(b) && b->c >= '0' && b->c <= '9')
			continue;
		if (!is_behind_arabic(v, i))
			continue;
		v[i].c = arabic_of(v[i].c);
		count->points++;
	}
}
