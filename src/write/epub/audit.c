#include "write/epub/audit.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/strmap.h"
#include "lang/compose.h"
#include "write/epub/markup.h"

enum { MOST_FAULTS = 20, DEEPEST = 256 };

/* What has an id, or is a file: where it stands in the book. */
struct target { int order; bool is_note; };

/* The mark of a note or its note, a page's marker, an entry of a list: its own address, or where it leads. */
struct entry { const char *to, *own; struct markup_text label; int order; };
struct entries { struct entry *v; size_t n, cap; };

struct element {
	struct markup_text name;
	struct markup_text text; /* where its own words begin; NULL: none so far */
	bool words, child;
	const char *note; /* address of a footnote that this is; its way back is looked for */
	bool hidden, page_list, toc;
};

struct audit {
	struct diag_log *log;
	struct arena arena;
	int faults;
	struct strmap targets; /* "text/001.xhtml", "text/001.xhtml#id" -> struct target */
	struct entries links;  /* every one inside the book */
	struct entries marks, notes, backs; /* label of a way back: the note's address */
	struct entries markers, pages, toc;
	struct entries ncx_pages, ncx_toc;
	int order, heading;
	/* the file being read */
	const char *path;
	struct element open[DEEPEST];
	int depth;
	bool titled, tongued;
};

static void fault(struct audit *a, const char *what, struct markup_text which)
{
	a->faults++;
	if (a->faults <= MOST_FAULTS)
		diag_error(a->log, "epub-audit", DIAG_NOWHERE, "EPUB/%s: %s%s%.*s", a->path, what, which.s != NULL ? ": " : "",
		           which.s != NULL ? (int)(which.len < 80 ? which.len : 80) : 0, which.s != NULL ? which.s : "");
	if (a->faults == 1)
		diag_hint(a->log, "a fault of verstka's own: the EPUB is not written; please report the document");
}

static const struct markup_text nothing = { NULL, 0 };

static void note_entry(struct entries *e, const char *to, const char *own, struct markup_text label, int order)
{
	VEC_ROOM(e->v, e->n, e->cap, 1);
	e->v[e->n++] = (struct entry){ to, own, label, order };
}

/* ---- addresses ------------------------------------------------------------------------------------------ */

/* "text/001.xhtml#fn1" of a reference in the file being read; NULL: it leads out of the book. */
static const char *address(struct audit *a, struct markup_text href)
{
	const char *slash = strrchr(a->path, '/'), *hash = memchr(href.s, '#', href.len);
	size_t folder = slash != NULL ? (size_t)(slash - a->path) + 1 : 0, plain = hash != NULL ? (size_t)(hash - href.s) : href.len;

	if (memchr(href.s, ':', plain) != NULL)
		return NULL;
	if (plain == 0)
		return arena_printf(&a->arena, "%s%.*s", a->path, (int)href.len, href.s);
	while (href.len > 3 && memcmp(href.s, "../", 3) == 0 && folder > 0) {
		href.s += 3;
		href.len -= 3;
		for (folder--; folder > 0 && a->path[folder - 1] != '/'; folder--)
			;
	}
	return arena_printf(&a->arena, "%.*s%.*s", (int)folder, a->path, (int)href.len, href.s);
}

static struct target *target_of(const struct audit *a, const char *to)
{
	return strmap_lookup(&a->targets, to, strlen(to));
}

static struct target *new_target(struct audit *a, const char *own)
{
	struct target *t = ARENA_NEW(&a->arena, struct target);

	t->order = ++a->order;
	strmap_put(&a->targets, own, strlen(own), t);
	return t;
}

/* ---- one element ---------------------------------------------------------------------------------------- */

static int heading_level(struct markup_text name)
{
	return name.len == 2 && name.s[0] == 'h' && name.s[1] >= '1' && name.s[1] <= '6' ? name.s[1] - '0' : 0;
}

static bool wants_words(struct markup_text name)
{
	return heading_level(name) > 0 || markup_is(name, "title") || markup_is(name, "a") || markup_is(name, "th") ||
	       markup_is(name, "figcaption") || markup_is(name, "caption") || markup_is(name, "text");
}

static void look_at_language(struct audit *a, const struct markup *m)
{
	struct markup_text xml = markup_attr(m, "xml:lang"), html = markup_attr(m, "lang");

	if (xml.s == NULL && html.s == NULL)
		return;
	if (xml.s == NULL || html.s == NULL || xml.len != html.len || memcmp(xml.s, html.s, xml.len) != 0)
		fault(a, "xml:lang and lang differ", m->inside);
	a->tongued |= markup_is(m->name, "html") && xml.len > 0;
}

/* Notes and pages. own: the element's address, or NULL. */
static void look_at_type(struct audit *a, const struct markup *m, struct element *e, const char *own, const char *to)
{
	struct markup_text type = markup_attr(m, "epub:type");

	if (markup_is(type, "noteref")) {
		note_entry(&a->marks, to, own != NULL ? own : a->path, m->inside, a->order);
	} else if (markup_is(type, "footnote") && own != NULL) {
		target_of(a, own)->is_note = true;
		note_entry(&a->notes, NULL, own, nothing, a->order);
		e->note = own;
	} else if (markup_is(type, "backlink") && to != NULL) {
		for (int i = a->depth - 1; i >= 0; i--)
			if (a->open[i].note != NULL) {
				note_entry(&a->backs, to, a->open[i].note, nothing, a->order);
				return;
			}
		fault(a, "a way back outside of a note", m->inside);
	} else if (markup_is(type, "pagebreak")) {
		note_entry(&a->markers, own, own, markup_attr(m, "aria-label"), a->order);
		if (own == NULL || markup_is_blank(markup_attr(m, "aria-label")))
			fault(a, "a page marker without id or label", m->inside);
	}
}

static const char *look_at_links(struct audit *a, const struct markup *m)
{
	struct markup_text href = markup_attr(m, "href");
	const char *to;

	if (href.s == NULL)
		href = markup_attr(m, "src");
	if (href.s == NULL)
		return NULL;
	to = address(a, href);
	if (to != NULL)
		note_entry(&a->links, to, a->path, href, a->order);
	return to;
}

static void look_at_element(struct audit *a, const struct markup *m, struct element *e)
{
	struct markup_text id = markup_attr(m, "id");
	const char *own = NULL, *to;
	int level = heading_level(m->name);

	if (id.s != NULL) {
		own = arena_printf(&a->arena, "%s#%.*s", a->path, (int)id.len, id.s);
		if (id.len == 0 || target_of(a, own) != NULL)
			fault(a, "an id twice, or empty", id);
		new_target(a, own);
	}
	to = look_at_links(a, m);
	look_at_language(a, m);
	look_at_type(a, m, e, own, to);
	if (markup_is(m->name, "img") && markup_attr(m, "alt").s == NULL)
		fault(a, "a picture without alt", m->inside);
	if (markup_is(m->name, "th") && markup_attr(m, "scope").s == NULL)
		fault(a, "a head cell without scope", m->inside);
	if (e->hidden && markup_is(m->name, "a"))
		fault(a, "a link in what is hidden from speech", m->inside);
	if (level > 0 && strncmp(a->path, "text/", 5) == 0) {
		if (level > a->heading + 1)
			fault(a, "a heading that skips a level", m->name);
		a->heading = level;
	}
	if (markup_is(m->name, "a") && to != NULL && (e->page_list || e->toc))
		note_entry(e->page_list ? &a->pages : &a->toc, to, NULL, nothing, a->order);
}

static void opened(struct audit *a, const struct markup *m, bool alone)
{
	struct element *around = a->depth > 0 ? &a->open[a->depth - 1] : NULL, e;
	struct markup_text type = markup_attr(m, "epub:type");

	memset(&e, 0, sizeof e);
	e.name = m->name;
	e.hidden = markup_is(markup_attr(m, "aria-hidden"), "true") || (around != NULL && around->hidden);
	e.page_list = markup_is(type, "page-list") || (around != NULL && around->page_list);
	e.toc = markup_is(type, "toc") || (around != NULL && around->toc);
	if (around != NULL)
		around->child = true;
	look_at_element(a, m, &e);
	if (alone) {
		if (around != NULL && markup_is(m->name, "img"))
			around->words = true;
		return;
	}
	if (a->depth == DEEPEST) {
		fault(a, "elements too deep", m->name);
		return;
	}
	a->open[a->depth++] = e;
}

static bool closed(struct audit *a, const struct markup *m)
{
	struct element *e = a->depth > 0 ? &a->open[a->depth - 1] : NULL;

	if (e == NULL || e->name.len != m->name.len || memcmp(e->name.s, m->name.s, m->name.len) != 0) {
		fault(a, "an end tag that closes nothing", m->name);
		return false;
	}
	a->depth--;
	if (wants_words(e->name) && !e->words)
		fault(a, "no words in it", e->name);
	else if (markup_is(e->name, "p") && !e->words && !e->child)
		fault(a, "an empty paragraph", nothing);
	if (markup_is(e->name, "title"))
		a->titled = true;
	if (a->depth > 0)
		a->open[a->depth - 1].words |= e->words;
	if (markup_is(e->name, "a") && e->page_list && a->pages.n > 0)
		a->pages.v[a->pages.n - 1].label = e->text;
	return true;
}

/* ---- one file -------------------------------------------------------------------------------------------- */

static void check_composed(struct audit *a, const struct audit_file *f)
{
	struct arena scratch;
	size_t made;

	arena_init(&scratch);
	if (compose_text(&scratch, f->data, f->len, &made) != f->data)
		fault(a, "letters and marks that are not composed", nothing);
	arena_free(&scratch);
}

static void read_xhtml(struct audit *a, const struct audit_file *f)
{
	struct markup m = { .at = f->data, .end = f->data + f->len };
	enum markup_kind kind;

	a->path = f->path;
	a->depth = 0;
	a->titled = a->tongued = false;
	new_target(a, f->path);
	while ((kind = markup_next(&m)) != MARKUP_END && kind != MARKUP_BROKEN) {
		if (kind == MARKUP_OPEN || kind == MARKUP_ALONE) {
			opened(a, &m, kind == MARKUP_ALONE);
		} else if (kind == MARKUP_CLOSE) {
			if (!closed(a, &m))
				return;
		} else if (!markup_is_blank(m.inside) && a->depth > 0) {
			a->open[a->depth - 1].words = true;
			a->open[a->depth - 1].text = m.inside;
		}
	}
	if (kind == MARKUP_BROKEN || a->depth > 0)
		fault(a, "markup that is not closed", a->depth > 0 ? a->open[a->depth - 1].name : nothing);
	if (!a->titled)
		fault(a, "no title", nothing);
	if (!a->tongued)
		fault(a, "no language", nothing);
	check_composed(a, f);
}

static void read_ncx(struct audit *a, const struct audit_file *f)
{
	struct markup m = { .at = f->data, .end = f->data + f->len };
	enum markup_kind kind;
	struct markup_text text = nothing;
	bool page = false;

	a->path = f->path;
	new_target(a, f->path);
	while ((kind = markup_next(&m)) != MARKUP_END && kind != MARKUP_BROKEN) {
		if (kind == MARKUP_TEXT && !markup_is_blank(m.inside))
			text = m.inside;
		if (kind == MARKUP_OPEN)
			page = markup_is(m.name, "pageTarget") || (page && !markup_is(m.name, "navPoint"));
		if (kind == MARKUP_ALONE && markup_is(m.name, "content") && markup_attr(&m, "src").s != NULL) {
			const char *to = address(a, markup_attr(&m, "src"));

			if (to != NULL)
				note_entry(page ? &a->ncx_pages : &a->ncx_toc, to, f->path, text, a->order);
		}
	}
	if (kind == MARKUP_BROKEN)
		fault(a, "markup that is not closed", nothing);
	check_composed(a, f);
}

static void read_package(struct audit *a, const struct audit_file *f, size_t others)
{
	struct markup m = { .at = f->data, .end = f->data + f->len };
	enum markup_kind kind;
	size_t listed = 0;

	a->path = f->path;
	while ((kind = markup_next(&m)) != MARKUP_END && kind != MARKUP_BROKEN)
		if (kind == MARKUP_ALONE && markup_is(m.name, "item")) {
			const char *to = address(a, markup_attr(&m, "href"));

			listed++;
			if (to == NULL || target_of(a, to) == NULL)
				fault(a, "the package lists what is not there", m.inside);
		}
	if (kind == MARKUP_BROKEN)
		fault(a, "markup that is not closed", nothing);
	if (listed != others)
		fault(a, "the package does not list every file once", nothing);
	check_composed(a, f);
}

/* ---- the whole ------------------------------------------------------------------------------------------- */

static struct markup_text said(const char *s)
{
	return (struct markup_text){ s, s != NULL ? strlen(s) : 0 };
}

static void match_links(struct audit *a)
{
	for (size_t i = 0; i < a->links.n; i++) {
		a->path = a->links.v[i].own;
		if (target_of(a, a->links.v[i].to) == NULL)
			fault(a, "leads nowhere", a->links.v[i].label);
	}
}

/* Each note has one way back, to a mark that leads to it and stands before it in its file; other marks may lead to it too. */
static void match_notes(struct audit *a)
{
	struct strmap marks, ways;

	strmap_init(&marks);
	strmap_init(&ways);
	for (size_t i = 0; i < a->marks.n; i++) {
		struct entry *mark = &a->marks.v[i];
		const struct target *note = mark->to != NULL ? target_of(a, mark->to) : NULL;

		a->path = mark->own;
		if (note == NULL || !note->is_note)
			fault(a, "a mark without its note", mark->label);
		strmap_put(&marks, mark->own, strlen(mark->own), mark);
	}
	for (size_t i = 0; i < a->backs.n; i++)
		if (strmap_put(&ways, a->backs.v[i].own, strlen(a->backs.v[i].own), &a->backs.v[i]) != NULL) {
			a->path = a->backs.v[i].own;
			fault(a, "two ways back", nothing);
		}
	for (size_t i = 0; i < a->notes.n; i++) {
		const char *own = a->notes.v[i].own;
		const struct entry *way = strmap_lookup(&ways, own, strlen(own));
		const struct entry *mark = way != NULL ? strmap_lookup(&marks, way->to, strlen(way->to)) : NULL;

		a->path = own;
		if (way == NULL || mark == NULL || mark->to == NULL || strcmp(mark->to, own) != 0)
			fault(a, "a note without a way back to its mark", nothing);
		else if (mark->order > a->notes.v[i].order || strncmp(mark->own, own, strcspn(own, "#") + 1) != 0)
			fault(a, "a note that does not stand behind its mark, in the same file", nothing);
	}
	strmap_free(&marks);
	strmap_free(&ways);
}

static bool are_alike(const struct entries *x, const struct entries *y, bool labels)
{
	if (x->n != y->n)
		return false;
	for (size_t i = 0; i < x->n; i++) {
		const struct entry *p = &x->v[i], *q = &y->v[i];

		if (p->to == NULL || q->to == NULL || strcmp(p->to, q->to) != 0)
			return false;
		if (labels && (p->label.len != q->label.len || p->label.s == NULL || memcmp(p->label.s, q->label.s, p->label.len) != 0))
			return false;
	}
	return true;
}

static void match_lists(struct audit *a)
{
	int last = 0;

	a->path = "nav.xhtml";
	if (!are_alike(&a->pages, &a->markers, true))
		fault(a, "the page list is not the markers in their order", nothing);
	for (size_t i = 0; i < a->toc.n; i++) {
		const struct target *t = target_of(a, a->toc.v[i].to);

		if (t != NULL && t->order < last)
			fault(a, "contents out of order", said(a->toc.v[i].to));
		last = t != NULL ? t->order : last;
	}
	if (a->toc.n == 0)
		fault(a, "no contents", nothing);
	a->path = "toc.ncx";
	if (!are_alike(&a->ncx_pages, &a->markers, true))
		fault(a, "its pages are not the markers in their order", nothing);
	if (!are_alike(&a->ncx_toc, &a->toc, false))
		fault(a, "its contents are not those of the navigation", nothing);
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

bool audit_files(const struct audit_file *v, size_t n, struct diag_log *log)
{
	struct audit *a = mem_zalloc(1, sizeof *a);
	struct entries *lists[] = { &a->links, &a->marks, &a->notes, &a->backs, &a->markers, &a->pages, &a->toc, &a->ncx_pages, &a->ncx_toc };
	bool ok;

	a->log = log;
	arena_init(&a->arena);
	strmap_init(&a->targets);
	for (int spine = 1; spine >= 0; spine--) /* the navigation leads into the text: that first */
		for (size_t i = 0; i < n; i++)
			if (ends_with(v[i].path, ".xhtml") && (strncmp(v[i].path, "text/", 5) == 0) == (spine == 1))
				read_xhtml(a, &v[i]);
	for (size_t i = 0; i < n; i++)
		if (ends_with(v[i].path, ".ncx"))
			read_ncx(a, &v[i]);
		else if (!ends_with(v[i].path, ".xhtml"))
			new_target(a, v[i].path);
	for (size_t i = 0; i < n; i++)
		if (ends_with(v[i].path, ".opf"))
			read_package(a, &v[i], n - 1);
	match_links(a);
	match_notes(a);
	match_lists(a);
	ok = a->faults == 0;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		mem_free(lists[i]->v);
	strmap_free(&a->targets);
	arena_free(&a->arena);
	mem_free(a);
	return ok;
}
