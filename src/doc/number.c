#include "doc/number.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

/* Everything here is one walk over the tree to number and one to refer, so that a reference may
 * stand before what it refers to. Both are linear; looking up to the enclosing division or list
 * costs at most the depth of the tree, which read/ bounds. */

enum { PHRASE_MOST = 160 }; /* [byte] of a phrase that serves as its own name */

struct numberer {
	struct doc *d;
	const struct doc_words *words;
	uint32_t seq;
	int chapter, appendix, part; /* last number given */
	int figure, table;           /* within the chapter, or the document */
	int loose_figure, loose_table; /* in front matter of a book, which has no chapter number */
	const char *prefix;          /* of figures and tables: the chapter's label, or NULL */
	struct {
		unsigned division, figure, table, note, other;
	} made; /* ids */
	size_t cap_notes;
	int entry;                   /* of the bibliographies, last number given */
	bool entries_cited;          /* one by its number: then all that have no label of their own show theirs */
};

static const struct doc_words fallback_words = {
	"fig.", "table", "chapter", "section", "appendix", "part", "note", "page", "\xe2\x80\x9c", "\xe2\x80\x9d",
	"above", "below", NULL,
};

static const char latin_capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", latin_small[] = "abcdefghijklmnopqrstuvwxyz";

static size_t letter_len(const char *s)
{
	size_t n = 1;

	while (((unsigned char)s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* n from 1 in the letters of an alphabet: A ... Z, AA, AB ... */
static const char *letters(struct arena *a, int n, const char *alphabet)
{
	char s[32];
	size_t at = sizeof s, count = 0;

	for (const char *c = alphabet; *c != '\0'; c += letter_len(c))
		count++;
	s[--at] = '\0';
	for (; n > 0 && at >= 4; n = (n - 1) / (int)count) {
		const char *c = alphabet;

		for (int skip = (n - 1) % (int)count; skip > 0; skip--)
			c += letter_len(c);
		at -= letter_len(c);
		memcpy(s + at, c, letter_len(c));
	}
	return arena_strdup(a, s + at);
}

static const char *roman(struct arena *a, int n, bool upper)
{
	static const struct { int value; const char *upper, *lower; } digits[] = {
		{ 1000, "M", "m" }, { 900, "CM", "cm" }, { 500, "D", "d" }, { 400, "CD", "cd" }, { 100, "C", "c" },
		{ 90, "XC", "xc" }, { 50, "L", "l" }, { 40, "XL", "xl" }, { 10, "X", "x" }, { 9, "IX", "ix" },
		{ 5, "V", "v" }, { 4, "IV", "iv" }, { 1, "I", "i" },
	};
	char s[64];
	size_t len = 0;

	for (size_t i = 0; i < sizeof digits / sizeof *digits; i++) {
		for (; n >= digits[i].value; n -= digits[i].value) {
			const char *w = upper ? digits[i].upper : digits[i].lower;

			memcpy(s + len, w, strlen(w));
			len += strlen(w);
		}
	}
	return arena_dup(a, s, len);
}

/* Latin, Greek and Cyrillic: the alphabets that things are lettered in. */
static char *lower_case(struct arena *a, const char *s)
{
	char *low = arena_strdup(a, s);

	for (unsigned char *c = (unsigned char *)low; *c != '\0'; c += letter_len((char *)c)) {
		unsigned cp = *c < 0xc0 || *c >= 0xe0 ? 0 : (*c & 0x1fu) << 6 | (c[1] & 0x3fu);

		if (*c >= 'A' && *c <= 'Z')
			*c = (unsigned char)(*c + 0x20);
		if ((cp >= 0x391 && cp <= 0x3a9) || (cp >= 0x410 && cp <= 0x42f))
			cp += 0x20;
		else if (cp >= 0x400 && cp <= 0x40f)
			cp += 0x50;
		else
			continue;
		c[0] = (unsigned char)(0xc0 | cp >> 6);
		c[1] = (unsigned char)(0x80 | (cp & 0x3f));
	}
	return low;
}

/* What a list of this numeration shows for its n-th item. */
static const char *label_of(struct numberer *z, enum numeration numeration, int n)
{
	bool countable = n > 0 && n < 4000; /* roman and alphabetic numbers have no zero */
	const char *own = z->words->capitals;
	struct arena *a = &z->d->arena;

	switch (countable ? numeration : NUM_ARABIC) {
	case NUM_LOWERALPHA:
		return own != NULL ? lower_case(a, letters(a, n, own)) : letters(a, n, latin_small);
	case NUM_UPPERALPHA:
		return letters(a, n, own != NULL ? own : latin_capitals);
	case NUM_LOWERROMAN:
		return roman(a, n, false);
	case NUM_UPPERROMAN:
		return roman(a, n, true);
	case NUM_ARABIC:
	default:
		return arena_printf(a, "%d", n);
	}
}

/* An id that nothing has yet: "sec-3". The counter only grows, so a document that gives such ids
 * itself does not make this quadratic. */
static void make_id(struct numberer *z, struct node *n, const char *stem, unsigned *made)
{
	const char *id;

	if (n->id != NULL)
		return;
	do
		id = arena_printf(&z->d->arena, "%s-%u", stem, ++*made);
	while (strmap_lookup(&z->d->ids, id, strlen(id)) != NULL);
	n->id = id;
	strmap_put(&z->d->ids, id, strlen(id), n);
}

static struct node *enclosing(const struct node *n, enum node_kind kind)
{
	struct node *p = n->parent;

	while (p != NULL && p->kind != kind)
		p = p->parent;
	return p;
}

static int enclosing_level(const struct node *n)
{
	const struct node *p = enclosing(n, N_DIVISION);

	return p == NULL ? 0 : p->u.division.level;
}

/* Figures start anew in each chapter of a book; what has no number of its own (a preface) counts
 * through the book, so that no two figures have one label. */
static void enter_chapter(struct numberer *z, const char *label)
{
	if (!z->d->is_book)
		return; /* an article counts through */
	z->prefix = label;
	z->figure = z->table = 0;
}

static void number_division(struct numberer *z, struct node *n)
{
	struct arena *a = &z->d->arena;

	n->u.division.level = enclosing_level(n) + 1;
	switch (n->u.division.what) {
	case DIV_PART:
		n->u.division.label = roman(a, ++z->part < 4000 ? z->part : 3999, true);
		enter_chapter(z, NULL);
		break;
	case DIV_CHAPTER:
		n->u.division.label = arena_printf(a, "%d", ++z->chapter);
		enter_chapter(z, n->u.division.label);
		break;
	case DIV_APPENDIX:
		n->u.division.label = letters(a, ++z->appendix, z->words->capitals != NULL ? z->words->capitals : latin_capitals);
		enter_chapter(z, n->u.division.label);
		break;
	case DIV_PREFACE:
	case DIV_GLOSSARY:
	case DIV_BIBLIOGRAPHY:
	case DIV_INDEX:
	case DIV_COLOPHON:
	case DIV_DEDICATION:
		if (n->u.division.level == 1)
			enter_chapter(z, NULL);
		break;
	case DIV_SECTION:
	case DIV_OTHER:
	default:
		break;
	}
	make_id(z, n, "sec", &z->made.division);
}

static const char *formal_label(struct numberer *z, int *in_chapter, int *loose)
{
	struct arena *a = &z->d->arena;

	if (z->prefix != NULL)
		return arena_printf(a, "%s.%d", z->prefix, ++*in_chapter);
	return arena_printf(a, "%d", ++*loose);
}

static bool is_formal(const struct node *n)
{
	return doc_title(n) != NULL && (n->element == NULL || strncmp(n->element, "informal", 8) != 0);
}

static void number_list(struct numberer *z, struct node *list)
{
	const struct node *outer = enclosing(list, N_ITEM);
	int depth = outer == NULL ? 1 : outer->u.item.depth + 1;
	int64_t number = list->u.list.start;
	bool compact = true;

	for (struct node *item = list->first; item != NULL; item = item->next) {
		const struct node *body = item->first;

		if (item->kind != N_ITEM)
			continue;
		item->u.item.depth = depth;
		if (list->u.list.kind == LIST_NUMBER && number <= INT32_MAX)
			item->u.item.label = label_of(z, list->u.list.numeration, (int)number++);
		while (body != NULL && body->kind == N_TERM)
			body = body->next;
		if (body != NULL && (body->kind != N_PARA || body->next != NULL))
			compact = false;
	}
	list->u.list.compact |= compact;
}

static void number_note(struct numberer *z, struct node *n)
{
	struct doc *d = z->d;

	if (d->n_notes == z->cap_notes) {
		size_t cap = z->cap_notes == 0 ? 64 : z->cap_notes * 2;
		struct node **v = arena_array(&d->arena, cap, sizeof *v);

		if (d->n_notes > 0)
			memcpy(v, d->notes, d->n_notes * sizeof *v);
		d->notes = v;
		z->cap_notes = cap;
	}
	d->notes[d->n_notes++] = n;
	n->u.note.number = (int)d->n_notes;
	if (n->u.note.label == NULL)
		n->u.note.label = arena_printf(&d->arena, "%zu", d->n_notes);
	make_id(z, n, "fn", &z->made.note);
}

/* The first paragraph of a bibliography's entry. */
static bool is_entry(const struct node *n)
{
	return n->kind == N_PARA && !n->u.para.continued && n->element != NULL &&
	       (strcmp(n->element, "biblioentry") == 0 || strcmp(n->element, "bibliomixed") == 0);
}

static void number_node(struct numberer *z, struct node *n)
{
	n->seq = ++z->seq;
	switch (n->kind) {
	case N_DIVISION:
		number_division(z, n);
		break;
	case N_BRIDGEHEAD:
		if (n->u.division.level == 0)
			n->u.division.level = enclosing_level(n) + 1;
		break;
	case N_LIST:
		number_list(z, n);
		break;
	case N_FIGURE:
		if (is_formal(n))
			n->u.figure.label = formal_label(z, &z->figure, &z->loose_figure);
		make_id(z, n, "fig", &z->made.figure);
		break;
	case N_TABLE:
		if (is_formal(n))
			n->u.table.label = formal_label(z, &z->table, &z->loose_table);
		make_id(z, n, "tbl", &z->made.table);
		break;
	case N_FOOTNOTE:
		number_note(z, n);
		break;
	case N_PARA:
		if (is_entry(n))
			n->u.para.entry = ++z->entry;
		break;
	default:
		break;
	}
}

static const char *quoted_title(struct numberer *z, const struct node *n)
{
	const struct node *title = doc_title(n);
	const char *text = title == NULL ? "" : doc_plain_text(&z->d->arena, title, false);

	if (*text == '\0')
		return NULL;
	return arena_printf(&z->d->arena, "%s%s%s", z->words->quote_open, text, z->words->quote_close);
}

const char *doc_numbered(struct arena *a, const char *word, const char *label)
{
	const char *at = strchr(word, '#');

	if (label == NULL || *label == '\0') {
		if (at == NULL)
			return word;
		return arena_printf(a, "%.*s%s", (int)(at - word), word, at + 1 + (at[1] == '-'));
	}
	if (at != NULL)
		return arena_printf(a, "%.*s%s%s", (int)(at - word), word, label, at + 1);
	return *word == '\0' ? label : arena_printf(a, "%s %s", word, label);
}

static const char *word_and_label(struct numberer *z, const char *word, const char *label)
{
	return label == NULL ? NULL : doc_numbered(&z->d->arena, word, label);
}

static const char *item_text(struct numberer *z, const struct node *item)
{
	if (item->u.item.label != NULL)
		return item->u.item.label;
	if (item->first != NULL && item->first->kind == N_TERM)
		return doc_plain_text(&z->d->arena, item->first, false);
	return NULL;
}

/* An entry of a bibliography is cited by its number, which it then shows too; the labels that authors give (abbrev,
 * xreflabel) come from read/. */
static const char *entry_text(struct numberer *z, const struct node *entry)
{
	if (entry->u.para.entry == 0 || entry->u.para.labelled)
		return NULL;
	z->entries_cited = true;
	return arena_printf(&z->d->arena, "[%d]", entry->u.para.entry);
}

/* The words a reference shows, or NULL if the target has neither number nor title. */
static const char *reference_text(struct numberer *z, const struct node *target)
{
	const char *s = NULL;

	switch (target->kind) {
	case N_FIGURE:
		s = word_and_label(z, z->words->figure, target->u.figure.label);
		break;
	case N_TABLE:
		s = word_and_label(z, z->words->table, target->u.table.label);
		break;
	case N_DIVISION:
		if (target->u.division.what == DIV_CHAPTER && z->d->is_book)
			s = word_and_label(z, z->words->chapter, target->u.division.label);
		else if (target->u.division.what == DIV_APPENDIX)
			s = word_and_label(z, z->words->appendix, target->u.division.label);
		else if (target->u.division.what == DIV_PART)
			s = word_and_label(z, z->words->part, target->u.division.label);
		else if (target->u.division.what == DIV_SECTION)
			s = word_and_label(z, z->words->section, target->u.division.label);
		break;
	case N_ITEM:
		s = item_text(z, target);
		break;
	case N_FOOTNOTE:
		s = target->u.note.label;
		break;
	case N_TITLE:
	case N_SUBTITLE:
	case N_TERM:
	case N_BRIDGEHEAD:
	case N_ATTRIBUTION:
		s = doc_plain_text(&z->d->arena, target, false);
		break;
	case N_SPAN:
		s = doc_plain_text(&z->d->arena, target, false);
		if (strlen(s) > PHRASE_MOST) /* no name of anything */
			s = NULL;
		break;
	case N_PARA:
		s = entry_text(z, target);
		break;
	default:
		break;
	}
	return s != NULL && *s != '\0' ? s : quoted_title(z, target);
}

/* What has neither number nor title is named by what it stands in; and from inside of that, by where it is. */
static const char *whereabouts(struct numberer *z, const struct node *from, const struct node *target)
{
	for (const struct node *up = target->parent; up != NULL && up->kind != N_ROOT; up = up->parent) {
		const struct node *in = from;
		const char *s;

		if (up->kind != N_DIVISION && up->kind != N_SIDEBAR && up->kind != N_FIGURE && up->kind != N_TABLE &&
		    up->kind != N_ADMONITION)
			continue;
		while (in != NULL && in != up)
			in = in->parent;
		s = in == NULL ? reference_text(z, up) : NULL;
		if (in != NULL || s != NULL)
			return s != NULL ? s : target->seq < from->seq ? z->words->above : z->words->below;
	}
	return target->seq < from->seq ? z->words->above : z->words->below;
}

static const char *words_of_reference(struct numberer *z, struct node *n)
{
	const struct node *target = n->u.link.target;
	const char *text;

	if (target == NULL)
		return "[?]"; /* an id would be no word */
	text = reference_text(z, target);
	if (text != NULL)
		return text;
	n->u.link.nameless = true;
	return whereabouts(z, n, target);
}

static void refer(struct numberer *z, struct node *n)
{
	const char *to = n->u.link.linkend, *text;
	struct node *target, *t;

	if (to == NULL)
		return;
	target = strmap_lookup(&z->d->ids, to, strlen(to));
	n->u.link.target = target;
	if (target != NULL && target->id == NULL)
		make_id(z, target, "ref", &z->made.other);
	/* A reader shown the name of the thing is better off than one shown nothing. */
	if (n->kind == N_FOOTNOTEREF && (target == NULL || target->kind != N_FOOTNOTE))
		n->kind = N_XREF;
	if (n->kind != N_XREF || n->first != NULL)
		return;
	text = words_of_reference(z, n);
	t = doc_text(z->d, text, strlen(text), n->pos);
	t->u.text.generated = true;
	t->seq = n->seq;
	doc_append(n, t);
}

/* "[3] " before each entry of a bibliography that shows no label of its own. */
static void show_entry_number(struct numberer *z, struct node *n)
{
	const char *s = arena_printf(&z->d->arena, "[%d] ", n->u.para.entry);
	struct node *t = doc_text(z->d, s, strlen(s), n->pos);

	t->u.text.generated = true;
	if (n->first != NULL)
		doc_insert_before(n->first, t);
	else
		doc_append(n, t);
}

void doc_finish(struct doc *d, const struct doc_words *words, struct diag_log *log, bool lenient)
{
	struct numberer z = { .d = d, .words = words == NULL ? &fallback_words : words };

	(void)log;
	(void)lenient; /* what is wrong here is doc_check's to say; the tree is made settable either way */
	d->notes = NULL;
	d->n_notes = 0;
	for (struct node *n = d->root; n != NULL; n = doc_next(d->root, n)) {
		if (n->id != NULL && strmap_lookup(&d->ids, n->id, strlen(n->id)) == NULL)
			strmap_put(&d->ids, n->id, strlen(n->id), n);
	}
	for (struct node *n = d->root; n != NULL; n = doc_next(d->root, n))
		number_node(&z, n);
	for (struct node *n = d->root; n != NULL; n = doc_next(d->root, n)) {
		if (n->kind == N_LINK || n->kind == N_XREF || n->kind == N_FOOTNOTEREF)
			refer(&z, n);
	}
	for (struct node *n = d->root; z.entries_cited && n != NULL; n = doc_next(d->root, n)) {
		if (n->kind == N_PARA && n->u.para.entry > 0 && !n->u.para.labelled)
			show_entry_number(&z, n);
	}
	/* The references' texts came last: count once more, so that seq is unique and in order. */
	z.seq = 0;
	for (struct node *n = d->root; n != NULL; n = doc_next(d->root, n))
		n->seq = ++z.seq;
	d->n_nodes = z.seq;
}
