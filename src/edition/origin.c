#include "edition/origin.h"

#include <string.h>

#include "base/mem.h"
#include "i18n/langtag.h"

static bool is_filtered(const struct src *root)
{
	for (const struct src *s = root; s != NULL; s = xmlsource_next(root, s)) {
		if (s->name != NULL && xmlsource_attr(s, NS_ITS, "localeFilterList") != NULL)
			return true;
	}
	return false;
}

bool origin_open(struct origin *o, const char *path, bool lenient, bool translated, struct diag_log *log)
{
	const char *lang;

	memset(o, 0, sizeof *o);
	o->source = source_open(path, lenient, log);
	if (o->source == NULL)
		return false;
	lang = xmlsource_attr(o->source->root, NS_XML, "lang");
	o->lang = lang != NULL ? arena_strdup(&o->arena, lang) : NULL;
	o->opened = true;
	if (!translated && !is_filtered(o->source->root))
		return true;
	o->units = units_open(o->source, log);
	if (o->units == NULL)
		return false;
	o->unit_lang = arena_strdup(&o->arena, o->units->lang);
	if (!translated)
		return true;
	if (!project_open(&o->project, path, o->units->lang, log))
		return false;
	o->n_translations = o->project.n;
	o->translation = arena_array(&o->project.arena, o->n_translations, sizeof *o->translation);
	return true;
}

void origin_let_go(struct origin *o)
{
	for (size_t i = 0; i < o->n_translations; i++) {
		translation_close(o->translation[i]);
		o->translation[i] = NULL;
	}
	units_close(o->units);
	source_close(o->source);
	o->units = NULL;
	o->source = NULL;
}

void origin_close(struct origin *o)
{
	origin_let_go(o);
	project_close(&o->project);
	arena_free(&o->arena);
	font_files_free(o->font_files);
	fontmap_free(o->fontmap);
	kept_free(o->kept);
	memset(o, 0, sizeof *o);
}

void origin_say_none(const struct origin *o, struct diag_log *log)
{
	diag_note(log, "linguas", (struct pos){ o->project.linguas, 1, 0 }, "no languages yet: there is only the source");
	diag_hint(log, "verstka i18n add %s LANG begins a translation", o->source->path);
}

bool origin_is_own(const struct origin *o, const char *lang)
{
	return lang == NULL || (o->lang != NULL && langtag_equal(lang, o->lang));
}

struct translation *origin_translation(struct origin *o, const char *lang, struct diag_log *log)
{
	const struct project_lang *l = project_lookup(&o->project, lang);
	struct translation **t;

	if (l == NULL) {
		diag_error(log, "usage", DIAG_NOWHERE, "%s names no language \"%s\"", o->project.linguas, lang);
		diag_hint(log, "verstka i18n add %s %s begins its translation", o->source->path, lang);
		log->worst = DIAG_USAGE;
		return NULL;
	}
	t = &o->translation[l - o->project.lang];
	if (*t == NULL)
		*t = translation_open(o->units, l->tag, l->path, log);
	return *t;
}

struct src *origin_tree(const struct origin *o, const struct translation *t, enum stale_policy stale, struct arena *a,
                        struct diag_log *log)
{
	return o->units != NULL ? merge_tree(o->units, t, stale, a, log) : o->source->root;
}
