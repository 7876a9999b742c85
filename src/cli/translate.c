#include "cli/translate.h"

#include <string.h>

#include "base/file.h"
#include "cli/forecast.h"
#include "cli/show.h"
#include "edition/compare.h"
#include "i18n/xmlout.h"

static void check_min(const struct options *o, const struct translation *t, struct diag_log *log)
{
	if (t->n.broken == 0 && translation_percent(t) < o->edition.min_percent)
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
		origin_say_none(g, log);
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
		show_text(&out, log);
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
		show_text(&out, log);
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
			show_text(&out, log);
	}
	editions_close(&s, log);
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
		forecast_run(o, log);
		return;
	}

	if (origin_open(&g, o->source, o->edition.lenient, true, log)) {
		switch (o->i18n) {
		case I18N_ADD: project_add(&g.project, o->lang, g.units, log); break;
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
