#include "write/cover.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

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

struct canvas {
	unsigned char *rgb;
	unsigned char *cover; /* coverage of the run being drawn */
	struct fonts *fonts;
	const struct lang *lang;
	struct diag_log *log;
	bool rtl;
};

static void fill(struct canvas *c, int x, int y, int w, int h, const uint8_t rgb[3])
{
	for (int row = y; row < y + h && row < COVER_HEIGHT; row++)
		for (int col = x; col < x + w && col < COVER_WIDTH; col++)
			memcpy(c->rgb + ((size_t)row * COVER_WIDTH + (size_t)col) * 3, rgb, 3);
}

/* ---- a run of text ------------------------------------------------------------------------------------ */

/* Width of text [1/64 pixel] at a size of `size` pixels an em. */
static int64_t run_width(struct canvas *c, struct face *face, int size, const char *s, size_t len)
{
	int64_t w = 0;

	for (size_t i = 0, n = 0; i < len; i += n) {
		uint32_t ch = utf8_decode(s + i, len - i, &n);
		struct face *f = face_has(face, ch) ? face : fonts_face_for(c->fonts, face, ch, lang_tag(c->lang), c->log);

		if (f != NULL && f->upem > 0)
			w += (int64_t)face_advance(f, face_glyph(f, ch)) * size * 64 / f->upem;
	}
	return w;
}

static int64_t draw_run(struct canvas *c, struct face *face, int size, int64_t x_64, int y, const char *s, size_t len,
                        const uint8_t rgb[3])
{
	memset(c->cover, 0, (size_t)COVER_WIDTH * COVER_HEIGHT);
	for (size_t i = 0, n = 0; i < len; i += n) {
		uint32_t ch = utf8_decode(s + i, len - i, &n), glyph;
		struct face *f = face_has(face, ch) ? face : fonts_face_for(c->fonts, face, ch, lang_tag(c->lang), c->log);

		if (f == NULL || f->upem <= 0)
			continue;
		glyph = face_glyph(f, ch);
		face_draw(f, glyph, (int64_t)size * 64, x_64, (int64_t)y * 64, c->cover, COVER_WIDTH, COVER_HEIGHT);
		x_64 += (int64_t)face_advance(f, glyph) * size * 64 / f->upem;
	}
	for (size_t i = 0; i < (size_t)COVER_WIDTH * COVER_HEIGHT; i++) {
		unsigned a = c->cover[i];

		for (size_t k = 0; a != 0 && k < 3; k++)
			c->rgb[i * 3 + k] = (unsigned char)((c->rgb[i * 3 + k] * (255u - a) + rgb[k] * a + 127u) / 255u);
	}
	return x_64;
}

/* A line of text at the start side of the measure, moved by `shift` pixels. */
static void draw_line(struct canvas *c, struct face *face, int size, int shift, int y, const char *s, size_t len,
                      const uint8_t rgb[3])
{
	int64_t x = ((int64_t)MARGIN + shift) * 64;

	if (face == NULL || len == 0)
		return;
	if (c->rtl)
		x = ((int64_t)COVER_WIDTH - MARGIN - shift) * 64 - run_width(c, face, size, s, len);
	draw_run(c, face, size, x, y, s, len, rgb);
}

/* How far right of the pen the ink of the first character begins [pixel]: very large figures are set by
 * their edge, not by their bearing. */
static int ink_left(struct canvas *c, struct face *face, int size, const char *s, size_t len)
{
	size_t n = 0;
	uint32_t glyph = face_glyph(face, len > 0 ? utf8_decode(s, len, &n) : ' ');

	memset(c->cover, 0, (size_t)COVER_WIDTH * COVER_HEIGHT);
	face_draw(face, glyph, (int64_t)size * 64, (int64_t)MARGIN * 64, (int64_t)NUMBER_BASE * 64, c->cover, COVER_WIDTH,
	          COVER_HEIGHT);
	for (int x = 0; x < COVER_WIDTH; x++)
		for (int y = 0; y < COVER_HEIGHT; y++)
			if (c->cover[(size_t)y * COVER_WIDTH + (size_t)x] > 127)
				return x - MARGIN;
	return 0;
}

/* ---- lines of a title --------------------------------------------------------------------------------- */

struct lines { struct { size_t from, to; } v[MOST_LINES]; size_t n; bool fits; };

/* Breaks at the strict opportunities, each line as full as `measure` [1/64 pixel] allows. */
static void break_lines(struct canvas *c, struct face *face, int size, const char *s, size_t len,
                        const struct break_list *breaks, int64_t measure, struct lines *out)
{
	size_t from = 0, at = 0; /* at: next break point to try */

	out->n = 0;
	out->fits = true;
	while (from < len && out->n < MOST_LINES) {
		size_t to = 0, next = from, first = at;

		for (; at <= breaks->n; at++) {
			size_t end = at < breaks->n ? breaks->v[at].at : len, shown = end;
			bool forced = at < breaks->n && breaks->v[at].kind == BREAK_FORCED;

			if (end <= from)
				continue;
			while (shown > from && (s[shown - 1] == ' ' || s[shown - 1] == '\n'))
				shown--;
			if (next > from && run_width(c, face, size, s + from, shown - from) > measure)
				break;
			if (run_width(c, face, size, s + from, shown - from) > measure)
				out->fits = false;
			to = shown;
			next = end;
			if (forced) {
				at++;
				break;
			}
		}
		if (next == from) { /* cannot be: len itself is a break */
			at = first + 1;
			next = to = len;
		}
		out->v[out->n].from = from;
		out->v[out->n].to = to;
		out->n++;
		from = next;
	}
	if (from < len)
		out->fits = false;
}

/* As few lines as fill the measure, then as even as that number allows: the narrowest measure that
 * still gives it, found by halving. */
static void balance(struct canvas *c, struct face *face, int size, const char *s, struct lines *out)
{
	size_t len = strlen(s);
	struct lang_run run = { .from = 0, .to = (uint32_t)len, .lang = c->lang, .code = false };
	struct break_rules rules = { .hyphenate = false, .strict = true };
	struct break_list breaks = { NULL, 0, 0 };
	int64_t high = (int64_t)MEASURE * 64, low = high / 3;
	struct lines trial;
	size_t kept = 0;

	lang_breaks(s, len, &run, 1, &rules, &breaks);
	for (size_t i = 0; i < breaks.n; i++) /* no preposition at a line's end, as long as that can be helped */
		if (breaks.v[i].hard == 0)
			breaks.v[kept++] = breaks.v[i];
	breaks.n = kept;
	break_lines(c, face, size, s, len, &breaks, high, out);
	for (int i = 0; i < 10 && out->fits && out->n > 1; i++) {
		int64_t middle = (low + high) / 2;

		break_lines(c, face, size, s, len, &breaks, middle, &trial);
		if (trial.fits && trial.n == out->n) {
			high = middle;
			*out = trial;
		} else {
			low = middle;
		}
	}
	break_list_free(&breaks);
}

/* The largest of some sizes at which the title fits its room; returns the size. */
static int fit_title(struct canvas *c, struct face *face, const char *title, int largest, int room, struct lines *out)
{
	int size = largest;

	for (;; size = size * 9 / 10) {
		balance(c, face, size, title, out);
		if ((out->fits && (int)out->n * size * 172 / 148 <= room) || size < 60)
			return size;
	}
}

static int draw_title(struct canvas *c, struct face *face, int size, int first_base, const char *title,
                      const struct lines *lines, const uint8_t rgb[3])
{
	int y = first_base;

	for (size_t i = 0; i < lines->n; i++, y += size * 172 / 148)
		draw_line(c, face, size, 0, y, title + lines->v[i].from, lines->v[i].to - lines->v[i].from, rgb);
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
static void draw_foot(struct canvas *c, const struct theme *t, const struct cover_text *text, const uint8_t ink[3])
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
		draw_run(c, bold, size, x, RULE_TOP + 120, org, strlen(org), ink);
		x -= gap + run_width(c, plain, size, rest.data, rest.len);
	} else {
		x = draw_run(c, bold, size, (int64_t)MARGIN * 64, RULE_TOP + 120, org, strlen(org), ink) + gap;
	}
	if (rest.len > 0)
		draw_run(c, plain, size, x, RULE_TOP + 120, rest.data, rest.len, ink);
	buf_free(&rest);
}

static void draw_people(struct canvas *c, const struct theme *t, const struct cover_text *text, int y,
                        const uint8_t ink[3])
{
	struct face *face = style_face(c, t, PS_ORG, false);

	for (int i = 0, shown = 0; face != NULL && i < text->n_people && shown < 5 && y < RULE_TOP - 60; i++) {
		const struct person *who = &text->people[i];

		if (who->name == NULL || (who->role != NULL && strcmp(who->role, "aut") != 0))
			continue;
		if (run_width(c, face, FOOT_SIZE, who->name, strlen(who->name)) <= (int64_t)MEASURE * 64)
			draw_line(c, face, FOOT_SIZE, 0, y, who->name, strlen(who->name), ink);
		y += FOOT_SIZE * 3 / 2;
		shown++;
	}
}

static void draw_series(struct canvas *c, const struct theme *t, const struct cover_text *text, struct face *title_face,
                        const uint8_t ink[3], const uint8_t accent[3])
{
	const char *family = t->masthead.number_family != NULL ? t->masthead.number_family : t->par[PS_SERIES_NUMBER].family;
	struct face *face = fonts_face(c->fonts, family, t->par[PS_SERIES_NUMBER].bold, false, c->log);
	size_t len = strlen(text->number);
	int size = NUMBER_SIZE, title_size;
	struct lines lines;

	while (face != NULL && size > 100 && run_width(c, face, size, text->number, len) > (int64_t)MEASURE * 64)
		size = size * 9 / 10;
	if (face != NULL) /* its left edge meets the bar's, a round one a hair beyond it */
		draw_line(c, face, size, c->rtl ? 0 : -ink_left(c, face, size, text->number, len) - size / 100, NUMBER_BASE,
		          text->number, len, accent);
	title_size = fit_title(c, title_face, text->title, 148, 560, &lines);
	draw_title(c, title_face, title_size, 1440, text->title, &lines, ink);
}

static void draw_plain(struct canvas *c, const struct theme *t, const struct cover_text *text, struct face *title_face,
                       const uint8_t ink[3])
{
	struct face *sub_face = style_face(c, t, PS_SUBTITLE, false);
	struct lines lines;
	int size = fit_title(c, title_face, text->title, 220, 1100, &lines), y;

	y = draw_title(c, title_face, size, 420 + size, text->title, &lines, ink) + 40;
	if (text->subtitle != NULL && *text->subtitle != '\0' && sub_face != NULL && strlen(text->subtitle) < 400) {
		int sub = fit_title(c, sub_face, text->subtitle, 96, RULE_TOP - y - 300 > 120 ? RULE_TOP - y - 300 : 120, &lines);

		if (lines.fits)
			y = draw_title(c, sub_face, sub, y, text->subtitle, &lines, ink) + 20;
	}
	draw_people(c, t, text, y + 60, ink);
}

bool cover_draw(const struct cover_text *text, const struct theme *t, struct fonts *f, const struct lang *lang,
                struct image_pixels *out, struct diag_log *log)
{
	static const uint8_t white[3] = { 255, 255, 255 }, black[3] = { 31, 31, 29 };
	const uint8_t *ink = t->text_colour >= 0 && t->text_colour < t->n_colours ? t->colours[t->text_colour].rgb : black;
	int bar = t->masthead.bar_colour, number = t->masthead.number_colour;
	struct canvas c = { .fonts = f, .lang = lang, .log = log, .rtl = lang_is_rtl(lang) };
	struct face *title_face = style_face(&c, t, PS_TITLE, t->par[PS_TITLE].bold), *motto;

	if (title_face == NULL)
		return false;
	c.rgb = mem_alloc((size_t)COVER_WIDTH * COVER_HEIGHT * 3);
	c.cover = mem_alloc((size_t)COVER_WIDTH * COVER_HEIGHT);
	fill(&c, 0, 0, COVER_WIDTH, COVER_HEIGHT, white);
	fill(&c, MARGIN, BAR_TOP, MEASURE, BAR_BOTTOM - BAR_TOP, bar >= 0 && bar < t->n_colours ? t->colours[bar].rgb : ink);
	motto = style_face(&c, t, PS_MOTTO, t->par[PS_MOTTO].bold);
	if (text->motto != NULL && motto != NULL)
		draw_line(&c, motto, MOTTO_SIZE, 0, 332, text->motto, strlen(text->motto), ink);
	if (text->number != NULL && *text->number != '\0')
		draw_series(&c, t, text, title_face, ink, number >= 0 && number < t->n_colours ? t->colours[number].rgb : ink);
	else
		draw_plain(&c, t, text, title_face, ink);
	fill(&c, MARGIN, RULE_TOP, MEASURE, RULE_HEIGHT, ink);
	draw_foot(&c, t, text, ink);
	mem_free(c.cover);
	*out = (struct image_pixels){ .width = COVER_WIDTH, .height = COVER_HEIGHT, .channels = 3, .data = c.rgb };
	return true;
}
