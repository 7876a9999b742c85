#include "read/docbook.h"

#include <string.h>

#include "base/mem.h"
#include "read/docbook_build.h"
#include "read/names.h"

enum { MOST_GUESSES = 200 }; /* of misspelt names: a hostile source has no end of them */

/* ---- is it DocBook? ---- */

static bool is_ns(const struct src *s, const char *ns)
{
	return s->ns != NULL && strcmp(s->ns, ns) == 0;
}

/* MathML and SVG have places in DocBook; what they mean is not ours to set, their text is. */
static bool is_guest(const struct src *s)
{
	return is_ns(s, "http://www.w3.org/1998/Math/MathML") || is_ns(s, "http://www.w3.org/2000/svg");
}

static void judge_foreign(struct builder *b, struct src *s)
{
	s->element = NULL;
	if (is_guest(s)) {
		if (docbook_tell_once(b, "no-form", s->ns))
			diag_warn(b->log, "no-form", s->pos, "<%s> of %s has no form: its text is set plain", s->name, s->ns);
		return;
	}
	if (b->lenient && !docbook_tell_once(b, "not-docbook", s->name))
		return;
	if (s->ns == NULL)
		FAULT(b, "not-docbook", s->pos, "<%s> is in no namespace, so not DocBook's", s->name);
	else
		FAULT(b, "not-docbook", s->pos, "<%s> is in the namespace \"%s\", not DocBook's", s->name, s->ns);
}

/* A name that was nearly right: memory of what was guessed, since every guess costs a look at all names. */
static const struct element *guess(struct builder *b, const char *name)
{
	const struct element *e = strmap_lookup(&b->guesses, name, strlen(name));

	if (e != NULL || strmap_lookup(&b->unguessed, name, strlen(name)) != NULL || b->n_guesses >= MOST_GUESSES)
		return e;
	b->n_guesses++;
	e = names_guess(name);
	strmap_put(e != NULL ? &b->guesses : &b->unguessed, arena_strdup(&b->scratch, name), strlen(name),
	           e != NULL ? (void *)(uintptr_t)e : b);
	return e;
}

/* The wrong name is the fault; what it leads to is not said as well: the element is taken as what was meant. */
static void judge_name(struct builder *b, struct src *s)
{
	const char *better = s->element == NULL ? names_replacement(s->name) : NULL;
	const struct element *meant = s->element == NULL && better == NULL ? guess(b, s->name) : NULL;

	if (s->element != NULL && s->element->form != F_ULINK)
		return;
	if (!b->lenient || docbook_tell_once(b, "not-docbook", s->name)) {
		FAULT(b, "not-docbook", s->pos, "DocBook 5 has no element <%s>", s->name);
		if (better != NULL)
			diag_hint(b->log, "DocBook 5 calls it <%s>", better);
		else if (src_is(s, "ulink"))
			diag_hint(b->log, "DocBook 5 calls it <link xlink:href=\"...\">");
		else if (meant != NULL)
			diag_hint(b->log, "did you mean <%s>?", meant->name);
	}
	if (better != NULL)
		meant = elements_lookup(better);
	if (meant != NULL) {
		s->element = meant;
		s->name = meant->name;
	}
}

/* Attributes that DocBook has nowhere do nothing, and nobody would see that. */
static void judge_attributes(struct builder *b, const struct src *s)
{
	for (int i = 0; i < s->n_attr; i++) {
		const char *name = s->attr[i].name, *meant;

		if (s->attr[i].ns != NULL || names_is_attribute(name) || (name[0] == 'o' && name[1] == 'n') ||
		    !docbook_tell_once(b, "unknown-attribute", arena_printf(&b->scratch, "%s %s", s->name, name)))
			continue;
		diag_warn(b->log, "unknown-attribute", s->pos, "DocBook 5 has no attribute \"%s\": that of <%s> is not heeded", name,
		          s->name);
		meant = b->n_guesses++ < MOST_GUESSES ? names_guess_attribute(name) : NULL;
		if (meant != NULL)
			diag_hint(b->log, "did you mean %s?", meant);
	}
}

static bool has_cells(const struct src *top)
{
	static const char *const cells[] = { "entry", "entrytbl", "td", "th", "mediaobject", "textobject" };

	for (const struct src *s = top->first; s != NULL; s = xmlsource_next(top, s))
		for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
			if (src_is(s, cells[i]))
				return true;
	return false;
}

/* What it is made for: not its title, nor what is said about it. */
static bool has_content(const struct src *s)
{
	static const char *const about[] = { "title", "subtitle", "titleabbrev", "info", "attribution", "indexterm", "remark", "toc" };

	for (const struct src *c = s->first; c != NULL; c = c->next) {
		bool content = c->name != NULL || !c->blank;

		for (size_t i = 0; content && i < sizeof about / sizeof *about; i++)
			content = !src_is(c, about[i]);
		if (content)
			return true;
	}
	return false;
}

/* Of nothing there is nothing to be seen on a page, but somebody meant something to be there. */
static void judge_content(struct builder *b, const struct src *s)
{
	bool whole = true;

	switch (s->element != NULL ? s->element->form : F_NOTHING) {
	case F_TABLE:
		whole = has_cells(s);
		break;
	case F_ROOT: case F_DIVISION: case F_ITEMIZED: case F_ORDERED: case F_VARIABLE: case F_SEGMENTED: case F_CALLOUTS:
	case F_PROCEDURE: case F_SUBSTEPS: case F_QANDA: case F_FIGURE: case F_ADMONITION: case F_BLOCKQUOTE: case F_EPIGRAPH:
	case F_SIDEBAR:
		whole = has_content(s);
		break;
	default:
		whole = (!src_is(s, "listitem") && !src_is(s, "row") && !src_is(s, "tr")) || has_content(s);
	}
	if (!whole)
		diag_warn(b->log, "empty-element", s->pos, "<%s> holds nothing%s", s->name, s->first != NULL ? " but a title or the like" : "");
}

/* Every element gets its meaning or loses it: `old` for a document without a namespace. */
static void judge(struct builder *b, struct src *root)
{
	bool old = root->ns == NULL;

	if (old) {
		FAULT(b, "no-namespace", root->pos, "<%s> is in no namespace: this is DocBook 4 or older", root->name);
		diag_hint(b->log, "convert it with db4-upgrade.xsl (Debian: docbook5-xml), or use --lenient");
	}
	for (struct src *s = root; s != NULL; s = xmlsource_next(root, s)) {
		if (s->name == NULL)
			continue;
		if (!old && is_ns(s, NS_DOCBOOK))
			judge_attributes(b, s);
		if (is_ns(s, NS_DOCBOOK) || (old && s->ns == NULL))
			judge_name(b, s);
		else
			judge_foreign(b, s);
		judge_content(b, s);
	}
}

/* ---- references whose words stand elsewhere ---- */

static void late_references(struct builder *b)
{
	for (size_t i = 0; i < b->n_late; i++) {
		struct node *x = b->late[i].xref, *n;
		const char *end = b->late[i].endterm, *to = x->u.link.linkend, *text = NULL;
		const struct node *named = end == NULL ? NULL : strmap_lookup(&b->d->ids, end, strlen(end));

		if (end != NULL && named == NULL)
			FAULT(b, "dangling-link", x->pos, "endterm \"%s\": nothing here has that xml:id", end);
		if (named != NULL)
			text = doc_plain_text(&b->d->arena, named, false);
		else if (to != NULL)
			text = strmap_lookup(&b->labels, to, strlen(to));
		if (text == NULL || *text == '\0')
			continue;
		n = doc_text(b->d, text, strlen(text), x->pos);
		n->u.text.generated = true;
		doc_append(x, n);
	}
}

/* ---- the root ---- */

static void root(struct builder *b, struct src *s)
{
	struct doc *d = b->d;
	enum form form = src_form(s);
	bool titled = form == F_ROOT || form == F_DIVISION || form == F_COLOPHON || form == F_INDEX;

	d->is_book = src_is(s, "book") || src_is(s, "set");
	d->root = doc_node(d, N_ROOT, s->element != NULL ? s->element->name : "article", s->pos);
	docbook_common(b, d->root, s);
	if (d->root->lang != NULL)
		d->lang = d->root->lang;
	if (titled) {
		const struct heads h = docbook_heads(s);

		docbook_info(b, s);
		docbook_blocks(b, d->root, s, &h);
	} else {
		struct src shell = *s;

		d->root->id = NULL;
		if (xmlsource_attr(s, NS_XML, "id") != NULL)
			d->root->id = arena_strdup(&d->arena, xmlsource_attr(s, NS_XML, "id"));
		shell.n_attr = 0;
		if (s->element == NULL || !element_is_block(s->element))
			FAULT(b, "misplaced", s->pos, "<%s> is no document: article or book is wanted", s->name);
		if (s->element != NULL && element_is_block(s->element))
			docbook_block(b, d->root, &shell);
		else
			docbook_mixed(b, d->root, &shell);
	}
}

static void builder_init(struct builder *b, struct doc *d, const struct read_options *o, struct diag_log *log)
{
	*b = (struct builder){ .d = d, .log = log, .lenient = o != NULL && o->lenient };
	arena_init(&b->scratch);
	strmap_init(&b->told);
	strmap_init(&b->labels);
	strmap_init(&b->guesses);
	strmap_init(&b->unguessed);
	strmap_init(&b->callouts);
	buf_init(&b->text);
}

static void builder_free(struct builder *b)
{
	buf_free(&b->text);
	strmap_free(&b->callouts);
	strmap_free(&b->unguessed);
	strmap_free(&b->guesses);
	strmap_free(&b->labels);
	strmap_free(&b->told);
	mem_free(b->late);
	arena_free(&b->scratch);
}

static void guess_lang(struct doc *d, struct diag_log *log)
{
	const char *lang = d->root->lang == NULL ? doc_guess_lang(d) : NULL;

	if (d->root->lang != NULL && strcmp(d->root->lang, "und") != 0)
		return;
	if (lang == NULL) {
		diag_warn(log, "no-lang", d->root->pos, "the document does not say its language: set by the rules of none, no word divided");
		diag_hint(log, "write xml:lang=\"...\" in <%s>", d->root->element);
		return;
	}
	d->lang = d->root->lang = lang;
	diag_warn(log, "no-lang", d->root->pos, "the document does not say its language: taken for \"%s\" by its %s", lang,
	          strcmp(lang, "en") == 0 ? "words" : "letters");
	diag_hint(log, "write xml:lang=\"%s\" in <%s>", lang, d->root->element);
}

/* The document outlives the source: its places name files in its own arena, one string a file. */
static void own_file_names(struct doc *d, struct src *root)
{
	struct strmap files;
	const char *last = NULL, *own = NULL;

	strmap_init(&files);
	for (struct src *s = root; s != NULL; s = xmlsource_next(root, s)) {
		if (s->pos.file != NULL && s->pos.file != last) {
			last = s->pos.file;
			own = strmap_lookup(&files, last, strlen(last));
			if (own == NULL) {
				own = arena_strdup(&d->arena, last);
				strmap_put(&files, own, strlen(own), (void *)(uintptr_t)own);
			}
		}
		s->pos.file = s->pos.file != NULL ? own : NULL;
	}
	strmap_free(&files);
}

struct doc *docbook_build(const struct source *source, struct src *tree, const struct read_options *o, struct diag_log *log)
{
	struct doc *d = doc_new();
	struct builder b;

	builder_init(&b, d, o, log);
	d->path = arena_strdup(&d->arena, source->path);
	d->folder = arena_strdup(&d->arena, source->folder);
	own_file_names(d, tree);
	judge(&b, tree);
	root(&b, tree);
	late_references(&b);
	guess_lang(d, log);
	builder_free(&b);
	return d;
}

struct doc *docbook_read(const char *path, const struct read_options *o, struct diag_log *log)
{
	struct source *s = source_open(path, o != NULL && o->lenient, log);
	struct doc *d = s != NULL ? docbook_build(s, s->root, o, log) : NULL;

	source_close(s);
	return d;
}
