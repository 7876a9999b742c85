#include "proof/proof_spread.h"

enum sample { SAMPLE_BAR, SAMPLE_LINE, SAMPLE_AREA, SAMPLE_BOX, SAMPLE_WORD };

static const struct mark {
	enum proof_colour colour;
	enum sample sample;
	const char *name, *text;
} marks[] = {
	{ PROOF_GRID, SAMPLE_LINE, "baseline grid", "lines of text stand on it, on facing pages alike" },
	{ PROOF_TIGHT, SAMPLE_BAR, "tight", "left of a justified line: its spaces are under 0.85 of their natural width" },
	{ PROOF_EVEN, SAMPLE_BAR, "even", "0.85 to 1.2 of it" },
	{ PROOF_OPEN, SAMPLE_BAR, "open", "1.2 to 1.35" },
	{ PROOF_WIDE, SAMPLE_BAR, "wide", "1.35 to 1.5" },
	{ PROOF_HOLE, SAMPLE_BAR, "over 1.5", "more: the eye sees holes" },
	{ PROOF_SHORT, SAMPLE_BAR, "left short", "left of a line that ends before the edge: full, it would be all holes" },
	{ PROOF_LAKE, SAMPLE_BAR, "lake", "left of three lines in a row, each more than a fifth of it white" },
	{ PROOF_HYPHEN, SAMPLE_BAR, "two hyphens", "right of the lines: two in a row end in a hyphen" },
	{ PROOF_LADDER, SAMPLE_BAR, "ladder", "right of the lines: three or more do" },
	{ PROOF_RIVER, SAMPLE_AREA, "river", "wide gaps under each other through four lines or more" },
	{ PROOF_RELAXED, SAMPLE_LINE, "relaxed rule", "below the end of a line; which one stands outside the page, level with it" },
	{ PROOF_OVER, SAMPLE_AREA, "overfull", "what sticks out of the measure" },
	{ PROOF_INSET, SAMPLE_BOX, "quote, figure, table",
	  "a frame around what may move, and a line to the end of the text it follows in the source" },
	{ PROOF_STALE, SAMPLE_BAR, "stale", "an old translation of words that have changed; its page and line stand outside the page" },
	{ PROOF_INK, SAMPLE_WORD, "line of the source",
	  "where the text begins that this line begins with; said when it changes; po: of the translation's file" },
};
enum { MARKS = sizeof marks / sizeof *marks };

#define SAMPLE_WIDTH SP_PT(10)
#define ENTRY SP_PT(86)
#define ROW SP_PT(10)

static int entries_in(sp width)
{
	return width > ENTRY ? (int)(width / ENTRY) : 1;
}

static void put_sample(struct prover *p, size_t spread, const struct mark *m, sp x, sp y)
{
	switch (m->sample) {
	case SAMPLE_BAR: proof_fill(p, spread, m->colour, x + SP_PT(4), y - SP_PT(5), SP_PT(2), SP_PT(7)); break;
	case SAMPLE_LINE: proof_fill(p, spread, m->colour, x, y - SP_PT(2), SP_PT(8), SP_ONE * 3 / 4); break;
	case SAMPLE_AREA: proof_fill(p, spread, m->colour, x + SP_PT(2), y - SP_PT(5), SP_PT(6), SP_PT(7)); break;
	case SAMPLE_BOX: proof_box(p, spread, m->colour, x, y - SP_PT(5), SP_PT(8), SP_PT(7), SP_ONE / 2); break;
	case SAMPLE_WORD: proof_text(p, spread, m->colour, x, y, false, "57"); break;
	}
}

sp proof_legend_height(sp width)
{
	int n = entries_in(width);

	return SP_PT(10) + (MARKS + n - 1) / n * ROW;
}

sp proof_legend_page_height(void)
{
	return PROOF_TOP + SP_PT(24) + (MARKS + LINE_FAULTS + 4) * ROW;
}

void proof_legend_strip(struct prover *p, size_t spread, sp y)
{
	const int n = entries_in(2 * p->in->width);

	for (int i = 0; i < MARKS; i++) {
		sp x = PROOF_SLUG + i % n * ENTRY, line = y + SP_PT(12) + i / n * ROW;

		put_sample(p, spread, &marks[i], x, line);
		proof_text(p, spread, PROOF_INK, x + SAMPLE_WIDTH, line, false, marks[i].name);
	}
}

static void legend_rules(struct prover *p, size_t spread, sp x, sp y)
{
	const struct lines_made *m = &p->in->lines;

	proof_text(p, spread, PROOF_INK, x, y, false,
	           arena_printf(p->arena, "rules that may be relaxed, and on how many of %lld lines they were", (long long)m->lines));
	for (int f = 0; f < LINE_FAULTS; f++) {
		y += ROW;
		proof_text(p, spread, PROOF_INK, x + SP_PT(24), y, true, arena_printf(p->arena, "%lld", (long long)m->of[f]));
		proof_text(p, spread, PROOF_RELAXED, x + SP_PT(30), y, false, line_fault_name((enum line_fault)f));
		proof_text(p, spread, PROOF_INK, x + SP_PT(90), y, false, line_fault_text((enum line_fault)f));
	}
}

void proof_legend_page(struct prover *p, size_t spread)
{
	sp x = PROOF_SLUG, y = PROOF_TOP + SP_PT(24);

	proof_text(p, spread, PROOF_INK, x, y, false, "what the marks are");
	for (int i = 0; i < MARKS; i++) {
		y += ROW;
		put_sample(p, spread, &marks[i], x, y);
		proof_text(p, spread, PROOF_INK, x + SP_PT(14), y, false, marks[i].name);
		proof_text(p, spread, PROOF_INK, x + SP_PT(90), y, false, marks[i].text);
	}
	legend_rules(p, spread, x, y + 2 * ROW);
}
