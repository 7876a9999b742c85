#include <string.h>

#include "base/mem.h"
#include "doc/number.h"
#include "write/epub/href.h"
#include "write/epub/xhtml.h"

/* ---- note marks ---------------------------------------------------------------------------------- */

static size_t note_index(const struct pen *p, const struct node *note)
{
	size_t i = note->u.note.number > 0 ? (size_t)note->u.note.number - 1 : 0;

	return i < p->b->doc->n_notes && p->b->doc->notes[i] == note ? i : SIZE_MAX;
}

static void write_mark(struct pen *p, const struct node *n)
{
	const struct node *note = n->kind == N_FOOTNOTE ? n : n->u.link.target;
	struct place *place = note != NULL ? book_lookup(p->b, note) : NULL;
	const char *label = note != NULL && note->u.note.label != NULL ? note->u.note.label : "*";
	size_t index = note != NULL ? note_index(p, note) : SIZE_MAX;

	if (index == SIZE_MAX || place == NULL || place->id == NULL || p->mute) {
		buf_puts(p->out, "<sup>");
		xhtml_puts(p, label);
		buf_puts(p->out, "</sup>");
		return;
	}
	buf_puts(p->out, "<a");
	xhtml_attr(p, "href", book_href(p->b, p->file, book_file_of(p->b, note), place->id));
	if (n->kind == N_FOOTNOTE)
		buf_printf(p->out, " id=\"fnref%zu\"", index + 1);
	else
		xhtml_attr(p, "id", book_lookup(p->b, n) != NULL ? book_lookup(p->b, n)->id : NULL);
	buf_puts(p->out, " epub:type=\"noteref\" role=\"doc-noteref\" class=\"noteref\"><sup>");
	xhtml_puts(p, label);
	buf_puts(p->out, "</sup></a>");
}

static void note_mark(struct pen *p, const struct node *n)
{
	if (p->in_link) { /* an a within an a is not HTML: the mark follows the link */
		VEC_ROOM(p->marks, p->n_marks, p->cap_marks, 1);
		p->marks[p->n_marks++] = n;
	} else {
		write_mark(p, n);
	}
	if (n->kind != N_FOOTNOTE)
		return;
	p->b->has_notes = true;
	VEC_ROOM(p->notes, p->n_notes, p->cap_notes, 1);
	p->notes[p->n_notes++] = n;
}

/* ---- text ------------------------------------------------------------------------------------------ */

#define MOST_BOUND 24 /* [byte of ASCII, or half as many letters of others]: longer ones would not fit a phone */

#define MOST_UNIT 8 /* [byte] a unit or so behind a figure: "12 kg", "2013 г." */

/* Whether a figure ends before the space s[at] and what it counts follows, in a short word that is none itself. */
static bool is_counted(const char *s, size_t len, size_t at)
{
	size_t n = 0;

	while (at + 1 + n < len && s[at + 1 + n] != ' ')
		n++;
	return at > 0 && s[at - 1] >= '0' && s[at - 1] <= '9' && n > 0 && n <= MOST_UNIT &&
	       !(s[at + 1] >= '0' && s[at + 1] <= '9');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The space inside 18 400. */
static bool is_in_number(const char *s, size_t len, size_t at)
{
	size_t before = 0, behind = 0;

	while (before < at && before < 4 && is_digit(s[at - 1 - before]))
		before++;
	while (at + 1 + behind < len && behind < 4 && is_digit(s[at + 1 + behind]))
		behind++;
	return before >= 1 && before <= 3 && behind == 3;
}

/* Before % and signs of money, U+20A0 to U+20BF; behind № and §. */
static bool is_by_sign(const char *s, size_t len, size_t at)
{
	const char *next = s + at + 1;

	return (at + 1 < len && *next == '%') || (at + 3 < len && memcmp(next, "\xe2\x82", 2) == 0 && (unsigned char)next[2] >= 0xa0) ||
	       (at >= 3 && memcmp(s + at - 3, "\xe2\x84\x96", 3) == 0) || (at >= 2 && memcmp(s + at - 2, "\xc2\xa7", 2) == 0);
}

/* A capital at s[i], Latin or Cyrillic: its bytes; else 0. */
static size_t capital_at(const char *s, size_t len, size_t i)
{
	unsigned char a = i < len ? (unsigned char)s[i] : 0, b = i + 1 < len ? (unsigned char)s[i + 1] : 0;

	return a >= 'A' && a <= 'Z' ? 1 : a == 0xd0 && b >= 0x81 && b <= 0xaf ? 2 : 0;
}

/* Behind an initial: И. В. Саенко. from: of the word before the space. */
static bool is_by_initial(const char *s, size_t len, size_t from, size_t at)
{
	size_t n = capital_at(s, len, from);

	return n > 0 && from + n + 1 == at && s[at - 1] == '.' && capital_at(s, len, at + 1) > 0;
}

/* Whether a break is forbidden at the space s[at] behind the word that begins at `word`. In running text only where a line's end
 * would be wrong, not merely poor (before a dash, between a figure and its unit, inside a number, behind initials): the browser
 * hyphenates there, and what is bound cannot be. In headings and pull quotes, which are not hyphenated, by all rules. */
static bool is_bound(const char *s, size_t len, size_t word, size_t at, const struct break_list *strict, size_t *next)
{
	if (at + 4 <= len && (memcmp(s + at + 1, "\xe2\x80\x94", 3) == 0 || memcmp(s + at + 1, "\xe2\x80\x93", 3) == 0) &&
	    (at + 4 == len || s[at + 4] == ' '))
		return true;
	if (strict == NULL)
		return is_counted(s, len, at) || is_in_number(s, len, at) || is_by_sign(s, len, at) || is_by_initial(s, len, word, at);
	while (*next < strict->n && strict->v[*next].at <= at)
		++*next;
	return *next >= strict->n || strict->v[*next].at != at + 1 || strict->v[*next].hard != 0;
}

/* Text in which words that belong together stay on one line: bound by a style, so that the text itself is
 * the author's, with plain spaces, when it is searched, copied or read out. */
static void write_bound(struct pen *p, const char *s, size_t len, const struct break_list *strict)
{
	size_t done = 0, from = 0, next = 0, word = 0; /* from: of the word, or of the chain of bound words */
	bool chain = false;

	for (size_t i = 0; i <= len; i++) {
		bool bound;

		if (i < len && s[i] != ' ')
			continue;
		bound = i < len && i > from && i + 1 < len && is_bound(s, len, word, i, strict, &next);
		word = i + 1;
		if (bound) { /* the word to come must fit too */
			const char *end = memchr(s + i + 1, ' ', len - i - 1);

			bound = (end != NULL ? (size_t)(end - s) : len) - from <= MOST_BOUND * 2;
		}
		if (bound) {
			chain = true;
			continue;
		}
		if (chain) {
			xhtml_text(p, s + done, from - done);
			/* at the end of the text a note's mark may follow: nothing then that a line can end behind */
			buf_puts(p->out, i == len ? "<span class=\"nb in\">" : "<span class=\"nb\">");
			xhtml_text(p, s + from, i - from);
			buf_puts(p->out, "</span>");
			done = i;
		}
		chain = false;
		from = i + 1;
	}
	xhtml_text(p, s + done, len - done);
}

static void write_words(struct pen *p, const char *s, size_t len)
{
	struct lang_run run = { .from = 0, .to = (uint32_t)len, .lang = p->b->lang, .code = false };
	struct break_rules rules = { .hyphenate = false, .strict = true };
	struct break_list breaks = { NULL, 0, 0 };
	bool strict = p->b->theme->par[p->body].strict_binds;

	if (p->code || len == 0 || memchr(s, ' ', len) == NULL) {
		xhtml_text(p, s, len);
		return;
	}
	if (strict) {
		if (p->b->langs != NULL)
			run.lang = langs_lookup(p->b->langs, p->lang, p->b->log);
		lang_breaks(s, len, &run, 1, &rules, &breaks);
	}
	write_bound(p, s, len, strict ? &breaks : NULL);
	break_list_free(&breaks);
}

/* Words of verstka's own ("table 3"): no author's text, so the space before the number may be one that does
 * not break. */
static void write_numbered(struct pen *p, const char *s, size_t len, const char *label)
{
	size_t n = label != NULL ? strlen(label) : 0;

	if (n > 0 && n + 1 < len && s[len - n - 1] == ' ' && memcmp(s + len - n, label, n) == 0) {
		xhtml_text(p, s, len - n - 1);
		xhtml_puts(p, "\xc2\xa0");
		xhtml_text(p, label, n);
	} else {
		xhtml_text(p, s, len);
	}
}

void inlines_label(struct pen *p, const char *word, const char *label)
{
	const char *s = doc_numbered(&p->b->arena, word, label), *after = lang_after_label(p->b->lang, false);

	buf_puts(p->out, "<span class=\"label\">");
	xhtml_style(p, PS_CAPTION_LABEL);
	write_numbered(p, s, strlen(s), label);
	if (*after == '.')
		buf_putc(p->out, *after++);
	buf_puts(p->out, "</span>");
	buf_puts(p->out, after);
}

static const char *label_of(const struct node *target)
{
	switch (target->kind) {
	case N_FIGURE: return target->u.figure.label;
	case N_TABLE: return target->u.table.label;
	case N_DIVISION: return target->u.division.label;
	default: return NULL;
	}
}

static bool write_reference(struct pen *p, const struct node *n)
{
	const struct node *xref = n->parent;

	if (!n->u.text.generated || xref == NULL || xref->kind != N_XREF || xref->u.link.target == NULL)
		return false;
	write_numbered(p, n->u.text.s, n->u.text.len, label_of(xref->u.link.target));
	return true;
}

/* Text with the page marks that stand in it. */
static void write_text(struct pen *p, const struct node *n)
{
	struct place *place = book_lookup(p->b, n);
	struct page_mark *m = place != NULL ? place->marks : NULL;
	const char *s = n->u.text.s;
	uint32_t at = 0, len = n->u.text.len;

	if (place != NULL)
		place->marks = NULL;
	if (m == NULL && write_reference(p, n))
		return;
	for (; m != NULL; m = m->next) {
		uint32_t to = m->offset < len ? m->offset : len;

		while (to > at && to < len && ((unsigned char)s[to] & 0xC0) == 0x80)
			to--;
		if (to > at) {
			write_words(p, s + at, to - at);
			at = to;
		}
		xhtml_mark(p, m, MARK_INLINE);
	}
	write_words(p, s + at, len - at);
}

static void apply(struct type_state *t, const struct inline_style *s)
{
	if (s->family != NULL)
		t->family = s->family;
	t->bold = s->bold == T_ON || (s->bold == T_FLIP ? !t->bold : s->bold == T_KEEP && t->bold);
	t->italic = s->italic == T_ON || (s->italic == T_FLIP ? !t->italic : s->italic == T_KEEP && t->italic);
}

struct span_form { const char *tag, *class_name; int style; /* of the theme, -1: none */ };

static struct span_form span_form(const struct node *n)
{
	switch (n->u.span.kind) {
	case SPAN_EMPHASIS: return (struct span_form){ "em", NULL, IS_EMPHASIS };
	case SPAN_STRONG: return (struct span_form){ "strong", NULL, IS_STRONG };
	case SPAN_FOREIGN: return (struct span_form){ "i", "foreign", IS_FOREIGN };
	case SPAN_CODE: return (struct span_form){ "code", NULL, IS_CODE };
	case SPAN_SUPER: return (struct span_form){ "sup", NULL, IS_SUPER };
	case SPAN_SUB: return (struct span_form){ "sub", NULL, IS_SUB };
	case SPAN_ABBREV: return (struct span_form){ "abbr", NULL, IS_ABBREV };
	case SPAN_TITLE:
		return n->u.span.quoted ? (struct span_form){ "cite", "quoted", -1 } : (struct span_form){ "cite", NULL, IS_TITLE };
	case SPAN_UI: return (struct span_form){ "b", "ui", IS_UI };
	case SPAN_UNDERLINE: return (struct span_form){ "u", NULL, IS_UNDERLINE };
	case SPAN_STRIKE: return (struct span_form){ "s", NULL, IS_STRIKE };
	case SPAN_SMALLCAPS: return (struct span_form){ "span", "smallcaps", IS_SMALLCAPS };
	case SPAN_VARIABLE: return (struct span_form){ "var", NULL, IS_VARIABLE };
	case SPAN_QUOTE:
	case SPAN_PHRASE:
	default: return (struct span_form){ "span", NULL, -1 };
	}
}

static void write_span(struct pen *p, const struct node *n)
{
	struct span_form form = span_form(n);
	const struct place *place = book_lookup(p->b, n);
	struct pen_state state;

	if (form.style < 0 && n->dir >= DIR_FORCE_LTR) /* only a bdo turns every character */
		form.tag = "bdo";
	if (form.style < 0 && form.class_name == NULL && n->lang == NULL && n->dir == DIR_NONE && (place == NULL || place->id == NULL)) {
		p->depth++; /* no element, but the stack is as deep */
		inlines_children(p, n);
		p->depth--;
		return;
	}
	state = xhtml_begin(p, form.tag, n, form.class_name);
	if (n->u.span.kind == SPAN_ABBREV)
		xhtml_attr(p, "title", n->u.span.expansion);
	buf_putc(p->out, '>');
	if (form.style >= 0)
		apply(&p->type, &p->b->theme->in[form.style]);
	p->code |= n->u.span.kind == SPAN_CODE;
	inlines_children(p, n);
	xhtml_end(p, form.tag, state);
}

static void write_link(struct pen *p, const struct node *n)
{
	const char *href = NULL;
	struct pen_state state;

	if (n->u.link.target != NULL) {
		const struct place *to = book_lookup(p->b, n->u.link.target);

		if (to != NULL && to->id != NULL)
			href = book_href(p->b, p->file, book_file_of(p->b, n->u.link.target), to->id);
	} else if (n->u.link.href != NULL) {
		href = href_clean(&p->b->arena, n->u.link.href);
	}
	if (href == NULL || p->in_link || p->mute || (n->first == NULL && n->u.link.href == NULL)) {
		state = xhtml_begin(p, "span", n, NULL);
		buf_putc(p->out, '>');
		inlines_children(p, n);
		xhtml_end(p, "span", state);
		return;
	}
	state = xhtml_begin(p, "a", n, NULL);
	xhtml_attr(p, "href", href);
	buf_putc(p->out, '>');
	apply(&p->type, &p->b->theme->in[IS_LINK]);
	p->in_link = true;
	if (n->first != NULL)
		inlines_children(p, n);
	else
		xhtml_puts(p, n->u.link.href);
	p->in_link = false;
	xhtml_end(p, "a", state);
	for (size_t i = 0; i < p->n_marks; i++)
		write_mark(p, p->marks[i]);
	p->n_marks = 0;
}

/* Lengths become ems, so that pictures grow with the reader's type. */
static void image_width(struct pen *p, const struct node *n, bool inl)
{
	const struct image *img = n->u.image.image;
	sp body = p->b->theme->par[PS_BODY].size, width = n->u.image.width;
	int64_t milli;

	if (n->u.image.width_percent > 0 && !inl) {
		buf_printf(p->out, " style=\"width:%d%%\"", n->u.image.width_percent < 100 ? n->u.image.width_percent : 100);
		return;
	}
	if (width <= 0 && n->u.image.depth > 0 && img->height > 0)
		width = unit_scale(n->u.image.depth, img->width, img->height);
	if (width <= 0)
		width = unit_scale(SP_PT(72) * (int64_t)img->width, 1000, img->dpi_x > 0 ? img->dpi_x : 96000);
	if (n->u.image.scale > 0)
		width = unit_scale(width, n->u.image.scale, 100);
	if (body <= 0 || width <= 0 || width > SP_PT(100000))
		return;
	milli = unit_scale(width, 1000, body);
	buf_printf(p->out, " style=\"width:%d.%03dem\"", (int)(milli / 1000), (int)(milli % 1000));
}

void inlines_image(struct pen *p, const struct node *n, bool inl, const char *fallback_alt)
{
	const struct image *img = n->u.image.image;
	const char *path = img != NULL && img->index >= 0 ? p->b->image_paths[img->index] : NULL;
	const char *alt = n->u.image.decorative ? "" : n->u.image.alt != NULL ? n->u.image.alt : fallback_alt;
	struct pen_state state;

	if (alt == NULL || (*alt == '\0' && !n->u.image.decorative))
		p->b->alt_missing = true;
	if (path == NULL) { /* what it shows, in words at least */
		xhtml_puts(p, alt != NULL ? alt : "");
		return;
	}
	if (!n->u.image.decorative)
		p->b->has_images = true;
	state = xhtml_begin(p, "img", n, inl ? "inline" : NULL);
	xhtml_attr(p, "src", arena_printf(&p->b->arena, "../%s", path));
	xhtml_attr(p, "alt", alt != NULL ? alt : "");
	image_width(p, n, inl);
	buf_puts(p->out, "/>");
	xhtml_restore(p, state);
}

void inlines_children(struct pen *p, const struct node *n)
{
	for (const struct node *c = n->first; c != NULL; c = c->next)
		inlines_write(p, c);
}

static void write_point(struct pen *p, const struct node *n)
{
	const struct place *place = book_lookup(p->b, n);

	if (place == NULL || place->id == NULL)
		return;
	buf_puts(p->out, "<span");
	xhtml_attr(p, "id", place->id);
	buf_puts(p->out, "></span>");
}

void inlines_write(struct pen *p, const struct node *n)
{
	struct pen_state state;

	if (p->depth >= XHTML_MAX_DEPTH) {
		xhtml_marks_below(p, n, MARK_INLINE);
		xhtml_puts(p, doc_plain_text(&p->b->arena, n, true));
		return;
	}
	if (n->kind != N_TEXT)
		xhtml_marks(p, n, MARK_INLINE);
	switch (n->kind) {
	case N_TEXT: write_text(p, n); break;
	case N_SPAN: write_span(p, n); break;
	case N_LINK:
	case N_XREF: write_link(p, n); break;
	case N_FOOTNOTE:
	case N_FOOTNOTEREF: note_mark(p, n); break;
	case N_ANCHOR: write_point(p, n); break;
	case N_INLINE_IMAGE:
	case N_IMAGE: inlines_image(p, n, true, NULL); break;
	case N_BREAK: buf_puts(p->out, "<br/>"); break;
	case N_RULE: buf_putc(p->out, ' '); break;
	default: /* a block where no block may stand: its text at least */
		state = xhtml_begin(p, "span", n, NULL);
		buf_putc(p->out, '>');
		inlines_children(p, n);
		buf_putc(p->out, ' ');
		xhtml_end(p, "span", state);
	}
}
