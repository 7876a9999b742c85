#include "write/pdf/pdf_marks.h"

#include <string.h>

#include "base/mem.h"
#include "base/strmap.h"
#include "base/utf8.h"
#include "write/pdf/pdf_colour.h"

#define MM(n) unit_scale(SP_ONE, (n) * 7200, 2540)
#define CROP_LENGTH MM(5)
#define LEAST_GAP MM(3)  /* crop marks stay so far from the trim, however narrow the bleed */
#define CROSS_AT MM(5)   /* centre of a register cross, from the bleed */
#define CROSS_ARM MM(3)
#define CROSS_RADIUS unit_scale(MM(3), 1, 2)
#define PATCH MM(4)
#define TYPE_SIZE SP_PT(6)
#define LONGEST 200

struct marks {
	struct pdf_job *job;
	struct buf *b;
};

static void put_point(const struct marks *m, sp x, sp y)
{
	pdf_put_pt(m->b, x + m->job->margin);
	buf_putc(m->b, ' ');
	pdf_put_pt(m->b, m->job->media_h - m->job->margin - y);
	buf_putc(m->b, ' ');
}

static void put_line(const struct marks *m, sp x0, sp y0, sp x1, sp y1)
{
	put_point(m, x0, y0);
	buf_puts(m->b, "m ");
	put_point(m, x1, y1);
	buf_puts(m->b, "l S\n");
}

/* Two lines at each corner, in the edges of the trim. */
static void put_crop_marks(const struct marks *m)
{
	const struct pages *g = m->job->pages;
	sp near = g->bleed > LEAST_GAP ? g->bleed : LEAST_GAP, far = near + CROP_LENGTH;

	for (int side = 0; side < 2; side++) {
		sp x = side == 0 ? 0 : g->width, y = side == 0 ? 0 : g->height;

		put_line(m, x, -near, x, -far);
		put_line(m, x, g->height + near, x, g->height + far);
		put_line(m, -near, y, -far, y);
		put_line(m, g->width + near, y, g->width + far, y);
	}
}

/* A circle is four curves whose handles are 0.5523 of the radius long. */
static void put_cross(const struct marks *m, sp x, sp y)
{
	static const int quarter[4][2] = { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, -1 } };
	sp r = CROSS_RADIUS, k = unit_scale(r, 5523, 10000);

	put_line(m, x - CROSS_ARM, y, x + CROSS_ARM, y);
	put_line(m, x, y - CROSS_ARM, x, y + CROSS_ARM);
	put_point(m, x + r, y);
	buf_puts(m->b, "m ");
	for (int i = 0; i < 4; i++) {
		const int *a = quarter[i], *c = quarter[(i + 1) % 4];

		put_point(m, x + a[0] * r + c[0] * k, y + a[1] * r + c[1] * k);
		put_point(m, x + c[0] * r + a[0] * k, y + c[1] * r + a[1] * k);
		put_point(m, x + c[0] * r, y + c[1] * r);
		buf_puts(m->b, "c ");
	}
	buf_puts(m->b, "S\n");
}

static void put_crosses(const struct marks *m)
{
	const struct pages *g = m->job->pages;
	sp away = g->bleed + CROSS_AT;

	put_cross(m, g->width / 2, -away);
	put_cross(m, g->width / 2, g->height + away);
	put_cross(m, -away, g->height / 2);
	put_cross(m, g->width + away, g->height / 2);
}

/* Patches of each ink, full and half, below the page from the left; as many as fit before the cross. */
static void put_bar(const struct marks *m)
{
	const struct pages *g = m->job->pages;
	sp x = MM(8), y = g->height + g->bleed + MM(3), stop = g->width / 2 - MM(5);

	for (int i = 0; i < 8 && x + PATCH <= stop; i++, x += PATCH) {
		for (int k = 0; k < 4; k++)
			buf_puts(m->b, k != i % 4 ? "0 " : i < 4 ? "1 " : "0.5 ");
		buf_puts(m->b, "k ");
		put_point(m, x, y + PATCH);
		pdf_put_pt(m->b, PATCH);
		buf_putc(m->b, ' ');
		pdf_put_pt(m->b, PATCH);
		buf_puts(m->b, " re f\n");
	}
	for (int i = 0; i < g->n_colours && x + PATCH <= stop; i++) {
		if (pdf_colour_spot(g->colours, i) != i)
			continue;
		buf_printf(m->b, "/S%d cs 1 scn ", i);
		put_point(m, x, y + PATCH);
		pdf_put_pt(m->b, PATCH);
		buf_putc(m->b, ' ');
		pdf_put_pt(m->b, PATCH);
		buf_puts(m->b, " re f\n");
		x += PATCH;
	}
}

static const struct face *face_of(const struct pdf_job *job)
{
	for (size_t i = 0; i < job->pages->n; i++)
		for (size_t k = 0; k < job->pages->v[i].n; k++) {
			const struct item *it = &job->pages->v[i].items[k];

			if (it->kind == ITEM_TEXT && it->u.text.face != NULL && face_has(it->u.text.face, '0') &&
			    face_has(it->u.text.face, 'a'))
				return it->u.text.face;
		}
	return NULL;
}

/* ---- words: outlines, since what is no text of the document is to be no text of the file ------------------------ */

struct letter {
	const char *path; /* in font units */
	int advance;
};

/* The letters met so far. */
struct pdf_marks_type {
	const struct face *face; /* NULL: none that has words */
	struct strmap letters;   /* by character */
};

static struct pdf_marks_type *type_of(struct pdf_job *job)
{
	if (job->marks_type == NULL) {
		job->marks_type = ARENA_NEW(&job->arena, struct pdf_marks_type);
		job->marks_type->face = face_of(job);
		strmap_init(&job->marks_type->letters);
	}
	return job->marks_type;
}

void pdf_marks_free(struct pdf_job *job)
{
	if (job->marks_type != NULL)
		strmap_free(&job->marks_type->letters);
}

static const char *make_path(struct arena *arena, const struct face *face, uint32_t gid)
{
	struct outline_step *v;
	struct buf b;
	const char *path;
	size_t n;

	buf_init(&b);
	if (face_outline(face, gid, &v, &n)) {
		for (size_t i = 0; i < n; i++) {
			for (int k = 0; k < (v[i].op == 'c' ? 3 : 1); k++) {
				buf_put_int(&b, v[i].x[k]);
				buf_putc(&b, ' ');
				buf_put_int(&b, v[i].y[k]);
				buf_putc(&b, ' ');
			}
			buf_putc(&b, v[i].op);
			buf_putc(&b, '\n');
		}
		buf_puts(&b, "f\n");
	}
	mem_free(v);
	path = arena_dup(arena, b.len > 0 ? b.data : "", b.len);
	buf_free(&b);
	return path;
}

/* A character that the face lacks is a dash. */
static const struct letter *letter_of(struct pdf_job *job, struct pdf_marks_type *t, const char *s, size_t n)
{
	struct letter *l = strmap_lookup(&t->letters, s, n);
	uint32_t c, gid;

	if (l != NULL)
		return l;
	c = utf8_decode(s, n, &n);
	gid = face_glyph(t->face, face_has(t->face, c) ? c : '-');
	l = ARENA_NEW(&job->arena, struct letter);
	*l = (struct letter){ make_path(&job->arena, t->face, gid), face_advance(t->face, gid) };
	strmap_put(&t->letters, arena_dup(&job->arena, s, n), n, l);
	return l;
}

/* From x on, as far as stop. Returns where they end. */
static sp put_words(const struct marks *m, const char *words, sp x, sp y, sp stop)
{
	struct pdf_marks_type *t = type_of(m->job);
	size_t len = strlen(words);
	int64_t pen = 0, upem = t->face != NULL ? t->face->upem : 1; /* [font unit] */

	if (t->face == NULL)
		return x;
	buf_puts(m->b, "q ");
	pdf_put_number(m->b, unit_scale(TYPE_SIZE, 1000000, SP_ONE * upem), 6);
	buf_puts(m->b, " 0 0 ");
	pdf_put_number(m->b, unit_scale(TYPE_SIZE, 1000000, SP_ONE * upem), 6);
	buf_putc(m->b, ' ');
	put_point(m, x, y);
	buf_puts(m->b, "cm\n");
	for (size_t i = 0, n; i < len && i < LONGEST; i += n) {
		const struct letter *l;

		utf8_decode(words + i, len - i, &n);
		l = letter_of(m->job, t, words + i, n);
		if (x + unit_scale(TYPE_SIZE, pen + l->advance, upem) > stop)
			break;
		buf_puts(m->b, l->path);
		buf_puts(m->b, "1 0 0 1 ");
		buf_put_int(m->b, l->advance);
		buf_puts(m->b, " 0 cm\n");
		pen += l->advance;
	}
	buf_puts(m->b, "Q\n");
	return x + unit_scale(TYPE_SIZE, pen, upem);
}

/* Below the page, right of the cross: each plate says its own name. */
static void put_plates(const struct marks *m)
{
	static const char *const names[] = { "Cyan", "Magenta", "Yellow", "Black" };
	static const char *const inks[] = { "1 0 0 0 k\n", "0 1 0 0 k\n", "0 0 1 0 k\n", "0 0 0 1 k\n" };
	const struct pages *g = m->job->pages;
	sp x = g->width / 2 + MM(5), y = g->height + g->bleed + MM(6), stop = g->width;

	for (int i = 0; i < 4; i++) {
		buf_puts(m->b, inks[i]);
		x = put_words(m, names[i], x, y, stop) + SP_PT(6);
	}
	for (int i = 0; i < g->n_colours; i++) {
		if (pdf_colour_spot(g->colours, i) != i)
			continue;
		buf_printf(m->b, "/S%d cs 1 scn\n", i);
		x = put_words(m, g->colours[i].spot, x, y, stop) + SP_PT(6);
	}
}

/* Above the page, left of the cross the job, right of it the page and the inks' condition. */
static sp words_y(const struct pdf_job *job)
{
	return -job->pages->bleed - MM(4);
}

static void put_job(const struct marks *m)
{
	const struct pdf_options *o = m->job->options;
	const struct pages *g = m->job->pages;
	sp stop = g->width / 2 - MM(5), x = MM(8), y = words_y(m->job);

	buf_puts(m->b, "0 0 0 1 k\n");
	if (o->name != NULL)
		x = put_words(m, o->name, x, y, stop) + SP_PT(6);
	if (m->job->doc->lang != NULL)
		x = put_words(m, m->job->doc->lang, x, y, stop) + SP_PT(6);
	if (o->date != NULL)
		x = put_words(m, arena_printf(&m->job->arena, "%.10s", o->date), x, y, stop) + SP_PT(6);
	if (o->condition != NULL || o->condition_info != NULL)
		put_words(m, o->condition != NULL ? o->condition : o->condition_info, x, y, stop);
}

void pdf_marks_write(struct pdf_job *job)
{
	struct buf content, keys;
	struct marks m = { job, &content };

	if (job->options->target != PDF_PRINT || !job->options->marks)
		return;
	buf_init(&content);
	buf_init(&keys);
	buf_puts(&content, "/All CS 1 SCN 0.25 w\n");
	put_crop_marks(&m);
	put_crosses(&m);
	put_bar(&m);
	put_plates(&m);
	put_job(&m);
	buf_puts(&keys, "/Type /XObject /Subtype /Form /BBox [0 0 ");
	pdf_put_pt(&keys, job->media_w);
	buf_putc(&keys, ' ');
	pdf_put_pt(&keys, job->media_h);
	buf_puts(&keys, "] /Resources <</ColorSpace <<");
	pdf_colour_put_spaces(&keys, job->pages->colours, job->pages->n_colours);
	buf_puts(&keys, ">>>>");
	job->marks = pdf_stream_new(job->file, content.data, content.len, keys.data, PACK_DEFLATE);
	buf_free(&content);
	buf_free(&keys);
}

void pdf_marks_show(struct pdf_job *job, size_t page, struct buf *content)
{
	const struct pages *g = job->pages;
	struct marks m = { job, content };

	if (job->marks == 0)
		return;
	buf_puts(content, "/Marks Do\n0 0 0 1 k\n");
	put_words(&m, arena_printf(&job->arena, "%zu / %zu", page + 1, g->n), g->width / 2 + MM(5), words_y(job), g->width);
}
