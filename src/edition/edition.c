#define _XOPEN_SOURCE 700 /* realpath */
#include "edition/edition.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "doc/check.h"
#include "doc/number.h"
#include "edition/date.h"
#include "edition/settings.h"
#include "i18n/langtag.h"
#include "lang/dates.h"
#include "lang/numbers.h"
#include "lang/textpass.h"
#include "lang/yo.h"
#include "layout/layout.h"
#include "read/docbook.h"
#include "read/fontmap.h"
#include "read/theme.h"
#include "report/press_check.h"

enum { MANY_NODES = 30000, FEW_PAGES = 60 /* what their layout held is not worth a walk through the heap */ };

void edition_init(struct edition *e, const char *source, const struct edition_options *o, struct diag_log *log)
{
	memset(e, 0, sizeof *e);
	e->source = source;
	e->options = o;
	e->log = log;
	arena_init(&e->arena);
}

void edition_share(struct edition *e, struct origin *origin)
{
	e->origin = origin;
}

void edition_let_go(struct edition *e)
{
	if (e->pages != NULL)
		pages_free(e->pages);
	shaper_close(e->shaper);
	fonts_close(e->fonts);
	fontmap_free(e->fontmap);
	theme_free(e->theme);
	if (e->langs != NULL)
		langs_close(e->langs);
	if (e->doc != NULL)
		doc_free(e->doc);
	e->pages = NULL;
	e->shaper = NULL;
	e->fonts = NULL;
	e->fontmap = NULL;
	e->theme = NULL;
	e->langs = NULL;
	e->lang = NULL;
	e->doc = NULL;
}

void edition_close(struct edition *e)
{
	edition_let_go(e);
	origin_close(&e->own);
	arena_free(&e->arena);
}

static bool is_fine(const struct edition *e)
{
	return e->log->errors == 0;
}

/* ---- the source ------------------------------------------------------------------------------------------ */

/* Is the translation fit to be published as the options ask? */
static bool is_fit(const struct edition *e)
{
	const struct translation *t = e->translation;
	const struct edition_options *o = e->options;
	const struct pos at = { t->po->path, 1, 0 };

	translation_report(t, false, e->log);
	if (t->n.broken == 0 && translation_percent(t) < o->min_percent) /* what is broken is a fault of its own */
		diag_fail(e->log, "min-percent", at, "%s: %d%% of the units are translated, and --min asks for %d%%", t->lang,
		          translation_percent(t), o->min_percent);
	if (o->stale == STALE_KEEP && o->for_press && !o->allow_stale && t->n.stale > 0) {
		diag_error(e->log, "stale-print", at, "%d stale unit%s: their old translation does not go to press", t->n.stale,
		           t->n.stale == 1 ? "" : "s");
		diag_hint(e->log, "--stale source sets the source's words; --allow-stale prints the old ones");
	}
	if (t->n.unknown > 0 && (o->stale == STALE_REFUSE || (o->for_press && !o->allow_stale))) {
		diag_error(e->log, "po-behind", at, "the translation was not brought up to the source: %d of its entries %s not in it any more",
		           t->n.unknown, t->n.unknown == 1 ? "is" : "are");
		diag_hint(e->log, "verstka i18n update; --allow-stale prints what there is");
	}
	return t->n.broken == 0 && is_fine(e);
}

/* The source's tree, in the edition's language; a copy is in arena a. */
static struct src *find_tree(struct edition *e, struct arena *a)
{
	const struct edition_options *o = e->options;

	if (e->origin == NULL) {
		e->origin = &e->own;
		if (!origin_open(e->origin, e->source, o->lenient, o->lang != NULL, e->log))
			return NULL;
	}
	if (!origin_is_own(e->origin, o->lang)) {
		e->translation = origin_translation(e->origin, o->lang, e->log);
		if (e->translation == NULL || !is_fit(e))
			return NULL;
	}
	return origin_tree(e->origin, e->translation, o->stale, a, e->log);
}

/* What links the editions of a work with each other, where the document itself has no words for it that are the same in all
 * languages: the source's. */
static void name_source(struct edition *e, struct arena *a)
{
	struct read_options ro = { .lenient = true };
	struct doc_info *i = &e->doc->info;
	struct diag_log quiet;
	struct src *tree;
	struct doc *source;
	const char *work;

	i->translated_from = arena_strdup(&e->doc->arena, e->origin->unit_lang);
	if (i->identifier != NULL || e->doc->root->id != NULL)
		return;
	diag_init(&quiet);
	tree = origin_tree(e->origin, NULL, STALE_SOURCE, a, &quiet);
	source = tree != NULL ? docbook_build(e->origin->source, tree, &ro, &quiet) : NULL;
	work = source != NULL ? doc_work(source, &source->arena) : NULL;
	if (work != NULL)
		i->work = arena_strdup(&e->doc->arena, work);
	if (source != NULL)
		doc_free(source);
	diag_free(&quiet);
}

/* The translator whom the PO file names, if that is asked for. */
static void credit_translator(struct edition *e)
{
	struct doc_info *i = &e->doc->info;
	const char *name = e->translation->po->translator;
	struct person *v;

	if (!e->options->credit_translator || name == NULL)
		return;
	v = arena_array(&e->doc->arena, (size_t)i->n_people + 1, sizeof *v);
	if (i->n_people > 0)
		memcpy(v, i->people, (size_t)i->n_people * sizeof *v);
	v[i->n_people++] = (struct person){ .name = arena_strdup(&e->doc->arena, name), .role = "trl" };
	i->people = v;
}

/* The words are corrected as the theme asks, and hyphenation.LANG.txt may lie beside it too. */
static void load_theme(struct edition *e, const char **folder)
{
	struct setting_file f;

	*folder = NULL;
	if (!setting_open(&f, SETTING_THEME, e->options->theme, e->source, &e->arena, e->log))
		return;
	e->theme = theme_read(f.data, f.len, f.path, e->doc->lang, e->log);
	if (f.owned != NULL)
		*folder = setting_folder_of(f.path, &e->arena);
	setting_close(&f);
}

static bool is_same_folder(const char *a, const char *b)
{
	char ra[PATH_MAX], rb[PATH_MAX];

	return realpath(a, ra) != NULL && realpath(b, rb) != NULL && strcmp(ra, rb) == 0;
}

static void correct_words(struct edition *e)
{
	const struct theme *t = e->theme;
	const struct text_switches on = {
		.compose = t->text.compose, .quotes = t->text.quotes, .titles = t->text.titles, .dashes = t->text.dashes,
		.ranges = t->text.ranges, .minus = t->text.minus, .ellipses = t->text.ellipses, .points = t->text.points,
		.notes = t->text.notes, .apostrophes = t->text.apostrophes, .signs = t->text.signs,
		.widths = t->text.widths, .spaces = t->text.spaces, .ordinals = t->text.ordinals,
		.thousands = t->text.thousands
	};

	textpass_quotes(e->doc, e->langs, &on, &e->text, e->log);
	dates_in_front(e->doc, e->langs, e->log);
	textpass_characters(e->doc, e->langs, &on, &e->text, e->log);
	if (e->doc->info.translated_from != NULL)
		numbers_in_cells(e->doc, e->doc->info.translated_from);
}

/* The document; of what it was made from nothing is kept that no other edition needs. False: logged. */
static bool build(struct edition *e)
{
	struct read_options ro = { .lenient = e->options->lenient };
	struct arena a;
	struct src *tree;

	arena_init(&a);
	tree = find_tree(e, &a);
	if (tree != NULL)
		e->doc = docbook_build(e->origin->source, tree, &ro, e->log);
	if (tree != NULL && e->translation != NULL) {
		name_source(e, &a);
		credit_translator(e);
	}
	arena_free(&a);
	if (tree != NULL && e->origin == &e->own) {
		e->translation = NULL;
		origin_let_go(&e->own);
	}
	return tree != NULL;
}

bool edition_read(struct edition *e)
{
	struct doc_words words;
	const char *folders[3] = { NULL, NULL, NULL };

	if (!build(e))
		return false;
	folders[0] = setting_folder_of(e->source, &e->arena);
	load_theme(e, &folders[1]);
	if (folders[1] != NULL && is_same_folder(folders[0], folders[1]))
		folders[1] = NULL;
	e->langs = langs_open(folders);
	e->lang = langs_lookup(e->langs, e->doc->lang, e->log);
	lang_check_words(e->lang, e->doc->root->pos, e->log);
	if (e->theme != NULL)
		correct_words(e);
	yo_check(e->doc, e->langs, e->log);
	lang_words_for_doc(e->lang, &words);
	doc_finish(e->doc, &words, e->log, e->options->lenient);
	if (e->theme != NULL && e->theme->text.own_digits)
		textpass_digits(e->doc, e->langs, e->log);
	doc_check(e->doc, e->log, e->options->lenient);
	return date_find(e->doc, &e->date, &e->arena, e->log) && e->theme != NULL && is_fine(e);
}

/* ---- fonts ------------------------------------------------------------------------------------------------- */

struct fontmap *edition_fontmap(const struct edition *e, struct arena *a, struct diag_log *log)
{
	struct setting_file f;
	struct fontmap *map;

	if (!setting_open(&f, SETTING_FONTS, e->options->fonts, e->source, a, log))
		return NULL;
	map = fontmap_read(f.data, f.len, f.path, log);
	setting_close(&f);
	return map;
}

bool edition_style(struct edition *e)
{
	const struct fontmap *map = e->origin->fontmap;

	if (map == NULL)
		map = e->fontmap = edition_fontmap(e, &e->arena, e->log);
	if (map == NULL)
		return false;
	e->fonts = fonts_open(map, e->log);
	if (e->fonts == NULL)
		return false;
	if (e->origin->font_files != NULL)
		fonts_share(e->fonts, e->origin->font_files);
	e->shaper = shaper_open(e->fonts);
	return is_fine(e);
}

/* ---- layout ------------------------------------------------------------------------------------------------ */

bool edition_layout(struct edition *e)
{
	struct layout_options lo = { .allow_missing_glyphs = e->options->allow_missing_glyphs,
		                    .paginate = e->options->paginate, .pages = e->options->pages, .pins = e->pins,
		                    .leading = e->leading, .each_line = e->options->for_proof };

	if (e->options->no_layout)
		return is_fine(e);
	if (e->options->progress != NULL && e->doc->n_nodes > MANY_NODES)
		e->options->progress("setting the pages");
	e->pages = layout_document(e->doc, e->theme, e->fonts, e->shaper, e->langs, &lo, e->log);
	if (e->pages == NULL || e->pages->n > FEW_PAGES)
		mem_trim();
	if (e->pages == NULL)
		return false;
	pages_check(e->pages, e->doc, e->options->lenient, e->log);
	if (e->options->for_press)
		press_check(e->pages, e->theme, e->log);
	return is_fine(e);
}

/* "brief08.ru.xml" -> "brief08.ru". */
static char *file_stem(struct edition *e)
{
	const char *slash = strrchr(e->source, '/'), *name = slash != NULL ? slash + 1 : e->source;
	size_t n = strlen(name);

	if (n > 4 && strcmp(name + n - 4, ".xml") == 0)
		n -= 4;
	return arena_dup(&e->arena, name, n);
}

const char *edition_stem(struct edition *e)
{
	const char *lang = e->options->lang, *tag = lang != NULL ? langtag_of_po(&e->arena, lang) : NULL;
	char *stem = file_stem(e), *dot = strrchr(stem, '.');

	if (tag == NULL || (e->origin != NULL && e->origin->opened && origin_is_own(e->origin, tag)))
		return stem;
	if (e->origin != NULL && e->origin->unit_lang != NULL)
		stem = project_name(&e->arena, e->source, e->origin->unit_lang);
	else if (dot != NULL && dot != stem && langtag_of_po(&e->arena, dot + 1) != NULL)
		*dot = '\0';
	return arena_printf(&e->arena, "%s.%s", stem, tag);
}
