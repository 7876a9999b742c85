#include "write/cover.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "lang/bidi.h"
#include "shape/shape.h"

/* All positions in pixels of the 1600 x 2400 picture (HS-58). */
#define MARGIN 144
#define MEASURE (COVER_WIDTH - 2 * MARGIN)
#define BAR_TOP 144
#define BAR_BOTTOM 208
#define RULE_TOP 2000
#define RULE_HEIGHT 4
#define NUMBER_BASE 1098
#define MOTTO_SIZE 68
#define NUMBER_SIZE 720
#define FOOT_SIZE 64
#define MOST_LINES 12
#define MOST_BREAKS 60 /* of a title; one with more is shown as far as they go, small */

enum layer { BAR, INK, ACCENT, N_LAYERS }; /* upwards */

struct canvas {
	struct coverage layers[N_LAYERS]; /* what is drawn in each of the colours */
	struct fonts *fonts;
	struct shaper *shaper;
	const struct lang *lang;
	struct diag_log *log;
	bool rtl;
};

/* ---- a run of text ------------------------------------------------------------------------------------ */

enum { MOST_RUNS = 64 }; /* directions in one line; what goes beyond joins the last */

/* Stretches of one direction, from left to right. */
struct runs {
	const struct shaped_word *v[MOST_RUNS];
	size_t n;
};

static void find_runs(struct canvas *c, struct face *face, const char *s, size_t len, struct runs *out)
{
	uint8_t *levels = mem_zalloc(len + 1, 1), of[MOST_RUNS];
	const struct shaped_word *words[MOST_RUNS];
	int32_t order[MOST_RUNS];

	out->n = 0;
	if (c->rtl || lang_bidi_needed(s, len))
		lang_bidi_levels(c->lang, s, len, c->rtl, NULL, 0, levels, NULL);
	for (size_t from = 0, to; from < len; from = to) {
		struct shape_key key = { .face = face, .lang = lang_tag(c->lang), .rtl = levels[from] & 1 };

		for (to = from + 1; to < len && (levels[to] == levels[from] || out->n + 1 == MOST_RUNS); to++)
			;
		of[out->n] = levels[from];
		words[out->n++] = shape_word(c->shaper, &key, s + from, to - from, c->log);
	}
	lang_bidi_order(of, out->n, order);
	for (size_t i = 0; i < out->n; i++)
		out->v[i] = words[order[i]];
	mem_free(levels);
}

/* Goes along the glyphs from x [1/64 pixel]; draws them on the layer, if there is one, with the baseline at y. Returns
 * where they end. */
static int64_t walk_runs(const struct runs *runs, int size, int64_t x_64, int y, struct coverage *layer)
{
	for (size_t i = 0; i < runs->n; i++) {
		for (uint32_t p = 0; p < runs->v[i]->n_parts; p++) {
			const struct shaped_part *part = &runs->v[i]->parts[p];
			int64_t em = (int64_t)size * 64, upem = part->face->upem;

			for (uint32_t k = 0; k < part->n; k++) {
				const struct shaped_glyph *g = &part->glyphs[k];

				if (g->gid == 0) /* no face has it */
					continue;
				if (layer != NULL)
					face_draw(part->face, g->gid, em, x_64 + g->x_offset * em / upem, (int64_t)y * 64 - g->y_offset * em / upem,
					          layer);
				x_64 += g->advance * em / upem;
			}
		}
	}
	return x_64;
}

/* Width of text [1/64 pixel] at a size of `size` pixels an em. */
static int64_t run_width(struct canvas *c, struct face *face, int size, const char *s, size_t len)
{
	struct runs runs;

	find_runs(c, face, s, len, &runs);
	return walk_runs(&runs, size, 0, 0, NULL);
}

static int64_t draw_run(struct canvas *c, enum layer layer, struct face *face, int size, int64_t x_64, int y, const char *s,
                        size_t len)
{
	struct runs runs;

	find_runs(c, face, s, len, &runs);
	return walk_runs(&runs, size, x_64, y, &c->layers[layer]);
}

/* A line of text at the start side of the measure. */
static void draw_line(struct canvas *c, enum layer layer, struct face *face, int size, int y, const char *s, size_t len)
{
	int64_t x = (int64_t)MARGIN * 64;

	if (face == NULL || len == 0)
		return;
	if (c->rtl)
		x = ((int64_t)COVER_WIDTH - MARGIN) * 64 - run_width(c, face, size, s, len);
	draw_run(c, layer, face, size, x, y, s, len);
}

/* The column where a layer's ink begins; COVER_WIDTH: there is none. */
static int ink_left(const struct coverage *layer)
{
	int left = COVER_WIDTH;

	for (int y = 0; y < COVER_HEIGHT; y++)
		for (int x = layer->rows[y].from; x < layer->rows[y].to && x < left; x++)
			if (layer->rows[y].v[x] > 127)
				left = x;
	return left;
}

/* Moves what is on a layer by n pixels to the right, or to the left if n < 0. */
static void move(struct coverage *layer, int n)
{
	for (int y = 0; y < COVER_HEIGHT; y++) {
		struct coverage_row *row = &layer->rows[y];
		int from = row->from + n, to = row->to + n, cut = from < 0 ? -from : 0;

		if (row->v == NULL)
			continue;
		to = to < COVER_WIDTH ? to : COVER_WIDTH;
		from += cut;
		if (from < to)
			memmove(row->v + from, row->v + row->from + cut, (size_t)(to - from));
		else
			from = to = 0;
		if (row->from < from)
			memset(row->v + row->from, 0, (size_t)((row->to < from ? row->to : from) - row->from));
		if (row->to > to)
			memset(row->v + (row->from > to ? row->from : to), 0, (size_t)(row->to - (row->from > to ? row->from : to)));
		row->from = from;
		row->to = to;
	}
}

/* ---- lines of a title --------------------------------------------------------------------------------- */

/* A title is set in the number of lines that makes the best picture. For each number the lines are broken as
 * evenly as they can be; the longest then says how large the type may be. Short lines among long ones cost, small
 * type costs, and the cheapest wins. Widths of words and spaces are taken to add up, so they are summed once. */

struct lines { struct { size_t from, to; } v[MOST_LINES]; size_t n; };

struct title {
	const char *s;
	struct { size_t shown, next; int64_t end, start; bool forced; } v[MOST_BREAKS + 1]; /* where a line may end: its
		* ink to `shown`, the next line's from `next`; pens there [1/64 pixel at SCALE] */
	size_t n; /* the last is the title's end */
};

#define SCALE 1024 /* [pixel] an em, for the sums */
#define NEVER (INT64_MAX / 4)

static bool is_blank(char c)
{
	return c == ' ' || c == '\n';
}

static int64_t pen_at(struct canvas *c, struct face *face, const char *s, size_t from, size_t to, int64_t pen)
{
	return pen + run_width(c, face, SCALE, s + from, to - from);
}

static void add_break(struct canvas *c, struct face *face, struct title *t, size_t at, bool forced)
{
	size_t from = t->n > 0 ? t->v[t->n - 1].next : 0, shown = at;
	int64_t pen = t->n > 0 ? t->v[t->n - 1].start : 0;

	while (shown > from && is_blank(t->s[shown - 1]))
		shown--;
	t->v[t->n].shown = shown;
	t->v[t->n].next = at;
	t->v[t->n].end = pen_at(c, face, t->s, from, shown, pen);
	t->v[t->n].start = pen_at(c, face, t->s, shown, at, t->v[t->n].end);
	t->v[t->n].forced = forced;
	t->n++;
}

static void find_breaks(struct canvas *c, struct face *face, const char *s, struct title *t)
{
	size_t len = strlen(s);
	struct lang_run run = { .from = 0, .to = (uint32_t)len, .lang = c->lang, .code = false };
	struct break_rules rules = { .hyphenate = false, .strict = true };
	struct break_list breaks = { NULL, 0, 0 };

	t->s = s;
	t->n = 0;
	lang_breaks(s, len, &run, 1, &rules, &breaks);
	for (size_t i = 0; i < breaks.n && t->n < MOST_BREAKS; i++) /* no preposition at a line's end */
		if (breaks.v[i].hard == 0 && breaks.v[i].at < len)
			add_break(c, face, t, breaks.v[i].at, breaks.v[i].kind == BREAK_FORCED);
	break_list_free(&breaks);
	add_break(c, face, t, len, true);
}

/* Width of the line from behind break `from` - 1 to break `to`. */
static int64_t line_width(const struct title *t, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (t->v[i].forced)
			return NEVER;
	return t->v[to].end - (from > 0 ? t->v[from - 1].start : 0);
}

/* What a line costs that is so much shorter than the longest [1/1000 of it, squared]; the last less. */
static int64_t shortness(int64_t width, int64_t longest, bool last)
{
	int64_t r = longest > 0 ? (longest - width) * 1000 / longest : 0;

	return r * r / (last ? 2000 : 1000);
}

/* The title in n lines, its longest as short as can be, and then the others as even as can be. False: it
 * has not so many. cost: of the shortness of lines. */
static bool break_evenly(const struct title *t, size_t n, struct lines *out, int64_t *longest, int64_t *cost)
{
	int64_t best[MOST_LINES + 1][MOST_BREAKS + 1];
	size_t before[MOST_LINES + 1][MOST_BREAKS + 1];

	if (n > t->n)
		return false;
	*longest = 0;
	for (int pass = 0; pass < 2; pass++) { /* first the width of the longest line, then the cost */
		for (size_t k = 1; k <= n; k++)
			for (size_t to = 0; to < t->n; to++) {
				best[k][to] = NEVER;
				before[k][to] = 0;
				for (size_t from = k == 1 ? 0 : k - 1; from <= to && (k > 1 || from == 0); from++) {
					int64_t w = line_width(t, from, to), so_far = k == 1 ? 0 : best[k - 1][from - 1], sum;

					if (w >= NEVER || so_far >= NEVER || (pass == 1 && w > *longest))
						continue;
					sum = pass == 0 ? (w > so_far ? w : so_far)
					                : so_far + shortness(w, *longest, to + 1 == t->n);
					if (sum < best[k][to]) {
						best[k][to] = sum;
						before[k][to] = from;
					}
				}
			}
		if (best[n][t->n - 1] >= NEVER)
			return false;
		*(pass == 0 ? longest : cost) = best[n][t->n - 1];
	}
	out->n = n;
	for (size_t k = n, to = t->n - 1; k > 0; k--) {
		size_t from = before[k][to];

		out->v[k - 1].from = from > 0 ? t->v[from - 1].next : 0;
		out->v[k - 1].to = t->v[to].shown;
		to = from > 0 ? from - 1 : 0;
	}
	return true;
}

/* Breaks the title and returns its size [pixel an em], at most `largest`, with all lines in `room` pixels. */
static int fit_title(struct canvas *c, struct face *face, const char *title, int largest, int room, struct lines *out)
{
	struct title t;
	struct lines trial;
	int64_t least = INT64_MAX;
	int size = 0;

	find_breaks(c, face, title, &t);
	out->n = 0;
	for (size_t n = 1; n <= MOST_LINES; n++) {
		int64_t longest, cost, fits = largest;

		if (!break_evenly(&t, n, &trial, &longest, &cost))
			continue;
		if (longest > 0 && fits * longest > (int64_t)MEASURE * 64 * SCALE)
			fits = (int64_t)MEASURE * 64 * SCALE / longest;
		if (fits * 172 * (int64_t)n > (int64_t)room * 148)
			fits = (int64_t)room * 148 / (172 * (int64_t)n);
		cost += 1000 - 1000 * fits / largest;
		if (cost < least) {
			least = cost;
			size = (int)fits;
			*out = trial;
		}
	}
	return size;
}

static int draw_title(struct canvas *c, struct face *face, int size, int first_base, const char *title,
                      const struct lines *lines)
{
	int y = first_base;

	for (size_t i = 0; i < lines->n; i++, y += size * 172 / 148)
		draw_line(c, INK, face, size, y, title + lines->v[i].from, lines->v[i].to - lines->v[i].from);
	return y;
}

/* ---- the picture -------------------------------------------------------------------------------------- */

void cover_text_of(const struct doc *d, const char *title, struct cover_text *out)
{
	const struct doc_info *i = &d->info;

	*out = (struct cover_text){ .motto = i->motto, .number = i->number, .title = title, .subtitle = i->subtitle,
	                            .org = i->org_short != NULL ? i->org_short : i->org, .series = i->series,
	                            .year = i->year != NULL ? i->year : i->date, .people = i->people,
	                            .n_people = i->n_people };
}

static struct face *style_face(struct canvas *c, const struct theme *t, enum par_style_id id, bool bold)
{
	return fonts_face(c->fonts, t->par[id].family, bold, t->par[id].italic, c->log);
}

/* «НСВП  Справочная статья  2014», the organisation in bold; a line too long is set smaller. */
static void draw_foot(struct canvas *c, const struct theme *t, const struct cover_text *text)
{
	struct face *bold = style_face(c, t, PS_ORG_SHORT, true), *plain = style_face(c, t, PS_ORG, false);
	struct buf rest;
	const char *org = text->org != NULL ? text->org : "";
	int size = FOOT_SIZE;
	int64_t x, gap;

	if (bold == NULL || plain == NULL)
		return;
	buf_init(&rest);
	if (text->series != NULL)
		buf_puts(&rest, text->series);
	if (text->year != NULL) {
		buf_puts(&rest, rest.len > 0 ? "  " : "");
		buf_puts(&rest, text->year);
	}
	while (size > 30 && run_width(c, bold, size, org, strlen(org)) + run_width(c, plain, size, rest.data, rest.len) +
	                    size * 32 > (int64_t)MEASURE * 64)
		size -= 2;
	gap = *org != '\0' ? (int64_t)size * 36 : 0;
	if (c->rtl) {
		x = ((int64_t)COVER_WIDTH - MARGIN) * 64 - run_width(c, bold, size, org, strlen(org));
		draw_run(c, INK, bold, size, x, RULE_TOP + 120, org, strlen(org));
		x -= gap + run_width(c, plain, size, rest.data, rest.len);
	} else {
		x = draw_run(c, INK, bold, size, (int64_t)MARGIN * 64, RULE_TOP + 120, org, strlen(org)) + gap;
	}
	if (rest.len > 0)
		draw_run(c, INK, plain, size, x, RULE_TOP + 120, rest.data, rest.len);
	buf_free(&rest);
}

static void draw_people(struct canvas *c, const struct theme *t, const struct cover_text *text, int y)
{
	struct face *face = style_face(c, t, PS_ORG, false);

	for (int i = 0, shown = 0; face != NULL && i < text->n_people && shown < 5 && y < RULE_TOP - 60; i++) {
		const struct person *who = &text->people[i];

		if (who->name == NULL || (who->role != NULL && strcmp(who->role, "aut") != 0))
			continue;
		if (run_width(c, face, FOOT_SIZE, who->name, strlen(who->name)) <= (int64_t)MEASURE * 64)
			draw_line(c, INK, face, FOOT_SIZE, y, who->name, strlen(who->name));
		y += FOOT_SIZE * 3 / 2;
		shown++;
	}
}

static void draw_series(struct canvas *c, const struct theme *t, const struct cover_text *text, struct face *title_face)
{
	const char *family = t->masthead.number_family != NULL ? t->masthead.number_family : t->par[PS_SERIES_NUMBER].family;
	struct face *face = fonts_face(c->fonts, family, t->par[PS_SERIES_NUMBER].bold, false, c->log);
	size_t len = strlen(text->number);
	int size = NUMBER_SIZE, left;
	struct lines lines;

	while (face != NULL && size > 100 && run_width(c, face, size, text->number, len) > (int64_t)MEASURE * 64)
		size = size * 9 / 10;
	draw_line(c, ACCENT, face, size, NUMBER_BASE, text->number, len);
	/* very large figures are set by their edge, not by their bearing: it meets the bar's, a round one a hair beyond it */
	left = ink_left(&c->layers[ACCENT]);
	if (!c->rtl && left < COVER_WIDTH)
		move(&c->layers[ACCENT], MARGIN - left - size / 100);
	size = fit_title(c, title_face, text->title, 148, 560, &lines);
	draw_title(c, title_face, size, 1440, text->title, &lines);
}

static void draw_plain(struct canvas *c, const struct theme *t, const struct cover_text *text, struct face *title_face)
{
	struct face *sub_face = style_face(c, t, PS_SUBTITLE, false);
	struct lines lines;
	int size = fit_title(c, title_face, text->title, 220, 1100, &lines), y;

	y = draw_title(c, title_face, size, 420 + size, text->title, &lines) + 40;
	if (text->subtitle != NULL && *text->subtitle != '\0' && sub_face != NULL && strlen(text->subtitle) < 400) {
		int sub = fit_title(c, sub_face, text->subtitle, 96, RULE_TOP - y - 300 > 120 ? RULE_TOP - y - 300 : 120, &lines);

		if (sub >= 32)
			y = draw_title(c, sub_face, sub, y, text->subtitle, &lines) + 20;
	}
	draw_people(c, t, text, y + 60);
}

/* ---- its colours -------------------------------------------------------------------------------------- */

/* White, the colours of text and number in so many shades that the eye sees no steps at their edges, and the bar's: sixteen. */
enum { SHADES = 7 };
static const unsigned char darkest[N_LAYERS] = { [BAR] = 15, [INK] = SHADES, [ACCENT] = 2 * SHADES };

static uint8_t shade(uint8_t colour, int step)
{
	return (uint8_t)((colour * step + 255 * (SHADES - step) + SHADES / 2) / SHADES);
}

static void mix_colours(const struct theme *t, struct image_drawing *out)
{
	static const uint8_t black[3] = { 31, 31, 29 };
	const struct colour *v = t->colours;
	int number = t->masthead.number_colour, bar = t->masthead.bar_colour;
	const uint8_t *rgb[N_LAYERS];

	rgb[INK] = t->text_colour >= 0 && t->text_colour < t->n_colours ? v[t->text_colour].rgb : black;
	rgb[ACCENT] = number >= 0 && number < t->n_colours ? v[number].rgb : rgb[INK];
	memcpy(out->palette[darkest[BAR]], bar >= 0 && bar < t->n_colours ? v[bar].rgb : rgb[INK], 3);
	memset(out->palette[0], 255, 3);
	for (int layer = INK; layer <= ACCENT; layer++)
		for (int step = 1; step <= SHADES; step++)
			for (int k = 0; k < 3; k++)
				out->palette[darkest[layer] - SHADES + step][k] = shade(rgb[layer][k], step);
}

/* Colours instead of coverage, in its place. */
static void colour_in(struct coverage_row *row, const unsigned char colours[256])
{
	int x = row->from;

	for (; x + 8 <= row->to; x += 8) {
		uint64_t eight;

		memcpy(&eight, row->v + x, sizeof eight);
		if (eight == 0)
			continue;
		if (eight == UINT64_MAX) { /* the inside of a letter */
			memset(row->v + x, colours[255], sizeof eight);
			continue;
		}
		for (int k = x; k < x + 8; k++)
			row->v[k] = colours[row->v[k]];
	}
	for (; x < row->to; x++)
		row->v[x] = colours[row->v[x]];
}

/* What is on a row comes under what is on the one above it. */
static void lay_over(struct coverage *under, int y, const struct coverage_row *above)
{
	unsigned char *to;

	if (under->rows[y].v == NULL)
		under->rows[y] = *above;
	else if (above->v != NULL && above->from < above->to) {
		to = coverage_ink(under, y, above->from, above->to);
		for (int x = above->from; x < above->to; x++, to++)
			if (above->v[x] != 0)
				*to = above->v[x];
	}
}

/* What is drawn on a row, on all layers, as indexes of colours. */
static struct drawing_row paint_row(struct canvas *c, int y, unsigned char colours[N_LAYERS][256])
{
	struct coverage_row *first = &c->layers[0].rows[y];

	for (int layer = 0; layer < N_LAYERS; layer++)
		colour_in(&c->layers[layer].rows[y], colours[layer]);
	for (int layer = 1; layer < N_LAYERS; layer++)
		lay_over(&c->layers[0], y, &c->layers[layer].rows[y]);
	return (struct drawing_row){ first->v, (uint32_t)first->from, (uint32_t)first->to };
}

static void paint_rows(struct canvas *c, struct image_drawing *out)
{
	unsigned char colours[N_LAYERS][256];

	for (int layer = 0; layer < N_LAYERS; layer++)
		for (int v = 0; v < 256; v++) {
			int step = (v * SHADES + 127) / 255;

			colours[layer][v] = (unsigned char)(step > 0 ? darkest[layer] - SHADES + step : 0);
		}
	for (int y = 0; y < COVER_HEIGHT; y++)
		out->rows[y] = paint_row(c, y, colours);
}

/* Right across the measure. */
static void draw_rule(struct coverage *layer, int top, int bottom)
{
	for (int y = top; y < bottom; y++)
		memset(coverage_ink(layer, y, MARGIN, MARGIN + MEASURE), 255, MEASURE);
}

bool cover_draw(const struct cover_text *text, const struct theme *t, struct fonts *f, const struct lang *lang,
                struct arena *arena, struct image_drawing *out, struct diag_log *log)
{
	struct canvas c = { .fonts = f, .lang = lang, .log = log, .rtl = lang_is_rtl(lang) };
	struct face *title_face = style_face(&c, t, PS_TITLE, t->par[PS_TITLE].bold), *motto;

	if (title_face == NULL)
		return false;
	for (int i = 0; i < N_LAYERS; i++)
		coverage_init(&c.layers[i], COVER_WIDTH, COVER_HEIGHT, arena);
	c.shaper = shaper_open(f);
	motto = style_face(&c, t, PS_MOTTO, t->par[PS_MOTTO].bold);
	if (text->motto != NULL)
		draw_line(&c, INK, motto, MOTTO_SIZE, 332, text->motto, strlen(text->motto));
	if (text->number != NULL && *text->number != '\0')
		draw_series(&c, t, text, title_face);
	else
		draw_plain(&c, t, text, title_face);
	draw_rule(&c.layers[BAR], BAR_TOP, BAR_BOTTOM);
	draw_rule(&c.layers[INK], RULE_TOP, RULE_TOP + RULE_HEIGHT);
	draw_foot(&c, t, text);
	shaper_close(c.shaper);
	*out = (struct image_drawing){ .width = COVER_WIDTH, .height = COVER_HEIGHT,
	                               .rows = arena_array(arena, COVER_HEIGHT, sizeof *out->rows) };
	mix_colours(t, out);
	paint_rows(&c, out);
	return true;
}
