#include "report/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strmap.h"
#include "base/utf8.h"

enum { MOST_CODES = 200, MOST_SHOWN = 40 /* [character] of the words that tell one place from another */ };

/* How often each code was given, in order of first use. */
struct code_count {
	const char *code;
	size_t n;
	const char *first; /* what was said the first time */
};

static size_t count_codes(const struct diag_log *log, struct code_count v[MOST_CODES])
{
	size_t n = 0;

	for (size_t i = 0; i < log->n; i++) {
		size_t k = 0;

		while (k < n && strcmp(v[k].code, log->v[i].code) != 0)
			k++;
		if (k == n && n < MOST_CODES)
			v[n++] = (struct code_count){ log->v[i].code, 0, log->v[i].text };
		if (k < n)
			v[k].n++;
	}
	return n;
}

/* What was said of the printing condition: which it is, or that there is none; NULL: nothing. */
static const char *condition_of(const struct code_count *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(v[i].code, "output-profile") == 0)
			return v[i].first;
	return NULL;
}

static void put_points(struct buf *out, int64_t cost)
{
	int64_t tenths = (cost + 5) / 10;

	buf_put_int(out, tenths / 10);
	buf_printf(out, ".%d", (int)(tenths % 10));
}

static bool is_short(const struct makeup *m, size_t i)
{
	return i < m->n_pages && m->pages[i].blank > 0 && !m->pages[i].full;
}

/* ---- text ------------------------------------------------------------------------------------------------------- */

/* "blank-rows     50.0    50.0  blank rows at feet" */
static void text_cost_row(const char *name, int64_t best, int64_t second, bool has_second, const char *meaning, struct buf *out)
{
	struct buf number;
	int64_t costs[2] = { best, second };

	buf_init(&number);
	buf_printf(out, "  %-12s", name);
	for (int i = 0; i < (has_second ? 2 : 1); i++) {
		buf_clear(&number);
		put_points(&number, costs[i]);
		buf_printf(out, "%10.*s", (int)number.len, number.data);
	}
	buf_printf(out, "  %s\n", meaning);
	buf_free(&number);
}

static void text_cost(const struct makeup *m, struct buf *out)
{
	static const char *const meaning[MAKEUP_PARTS] = {
		[MAKEUP_BLANK] = "blank rows at the foot of pages", [MAKEUP_FACING] = "facing pages of unequal depth",
		[MAKEUP_LAST] = "a last page nearly empty, or the imprint alone",
		[MAKEUP_LINES] = "paragraphs a line longer or shorter than their best, narrow lines",
		[MAKEUP_WIDOWS] = "few lines of a paragraph on one side of a page break",
		[MAKEUP_HEADINGS] = "few lines before or after headings",
		[MAKEUP_HYPHENS] = "words over a page's end", [MAKEUP_BREAKS] = "page breaks inside boxes, tables, lists",
		[MAKEUP_NOTES] = "notes divided, or too many for a page",
		[MAKEUP_QUOTES] = "pull quotes away from their paragraphs, or across the column",
		[MAKEUP_FLOATS] = "figures and tables away from their place",
	};

	buf_printf(out, "\npages chosen: %s%s\n", m->mode, m->proved ? ", and nothing cheaper exists" : ", not proved to be the cheapest");
	buf_puts(out, "cost: ");
	put_points(out, m->best.sum);
	if (m->has_second) {
		buf_puts(out, " points; next best: ");
		put_points(out, m->second.sum);
	}
	buf_puts(out, " points (a blank row at a page's foot is 25)\n");
	if (m->left_over > 0)
		buf_printf(out, "  %d pull quote%s left over by a run before %s set across the column now, at no cost\n", m->left_over,
		           m->left_over > 1 ? "s" : "", m->left_over > 1 ? "are" : "is");
	for (int i = 0; i < MAKEUP_PARTS; i++) {
		if (m->best.part[i] != 0 || m->second.part[i] != 0)
			text_cost_row(makeup_part_name((enum makeup_part)i), m->best.part[i], m->second.part[i], m->has_second, meaning[i], out);
	}
	buf_printf(out, "work: %lld pages filled, %lld paragraphs broken, %lld states, %lld steps; %lld KB remembered at most\n",
	           (long long)m->fills, (long long)m->breaks, (long long)m->states, (long long)m->steps, (long long)m->remembered / 1024);
}

/* Its first words from byte `from` on, between quotation marks. */
static void put_words(const char *s, size_t len, size_t from, struct buf *out)
{
	size_t at = from < len ? from : len, shown, n;

	while (at < len && utf8_is_xml_space(s[at]))
		at++;
	shown = at;
	for (int i = 0; i < MOST_SHOWN && at < len; i++, at += n)
		utf8_decode(s + at, len - at, &n);
	if (at < len) { /* whole words, if there are several */
		size_t end = at;

		while (end > shown && !utf8_is_xml_space(s[end]))
			end--;
		at = end > shown ? end : at;
	}
	if (at == shown)
		return;
	buf_puts(out, "  \"");
	for (size_t i = shown; i < at; i++)
		buf_putc(out, utf8_is_xml_space(s[i]) ? ' ' : s[i]);
	buf_puts(out, at < len ? "...\"" : "\"");
}

static void put_words_of(const struct node *n, size_t from, struct buf *out)
{
	struct arena a;

	if (n == NULL)
		return;
	if (n->kind == N_TEXT) {
		put_words(n->u.text.s, n->u.text.len, from, out);
		return;
	}
	arena_init(&a);
	{
		const char *text = doc_plain_text(&a, n, false);

		put_words(text, strlen(text), 0, out);
	}
	arena_free(&a);
}

/* The figure or table whose block it is, the quote. */
static const struct node *moved(const struct node *n)
{
	const struct node *up = n;

	while (up != NULL && up->kind != N_PULLQUOTE && up->kind != N_FIGURE && up->kind != N_TABLE)
		up = up->parent;
	return up != NULL && up->kind == N_TABLE && up->parent != NULL && up->parent->kind == N_FIGURE ? up->parent : up != NULL ? up : n;
}

/* "line 49: page 2, 1 page before its place  pull quote  "Once in three days..."" */
static void text_insets(const struct makeup *m, struct buf *out)
{
	if (m->n_insets > 0)
		buf_puts(out, "\nquotes, figures and tables that may move\n");
	for (size_t i = 0; i < m->n_insets; i++) {
		const struct makeup_inset *in = &m->insets[i];
		const struct node *n = moved(in->node);
		int off = in->page - in->home;

		buf_printf(out, "  line %d: page %d", n != NULL ? n->pos.line : 0, in->page);
		if (in->in_column)
			buf_puts(out, ", across the column: no place beside the text");
		else if (off != 0)
			buf_printf(out, ", %d page%s %s its place", abs(off), abs(off) > 1 ? "s" : "", off > 0 ? "after" : "before");
		if (n != NULL)
			buf_puts(out, n->kind == N_PULLQUOTE ? "  pull quote" : n->kind == N_TABLE ? "  table" : "  figure");
		put_words_of(n != NULL && n->kind != N_PULLQUOTE && doc_title(n) != NULL ? doc_title(n) : n, 0, out);
		buf_putc(out, '\n');
	}
}

static void text_pages(const struct pages *p, struct buf *out)
{
	buf_puts(out, "\npage  begins at\n");
	for (size_t i = 0; i < p->n; i++) {
		const struct page *page = &p->v[i];

		buf_printf(out, "%4s  ", page->label);
		if (page->start != NULL)
			buf_printf(out, "%s:%d:%d", page->start->pos.file, page->start->pos.line, page->start->pos.column);
		else
			buf_puts(out, "-");
		put_words_of(page->start, page->start_offset, out);
		if (is_short(&p->makeup, i))
			buf_printf(out, "  %d blank row%s at the foot", p->makeup.pages[i].blank, p->makeup.pages[i].blank > 1 ? "s" : "");
		buf_putc(out, '\n');
	}
}

static int64_t tenths(int64_t part, int64_t whole)
{
	return whole > 0 ? (part * 1000 + whole / 2) / whole : 0;
}

static void text_lines(const struct lines_made *m, struct buf *out)
{
	int64_t share = tenths(m->hyphens, m->lines);

	buf_printf(out, "\n%lld lines, %lld of them justified, %lld (%lld.%lld %%) end in a hyphen\n", (long long)m->lines,
	           (long long)m->justified, (long long)m->hyphens, (long long)share / 10, (long long)share % 10);
	for (int i = 0; i < LINE_FAULTS; i++) {
		if (m->of[i] > 0)
			buf_printf(out, "%5lld %s: %s\n", (long long)m->of[i], line_fault_name((enum line_fault)i),
			           line_fault_text((enum line_fault)i));
	}
	for (size_t i = 0; i < m->n; i++) {
		const struct line_fault_at *f = &m->v[i];
		const struct node *n = f->node;

		buf_printf(out, "  page %d, %s, %s:%d: ... %s\n", f->page, line_fault_name(f->fault),
		           n != NULL && n->pos.file != NULL ? n->pos.file : "-", n != NULL ? n->pos.line : 0, f->text);
	}
}

/* "leading +1.5 %, ..." */
static void text_spent(const struct makeup_spent *s, struct buf *out)
{
	if (s->leading == 0 && s->tracking == 0 && s->quotes == 0)
		return;
	buf_puts(out, "spent on the number of pages:");
	if (s->leading != 0)
		buf_printf(out, " leading %c%d.%d %%", s->leading < 0 ? '-' : '+', abs(s->leading) / 10, abs(s->leading) % 10);
	if (s->tracking != 0)
		buf_printf(out, ", letterspacing %c0.%03d em", s->tracking < 0 ? '-' : '+', abs(s->tracking));
	if (s->quotes != 0)
		buf_printf(out, ", pull quotes %c%d.%d %% wide", s->quotes < 0 ? '-' : '+', abs(s->quotes) / 10, abs(s->quotes) % 10);
	buf_putc(out, '\n');
}

static void write_text(const struct pages *p, const struct diag_log *log, struct buf *out)
{
	struct code_count codes[MOST_CODES];
	size_t n = count_codes(log, codes);

	buf_printf(out, "%zu page%s, theme %s\n", p->n, p->n == 1 ? "" : "s", p->theme_name != NULL ? p->theme_name : "-");
	if (condition_of(codes, n) != NULL)
		buf_printf(out, "%s\n", condition_of(codes, n));
	text_spent(&p->makeup.spent, out);
	if (p->makeup.mode != NULL)
		text_cost(&p->makeup, out);
	text_insets(&p->makeup, out);
	text_pages(p, out);
	text_lines(&p->lines, out);
	if (n > 0)
		buf_puts(out, "\nmessages\n");
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "%5zu %s\n", codes[i].n, codes[i].code);
}

/* ---- JSON ------------------------------------------------------------------------------------------------------- */

static void json_string(struct buf *out, const char *s)
{
	buf_putc(out, '"');
	if (s != NULL)
		buf_put_json(out, s, strlen(s));
	buf_putc(out, '"');
}

static void json_cost(const struct makeup_cost *c, struct buf *out)
{
	buf_puts(out, "{\"sum\":");
	put_points(out, c->sum);
	buf_puts(out, ",\"parts\":{");
	for (int i = 0; i < MAKEUP_PARTS; i++) {
		buf_printf(out, "%s\"%s\":", i > 0 ? "," : "", makeup_part_name((enum makeup_part)i));
		put_points(out, c->part[i]);
	}
	buf_puts(out, "}}");
}

static void json_makeup(const struct makeup *m, struct buf *out)
{
	buf_puts(out, "\"pagination\":{\"mode\":");
	json_string(out, m->mode);
	buf_printf(out, ",\"proved\":%s,\"left-over\":%d,\"cost\":", m->proved ? "true" : "false", m->left_over);
	json_cost(&m->best, out);
	buf_puts(out, ",\"next\":");
	if (m->has_second)
		json_cost(&m->second, out);
	else
		buf_puts(out, "null");
	buf_printf(out, ",\"spent\":{\"leading\":%d,\"tracking\":%d,\"quotes\":%d}", m->spent.leading, m->spent.tracking, m->spent.quotes);
	buf_printf(out, ",\"work\":{\"fills\":%lld,\"breaks\":%lld,\"states\":%lld,\"steps\":%lld,\"remembered\":%lld}},\n",
	           (long long)m->fills, (long long)m->breaks, (long long)m->states, (long long)m->steps, (long long)m->remembered);
}

static void json_place(const struct node *n, struct buf *out)
{
	if (n == NULL) {
		buf_puts(out, "null");
		return;
	}
	buf_puts(out, "{\"file\":");
	json_string(out, n->pos.file);
	buf_printf(out, ",\"line\":%d,\"column\":%d}", n->pos.line, n->pos.column);
}

static void json_insets(const struct makeup *m, struct buf *out)
{
	buf_puts(out, "\"insets\":[");
	for (size_t i = 0; i < m->n_insets; i++) {
		const struct makeup_inset *in = &m->insets[i];

		buf_printf(out, "%s\n{\"page\":%d,\"home\":%d,\"in-column\":%s,\"at\":", i > 0 ? "," : "", in->page, in->home,
		           in->in_column ? "true" : "false");
		json_place(in->node, out);
		buf_putc(out, '}');
	}
	buf_puts(out, "],\n");
}

static void json_pages(const struct pages *p, struct buf *out)
{
	buf_puts(out, "\"pages\":[");
	for (size_t i = 0; i < p->n; i++) {
		const struct page *page = &p->v[i];

		buf_printf(out, "%s\n{\"number\":%d,\"label\":", i > 0 ? "," : "", page->number);
		json_string(out, page->label);
		buf_printf(out, ",\"recto\":%s,\"blank-rows\":%d,\"begins\":", page->recto ? "true" : "false",
		           is_short(&p->makeup, i) ? p->makeup.pages[i].blank : 0);
		json_place(page->start, out);
		buf_putc(out, '}');
	}
	buf_puts(out, "],\n");
}

static void json_lines(const struct lines_made *m, struct buf *out)
{
	buf_printf(out, "\"lines\":{\"lines\":%lld,\"justified\":%lld,\"hyphens\":%lld,\"relaxed\":{", (long long)m->lines,
	           (long long)m->justified, (long long)m->hyphens);
	for (int i = 0; i < LINE_FAULTS; i++)
		buf_printf(out, "%s\"%s\":%lld", i > 0 ? "," : "", line_fault_name((enum line_fault)i), (long long)m->of[i]);
	buf_puts(out, "},\"where\":[");
	for (size_t i = 0; i < m->n; i++) {
		const struct line_fault_at *f = &m->v[i];

		buf_printf(out, "%s\n{\"rule\":\"%s\",\"page\":%d,\"at\":", i > 0 ? "," : "", line_fault_name(f->fault), f->page);
		json_place(f->node, out);
		buf_puts(out, ",\"line\":");
		json_string(out, f->text);
		buf_putc(out, '}');
	}
	buf_puts(out, "]},\n");
}

static void write_json(const struct pages *p, const struct diag_log *log, struct buf *out)
{
	struct code_count codes[MOST_CODES];
	size_t n = count_codes(log, codes);

	buf_puts(out, "{\"theme\":");
	json_string(out, p->theme_name);
	buf_puts(out, ",\n");
	if (condition_of(codes, n) != NULL) {
		buf_puts(out, "\"press\":");
		json_string(out, condition_of(codes, n));
		buf_puts(out, ",\n");
	}
	if (p->makeup.mode != NULL)
		json_makeup(&p->makeup, out);
	json_insets(&p->makeup, out);
	json_pages(p, out);
	json_lines(&p->lines, out);
	buf_puts(out, "\"messages\":{");
	for (size_t i = 0; i < n; i++) {
		buf_puts(out, i > 0 ? "," : "");
		json_string(out, codes[i].code);
		buf_printf(out, ":%zu", codes[i].n);
	}
	buf_puts(out, "}}\n");
}

void report_write(const struct pages *p, const struct diag_log *log, enum report_format format, struct buf *out)
{
	if (format == REPORT_JSON)
		write_json(p, log, out);
	else
		write_text(p, log, out);
}
