#include "doc/check.h"

#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/utf8.h"
#include "doc/weight.h"

#define FAULT(...) (lenient ? diag_warn(log, __VA_ARGS__) : diag_error(log, __VA_ARGS__))

static void check_id(const struct doc *d, const struct node *n, struct diag_log *log, bool lenient)
{
	const struct node *first = strmap_lookup(&d->ids, n->id, strlen(n->id));

	if (first == NULL || first == n)
		return;
	FAULT("duplicate-id", n->pos, "xml:id \"%s\" is given twice", n->id);
	diag_hint(log, "first at %s:%d:%d; links reach that one", first->pos.file == NULL ? "?" : first->pos.file,
	          first->pos.line, first->pos.column);
}

static void check_link(const struct node *n, struct diag_log *log, bool lenient)
{
	const char *element = n->element == NULL ? "link" : n->element;

	if (n->u.link.target == NULL && n->u.link.linkend != NULL)
		FAULT("dangling-link", n->pos, "<%s> leads to \"%s\", and nothing here has that xml:id", element,
		      n->u.link.linkend);
	else if (n->u.link.target != NULL && strcmp(element, "footnoteref") == 0 &&
	         n->u.link.target->kind != N_FOOTNOTE)
		FAULT("footnoteref", n->pos, "<footnoteref> leads to \"%s\", which is not a footnote",
		      n->u.link.linkend);
	else if (n->u.link.nameless && n->u.link.target != NULL) {
		const struct node *to = n->u.link.target;

		diag_warn(log, "xref-nameless", n->pos, "<%s> leads to <%s xml:id=\"%s\">, which has neither number nor title",
		          element, to->element == NULL ? doc_kind_name(to->kind) : to->element, n->u.link.linkend);
		diag_hint(log, "\"%s\" is set instead; give that element an xreflabel, or write the words: <link linkend=\"%s\">...</link>",
		          n->first != NULL && n->first->kind == N_TEXT ? n->first->u.text.s : "", n->u.link.linkend);
	}
}

/* "https:", "mailto:": an address that means the same wherever the edition is read. */
static bool has_scheme(const char *href)
{
	size_t n = 0;

	while ((href[n] >= 'a' && href[n] <= 'z') || (href[n] >= 'A' && href[n] <= 'Z') ||
	       (n > 0 && ((href[n] >= '0' && href[n] <= '9') || strchr("+-.", href[n]) != NULL)))
		if (href[n++] == '\0')
			return false;
	return n > 1 && href[n] == ':' && href[n + 1] != '\0';
}

/* Something in it can be read or looked at. */
static bool has_words(const struct node *top)
{
	for (const struct node *n = top->first; n != NULL; n = doc_next(top, n))
		if (n->kind == N_TEXT ? utf8_is_seen(n->u.text.s, n->u.text.len)
		                      : n->kind == N_INLINE_IMAGE || n->kind == N_IMAGE || n->kind == N_XREF)
			return true;
	return false;
}

static void check_address(const struct node *n, struct diag_log *log)
{
	const char *href = n->u.link.href;

	if (href != NULL && !has_scheme(href)) {
		diag_warn(log, "link-address", n->pos, "\"%.200s\" is no address that readers of an edition can follow", href);
		if (strncmp(href, "www.", 4) == 0)
			diag_hint(log, "write https://%.200s", href);
		else
			diag_hint(log, "it lacks https: or mailto:, and files do not travel along");
	} else if (href != NULL && strncasecmp(href, "file:", 5) == 0) {
		diag_warn(log, "link-address", n->pos, "\"%.200s\" is a file of this machine: readers of an edition have it not", href);
	} else if (href != NULL && strncmp(href + strcspn(href, ":"), "://", 4) == 0) {
		diag_warn(log, "link-address", n->pos, "\"%.200s\" names no place", href);
	}
}

/* Languages by their form (BCP 47): parts of up to 8 letters and figures, the first of 2 or 3 letters. */
static bool is_tag(const char *s)
{
	size_t part = 0, parts = 1;

	for (; *s != '\0'; s++) {
		bool letter = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z'), figure = *s >= '0' && *s <= '9';

		if (*s == '-' || *s == '_') {
			if (part == 0 || (parts == 1 && (part < 2 || part > 3)))
				return false;
			parts++;
			part = 0;
		} else if ((!letter && (parts == 1 || !figure)) || ++part > 8) {
			return false;
		}
	}
	return part > 0 && (parts > 1 || part == 2 || part == 3);
}

static void check_tag(const char *lang, struct pos pos, struct diag_log *log)
{
	if (lang == NULL || *lang == '\0' || is_tag(lang))
		return;
	diag_warn(log, "lang-tag", pos, "\"%.60s\" is no name of a language", lang);
	diag_hint(log, "\"ru\", \"en-GB\", \"zh-Hans\"; what is read aloud or hyphenated goes by it");
}

static void check_note(const struct node *note, struct diag_log *log)
{
	if (!has_words(note))
		diag_warn(log, "empty-note", note->pos, "this footnote says nothing");
}

/* The sum that the last figure of an ISBN makes good; 10 or 13 figures, hyphens and spaces between them. */
static bool is_isbn(const char *s)
{
	int digit[13], n = 0, sum = 0;

	for (; *s != '\0'; s++) {
		if (*s == '-' || *s == ' ')
			continue;
		if (n == 13 || !((*s >= '0' && *s <= '9') || (*s == 'X' && n == 9)))
			return false;
		digit[n++] = *s == 'X' ? 10 : *s - '0';
	}
	for (int i = 0; i < n; i++)
		sum += digit[i] * (n == 10 ? 10 - i : i % 2 == 0 ? 1 : 3);
	return (n == 10 && sum % 11 == 0) || (n == 13 && sum % 10 == 0 && digit[9] <= 9);
}

/* Numbers that mean letters and marks in Windows' tables alone: as Unicode's they are controls, of which nothing is seen. */
static void check_controls(const struct node *text, uint32_t *told, struct diag_log *log)
{
	static const uint16_t windows[32] = {
		0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
		0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
	};
	const char *s = text->u.text.s, *end = s + text->u.text.len;

	while ((s = memchr(s, 0xC2, (size_t)(end - s))) != NULL) {
		uint32_t c = (unsigned char)*++s, bit;
		struct pos pos = text->pos;

		if (c >= 0xA0 || (*told & (bit = 1U << (c - 0x80))) != 0)
			continue;
		*told |= bit; /* the source is searched for each that is said */
		file_find_character(c, &pos);
		diag_warn(log, "control-character", pos, "U+%04X is a control character: nothing is seen of it", (unsigned)c);
		if (windows[c - 0x80] != 0)
			diag_hint(log, "Windows' own table has another for that number: &#x%X;", (unsigned)windows[c - 0x80]);
	}
}

static void check_data(const struct doc *d, struct diag_log *log)
{
	const struct node *title = doc_title(d->root);

	if (d->info.isbn != NULL && !is_isbn(d->info.isbn))
		diag_warn(log, "isbn", d->info.isbn_pos, "\"%.40s\" is no ISBN: its last figure does not fit the others", d->info.isbn);
	if ((d->info.title == NULL || *d->info.title == '\0') && title == NULL) {
		diag_warn(log, "no-title", d->root->pos, "the document has no title: readers will find it under the name of its file");
		diag_hint(log, "<info><title>...</title></info>");
	}
}

static void check_picture(const struct node *n, struct diag_log *log)
{
	if (n->u.image.alt != NULL || n->u.image.decorative)
		return;
	diag_warn(log, "missing-alt", n->pos, "this picture has no words for those who cannot see it");
	diag_hint(log, "<mediaobject><alt>What it shows</alt>...; or role=\"decorative\" if it says nothing");
}

static const struct node *division_around(const struct node *n)
{
	for (n = n->parent; n != NULL && n->kind != N_DIVISION;)
		n = n->parent;
	return n;
}

/* The level that a heading has on paper, and the one before it on the way up: whoever goes from heading to heading
 * must not wonder what was left out between a first and a third level. */
static void check_heading(const struct node *n, struct diag_log *log)
{
	const struct node *around = division_around(n);
	int above = around != NULL ? around->u.division.level : 0;

	if (n->kind == N_DIVISION && around != NULL && doc_title(n) != NULL && doc_title(around) == NULL) {
		diag_warn(log, "heading-skip", n->pos, "a heading of level %d below a <%s> that has none",
		          n->u.division.level, around->element != NULL ? around->element : "section");
		diag_hint(log, "give that one a title, or take it away");
	} else if (n->kind == N_BRIDGEHEAD && n->u.division.level > above + 1) {
		diag_warn(log, "heading-skip", n->pos, "a heading of level %d follows one of level %d", n->u.division.level, above);
		diag_hint(log, "renderas says how deep it is; the next level here is %d", above + 1);
	}
}

/* "sect3" in "sect1": the number in the name says what is missing. */
static void check_numbered(const struct node *n, struct diag_log *log)
{
	const struct node *around = division_around(n);
	int own = n->element != NULL && strncmp(n->element, "sect", 4) == 0 && strlen(n->element) == 5 ? n->element[4] - '0' : 0;
	int outer = around != NULL && around->element != NULL && strncmp(around->element, "sect", 4) == 0 &&
	            strlen(around->element) == 5 ? around->element[4] - '0' : 0;

	if (own <= outer + 1 || own > 5)
		return;
	diag_warn(log, "heading-skip", n->pos, "a <sect%d> stands where a <sect%d> is the next level", own, outer + 1);
}

/* A table of more than one row and column is read out cell by cell, each with its heads. */
static void check_table(const struct node *table, struct diag_log *log)
{
	int rows = 0, columns = 0;

	for (const struct node *row = table->first; row != NULL; row = row->next) {
		int n = 0;

		if (row->kind != N_ROW)
			continue;
		for (const struct node *cell = row->first; cell != NULL; cell = cell->next, n++)
			if (cell->kind == N_CELL && (cell->u.cell.head || row->u.row.group == ROW_HEAD))
				return;
		rows++;
		columns = n > columns ? n : columns;
	}
	if (rows < 2 || columns < 2)
		return;
	diag_warn(log, "table-headless", table->pos, "this table does not say which cells are its heads");
	diag_hint(log, "put the first row into a <thead>, or say rowheader=\"firstcol\", or mark cells as <th>");
}

void doc_check(const struct doc *d, struct diag_log *log, bool lenient)
{
	uint32_t told = 0; /* which controls */
	struct weights weights = { 0 };

	check_data(d, log);
	for (const struct node *n = d->root; n != NULL; n = doc_next(d->root, n)) {
		if (n->id != NULL)
			check_id(d, n, log, lenient);
		if (n->kind == N_LINK || n->kind == N_XREF || n->kind == N_FOOTNOTEREF)
			check_link(n, log, lenient);
		if (n->kind == N_LINK)
			check_address(n, log);
		if (n->kind == N_TEXT)
			check_controls(n, &told, log);
		if (n->kind == N_FOOTNOTE)
			check_note(n, log);
		check_tag(n->lang, n->pos, log);
		if (n->kind == N_IMAGE || n->kind == N_INLINE_IMAGE)
			check_picture(n, log);
		weigh(&weights, n, log);
		if (n->kind == N_DIVISION || n->kind == N_BRIDGEHEAD)
			check_heading(n, log);
		if (n->kind == N_DIVISION)
			check_numbered(n, log);
		if (n->kind == N_TABLE)
			check_table(n, log);
		if (n->kind == N_TITLE && !has_words(n))
			FAULT("empty-title", n->pos, "this title is empty");
	}
	weights_free(&weights);
}
