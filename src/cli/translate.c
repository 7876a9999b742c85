#include "cli/translate.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "edition/compare.h"
#include "i18n/forecast.h"
#include "i18n/xmlout.h"

static bool print(const struct buf *b, struct diag_log *log)
{
	bool ok = fwrite(b->data, 1, b->len, stdout) == b->len && fflush(stdout) == 0;

	if (!ok)
		diag_fail(log, "io", DIAG_NOWHERE, "cannot write to standard output");
	return ok;
}

static void check_min(const struct options *o, const struct translation *t, struct diag_log *log)
{
	if (translation_percent(t) < o->edition.min_percent)
		diag_fail(log, "min-percent", (struct pos){ t->po->path, 1, 0 }, "%s: %d%% of the units are translated, and --min asks for %d%%",
		          t->lang, translation_percent(t), o->edition.min_percent);
}

/* Every language held against the source. `aloud`: unit by unit. */
static void survey(const struct options *o, struct origin *g, bool aloud, bool table, struct diag_log *log)
{
	size_t n = g->project.n;
	const struct translation **v = arena_array(&g->project.arena, n, sizeof(void *));
	const char **langs = arena_array(&g->project.arena, n, sizeof(void *));
	struct buf out;

	if (n == 0)
		diag_note(log, "linguas", (struct pos){ g->project.linguas, 1, 0 }, "no languages yet: verstka i18n add begins one");
	buf_init(&out);
	for (size_t i = 0; i < n; i++) {
		langs[i] = g->project.lang[i].tag;
		v[i] = origin_translation(g, langs[i], log);
		if (v[i] == NULL)
			continue;
		if (aloud)
			translation_report(v[i], true, log);
		check_min(o, v[i], log);
	}
	if (o->json)
		translation_json(v, langs, n, o->source, &out);
	else if (table)
		translation_table(v, langs, n, &out);
	if (out.len > 0)
		print(&out, log);
	buf_free(&out);
}

static void merge(const struct options *o, struct origin *g, struct diag_log *log)
{
	const struct translation *t = origin_is_own(g, o->lang) ? NULL : origin_translation(g, o->lang, log);
	const struct src *tree;
	struct arena a;
	struct buf out;

	if (log->errors > 0)
		return;
	if (t != NULL) {
		translation_report(t, false, log);
		check_min(o, t, log);
	}
	arena_init(&a);
	buf_init(&out);
	tree = log->errors == 0 ? origin_tree(g, t, o->edition.stale, &a, log) : NULL;
	if (tree != NULL && !xmlout_put(tree, &out))
		diag_error(log, "xml-namespace", tree->pos, "more namespaces than there are names for");
	else if (tree != NULL)
		print(&out, log);
	buf_free(&out);
	arena_free(&a);
}

static void compare(const struct options *o, struct diag_log *log)
{
	struct editions s;
	struct buf out;

	buf_init(&out);
	if (editions_open(&s, o->source, &o->edition, o->jobs, log)) {
		editions_lay_out(&s, o->align);
		if (compare_put(&s, o->html != NULL ? COMPARE_HTML : o->json ? COMPARE_JSON : COMPARE_TEXT, &out) && o->html != NULL)
			file_write(o->html, out.data, out.len, log);
		else if (out.len > 0)
			print(&out, log);
	}
	editions_close(&s, log);
	buf_free(&out);
}

/* Messages of an edition that is none are not the document's; of them this is for who reads the forecast. */
static void put_misfits(const struct one_of_editions *one, struct buf *out)
{
	for (size_t i = 0; i < one->log.n; i++) {
		const struct diag *d = &one->log.v[i];

		if (strcmp(d->code, "quote-in-column") == 0 || strcmp(d->code, "table-wide") == 0)
			buf_printf(out, "  %s:%d: %s\n", d->pos.file, d->pos.line, d->code[0] == 'q' ?
			           "this pull quote will find no place beside the text" : "this table will be too wide");
		else if (d->level == DIAG_ERROR)
			buf_printf(out, "  %s\n", d->text);
	}
}

static void put_forecast(const struct one_of_editions *one, const struct forecast *f, struct buf *out)
{
	const struct edition *e = &one->edition;

	buf_printf(out, "%-9s %5d%% ", one->options.lang, f->expansion);
	if (e->pages != NULL)
		buf_printf(out, "%6zu %11zu", e->pages->n, (4 - e->pages->n % 4) % 4);
	else
		buf_printf(out, "%6s %11s", "-", "-");
	if (f->units >= FORECAST_ENOUGH)
		buf_printf(out, "   measured on %d units\n", f->units);
	else
		buf_puts(out, f->units < 0 ? "   the source\n" : "   by rule of thumb\n");
	put_misfits(one, out);
}

/* Every translation, finished or not, makes way for filler of its length. */
static void forecast(const struct options *o, struct diag_log *log)
{
	struct forecast *f;
	struct editions s;
	struct diag_log quiet;
	struct buf out;

	buf_init(&out);
	diag_init(&quiet);
	if (editions_open(&s, o->source, &o->edition, o->jobs, log)) {
		f = arena_array(&s.origin.project.arena, s.n, sizeof *f);
		f[0] = (struct forecast){ .expansion = 100, .units = -1 };
		for (size_t i = 1; i < s.n; i++) {
			struct translation **t = &s.origin.translation[i - 1], *old = *t;

			diag_free(&s.v[i].log); /* what is wrong with a translation is not for here */
			diag_init(&s.v[i].log);
			*t = forecast_make(s.origin.units, old, s.v[i].options.lang, &f[i], &s.v[i].log);
			s.v[i].ok = true;
			translation_close(old);
		}
		editions_lay_out(&s, NULL);
		buf_printf(&out, "%-9s %6s %6s %11s\n", "language", "length", "pages", "blank to 4");
		for (size_t i = 0; i < s.n; i++)
			put_forecast(&s.v[i], &f[i], &out);
		print(&out, log);
	}
	editions_close(&s, &quiet);
	diag_free(&quiet);
	buf_free(&out);
}

void translate_run(const struct options *o, struct diag_log *log)
{
	struct origin g;

	if (o->i18n == I18N_COMPARE) {
		compare(o, log);
		return;
	}
	if (o->i18n == I18N_FORECAST) {
		forecast(o, log);
		return;
	}

	if (origin_open(&g, o->source, o->edition.lenient, true, log)) {
		switch (o->i18n) {
		case I18N_ADD:
			if (!project_add(&g.project, o->lang, g.units->lang, log))
				break;
			project_update(&g.project, g.units, log);
			break;
		case I18N_UPDATE: project_update(&g.project, g.units, log); break;
		case I18N_CHECK: survey(o, &g, true, false, log); break;
		case I18N_STATUS: survey(o, &g, false, true, log); break;
		case I18N_MERGE: merge(o, &g, log); break;
		case I18N_COMPARE:
		case I18N_FORECAST: break; /* above: of editions, not of texts */
		}
	}
	origin_close(&g);
}
