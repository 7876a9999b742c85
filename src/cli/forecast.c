#include "cli/forecast.h"

#include <string.h>

#include "cli/show.h"
#include "edition/editions.h"
#include "i18n/forecast.h"

/* Messages of an edition that is none are not the document's; of them this is for who reads the forecast. */
static bool is_misfit(const struct diag *d)
{
	return strcmp(d->code, "quote-in-column") == 0 || strcmp(d->code, "table-wide") == 0;
}

/* ---- as a table ---- */

static void put_misfits(const struct one_of_editions *one, struct buf *out)
{
	for (size_t i = 0; i < one->log.n; i++) {
		const struct diag *d = &one->log.v[i];

		if (is_misfit(d))
			buf_printf(out, "  %s:%d: %s\n", d->pos.file, d->pos.line, d->code[0] == 'q' ?
			           "this pull quote will find no place beside the text" : "this table will be too wide");
		else if (d->level == DIAG_ERROR)
			buf_printf(out, "  %s\n", d->text);
	}
}

static void put_line(const struct one_of_editions *one, const struct forecast *f, struct buf *out)
{
	const struct pages *pages = one->edition.pages;

	buf_printf(out, "%-9s %5d%% ", one->options.lang, f->expansion);
	if (pages != NULL)
		buf_printf(out, "%6zu %11zu", pages->n, (4 - pages->n % 4) % 4);
	else
		buf_printf(out, "%6s %11s", "-", "-");
	if (f->measured)
		buf_printf(out, "   measured on %d units\n", f->units);
	else
		buf_puts(out, f->units < 0 ? "   the source\n" : "   by rule of thumb\n");
	put_misfits(one, out);
}

static void put_table(const struct editions *s, const struct forecast *f, struct buf *out)
{
	buf_printf(out, "%-9s %6s %6s %11s\n", "language", "length", "pages", "blank to 4");
	for (size_t i = 0; i < s->n; i++)
		put_line(&s->v[i], &f[i], out);
}

/* ---- as JSON ---- */

static void put_string(struct buf *out, const char *key, const char *value)
{
	buf_printf(out, "\"%s\": \"", key);
	buf_put_json(out, value, strlen(value));
	buf_putc(out, '"');
}

static void put_problems(const struct one_of_editions *one, struct buf *out)
{
	bool first = true;

	buf_puts(out, ", \"misfits\": [");
	for (size_t i = 0; i < one->log.n; i++) {
		const struct diag *d = &one->log.v[i];

		if (!is_misfit(d) && d->level != DIAG_ERROR)
			continue;
		buf_puts(out, first ? "\n    { " : ",\n    { ");
		put_string(out, "code", d->code);
		buf_puts(out, ", ");
		put_string(out, "file", d->pos.file != NULL ? d->pos.file : "");
		buf_printf(out, ", \"line\": %d, ", d->pos.line);
		put_string(out, "text", d->text);
		buf_puts(out, " }");
		first = false;
	}
	buf_puts(out, first ? "]" : " ]");
}

static void put_object(const struct one_of_editions *one, const struct forecast *f, struct buf *out)
{
	const struct pages *pages = one->edition.pages;

	buf_puts(out, "\n  { ");
	put_string(out, "lang", one->options.lang);
	buf_printf(out, ", \"length_percent\": %d, ", f->expansion);
	put_string(out, "basis", f->units < 0 ? "source" : f->measured ? "measured" : "rule-of-thumb");
	if (f->measured)
		buf_printf(out, ", \"units\": %d", f->units);
	if (pages != NULL)
		buf_printf(out, ", \"pages\": %zu, \"blanks_to_4\": %zu", pages->n, (4 - pages->n % 4) % 4);
	put_problems(one, out);
	buf_puts(out, " }");
}

static void put_json(const struct editions *s, const struct forecast *f, const char *source, struct buf *out)
{
	buf_puts(out, "{ ");
	put_string(out, "source", source);
	buf_puts(out, ", \"editions\": [");
	for (size_t i = 0; i < s->n; i++) {
		put_object(&s->v[i], &f[i], out);
		buf_puts(out, i + 1 < s->n ? "," : "");
	}
	buf_puts(out, " ] }\n");
}

/* ---- the run ---- */

static void fill_translations(struct editions *s, struct forecast *f)
{
	f[0] = (struct forecast){ .expansion = 100, .units = -1 };
	for (size_t i = 1; i < s->n; i++) {
		struct translation **t = &s->origin.translation[i - 1], *old = *t;

		diag_free(&s->v[i].log); /* what is wrong with a translation is not for here */
		diag_init(&s->v[i].log);
		*t = forecast_make(s->origin.units, old, s->v[i].options.lang, &f[i], &s->v[i].log);
		s->v[i].ok = true;
		translation_close(old);
	}
}

void forecast_run(const struct options *o, struct diag_log *log)
{
	struct forecast *f;
	struct editions s;
	struct diag_log quiet;
	struct buf out;

	buf_init(&out);
	diag_init(&quiet);
	if (editions_open(&s, o->source, &o->edition, o->jobs, log)) {
		f = arena_array(&s.origin.project.arena, s.n, sizeof *f);
		fill_translations(&s, f);
		editions_lay_out(&s, NULL);
		if (o->json)
			put_json(&s, f, o->source, &out);
		else
			put_table(&s, f, &out);
		show_text(&out, log);
	}
	editions_close(&s, &quiet);
	diag_free(&quiet);
	buf_free(&out);
}
