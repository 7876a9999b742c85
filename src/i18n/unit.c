#include "i18n/unit.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "i18n/langtag.h"
#include "lang/chars.h"
#include "read/elements.h"

/* How often each name has been numbered in a unit. Names are few, whatever a source holds: DocBook's. */
struct counter {
	const char *name;
	int n;
};

struct cutting {
	struct units *to;
	struct buf text;
	struct unit_part *part;
	size_t n_part, cap_part;
	struct counter *counter;
	size_t n_counter, cap_counter;
	bool verbatim;
	bool space; /* collapsing: the text ends in a space, or is empty */
	bool letters, own_letters;
};

/* ---- what is what ---- */

static bool is_docbook(const struct src *s)
{
	return s->name != NULL && s->element != NULL && (s->ns == NULL || strcmp(s->ns, NS_DOCBOOK) == 0);
}

static bool is_its(const struct src *s)
{
	return s->ns != NULL && strcmp(s->ns, NS_ITS) == 0;
}

/* Runs of text inside a line; F_META too: a name within a paragraph. */
static bool is_run(const struct src *s)
{
	switch (s->element->form) {
	case F_SPAN:
	case F_EMPHASIS:
	case F_LINK:
	case F_ULINK:
	case F_OLINK:
	case F_KEYCOMBO:
	case F_MENUCHOICE:
	case F_EMAIL:
	case F_CITATION:
	case F_OPTIONAL:
	case F_TAG:
	case F_TRADEMARK:
	case F_PLAIN_INLINE:
		return true;
	default:
		return false;
	}
}

/* Within mixed content a name's parts and a work's title are runs like others. */
static bool is_mixed_run(const struct src *s)
{
	enum form form = s->element->form;

	return is_run(s) || form == F_META || form == F_TITLE || form == F_SUBTITLE || form == F_TITLEABBREV;
}

/* Stands in a line, and is not text of that line. */
static bool is_mark(const struct src *s)
{
	switch (s->element->form) {
	case F_XREF:
	case F_FOOTNOTE:
	case F_FOOTNOTEREF:
	case F_ANCHOR:
	case F_INLINE_MEDIA:
	case F_CITEREFENTRY:
	case F_CO:
	case F_EQUATION:
	case F_NOTHING:
		return true;
	default:
		return false;
	}
}

/* Formulas, names of manual pages, what identifies a publication are the same in every language. */
static bool translates_by_itself(const struct src *s)
{
	return strcmp(s->element->name, "biblioid") != 0 && s->element->form != F_EQUATION && s->element->form != F_CITEREFENTRY;
}

bool unit_is_translated(const struct src *s, bool around)
{
	const char *its = xmlsource_attr(s, NS_ITS, "translate");

	if (its != NULL && strcmp(its, "yes") == 0)
		return true;
	return !(its != NULL && strcmp(its, "no") == 0) && around && translates_by_itself(s);
}

static bool is_verbatim(const struct src *s, bool parent)
{
	const char *space = xmlsource_attr(s, NS_XML, "space");

	if (s->element->form == F_FOOTNOTE)
		return false;
	return parent || s->element->form == F_VERBATIM || s->element->form == F_ADDRESS ||
	       (space != NULL && strcmp(space, "preserve") == 0);
}

static bool has_content(const struct src *s)
{
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (c->name != NULL || !c->blank)
			return true;
	}
	return false;
}

/* In a unit's text: does the element keep its content in the text, or is it an empty tag? */
static bool is_hole(const struct src *s)
{
	const char *within;

	if (!is_docbook(s))
		return true;
	within = xmlsource_attr(s, NS_ITS, "withinText");
	if (within != NULL && strcmp(within, "yes") == 0)
		return !has_content(s);
	if (within != NULL && (strcmp(within, "no") == 0 || strcmp(within, "nested") == 0))
		return true;
	return !is_mixed_run(s) || !unit_is_translated(s, true) || !has_content(s);
}

/* Has text in a line of its own (not only inside what stands in it). */
static bool has_text(const struct src *s)
{
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (c->name == NULL ? !c->blank : (!is_hole(c) && has_text(c)))
			return true;
	}
	return false;
}

static bool is_unit(const struct src *s)
{
	int elements = 0, runs = 0;

	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (c->name == NULL && !c->blank)
			return true;
	}
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (c->name == NULL || is_its(c))
			continue;
		elements++;
		if (!is_docbook(c) || !(is_run(c) || is_mark(c)))
			return false; /* parts of a whole, not one run of text */
		runs += !is_hole(c) && has_text(c);
	}
	return runs > 0 && elements > 1;
}

/* ---- the text ---- */

static void put_text(struct cutting *x, const struct src *s, bool foreign)
{
	for (size_t i = 0, n; i < s->len; i += n) {
		uint32_t c = utf8_decode(s->text + i, s->len - i, &n);
		bool white = n == 1 && utf8_is_xml_space(s->text[i]) && !x->verbatim;

		if (white && !x->space)
			buf_putc(&x->text, ' ');
		else if (c == '&')
			buf_puts(&x->text, "&amp;");
		else if (c == '<')
			buf_puts(&x->text, "&lt;");
		else if (c == '>')
			buf_puts(&x->text, "&gt;");
		else if (!white)
			buf_put(&x->text, s->text + i, n);
		x->space = white;
		if (chars_is_letter(c)) {
			x->letters = true;
			x->own_letters = x->own_letters || !foreign;
		}
	}
}

static int next_number(struct cutting *x, const char *name)
{
	for (size_t i = 0; i < x->n_counter; i++) {
		if (strcmp(x->counter[i].name, name) == 0)
			return ++x->counter[i].n;
	}
	VEC_ROOM(x->counter, x->n_counter, x->cap_counter, 1);
	x->counter[x->n_counter++] = (struct counter){ name, 1 };
	return 1;
}

static void add_part(struct cutting *x, const struct src *s, int number, bool hole)
{
	VEC_ROOM(x->part, x->n_part, x->cap_part, 1);
	x->part[x->n_part++] = (struct unit_part){ s, number, hole };
}

static bool is_foreign(const struct cutting *x, const struct src *s, bool parent)
{
	const char *lang = xmlsource_attr(s, NS_XML, "lang");

	return lang != NULL && *lang != '\0' ? !langtag_equal(lang, x->to->lang) : parent;
}

static void put_content(struct cutting *x, const struct src *s, bool foreign)
{
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		int number = 0;

		if (c->name == NULL) {
			put_text(x, c, foreign);
			continue;
		}
		if (is_its(c))
			continue;
		x->space = false;
		if (is_hole(c)) {
			number = next_number(x, c->name);
			add_part(x, c, number, true);
			buf_printf(&x->text, "<%s i=\"%d\"/>", c->name, number);
			continue;
		}
		if (c->n_attr > 0)
			number = next_number(x, c->name);
		add_part(x, c, number, false);
		if (number > 0)
			buf_printf(&x->text, "<%s i=\"%d\">", c->name, number);
		else
			buf_printf(&x->text, "<%s>", c->name);
		put_content(x, c, is_foreign(x, c, foreign));
		x->space = false;
		buf_printf(&x->text, "</%s>", c->name);
	}
}

/* Words are what stands between spaces, tags left out; where none are written (Chinese), the few that come out say so. */
static int count_words(const char *s)
{
	bool in = false, tag = false;
	int n = 0;

	for (; *s != '\0'; s++) {
		if (*s == '<' || *s == '>') {
			tag = *s == '<';
		} else if (!tag) {
			n += !utf8_is_xml_space(*s) && !in;
			in = !utf8_is_xml_space(*s);
		}
	}
	return n;
}

/* ---- units ---- */

bool unit_is_run(const struct src *s)
{
	return is_docbook(s) && is_run(s);
}

/* The child of s, if there is no more in it. */
static const struct src *only_child(const struct src *s)
{
	const struct src *child = NULL;

	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (c->name == NULL ? !c->blank : child != NULL)
			return NULL;
		if (c->name != NULL)
			child = c;
	}
	return child;
}

/* The block whose only content s is. */
static const struct src *block_of(const struct src *s)
{
	while (is_run(s) && s->parent != NULL && is_docbook(s->parent) && only_child(s->parent) == s)
		s = s->parent;
	return s;
}

const struct unit *unit_of_block(const struct units *u, const struct src *block)
{
	const struct src *s = block;

	while (s->unit == 0) {
		s = only_child(s);
		if (s == NULL || !unit_is_run(s))
			return NULL;
	}
	return u->v[s->unit - 1].block == block ? &u->v[s->unit - 1] : NULL;
}

static void *kept(struct arena *a, const void *v, size_t n, size_t size)
{
	void *to = arena_array(a, n, size);

	if (n > 0)
		memcpy(to, v, n * size);
	return to;
}

/* A link whose words are the address it leads to. */
static bool is_address(const struct src *s)
{
	const char *href = xmlsource_attr(s, NS_XLINK, "href");
	const struct src *t = s->first;
	const char *at;

	if (href == NULL || t == NULL || t->name != NULL || t->next != NULL || t->len == 0)
		return false;
	at = strstr(href, t->text);
	return at != NULL && (at == href || at[-1] == '/' || at[-1] == ':') && (at[t->len] == '\0' || strcmp(at + t->len, "/") == 0);
}

static void add_unit(struct cutting *x, struct src *s, bool foreign)
{
	struct units *u = x->to;
	struct unit *unit;

	buf_clear(&x->text);
	x->n_part = x->n_counter = 0;
	x->space = true;
	x->letters = x->own_letters = false;
	put_content(x, s, foreign);
	if (!x->letters || is_address(s))
		return;
	while (!x->verbatim && x->text.len > 0 && x->text.data[x->text.len - 1] == ' ')
		x->text.len--;
	VEC_ROOM(u->v, u->n, u->cap, 1);
	unit = &u->v[u->n++];
	*unit = (struct unit){ .s = s, .block = block_of(s), .n_part = (int)x->n_part, .verbatim = x->verbatim,
		                   .foreign = foreign, .own_letters = x->own_letters };
	unit->text = arena_dup(&u->arena, x->text.data, x->text.len);
	unit->part = kept(&u->arena, x->part, x->n_part, sizeof *x->part);
	unit->words = count_words(unit->text);
	s->unit = (uint32_t)u->n;
}

static void walk(struct cutting *x, struct src *s, bool translated, bool verbatim, bool foreign);

static void walk_holes(struct cutting *x, struct src *s, bool translated, bool verbatim, bool foreign)
{
	for (struct src *c = s->first; c != NULL; c = c->next) {
		if (c->name == NULL || !is_docbook(c))
			continue;
		if (is_hole(c))
			walk(x, c, translated, verbatim, foreign);
		else
			walk_holes(x, c, translated, verbatim, is_foreign(x, c, foreign));
	}
}

/* Recursion is as deep as the tree: XMLSOURCE_DEPTH at most. */
static void walk(struct cutting *x, struct src *s, bool translated, bool verbatim, bool foreign)
{
	if (!is_docbook(s))
		return;
	translated = unit_is_translated(s, translated);
	verbatim = is_verbatim(s, verbatim);
	foreign = is_foreign(x, s, foreign);
	if (translated && is_unit(s)) {
		x->verbatim = verbatim;
		add_unit(x, s, foreign);
		walk_holes(x, s, translated, verbatim, foreign);
		return;
	}
	for (struct src *c = s->first; c != NULL; c = c->next) {
		if (c->name != NULL)
			walk(x, c, translated, verbatim, foreign);
	}
}

struct units *units_open(struct source *source, struct diag_log *log)
{
	struct units *u = mem_zalloc(1, sizeof *u);
	struct cutting x = { .to = u };
	const char *lang = xmlsource_attr(source->root, NS_XML, "lang");

	arena_init(&u->arena);
	u->source = source;
	if (lang == NULL || *lang == '\0') {
		diag_error(log, "no-lang", source->root->pos, "a document to be translated has to say its language");
		diag_hint(log, "write xml:lang=\"...\" in <%s>", source->root->name);
		units_close(u);
		return NULL;
	}
	u->lang = lang;
	for (struct src *s = source->root; s != NULL && !u->filtered; s = xmlsource_next(source->root, s))
		u->filtered = s->name != NULL && xmlsource_attr(s, NS_ITS, "localeFilterList") != NULL;
	walk(&x, source->root, true, false, false);
	buf_free(&x.text);
	mem_free(x.part);
	mem_free(x.counter);
	return u;
}

void units_close(struct units *u)
{
	if (u == NULL)
		return;
	mem_free(u->v);
	arena_free(&u->arena);
	mem_free(u);
}

char *unit_plain_text(struct arena *a, const struct src *top)
{
	struct buf b;
	char *text;
	bool space = true;

	buf_init(&b);
	for (const struct src *s = top; s != NULL; s = xmlsource_next(top, s)) {
		for (size_t i = 0; s->name == NULL && i < s->len; i++) {
			bool white = utf8_is_xml_space(s->text[i]);

			if (!white)
				buf_putc(&b, s->text[i]);
			else if (!space)
				buf_putc(&b, ' ');
			space = white;
		}
	}
	text = arena_dup(a, b.len > 0 ? b.data : "", b.len - (b.len > 0 && b.data[b.len - 1] == ' '));
	buf_free(&b);
	return text;
}

bool unit_is_for(const struct src *s, const char *lang)
{
	const char *list = xmlsource_attr(s, NS_ITS, "localeFilterList"), *type = xmlsource_attr(s, NS_ITS, "localeFilterType");
	bool exclude = type != NULL && strcmp(type, "exclude") == 0;

	return list == NULL || langtag_in_list(lang, list) != exclude;
}

bool unit_applies(const struct units *u, const struct unit *unit, const char *lang)
{
	for (const struct src *s = unit->s; u->filtered && s != NULL; s = s->parent) {
		if (!unit_is_for(s, lang))
			return false;
	}
	return true;
}
