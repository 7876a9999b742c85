#include "layout/flatten.h"

#include <string.h>

#include "base/mem.h"
#include "image/image.h"

/* What text looks like at a point of the tree. */
struct look {
	const char *family;
	bool bold, italic;
	sp size, raise;
	int16_t colour;
	const char *features;
	int32_t tracking;          /* [1/1000 em] */
	const struct lang *lang;
	const struct node *link;
	bool code, underline, strike, dots, rtl;
};

struct walk {
	struct layout *l;
	const struct par_source *src;
	struct flat *out;
};

void flat_init(struct flat *f)
{
	memset(f, 0, sizeof *f);
}

void flat_free(struct flat *f)
{
	buf_free(&f->text);
	mem_free(f->spans);
	mem_free(f->insertions);
	mem_free(f->calls);
	mem_free(f->anchors);
	mem_free(f->events);
}

static struct span *add_span(struct walk *w, const struct look *k, const struct node *node, enum item_role role)
{
	struct flat *f = w->out;
	struct span *s;
	bool slanted = k->italic && !lang_is_rtl(k->lang); /* T-61: neither Arabic nor Hebrew has italics */
	struct face *face = fonts_face(w->l->fonts, k->family, k->bold, slanted, w->l->log);

	if (face == NULL) {
		w->l->failed = true;
		return NULL;
	}
	VEC_ROOM(f->spans, f->n_spans, f->cap_spans, 1);
	s = &f->spans[f->n_spans++];
	*s = (struct span){ .from = (uint32_t)f->text.len, .to = (uint32_t)f->text.len, .node = node, .role = role,
		            .face = face, .size = k->size, .raise = k->raise,
		            .tracking = unit_scale(k->size, k->tracking, 1000), .colour = k->colour, .features = k->features,
		            .lang = k->lang, .link = k->link, .code = k->code, .underline = k->underline,
		            .strike = k->strike, .dots = k->dots };
	return s;
}

static void add_text(struct walk *w, const struct look *k, const struct node *node, enum item_role role, const char *s,
                     size_t len)
{
	struct span *span;

	if (len == 0 || w->out->text.len + len > UINT32_MAX / 4)
		return;
	span = add_span(w, k, node, role);
	buf_put(&w->out->text, s, len);
	if (span != NULL)
		span->to = (uint32_t)w->out->text.len;
}

static bool toggled(enum toggle t, bool now)
{
	return t == T_ON ? true : t == T_OFF ? false : t == T_FLIP ? !now : now;
}

static void apply_style(const struct theme *t, enum inline_style_id id, struct look *k)
{
	const struct inline_style *s = &t->in[id];

	if (s->family != NULL)
		k->family = s->family;
	k->bold = toggled(s->bold, k->bold);
	k->italic = toggled(s->italic, k->italic);
	k->raise += unit_scale(k->size, s->raise, 1000);
	k->size = unit_scale(k->size, s->size, 1000);
	if (s->colour >= 0)
		k->colour = s->colour;
	k->dots |= s->dots;
	if (s->features != NULL)
		k->features = s->features;
}

static void apply_span(const struct theme *t, const struct node *n, struct look *k)
{
	switch (n->u.span.kind) {
	case SPAN_EMPHASIS: apply_style(t, IS_EMPHASIS, k); break;
	case SPAN_STRONG: apply_style(t, IS_STRONG, k); break;
	case SPAN_FOREIGN: apply_style(t, IS_FOREIGN, k); break;
	case SPAN_TITLE:
		if (!n->u.span.quoted)
			apply_style(t, IS_TITLE, k);
		break;
	case SPAN_CODE:
		if (!k->code) /* in a listing, or in other code, it is so already */
			apply_style(t, IS_CODE, k);
		k->code = true;
		break;
	case SPAN_SUPER: apply_style(t, IS_SUPER, k); break;
	case SPAN_SUB: apply_style(t, IS_SUB, k); break;
	case SPAN_UI: apply_style(t, IS_UI, k); break;
	case SPAN_VARIABLE: apply_style(t, IS_VARIABLE, k); break;
	case SPAN_SMALLCAPS: apply_style(t, IS_SMALLCAPS, k); break;
	case SPAN_ABBREV: apply_style(t, IS_ABBREV, k); break;
	case SPAN_UNDERLINE: apply_style(t, IS_UNDERLINE, k); k->underline = true; break;
	case SPAN_STRIKE: apply_style(t, IS_STRIKE, k); k->strike = true; break;
	case SPAN_QUOTE: case SPAN_PHRASE: break;
	}
}

static void add_event(struct walk *w, enum bidi_mark mark)
{
	struct flat *f = w->out;

	VEC_ROOM(f->events, f->n_events, f->cap_events, 1);
	f->events[f->n_events++] = (struct bidi_event){ (uint32_t)f->text.len, mark };
}

static void add_insertion(struct walk *w, struct insertion in)
{
	struct flat *f = w->out;

	in.at = (uint32_t)f->text.len;
	in.span = (uint32_t)(f->n_spans - 1);
	VEC_ROOM(f->insertions, f->n_insertions, f->cap_insertions, 1);
	f->insertions[f->n_insertions++] = in;
}

static void add_anchor(struct walk *w, const struct node *n)
{
	struct flat *f = w->out;

	VEC_ROOM(f->anchors, f->n_anchors, f->cap_anchors, 1);
	f->anchors[f->n_anchors++] = (struct par_anchor){ (uint32_t)f->text.len, n };
}

static void add_mark(struct walk *w, const struct look *around, const struct node *n)
{
	const struct node *note = n->kind == N_FOOTNOTE ? n : n->u.link.target;
	struct flat *f = w->out;
	struct look k = *around;

	if (w->src->skip_notes || note == NULL || note->kind != N_FOOTNOTE || note->u.note.label == NULL)
		return;
	apply_style(w->l->theme, IS_NOTE_MARK, &k);
	k.link = n;
	if (add_span(w, &k, n, ROLE_MARK) == NULL)
		return;
	add_event(w, BIDI_OBJECT);
	f->n_marks++;
	add_insertion(w, (struct insertion){ .text = note->u.note.label });
	if (n->kind == N_FOOTNOTE) {
		VEC_ROOM(f->calls, f->n_calls, f->cap_calls, 1);
		f->calls[f->n_calls++] = (struct note_call){ (uint32_t)f->text.len, n };
	}
}

/* Pictures in a line are made to fit between the lines: no taller than 0.9 of the leading. */
static void add_image(struct walk *w, const struct look *k, const struct node *n)
{
	const struct image *img = n->u.image.image;
	sp most = unit_scale(w->src->style->leading, 9, 10), width, height;
	struct span *span;

	if (img == NULL) {
		const char *alt = n->u.image.alt;

		if (alt != NULL)
			add_text(w, k, n, ROLE_CONTENT, alt, strlen(alt));
		return;
	}
	width = unit_scale((sp)img->width, 72 * SP_ONE * 1000, img->dpi_x > 0 ? img->dpi_x : 96000);
	height = unit_scale((sp)img->height, 72 * SP_ONE * 1000, img->dpi_y > 0 ? img->dpi_y : 96000);
	if (n->u.image.depth > 0 && height > 0) {
		width = unit_scale(width, n->u.image.depth, height);
		height = n->u.image.depth;
	}
	if (height > most) {
		width = unit_scale(width, most, height);
		height = most;
	}
	if (width > SP_PT(150)) {
		height = unit_scale(height, SP_PT(150), width);
		width = SP_PT(150);
	}
	span = add_span(w, k, n, ROLE_CONTENT);
	if (span == NULL)
		return;
	add_insertion(w, (struct insertion){ .image = img, .width = width, .height = height });
	buf_put(&w->out->text, OBJECT_SIGN, strlen(OBJECT_SIGN));
	span->to = (uint32_t)w->out->text.len;
}

static void walk_children(struct walk *w, const struct node *top, const struct look *k);
static void walk_range(struct walk *w, const struct node *first, const struct node *end, const struct look *k);

static void add_text_from(struct walk *w, const struct look *k, const struct node *n, uint32_t skip)
{
	size_t spans = w->out->n_spans;

	add_text(w, k, n, w->src->role, n->u.text.s + skip, n->u.text.len - skip);
	if (w->out->n_spans > spans)
		w->out->spans[spans].node_offset = skip;
}

/* Whether n's text is an isolate in the text around it, and of which kind. */
static bool is_isolate(const struct node *n, const struct look *around, const struct look *inner, enum bidi_mark *mark)
{
	bool rtl = n->lang != NULL ? lang_is_rtl(inner->lang) : around->rtl;

	switch (n->dir) {
	case DIR_LTR: *mark = BIDI_LTR; return true;
	case DIR_RTL: *mark = BIDI_RTL; return true;
	case DIR_FORCE_LTR: *mark = BIDI_FORCE_LTR; return true;
	case DIR_FORCE_RTL: *mark = BIDI_FORCE_RTL; return true;
	case DIR_NONE: break;
	}
	if ((n->kind == N_SPAN && n->u.span.kind == SPAN_CODE) || doc_shows_address(n))
		rtl = false;
	*mark = rtl ? BIDI_RTL : BIDI_LTR;
	return rtl != around->rtl;
}

static bool is_generated(const struct node *n)
{
	return n != NULL && n->kind == N_TEXT && n->u.text.generated;
}

/* The inlines in n, in the look that n gives them. Quotation marks that verstka made are the language's around it. */
static void walk_inside(struct walk *w, const struct node *n, const struct look *around, struct look *inner)
{
	const struct node *first = n->first, *end = NULL;
	enum bidi_mark mark;

	if (!is_isolate(n, around, inner, &mark)) {
		walk_children(w, n, inner);
		return;
	}
	inner->rtl = mark == BIDI_RTL || mark == BIDI_FORCE_RTL;
	if (n->kind == N_SPAN && is_generated(first) && is_generated(n->last) && first != n->last) {
		walk_range(w, first, first->next, inner);
		first = first->next;
		end = n->last;
	}
	add_event(w, mark);
	walk_range(w, first, end, inner);
	add_event(w, BIDI_END);
	if (end != NULL)
		walk_range(w, end, NULL, inner);
}

static void walk_range(struct walk *w, const struct node *first, const struct node *end, const struct look *k)
{
	for (const struct node *n = first; n != end; n = n->next) {
		struct look inner = *k;

		if (n->lang != NULL)
			inner.lang = langs_lookup(w->l->langs, n->lang, w->l->log);
		if (n->id != NULL && n->kind != N_FOOTNOTE)
			add_anchor(w, n);
		switch (n->kind) {
		case N_TEXT:
			if (n == w->src->from && n->u.text.s[0] == ' ') /* it parted this from what is not set here */
				add_text_from(w, &inner, n, 1);
			else
				add_text_from(w, &inner, n, 0);
			break;
		case N_SPAN:
			apply_span(w->l->theme, n, &inner);
			walk_inside(w, n, k, &inner);
			break;
		case N_LINK: case N_XREF:
			if (n->u.link.href != NULL || n->u.link.target != NULL) {
				apply_style(w->l->theme, IS_LINK, &inner);
				inner.link = n;
			}
			walk_inside(w, n, k, &inner);
			break;
		case N_FOOTNOTE: case N_FOOTNOTEREF:
			add_mark(w, &inner, n);
			break;
		case N_INLINE_IMAGE:
			add_image(w, &inner, n);
			break;
		case N_BREAK:
			add_text(w, &inner, n, ROLE_CONTENT, "\xE2\x80\xA8", 3);
			break;
		default: /* an anchor; blocks do not stand here (doc.h) */
			break;
		}
	}
}

static void walk_children(struct walk *w, const struct node *top, const struct look *k)
{
	walk_range(w, top->first, NULL, k);
}

/* What verstka says: in the digits of its language, if the theme asks for them. */
static void add_made(struct walk *w, const struct look *k, const char *s)
{
	if (w->l->theme->text.own_digits)
		s = lang_digits(k->lang, &w->l->paras, s, strlen(s));
	add_text(w, k, w->src->node, w->src->role, s, strlen(s));
}

static bool ends_sentence(const struct buf *text)
{
	static const char *const signs[] = { ".", "!", "?", ":", "\xE2\x80\xA6", "\xE3\x80\x82", "\xEF\xBC\x81", "\xEF\xBC\x9F",
		                              "\xEF\xBC\x9A", "\xD8\x9F", "\xDB\x94" }; /* … 。 ！ ？ ： ؟ ۔ */

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t n = strlen(signs[i]);

		if (text->len >= n && memcmp(text->data + text->len - n, signs[i], n) == 0)
			return true;
	}
	return false;
}

/* A run-in heading: its own look, a stop if it has none, an en space. */
static void add_runin(struct walk *w, const struct look *around)
{
	const struct par_style *st = w->src->runin_style;
	const char *stop = lang_stop(around->lang);
	struct look k = *around;

	k.family = st->family;
	k.bold = st->bold;
	k.italic = st->italic;
	k.size = st->size;
	k.colour = st->colour;
	k.features = st->features;
	k.tracking = st->tracking;
	walk_children(w, w->src->runin, &k);
	if (w->out->text.len > 0 && !ends_sentence(&w->out->text))
		add_text(w, &k, w->src->runin, ROLE_CONTENT, stop, strcspn(stop, " "));
	add_text(w, around, w->src->runin, ROLE_CONTENT, "\xE2\x80\x82", 3);
}

bool flat_is_rtl(const struct layout *l, const struct node *n)
{
	for (; n != NULL; n = n->parent) {
		if (n->dir != DIR_NONE)
			return n->dir == DIR_RTL || n->dir == DIR_FORCE_RTL;
		if (n->lang != NULL)
			return lang_is_rtl(langs_lookup(l->langs, n->lang, l->log));
	}
	return lang_is_rtl(langs_lookup(l->langs, l->doc->lang, l->log));
}

/* Program text is written from left to right, and a block may ask for a direction of its own. */
static bool begins_rtl(struct walk *w, bool code)
{
	const struct node *n = w->src->node;

	if (code && n->dir == DIR_NONE && (n->role == NULL || strcmp(n->role, "plain") != 0))
		return false;
	if (n != NULL && (n->dir == DIR_FORCE_LTR || n->dir == DIR_FORCE_RTL))
		add_event(w, n->dir == DIR_FORCE_RTL ? BIDI_FORCE_RTL : BIDI_FORCE_LTR);
	return flat_is_rtl(w->l, n);
}

void flat_fill(struct layout *l, const struct par_source *src, struct flat *f)
{
	struct walk w = { l, src, f };
	const char *tag = src->lang != NULL ? src->lang : src->node != NULL ? doc_lang(l->doc, src->node) : l->doc->lang;
	struct look k = { .family = src->style->family, .bold = src->style->bold, .italic = src->style->italic,
		          .size = src->style->size, .colour = src->style->colour, .features = src->style->features,
		          .tracking = src->style->tracking,
		          .lang = langs_lookup(l->langs, tag, l->log),
		          .code = src->node != NULL && src->node->kind == N_VERBATIM };
	struct look p;

	f->rtl = k.rtl = begins_rtl(&w, k.code);
	p = k;
	if (src->among_others) {
		f->rtl = flat_is_rtl(l, l->doc->root);
		if (k.rtl != f->rtl)
			add_event(&w, k.rtl ? BIDI_RTL : BIDI_LTR); /* an isolate up to the end */
	}
	if (src->runin != NULL)
		add_runin(&w, &k);
	if (src->bold_prefix)
		p.bold = true;
	if (src->prefix != NULL)
		add_made(&w, &p, src->prefix);
	if (src->plain != NULL)
		add_made(&w, &k, src->plain);
	else if (src->node != NULL)
		walk_range(&w, src->from != NULL ? src->from : src->node->first, src->before, &k);
	if (src->suffix != NULL)
		add_made(&w, &k, src->suffix);
}
