#include "lang/textpass.h"

#include "lang/ordinals.h"
#include "lang/textrules_western.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "lang/rules.h"
#include "lang/compose.h"

/* ---- marks of quotations and titles --------------------------------------------------------------------- */

static bool is_quote(const struct node *n)
{
	return n->kind == N_SPAN && (n->u.span.kind == SPAN_QUOTE || (n->u.span.kind == SPAN_TITLE && n->u.span.quoted));
}

/* How many quotations n stands in. A footnote begins anew. The reader bounds the depth of trees. */
static int level_of(const struct node *n)
{
	int level = 0;

	for (n = n->parent; n != NULL && n->kind != N_FOOTNOTE; n = n->parent)
		level += is_quote(n);
	return level;
}

/* The marks are of the surroundings' language, which shaping and breaking go by. */
static void put_marks(struct doc *d, struct node *span, const char *tag, const char *open, const char *close)
{
	struct node *before = doc_text(d, open, strlen(open), span->pos);
	struct node *after = doc_text(d, close, strlen(close), span->pos);

	before->u.text.generated = after->u.text.generated = true;
	if (span->lang != NULL)
		before->lang = after->lang = tag;
	if (span->first != NULL)
		doc_insert_before(span->first, before);
	else
		doc_append(span, before);
	doc_append(span, after);
}

/* The text that stands right before or at the start of a span; NULL: none. */
static const struct node *text_at_start(const struct node *n)
{
	while (n != NULL && n->kind != N_TEXT)
		n = n->first;
	return n;
}

static bool is_mark(uint32_t c)
{
	return c == '"' || c == 0xab || c == 0x201e || c == 0x201c || c == 0x2018 || c == 0x2039 || c == 0x300a ||
	       c == 0x3008 || c == 0x300e || c == 0x300c;
}

/* Has the author put marks around or into it? */
static bool is_marked(const struct node *span)
{
	const struct node *first = text_at_start(span), *before = span->prev;
	size_t n;

	if (first != NULL && is_mark(utf8_decode(first->u.text.s, first->u.text.len, &n)))
		return true;
	return before != NULL && before->kind == N_TEXT && !before->u.text.generated &&
	       is_mark(utf8_decode_before(before->u.text.s, before->u.text.len, &n));
}

/* A title of a work in running text; in a bibliography it has the bibliography's form. */
static bool is_cited(const struct node *n)
{
	if (n->kind != N_SPAN || n->u.span.kind != SPAN_TITLE || n->element == NULL || strcmp(n->element, "citetitle") != 0 ||
	    n->first == NULL)
		return false;
	for (const struct node *up = n->parent; up != NULL; up = up->parent) {
		if (up->element != NULL && strncmp(up->element, "biblio", 6) == 0 && strcmp(up->element, "bibliography") != 0)
			return false;
	}
	return true;
}

static void marks_below(struct doc *d, struct langs *l, const struct text_switches *on, struct text_counts *count,
                        struct node *top, struct diag_log *log)
{
	for (struct node *n = top; n != NULL; n = doc_next(top, n)) {
		bool quote = is_quote(n);
		const char *marks[2], *tag;
		const struct lang *lang;

		if (!quote && !(on->titles && n->kind == N_SPAN && n->u.span.kind == SPAN_TITLE))
			continue;
		tag = doc_lang(d, n->parent);
		lang = langs_lookup(l, tag, log);
		if (quote) {
			marks[0] = lang_quote(lang, level_of(n), false);
			marks[1] = lang_quote(lang, level_of(n), true);
		} else if (!textrules_title_marks(lang, n->u.span.part, level_of(n), marks)) {
			continue; /* italics */
		} else {
			n->u.span.quoted = true;
			if (!is_cited(n) || is_marked(n))
				continue;
			count->titles++;
		}
		put_marks(d, n, tag, marks[0], marks[1]);
	}
}

/* The front matter may be kept beside the tree. */
static struct node *loose_front(const struct doc *d)
{
	struct node *top = d->info.front;

	while (top != NULL && top != d->root)
		top = top->parent;
	return top == NULL ? d->info.front : NULL;
}

void textpass_quotes(struct doc *d, struct langs *l, const struct text_switches *on, struct text_counts *count,
                     struct diag_log *log)
{
	marks_below(d, l, on, count, d->root, log);
	if (loose_front(d) != NULL)
		marks_below(d, l, on, count, loose_front(d), log);
}

/* ---- composing (T-04) ------------------------------------------------------------------------------------- */

static void compose(struct doc *d, struct node *n, struct text_counts *count)
{
	size_t made;
	const char *s = compose_text(&d->arena, n->u.text.s, n->u.text.len, &made);

	if (s == n->u.text.s)
		return;
	n->u.text.s = s;
	n->u.text.len = (uint32_t)made;
	count->composed++;
}

/* ---- the marks of notes (T-14) ----------------------------------------------------------------------------- */

static bool is_note(const struct node *n)
{
	return n != NULL && (n->kind == N_FOOTNOTE || n->kind == N_FOOTNOTEREF);
}

static bool is_own_text(const struct node *n)
{
	return n != NULL && n->kind == N_TEXT && !n->u.text.generated;
}

static void set_text(struct doc *d, struct node *n, const char *a, size_t la, const char *b, size_t lb)
{
	char *s = arena_alloc(&d->arena, la + lb + 1);

	memcpy(s, a, la);
	memcpy(s + la, b, lb);
	s[la + lb] = '\0';
	n->u.text.s = s;
	n->u.text.len = (uint32_t)(la + lb);
}

/* слово.[1] -> слово[1]. */
static bool stop_behind(struct doc *d, const struct lang *lang, struct node *note)
{
	struct node *a = note->prev, *b = note->next, *t;
	size_t len;
	char stop;

	if (!is_own_text(a) || a->u.text.len < 2 || is_note(b))
		return false;
	len = a->u.text.len - 1;
	stop = a->u.text.s[len];
	if (strchr(".,;:", stop) == NULL || strchr(" .,;:?!", a->u.text.s[len - 1]) != NULL ||
	    (len >= 3 && memcmp(a->u.text.s + len - 3, "\xe2\x80\xa6", 3) == 0) ||
	    (stop == '.' && textrules_is_abbreviation(lang, a->u.text.s, len)))
		return false;
	if (is_own_text(b)) {
		set_text(d, b, &stop, 1, b->u.text.s, b->u.text.len);
	} else {
		t = doc_text(d, &stop, 1, note->pos);
		if (b != NULL)
			doc_insert_before(b, t);
		else
			doc_append(note->parent, t);
	}
	set_text(d, a, a->u.text.s, len, "", 0);
	return true;
}

static bool is_stop(uint32_t c)
{
	return (c < 0x80 && c != 0 && strchr(".,;:?!", (int)c) != NULL) || c == 0x3001 || c == 0x3002 || c == 0xFF0C || c == 0xFF1A ||
	       c == 0xFF1B || c == 0xFF1F || c == 0xFF01;
}

/* word[1]. -> word.[1] */
static bool stop_before(struct doc *d, struct node *note)
{
	struct node *a = note->prev, *b = note->next;
	size_t n = 0, m;
	uint32_t left;

	if (!is_own_text(a) || !is_own_text(b) || !is_stop(utf8_decode(b->u.text.s, b->u.text.len, &n)))
		return false;
	left = utf8_decode_before(a->u.text.s, a->u.text.len, &m);
	if (left == ' ' || is_stop(left) || (b->u.text.len > n && is_stop(utf8_decode(b->u.text.s + n, b->u.text.len - n, &m))))
		return false;
	set_text(d, a, a->u.text.s, a->u.text.len, b->u.text.s, n);
	if (b->u.text.len > n)
		set_text(d, b, b->u.text.s + n, b->u.text.len - n, "", 0);
	else
		doc_remove(b);
	return true;
}

static void place_note(struct doc *d, struct langs *l, struct node *note, struct text_counts *count, struct diag_log *log)
{
	const struct lang *lang = langs_lookup(l, doc_lang(d, note->parent), log);
	enum note_place place = textrules_note_place(lang);

	if (place == NOTE_BEFORE_STOP)
		count->notes += stop_behind(d, lang, note);
	else if (place == NOTE_BEHIND_STOP)
		count->notes += stop_before(d, note);
}

/* ---- blocks -------------------------------------------------------------------------------------------------- */

struct pass {
	struct doc *d;
	struct langs *l;
	const struct text_switches *on;
	struct text_counts *count;
	struct diag_log *log;
	struct text_cell *v;
	size_t n, cap;
	struct node **pieces;
	size_t n_pieces, cap_pieces;
	bool spanish, addresses; /* there may be some in the block */
};

static void add_cell(struct pass *p, uint32_t c, enum cell_kind kind, const struct lang *lang, bool fixed)
{
	VEC_ROOM(p->v, p->n, p->cap, 1);
	p->v[p->n++] = (struct text_cell){ .c = c, .piece = (uint32_t)p->n_pieces, .lang = lang, .kind = (uint8_t)kind,
		                           .fixed = fixed };
}

static bool is_literal(const struct node *n, const struct node *block)
{
	for (; n != NULL && n != block; n = n->parent) {
		if (n->kind == N_SPAN && (n->u.span.kind == SPAN_CODE || n->u.span.kind == SPAN_UI || n->u.span.kind == SPAN_VARIABLE))
			return true;
	}
	return false;
}

static void add_text(struct pass *p, struct node *n, const struct node *block)
{
	const struct lang *lang = langs_lookup(p->l, doc_lang(p->d, n), p->log);
	const char *s = n->u.text.s;
	size_t len = n->u.text.len, at = 0;
	struct text_cell x = { .piece = (uint32_t)p->n_pieces, .lang = lang, .kind = CELL_TEXT,
	                       .fixed = n->u.text.generated || is_literal(n, block) };

	VEC_ROOM(p->pieces, p->n_pieces, p->cap_pieces, 1);
	VEC_ROOM(p->v, p->n, p->cap, len);
	while (at < len) {
		x.c = chars_next(s, &at, len);
		p->v[p->n++] = x;
	}
	p->pieces[p->n_pieces++] = n;
	p->spanish |= (lang->customs & CUSTOM_SPANISH) != 0;
	p->addresses |= memchr(s, '@', len) != NULL || memchr(s, '\\', len) != NULL || memchr(s, '/', len) != NULL ||
	                memchr(s, 'w', len) != NULL;
}

/* Addresses among the words: what stands between two spaces and has :// or @ or www. in it. */
static void fix_addresses(struct pass *p)
{
	for (size_t i = 0, end; i < p->n; i = end + 1) {
		bool address = false;

		for (end = i; end < p->n && p->v[end].c != ' '; end++) {
			const struct text_cell *x = &p->v[end];

			address = address || x->c == '@' || x->c == '\\' ||
			          (end + 2 < p->n && x[0].c == ':' && x[1].c == '/' && x[2].c == '/') ||
			          (end + 3 < p->n && x[0].c == 'w' && x[1].c == 'w' && x[2].c == 'w' && x[3].c == '.');
		}
		for (size_t k = i; address && k < end; k++)
			p->v[k].fixed = true;
	}
}

static void collect(struct pass *p, struct node *block)
{
	const struct lang *lang = langs_lookup(p->l, doc_lang(p->d, block), p->log);

	p->n = p->n_pieces = 0;
	p->spanish = p->addresses = false;
	for (struct node *n = block, *next; n != NULL; n = next) {
		next = n->kind == N_FOOTNOTE && n != block ? doc_next_skip(block, n) : doc_next(block, n);
		if (n->kind == N_TEXT) {
			add_text(p, n, block);
		} else if (n->kind == N_BREAK) {
			add_cell(p, 0xfffc, CELL_BREAK, lang, true);
		} else if (is_note(n)) {
			add_cell(p, 0xfffc, CELL_NOTE, lang, true);
		} else if (n->kind == N_INLINE_IMAGE || (n->kind == N_XREF && n->first == NULL)) {
			add_cell(p, 0xfffc, CELL_OBJECT, lang, true);
		}
	}
	if (p->addresses)
		fix_addresses(p);
}

static void put_back(struct pass *p)
{
	struct buf b;

	buf_init(&b);
	for (size_t i = 0, end; i < p->n; i = end) {
		struct node *n = p->v[i].kind == CELL_TEXT ? p->pieces[p->v[i].piece] : NULL;

		buf_clear(&b);
		VEC_ROOM(b.data, b.len, b.cap, n != NULL ? n->u.text.len + 1u : 1u);
		for (end = i; end < p->n && (end == i || (p->v[end].kind == CELL_TEXT && p->v[i].kind == CELL_TEXT &&
		                                          p->v[end].piece == p->v[i].piece)); end++) {
			if (p->v[end].put != NULL)
				buf_puts(&b, p->v[end].put);
			else if (p->v[end].c != 0)
				buf_put_utf8(&b, p->v[end].c);
		}
		if (n != NULL && b.len > 0 && (b.len != n->u.text.len || memcmp(b.data, n->u.text.s, b.len) != 0))
			set_text(p->d, n, b.data, b.len, "", 0);
	}
	buf_free(&b);
}

static void block_characters(struct pass *p, struct node *block)
{
	unsigned unpaired = p->count->unpaired;

	collect(p, block);
	if (textrules_apply(p->v, p->n, p->on, p->count))
		put_back(p);
	if (p->spanish && textrules_spanish_unopened(p->v, p->n) < p->n) {
		p->count->unopened++;
		diag_warn(p->log, "marks-unopened", block->pos, "a question or an exclamation here has no ¿ or ¡ before it");
	}
	if (p->count->unpaired != unpaired) {
		diag_warn(p->log, "quotes-unpaired", block->pos, "straight quotation marks here do not pair: they are left as they are");
		diag_hint(p->log, "write <quote>...</quote>, or the marks themselves");
	}
}

/* Is it set in a span that raises or lowers, or is it read by machines? */
static bool is_plain(const struct node *n, const struct node *top)
{
	for (; n != NULL && n != top; n = n->parent) {
		if (n->kind == N_VERBATIM || doc_shows_address(n) ||
		    (n->kind == N_SPAN && (n->u.span.kind == SPAN_CODE || n->u.span.kind == SPAN_UI || n->u.span.kind == SPAN_VARIABLE ||
		                           n->u.span.kind == SPAN_SUPER || n->u.span.kind == SPAN_SUB)))
			return false;
	}
	return true;
}

static void raise_ordinals(struct pass *p, struct node *top)
{
	for (struct node *n = top, *next; n != NULL; n = next) {
		next = doc_next(top, n);
		if (n->kind == N_TEXT && !n->u.text.generated && is_plain(n, top) &&
		    strncmp(langs_lookup(p->l, doc_lang(p->d, n), p->log)->rules->code, "fr", 2) == 0)
			p->count->ordinals += ordinals_raise(p->d, n);
	}
}

enum { MARKS_TOGETHER = 4 }; /* more of them may be parted by a line's end */

/* The marks of two notes at one place are not to be read as one number: "1, 2", the comma raised like them. */
static void part_notes(struct pass *p, struct node *top)
{
	int row = 0;

	for (struct node *n = top; n != NULL; n = doc_next(top, n)) {
		struct node *raised, *text;
		const struct lang *l;
		char between[16];

		if (!is_note(n) || n->parent->kind == N_VERBATIM)
			continue;
		row = is_note(n->prev) ? row + 1 : 1;
		if (row == 1)
			continue;
		l = langs_lookup(p->l, doc_lang(p->d, n->parent), p->log);
		snprintf(between, sizeof between, "%s%s", l->rules->rtl && strcmp(l->rules->code, "he") != 0 ? "\330\214" : ",",
		         row <= MARKS_TOGETHER ? "\302\240" : " \342\200\213\342\201\240");
		raised = doc_node(p->d, N_SPAN, "superscript", n->pos);
		raised->u.span.kind = SPAN_SUPER;
		text = doc_text(p->d, between, strlen(between), n->pos);
		text->u.text.generated = true;
		doc_insert_before(n, raised);
		doc_append(raised, text);
		p->count->notes++;
	}
}

static void tree_characters(struct pass *p, struct node *top)
{
	for (struct node *n = top; n != NULL; n = doc_next(top, n)) {
		if (p->on->compose && n->kind == N_TEXT && !n->u.text.generated)
			compose(p->d, n, p->count);
	}
	for (struct node *n = top; n != NULL; n = doc_next(top, n)) {
		if (p->on->notes && is_note(n) && n->parent->kind != N_VERBATIM)
			place_note(p->d, p->l, n, p->count, p->log);
	}
	for (struct node *n = top; n != NULL; n = doc_next(top, n)) {
		if (doc_holds_inlines(n->kind) && n->kind != N_VERBATIM)
			block_characters(p, n);
	}
	if (p->on->notes)
		part_notes(p, top);
	if (p->on->ordinals)
		raise_ordinals(p, top);
}

/* Outlines and running heads show the same words as the title itself. */
static void renew(struct doc *d, const char **field, enum node_kind kind)
{
	for (const struct node *n = d->root->first; n != NULL && *field != NULL; n = n->next) {
		if (n->kind == kind) {
			*field = doc_plain_text(&d->arena, n, false);
			return;
		}
	}
}

/* Words that have no node: masthead and running heads show them, so that they are corrected like any. lang: theirs, NULL: the
 * document's. */
static void field_characters(struct pass *p, const char **field, const char *lang)
{
	struct node text = { .kind = N_TEXT }, block = { .kind = N_PARA, .lang = lang != NULL ? lang : p->d->lang, .first = &text,
		                                         .last = &text };

	if (*field == NULL)
		return;
	text.parent = &block;
	text.u.text.s = *field;
	text.u.text.len = (uint32_t)strlen(*field);
	collect(p, &block);
	if (!textrules_apply(p->v, p->n, p->on, p->count))
		return;
	put_back(p);
	*field = arena_dup(&p->d->arena, text.u.text.s, text.u.text.len);
}

static void info_characters(struct pass *p)
{
	struct doc_info *i = &p->d->info;
	const struct { const char **field; const char *lang; } fields[] = {
		{ &i->short_title, NULL }, { &i->series, i->lang_of[INFO_SERIES] }, { &i->motto, i->lang_of[INFO_MOTTO] },
		{ &i->org, i->lang_of[INFO_ORG] }, { &i->org_short, i->lang_of[INFO_ORG] }, { &i->publisher, i->lang_of[INFO_PUBLISHER] },
		{ &i->rights, i->lang_of[INFO_RIGHTS] }, { &i->abstract, i->lang_of[INFO_ABSTRACT] },
	};

	for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
		field_characters(p, fields[k].field, fields[k].lang);
	for (struct node *n = p->d->root; n != NULL; n = (struct node *)doc_next(p->d->root, n)) {
		if (n->kind == N_DIVISION && n->u.division.short_title != NULL)
			field_characters(p, &n->u.division.short_title, doc_lang(p->d, n));
	}
}

void textpass_characters(struct doc *d, struct langs *l, const struct text_switches *on, struct text_counts *count,
                         struct diag_log *log)
{
	struct pass p = { .d = d, .l = l, .on = on, .count = count, .log = log };

	tree_characters(&p, d->root);
	if (loose_front(d) != NULL)
		tree_characters(&p, loose_front(d));
	if (on->compose)
		compose_data(d);
	info_characters(&p);
	renew(d, &d->info.title, N_TITLE);
	renew(d, &d->info.subtitle, N_SUBTITLE);
	mem_free(p.v);
	mem_free(p.pieces);
}

void lang_words_for_doc(const struct lang *l, struct doc_words *out)
{
	out->figure = lang_word(l, W_FIGURE_REF);
	out->table = lang_word(l, W_TABLE_REF);
	out->chapter = lang_word(l, W_CHAPTER_REF);
	out->section = lang_word(l, W_SECTION_REF);
	out->appendix = lang_word(l, W_APPENDIX_REF);
	out->part = lang_word(l, W_PART_REF);
	out->note = lang_word(l, W_NOTE_REF);
	out->page = lang_word(l, W_PAGE_REF);
	out->above = lang_word(l, W_ABOVE);
	out->below = lang_word(l, W_BELOW);
	out->capitals = lang_capitals(l);
	out->quote_open = lang_quote(l, 0, false);
	out->quote_close = lang_quote(l, 0, true);
}

/* ---- digits --------------------------------------------------------------------------------------------- */

/* Code and addresses are read by machines. */
static bool keeps_digits(const struct node *n)
{
	for (; n != NULL; n = n->parent) {
		if ((n->kind == N_VERBATIM && (n->role == NULL || strcmp(n->role, "plain") != 0)) ||
		    (n->kind == N_SPAN && n->u.span.kind == SPAN_CODE) || doc_shows_address(n))
			return true;
	}
	return false;
}

static const char **label_of(struct node *n)
{
	switch (n->kind) {
	case N_DIVISION: return &n->u.division.label;
	case N_ITEM: return &n->u.item.label;
	case N_TABLE: return &n->u.table.label;
	case N_FIGURE: return &n->u.figure.label;
	case N_FOOTNOTE: return &n->u.note.label;
	default: return NULL;
	}
}

static bool has_digit(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (s[i] >= '0' && s[i] <= '9')
			return true;
	}
	return false;
}

void textpass_digits(struct doc *d, struct langs *l, struct diag_log *log)
{
	for (struct node *n = d->root; n != NULL; n = (struct node *)doc_next(d->root, n)) {
		const char **label = label_of(n);

		if (label != NULL && *label != NULL && has_digit(*label, strlen(*label)))
			*label = lang_digits(langs_lookup(l, doc_lang(d, n), log), &d->arena, *label, strlen(*label));
		if (n->kind == N_TEXT && has_digit(n->u.text.s, n->u.text.len) && !keeps_digits(n)) {
			const char *s = lang_digits(langs_lookup(l, doc_lang(d, n), log), &d->arena, n->u.text.s, n->u.text.len);

			if (s != n->u.text.s)
				n->u.text.len = (uint32_t)strlen(s);
			n->u.text.s = s;
		}
	}
}
