#include "edition/compare.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "report/thumb.h"

enum { TITLE = 44 }; /* [character] of what names a place */

struct place {
	const struct node *node; /* in the first edition */
	const char *title;
	int drift;               /* [page] between the first and the last edition that has it */
};

struct comparison {
	struct arena a;
	const struct edition **v;
	size_t n;
	struct place *place;
	size_t n_places, cap;
	int *page; /* of place p in edition e: page[p * n + e]; 0: it is not there */
};

/* ---- places ---- */

static bool is_place(const struct node *n)
{
	return (n->kind == N_DIVISION && doc_title(n) != NULL) || n->kind == N_PULLQUOTE || n->kind == N_SIDEBAR ||
	       n->kind == N_FOOTNOTE || n->kind == N_TABLE || n->kind == N_FIGURE;
}

/* What stands beside the text or at its foot says nothing of where the text around it begins. */
static bool stands_apart(const struct node *n)
{
	return n->kind == N_PULLQUOTE || n->kind == N_FOOTNOTE || n->kind == N_TABLE || n->kind == N_FIGURE;
}

/* The page on which each node begins, by its number in the document; 0: on none. */
static int *pages_of_nodes(const struct edition *e)
{
	int *page = mem_zalloc((size_t)e->doc->n_nodes + 2, sizeof *page);

	for (size_t i = 0; i < e->pages->n; i++) {
		const struct page *p = &e->pages->v[i];

		for (size_t k = 0; k < p->n; k++) {
			const struct item *it = &p->items[k];

			if (it->role > ROLE_CAPTION_LABEL || it->role == ROLE_MARK || it->kind == ITEM_ANCHOR || it->kind == ITEM_LINK)
				continue;
			for (const struct node *n = it->node; n != NULL && n->seq <= e->doc->n_nodes && page[n->seq] == 0; n = n->parent) {
				page[n->seq] = p->number;
				if (stands_apart(n))
					break;
			}
		}
	}
	return page;
}

/* The same element of the source is the same place in every edition. */
static char *key_of(struct arena *a, const struct node *n)
{
	return arena_printf(a, "%s:%d:%d:%d", n->pos.file != NULL ? n->pos.file : "", n->pos.line, n->pos.column, (int)n->kind);
}

/* What stands for a figure without a word of its own: what its picture shows. */
static const char *words_of_picture(const struct node *figure)
{
	for (const struct node *n = figure; n != NULL; n = doc_next(figure, n)) {
		if (n->kind == N_IMAGE && n->u.image.alt != NULL)
			return n->u.image.alt;
	}
	return "";
}

static const char *title_of(struct comparison *x, const struct node *n)
{
	const struct node *title = doc_title(n);
	const char *text = doc_plain_text(&x->a, title != NULL ? title : n, false), *label = NULL;
	size_t len, at = 0, k;

	if (*text == '\0')
		text = words_of_picture(n);
	len = strlen(text);
	for (int i = 0; i < TITLE && at < len; i++) {
		utf8_decode(text + at, len - at, &k);
		at += k;
	}
	if (n->kind == N_DIVISION)
		label = n->u.division.label;
	else if (n->kind == N_FOOTNOTE)
		label = n->u.note.label;
	return arena_printf(&x->a, "%s%s%.*s%s", label != NULL ? label : "", label != NULL ? " " : "", (int)at, text, at < len ? "..." : "");
}

static void find_places(struct comparison *x, struct strmap *by_key)
{
	const struct doc *d = x->v[0]->doc;

	for (const struct node *n = d->root; n != NULL; n = doc_next(d->root, n)) {
		const char *key;

		if (!is_place(n))
			continue;
		VEC_ROOM(x->place, x->n_places, x->cap, 1);
		x->place[x->n_places++] = (struct place){ .node = n, .title = title_of(x, n) };
		key = key_of(&x->a, n);
		strmap_put(by_key, key, strlen(key), (void *)(uintptr_t)x->n_places);
	}
}

static void find_pages(struct comparison *x, const struct strmap *by_key, size_t e)
{
	const struct doc *d = x->v[e]->doc;
	int *page = pages_of_nodes(x->v[e]);

	for (const struct node *n = d->root; n != NULL; n = doc_next(d->root, n)) {
		const char *key = is_place(n) ? key_of(&x->a, n) : NULL;
		size_t place = key != NULL ? (size_t)(uintptr_t)strmap_lookup(by_key, key, strlen(key)) : 0;

		if (place > 0 && n->seq <= d->n_nodes)
			x->page[(place - 1) * x->n + e] = page[n->seq];
	}
	mem_free(page);
}

static void measure_drift(struct comparison *x)
{
	for (size_t i = 0; i < x->n_places; i++) {
		int least = 0, most = 0;

		for (size_t e = 0; e < x->n; e++) {
			int page = x->page[i * x->n + e];

			least = page > 0 && (least == 0 || page < least) ? page : least;
			most = page > most ? page : most;
		}
		x->place[i].drift = most - least;
	}
}

/* ---- words ---- */

static const char *lang_of(const struct comparison *x, size_t e)
{
	return x->v[e]->doc->lang;
}

/* What nearly did not fit: lines that stick out, quotes with no place beside the text, tables too wide. */
static int overset(const struct edition *e)
{
	int n = (int)e->pages->lines.of[FAULT_OVERFULL];

	for (size_t i = 0; i < e->log->n; i++)
		n += strcmp(e->log->v[i].code, "quote-in-column") == 0 || strcmp(e->log->v[i].code, "table-wide") == 0;
	return n;
}

static int blanks(const struct edition *e)
{
	return (int)((4 - e->pages->n % 4) % 4);
}

static void put_text(const struct comparison *x, struct buf *out)
{
	static const char *const rows[] = { "pages", "blank to 4", "overset" };

	buf_printf(out, "%-11s", "");
	for (size_t e = 0; e < x->n; e++)
		buf_printf(out, " %6s", lang_of(x, e));
	buf_puts(out, "  drift\n");
	for (int r = 0; r < 3; r++) {
		buf_printf(out, "%-11s", rows[r]);
		for (size_t e = 0; e < x->n; e++)
			buf_printf(out, " %6d", r == 0 ? (int)x->v[e]->pages->n : r == 1 ? blanks(x->v[e]) : overset(x->v[e]));
		buf_putc(out, '\n');
	}
	for (size_t i = 0; i < x->n_places; i++) {
		buf_printf(out, "%-11s", doc_kind_name(x->place[i].node->kind));
		for (size_t e = 0; e < x->n; e++)
			buf_printf(out, " %6d", x->page[i * x->n + e]);
		buf_printf(out, " %6d  %s\n", x->place[i].drift, x->place[i].title);
	}
}

static void put_string(struct buf *out, const char *s)
{
	buf_putc(out, '"');
	buf_put_json(out, s, strlen(s));
	buf_putc(out, '"');
}

static void put_json(const struct comparison *x, struct buf *out)
{
	buf_puts(out, "{ \"editions\": [");
	for (size_t e = 0; e < x->n; e++) {
		buf_puts(out, e > 0 ? ",\n  { \"lang\": " : "\n  { \"lang\": ");
		put_string(out, lang_of(x, e));
		buf_printf(out, ", \"pages\": %zu, \"blanks_to_4\": %d, \"overset\": %d }", x->v[e]->pages->n, blanks(x->v[e]), overset(x->v[e]));
	}
	buf_puts(out, " ],\n  \"places\": [");
	for (size_t i = 0; i < x->n_places; i++) {
		const struct node *n = x->place[i].node;

		buf_printf(out, "%s\n  { \"kind\": \"%s\", \"title\": ", i > 0 ? "," : "", doc_kind_name(n->kind));
		put_string(out, x->place[i].title);
		buf_printf(out, ", \"line\": %d, \"drift\": %d, \"page\": {", n->pos.line, x->place[i].drift);
		for (size_t e = 0; e < x->n; e++) {
			buf_puts(out, e > 0 ? ", " : " ");
			put_string(out, lang_of(x, e));
			buf_printf(out, ": %d", x->page[i * x->n + e]);
		}
		buf_puts(out, " } }");
	}
	buf_puts(out, " ] }\n");
}

static void put_cell(struct buf *out, const char *tag, int number)
{
	buf_printf(out, "<%s>%d</%s>", tag, number, tag);
}

/* Every page of every edition, greeked. */
static void put_thumbs(const struct comparison *x, struct buf *out)
{
	size_t most = 0;

	for (size_t e = 0; e < x->n; e++)
		most = x->v[e]->pages->n > most ? x->v[e]->pages->n : most;
	for (size_t i = 1; i <= most; i++) {
		buf_printf(out, "<tr class=\"pages\"><td class=\"what\" colspan=\"2\">page %zu</td>", i);
		for (size_t e = 0; e < x->n; e++) {
			buf_puts(out, "<td>");
			if (i <= x->v[e]->pages->n)
				thumb_put(x->v[e]->pages, (int)i, out);
			buf_puts(out, "</td>");
		}
		buf_puts(out, "<td></td></tr>\n");
	}
}

static void put_html(const struct comparison *x, struct buf *out)
{
	static const char *const heads[] = { "pages", "blank to a multiple of 4", "overset" };

	buf_puts(out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><title>Editions side by side</title>\n<style>"
	         "body{font:15px/1.4 sans-serif;margin:2em}table{border-collapse:collapse}th,td{padding:.2em .6em;text-align:right;"
	         "border-bottom:1px solid #ccc}td.what,th.what{text-align:left}tr.drift td{background:#fff3d6}tr.far td{background:#ffd9d6}"
	         "tr.pages td{vertical-align:top}svg{width:9em;background:#fff;border:1px solid #bbb}"
	         "</style></head>\n<body><h1>Editions side by side</h1>\n<table><thead><tr><th class=\"what\">place</th>"
	         "<th class=\"what\">in the source</th>");
	for (size_t e = 0; e < x->n; e++) {
		buf_puts(out, "<th>");
		buf_put_xml(out, lang_of(x, e), strlen(lang_of(x, e)));
		buf_puts(out, "</th>");
	}
	buf_puts(out, "<th>drift</th></tr></thead>\n<tbody>\n");
	for (int r = 0; r < 3; r++) {
		buf_printf(out, "<tr><th class=\"what\" colspan=\"2\">%s</th>", heads[r]);
		for (size_t e = 0; e < x->n; e++)
			put_cell(out, "th", r == 0 ? (int)x->v[e]->pages->n : r == 1 ? blanks(x->v[e]) : overset(x->v[e]));
		buf_puts(out, "<th></th></tr>\n");
	}
	for (size_t i = 0; i < x->n_places; i++) {
		const struct place *p = &x->place[i];

		buf_printf(out, "<tr%s><td class=\"what\">%s</td><td class=\"what\" lang=\"", p->drift > 1 ? " class=\"far\"" : p->drift == 1 ?
		           " class=\"drift\"" : "", doc_kind_name(p->node->kind));
		buf_put_xml(out, lang_of(x, 0), strlen(lang_of(x, 0)));
		buf_puts(out, "\">");
		buf_put_xml(out, p->title, strlen(p->title));
		buf_puts(out, "</td>");
		for (size_t e = 0; e < x->n; e++)
			put_cell(out, "td", x->page[i * x->n + e]);
		put_cell(out, "td", p->drift);
		buf_puts(out, "</tr>\n");
	}
	put_thumbs(x, out);
	buf_puts(out, "</tbody></table></body></html>\n");
}

bool compare_put(const struct editions *s, enum compare_form form, struct buf *out)
{
	struct comparison x = { .n = 0 };
	struct strmap by_key;

	arena_init(&x.a);
	strmap_init(&by_key);
	x.v = arena_array(&x.a, s->n, sizeof(void *));
	for (size_t i = 0; i < s->n; i++) {
		if (s->v[i].edition.pages != NULL)
			x.v[x.n++] = &s->v[i].edition;
	}
	if (x.n > 0) {
		find_places(&x, &by_key);
		x.page = arena_array(&x.a, x.n_places * x.n, sizeof *x.page);
		for (size_t e = 0; e < x.n; e++)
			find_pages(&x, &by_key, e);
		measure_drift(&x);
		(form == COMPARE_JSON ? put_json : form == COMPARE_HTML ? put_html : put_text)(&x, out);
	}
	mem_free(x.place);
	strmap_free(&by_key);
	arena_free(&x.a);
	return x.n > 0;
}
