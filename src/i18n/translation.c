#include "i18n/translation.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "i18n/langtag.h"

enum { EXCERPT = 48 }; /* [character] */

/* ---- words of the messages ---- */

/* The beginning of a text, cut between characters. In arena a. */
static char *excerpt(struct arena *a, const char *s)
{
	size_t len = strlen(s), at = 0, n;

	for (int i = 0; i < EXCERPT && at < len; i++) {
		utf8_decode(s + at, len - at, &n);
		at += n;
	}
	return arena_printf(a, "%.*s%s", (int)at, s, at < len ? "..." : "");
}

/* "brief08.ru.xml:23, footnote fn2": where a unit stands, for those who have the other file open. */
static char *source_place(struct arena *a, const struct unit *u)
{
	const char *slash = strrchr(u->s->pos.file, '/'), *file = slash != NULL ? slash + 1 : u->s->pos.file;

	for (const struct src *s = u->s; s != NULL; s = s->parent) {
		const char *id = xmlsource_attr(s, NS_XML, "id");

		if (id != NULL)
			return arena_printf(a, "%s:%d, %s %s", file, u->s->pos.line, s->name, id);
	}
	return arena_printf(a, "%s:%d", file, u->s->pos.line);
}

static struct pos entry_pos(const struct translation *t, const struct po_entry *e)
{
	return (struct pos){ t->po->path, e->line, 0 };
}

/* ---- matching ---- */

static void say_broken(struct translation *t, const struct unit *u, const struct po_entry *e, const char *fault, size_t at,
                       struct diag_log *log)
{
	struct pos place = po_pos(t->po, e, at);

	diag_error(log, "po-markup", entry_pos(t, e), "%s (%s)", fault, source_place(&t->arena, u));
	if (place.line > e->line)
		diag_hint(log, "line %d: %s", place.line, excerpt(&t->arena, e->msgstr + at));
}

static enum unit_state judge(struct translation *t, struct match *m, const struct unit *u, bool *told, struct diag_log *log)
{
	const struct po_entry *e = m->entry;
	const char *fault;
	size_t at;

	if (e == NULL || !utf8_is_seen(e->msgstr, strlen(e->msgstr))) /* blanks are no translation: the words would be gone */
		return UNIT_UNTRANSLATED;
	m->markup = markup_parse(u, e->msgstr, &t->arena, &fault, &at);
	if (e->fuzzy) { /* its tags are those of older words: no fault */
		m->unfit = m->markup == NULL ? fault : NULL;
		return UNIT_STALE;
	}
	if (m->markup == NULL) {
		if (!*told)
			say_broken(t, u, e, fault, at, log);
		*told = true;
		return UNIT_BROKEN;
	}
	if (m->markup->moved != NULL && !*told)
		diag_note(log, "po-order", entry_pos(t, e), "notes change their order: %s %d of the source comes earlier (%s)",
		          m->markup->moved->s->name, m->markup->moved->number, source_place(&t->arena, u));
	*told = *told || m->markup->moved != NULL;
	return u->own_letters && !u->foreign && !e->same && strcmp(e->text, e->msgstr) == 0 ? UNIT_COPIED : UNIT_TRANSLATED;
}

static void count(struct counts *n, enum unit_state state, int words)
{
	n->units++;
	n->words += words;
	n->translated += state == UNIT_TRANSLATED;
	n->translated_words += state == UNIT_TRANSLATED ? words : 0;
	n->stale += state == UNIT_STALE;
	n->untranslated += state == UNIT_UNTRANSLATED;
	n->copied += state == UNIT_COPIED;
	n->broken += state == UNIT_BROKEN;
}

static void match_units(struct translation *t, struct diag_log *log)
{
	const struct units *u = t->units;
	bool *told = arena_array(&t->arena, t->po->n, sizeof *told), *known = arena_array(&t->arena, t->po->n, sizeof *known);

	t->v = arena_array(&t->arena, u->n, sizeof *t->v);
	for (size_t i = 0; i < u->n; i++) {
		const struct unit *x = &u->v[i];
		struct match *m = &t->v[i];
		bool none = false;

		m->entry = strmap_lookup(&t->po->by_text, x->text, strlen(x->text));
		if (m->entry != NULL)
			known[m->entry - t->po->v] = true;
		if (!unit_applies(u, x, t->lang))
			continue;
		m->state = judge(t, m, x, m->entry != NULL ? &told[m->entry - t->po->v] : &none, log);
		count(&t->n, m->state, x->words);
	}
	for (size_t i = 0; i < t->po->n; i++)
		t->n.unknown += !known[i] && !t->po->v[i].obsolete && *t->po->v[i].msgstr != '\0';
}

static void check_language(const struct translation *t, struct diag_log *log)
{
	struct arena a;
	const char *said = t->po->language, *tag;

	if (said == NULL)
		return;
	arena_init(&a);
	tag = langtag_of_po(&a, said);
	if (tag == NULL || !langtag_equal(tag, t->lang)) {
		diag_warn(log, "po-language", (struct pos){ t->po->path, 1, 0 }, "the header says \"Language: %s\", the file's name %s", said,
		          t->lang);
	}
	arena_free(&a);
}

struct translation *translation_open(const struct units *u, const char *lang, const char *path, struct diag_log *log)
{
	struct po *po = po_read(path, log);

	return po != NULL ? translation_of(u, lang, po, log) : NULL;
}

struct translation *translation_of(const struct units *u, const char *lang, struct po *po, struct diag_log *log)
{
	struct translation *t = mem_zalloc(1, sizeof *t);

	arena_init(&t->arena);
	t->units = u;
	t->po = po;
	t->lang = arena_strdup(&t->arena, lang);
	check_language(t, log);
	match_units(t, log);
	return t;
}

void translation_close(struct translation *t)
{
	if (t == NULL)
		return;
	po_close(t->po);
	arena_free(&t->arena);
	mem_free(t);
}

/* ---- reports ---- */

static int percent(int part, int whole)
{
	return whole == 0 ? 100 : (int)((int64_t)part * 100 / whole);
}

int translation_percent(const struct translation *t)
{
	return percent(t->n.translated, t->n.units);
}

static void report_unit(const struct translation *t, size_t i, bool all, bool *told, struct arena *a, struct diag_log *log)
{
	const struct unit *u = &t->units->v[i];
	const struct match *m = &t->v[i];
	const struct po_entry *e = m->entry;

	if (m->state == UNIT_UNTRANSLATED && all)
		diag_note(log, "untranslated", u->s->pos, "untranslated: \"%s\"", excerpt(a, u->text));
	if (e == NULL || told[e - t->po->v])
		return;
	if (m->state == UNIT_STALE && e->previous != NULL)
		diag_warn(log, "po-stale", entry_pos(t, e), "stale: the source changed at %s (was: \"%s\")", source_place(a, u),
		          excerpt(a, e->previous));
	else if (m->state == UNIT_STALE)
		diag_warn(log, "po-stale", entry_pos(t, e), "stale: marked fuzzy, not confirmed (%s)", source_place(a, u));
	else if (m->state == UNIT_COPIED)
		diag_warn(log, "po-copied", entry_pos(t, e), "copied: the translation equals the source: \"%s\"", excerpt(a, u->text));
	if (m->state == UNIT_STALE && m->unfit != NULL)
		diag_hint(log, "--stale keep cannot keep it, the source's words are set: %s", m->unfit);
	told[e - t->po->v] = true;
}

void translation_report(const struct translation *t, bool all, struct diag_log *log)
{
	const struct counts *n = &t->n;
	struct arena a;
	bool *told;

	arena_init(&a);
	told = arena_array(&a, t->po->n, sizeof *told);
	for (size_t i = 0; i < t->units->n; i++)
		report_unit(t, i, all, told, &a, log);
	if (n->unknown > 0) {
		diag_warn(log, "po-unknown", (struct pos){ t->po->path, 1, 0 }, "%d entr%s not in the source", n->unknown,
		          n->unknown == 1 ? "y is" : "ies are");
		diag_hint(log, "verstka i18n update brings the file up to the source");
	}
	diag_note(log, "translation", (struct pos){ t->po->path, 0, 0 },
	          "%s: %d%% of %d units (%d%% of words); %d stale, %d untranslated, %d copied, %d broken, %d not in the source", t->lang,
	          percent(n->translated, n->units), n->units, percent(n->translated_words, n->words), n->stale, n->untranslated,
	          n->copied, n->broken, n->unknown);
	arena_free(&a);
}

void translation_table(const struct translation *const *v, const char *const *langs, size_t n, struct buf *out)
{
	buf_printf(out, "%-10s %6s %7s %10s %6s %6s %6s %6s %6s\n", "language", "units", "words", "translated", "%", "stale", "copied",
	           "broken", "other");
	for (size_t i = 0; i < n; i++) {
		const struct counts *c = v[i] != NULL ? &v[i]->n : NULL;

		if (c == NULL)
			buf_printf(out, "%-10s the file is at fault\n", langs[i]);
		else
			buf_printf(out, "%-10s %6d %7d %10d %5d%% %6d %6d %6d %6d\n", langs[i], c->units, c->words, c->translated,
			           percent(c->translated, c->units), c->stale, c->copied, c->broken, c->unknown);
	}
}

static void put_string(struct buf *out, const char *key, const char *value)
{
	buf_printf(out, "\"%s\": \"", key);
	buf_put_json(out, value, strlen(value));
	buf_putc(out, '"');
}

void translation_json(const struct translation *const *v, const char *const *langs, size_t n, const char *source, struct buf *out)
{
	buf_puts(out, "{ ");
	put_string(out, "source", source);
	buf_puts(out, ", \"languages\": [");
	for (size_t i = 0; i < n; i++) {
		const struct counts *c = v[i] != NULL ? &v[i]->n : NULL;

		buf_puts(out, i > 0 ? ",\n  { " : "\n  { ");
		put_string(out, "lang", langs[i]);
		if (c == NULL) {
			buf_puts(out, ", \"fault\": true }");
			continue;
		}
		buf_puts(out, ", ");
		put_string(out, "file", v[i]->po->path);
		buf_printf(out, ", \"units\": %d, \"words\": %d, \"translated\": %d, \"translated_words\": %d, \"percent\": %d", c->units,
		           c->words, c->translated, c->translated_words, percent(c->translated, c->units));
		buf_printf(out, ", \"stale\": %d, \"untranslated\": %d, \"copied\": %d, \"broken\": %d, \"not_in_source\": %d }", c->stale,
		           c->untranslated, c->copied, c->broken, c->unknown);
	}
	buf_puts(out, "\n] }\n");
}
