#include <string.h>

#include "base/mem.h"
#include "proof/proof_spread.h"

static struct item *add(struct prover *p, size_t spread, enum item_kind kind)
{
	return page_add(p->out, &p->out->v[spread], kind, ROLE_RULE, NULL);
}

void proof_fill(struct prover *p, size_t spread, enum proof_colour colour, sp x, sp y, sp w, sp h)
{
	struct item *it = add(p, spread, ITEM_FILL);

	it->x = x;
	it->y = y;
	it->w = w;
	it->h = h;
	it->u.fill.colour = (int16_t)(p->first_colour + (int)colour);
}

void proof_box(struct prover *p, size_t spread, enum proof_colour colour, sp x, sp y, sp w, sp h, sp thick)
{
	proof_fill(p, spread, colour, x, y, w, thick);
	proof_fill(p, spread, colour, x, y + h - thick, w, thick);
	proof_fill(p, spread, colour, x, y + thick, thick, h - 2 * thick);
	proof_fill(p, spread, colour, x + w - thick, y + thick, thick, h - 2 * thick);
}

/* Glyphs of one face in a row, text[from, to). */
struct run {
	struct glyph *v;
	size_t n, cap;
	struct glyph_shift *shifts;
	size_t n_shifts, cap_shifts;
	const struct face *face;
	const char *text;
	uint32_t from, to;
	sp width;
};

static void flush(struct prover *p, size_t spread, struct run *r, sp x, sp y, enum proof_colour colour)
{
	struct glyph *glyphs;
	struct glyph_shift *shifts;
	struct item *it;

	if (r->n == 0)
		return;
	glyphs = arena_array(p->arena, r->n, sizeof *glyphs);
	memcpy(glyphs, r->v, r->n * sizeof *glyphs);
	shifts = arena_array(p->arena, r->n, sizeof *shifts);
	memcpy(shifts, r->shifts, r->n * sizeof *shifts);
	it = add(p, spread, ITEM_TEXT);
	it->x = x;
	it->y = y;
	it->w = r->width;
	it->h = PROOF_TYPE;
	it->u.text.face = r->face;
	it->u.text.size = PROOF_TYPE;
	it->u.text.hscale = 65536;
	it->u.text.colour = (int16_t)(p->first_colour + (int)colour);
	it->u.text.glyphs = glyphs;
	it->u.text.shifts = shifts;
	it->u.text.n = (uint32_t)r->n;
	it->u.text.text = arena_dup(p->arena, r->text + r->from, r->to - r->from);
	it->u.text.len = r->to - r->from;
	it->u.text.lang = "en";
	r->n = r->n_shifts = 0;
	r->width = 0;
}

static void add_glyph(struct run *r, const struct face *face, const struct shaped_glyph *g, uint32_t at)
{
	const sp advance = shape_scale(face, g->advance, PROOF_TYPE);

	VEC_ROOM(r->v, r->n, r->cap, 1);
	VEC_ROOM(r->shifts, r->n_shifts, r->cap_shifts, 1);
	r->v[r->n++] = (struct glyph){ (int32_t)advance, (uint16_t)g->gid, (uint16_t)(at - r->from) };
	r->shifts[r->n_shifts++] = (struct glyph_shift){ (int32_t)shape_scale(face, g->x_offset, PROOF_TYPE),
		                                         (int32_t)shape_scale(face, g->y_offset, PROOF_TYPE) };
	r->width += advance;
}

/* Width of the text; sets it, too, if `sets`. A space is a word of its own. */
static sp walk(struct prover *p, size_t spread, enum proof_colour colour, sp x, sp y, const char *text, bool sets)
{
	const struct shape_key key = { .face = p->face, .lang = "en" };
	struct run r = { .text = text };
	sp width = 0;

	for (uint32_t at = 0; text[at] != '\0';) {
		uint32_t len = text[at] == ' ' ? 1 : (uint32_t)strcspn(text + at, " ");
		const struct shaped_word *w = shape_word(p->shaper, &key, text + at, len, p->log);

		for (uint32_t i = 0; i < w->n_parts; i++) {
			const struct shaped_part *part = &w->parts[i];

			if (r.n > 0 && (r.face != part->face || at + part->to - r.from > LONGEST_RUN))
				flush(p, spread, &r, x + width - r.width, y, colour);
			if (r.n == 0) {
				r.face = part->face;
				r.from = at + part->from;
			}
			for (uint32_t k = 0; sets && k < part->n; k++)
				add_glyph(&r, part->face, &part->glyphs[k], at + part->glyphs[k].cluster);
			r.to = at + part->to;
			width += shape_scale(part->face, part->width, PROOF_TYPE);
		}
		at += len;
	}
	if (sets)
		flush(p, spread, &r, x + width - r.width, y, colour);
	mem_free(r.v);
	mem_free(r.shifts);
	return width;
}

sp proof_text(struct prover *p, size_t spread, enum proof_colour colour, sp x, sp y, bool ends, const char *text)
{
	const sp width = walk(p, spread, colour, 0, 0, text, false);

	walk(p, spread, colour, ends ? x - width : x, y, text, true);
	return width;
}

sp proof_page_x(const struct prover *p, size_t page)
{
	return PROOF_SLUG + (p->right[page] ? p->in->width : 0);
}
