#include <string.h>

#include "base/mem.h"
#include "doc/echo.h"
#include "doc/number.h"
#include "write/epub/xhtml.h"

/* ---- quotations ----------------------------------------------------------------------------------------------- */

void boxes_blockquote(struct pen *p, const struct node *n)
{
	bool epigraph = n->role != NULL && strcmp(n->role, "epigraph") == 0;
	struct pen_state state = xhtml_begin(p, "blockquote", n, epigraph ? "epigraph" : NULL);

	if (epigraph)
		buf_puts(p->out, " epub:type=\"epigraph\" role=\"doc-epigraph\"");
	buf_puts(p->out, ">\n");
	xhtml_style(p, epigraph ? PS_EPIGRAPH : PS_QUOTE);
	blocks_children(p, n->first);
	xhtml_end(p, "blockquote", state);
	buf_putc(p->out, '\n');
}

/* A pull quote that only repeats what the section says is not read out twice. One with something to follow
 * or to jump to is. */
static bool is_verbatim(struct pen *p, const struct node *quote)
{
	for (const struct node *n = quote->first; n != NULL; n = doc_next(quote, n)) {
		const struct place *place = book_lookup(p->b, n);

		if (place != NULL && place->id != NULL)
			return false;
	}
	return doc_echo_is(p->echo, quote);
}

void boxes_pullquote(struct pen *p, const struct node *n)
{
	bool verbatim = is_verbatim(p, n), mute = p->mute;
	struct pen_state state;

	if (verbatim)
		xhtml_marks_below(p, n, MARK_BLOCK);
	state = xhtml_begin(p, "aside", n, "pullquote");
	buf_puts(p->out, " epub:type=\"pullquote\" role=\"doc-pullquote\"");
	buf_puts(p->out, verbatim ? " aria-hidden=\"true\">\n" : ">\n");
	xhtml_style(p, PS_PULLQUOTE);
	p->mute = verbatim;
	for (const struct node *c = n->first; c != NULL; c = c->next) {
		if (c->kind == N_ATTRIBUTION)
			blocks_leaf(p, c, "p", "by", PS_PULLQUOTE_BY);
		else
			blocks_write(p, c);
	}
	p->mute = mute;
	xhtml_end(p, "aside", state);
	buf_putc(p->out, '\n');
}

/* ---- boxes --------------------------------------------------------------------------------------------------- */

static bool is_topic(const struct node *n)
{
	return n->kind == N_SIDEDATA && n->role != NULL && strcmp(n->role, "topic") == 0;
}

/* Topic above the name, the other data below it as one line (HS-56). A page that begins with the box begins before all of
 * that, though in print the name comes first and the rest stands beside it. */
static void sidebar_head(struct pen *p, const struct node *n, const char *title_id)
{
	const struct node *title = doc_title(n);
	bool open = false;

	for (const struct node *c = n->first; c != NULL; c = c->next)
		if (is_topic(c)) {
			if (title != NULL)
				xhtml_marks_below(p, title, MARK_BLOCK);
			xhtml_marks_below(p, c, MARK_BLOCK);
			blocks_leaf(p, c, "p", "topic", PS_SIDEBAR_TOPIC);
		}
	if (title != NULL)
		blocks_heading(p, title, p->heading + 1, "sidebar-title", title_id, NULL, PS_SIDEBAR_TITLE);
	for (const struct node *c = n->first; c != NULL; c = c->next) {
		struct pen_state state;

		if (c->kind != N_SIDEDATA || is_topic(c))
			continue;
		buf_puts(p->out, open ? " " : "<p class=\"data\">");
		open = true;
		xhtml_marks(p, c, MARK_INLINE);
		state = xhtml_begin(p, "span", c, c->role != NULL && strcmp(c->role, "place") == 0 ? "place" : "datum");
		buf_putc(p->out, '>');
		xhtml_style(p, PS_SIDEBAR_DATA);
		inlines_children(p, c);
		xhtml_end(p, "span", state);
	}
	if (open)
		buf_puts(p->out, "</p>\n");
}

/* Boxes are landmarks, and landmarks of one name are one to who jumps between them: a name that has been
 * is numbered. */
static void box_label(struct pen *p, const struct node *title, const char *title_id)
{
	struct book *b = p->b;
	const char *name = title_id != NULL ? doc_plain_text(&b->arena, title, false) : lang_word(b->lang, W_SIDEBAR);
	int *count = strmap_lookup(&b->box_names, name, strlen(name));

	if (count == NULL) {
		count = ARENA_NEW(&b->arena, int);
		strmap_put(&b->box_names, name, strlen(name), count);
	}
	if (++*count > 1)
		xhtml_attr(p, "aria-label", arena_printf(&b->arena, "%s (%d)", name, *count));
	else if (title_id != NULL)
		xhtml_attr(p, "aria-labelledby", title_id);
	else
		xhtml_attr(p, "aria-label", name);
}

void boxes_sidebar(struct pen *p, const struct node *n)
{
	const struct node *title = doc_title(n);
	const char *id = title != NULL && title->first != NULL ? book_id(p->b, NULL, "box") : NULL;
	struct pen_state state = xhtml_begin(p, "aside", n, "sidebar");
	const struct node **outer = p->notes;
	size_t n_outer = p->n_notes, cap_outer = p->cap_notes;
	int heading = p->heading;

	box_label(p, title, id);
	buf_puts(p->out, ">\n");
	p->notes = NULL; /* the box carries its own notes at its foot */
	p->n_notes = p->cap_notes = 0;
	sidebar_head(p, n, id);
	xhtml_style(p, PS_SIDEBAR);
	p->heading++;
	for (const struct node *c = n->first; c != NULL; c = c->next)
		if (c != title && c->kind != N_SIDEDATA)
			blocks_write(p, c);
	p->heading = heading;
	xhtml_notes(p);
	mem_free(p->notes);
	p->notes = outer;
	p->n_notes = n_outer;
	p->cap_notes = cap_outer;
	xhtml_end(p, "aside", state);
	buf_putc(p->out, '\n');
}

void boxes_admonition(struct pen *p, const struct node *n)
{
	static const enum lang_word words[] = { W_ADM_NOTE, W_ADM_TIP, W_ADM_IMPORTANT, W_ADM_WARNING, W_ADM_CAUTION,
	                                        W_ADM_DANGER };
	const struct node *title = doc_title(n);
	struct pen_state state = xhtml_begin(p, "div", n, "admonition"), line;

	buf_puts(p->out, " role=\"note\">\n");
	xhtml_marks(p, n, MARK_BLOCK);
	if (title != NULL) {
		blocks_leaf(p, title, "p", "admonition-title", PS_ADMONITION_TITLE);
	} else {
		line = xhtml_begin_as(p, "p", NULL, "admonition-title", NULL);
		buf_putc(p->out, '>');
		xhtml_style(p, PS_ADMONITION_TITLE);
		xhtml_puts(p, lang_word(p->b->lang, words[n->u.admonition.kind <= ADM_DANGER ? n->u.admonition.kind : 0]));
		xhtml_end(p, "p", line);
		buf_putc(p->out, '\n');
	}
	xhtml_style(p, PS_ADMONITION);
	blocks_children(p, title != NULL ? title->next : n->first);
	xhtml_end(p, "div", state);
	buf_putc(p->out, '\n');
}

/* ---- figures --------------------------------------------------------------------------------------------------- */

static void figure_caption(struct pen *p, const struct node *n, const struct node *title, const char *id)
{
	struct pen_state state = xhtml_begin_as(p, "figcaption", id, NULL, title->lang);

	buf_putc(p->out, '>');
	xhtml_marks(p, n, MARK_INLINE);
	xhtml_marks(p, title, MARK_INLINE);
	if (n->u.figure.label != NULL)
		inlines_label(p, lang_word(p->b->lang, W_FIGURE), n->u.figure.label);
	xhtml_style(p, PS_CAPTION);
	inlines_children(p, title);
	xhtml_end(p, "figcaption", state);
	buf_putc(p->out, '\n');
}

static void figure_part(struct pen *p, const struct node *c, const char *caption_id, const char *words)
{
	if (c->kind == N_CHART) {
		xhtml_marks(p, c, MARK_BLOCK);
		tables_chart(p, c, caption_id);
	} else if (c->kind == N_IMAGE) {
		xhtml_marks(p, c, MARK_BLOCK);
		buf_puts(p->out, "<div class=\"image\">");
		inlines_image(p, c, false, words);
		buf_puts(p->out, "</div>\n");
	} else {
		blocks_write(p, c);
	}
}

/* The title stands above, as on paper and as those of tables do. */
void boxes_figure(struct pen *p, const struct node *n)
{
	const struct node *title = doc_title(n), *c = title != NULL ? title->next : n->first;
	const char *id = title != NULL && title->first != NULL ? book_id(p->b, NULL, "cap") : NULL;
	const char *words = title != NULL ? doc_plain_text(&p->b->arena, title, false) : NULL;
	struct pen_state state = xhtml_begin(p, "figure", n, NULL);

	buf_puts(p->out, ">\n");
	if (id != NULL)
		figure_caption(p, n, title, id);
	else
		xhtml_marks(p, n, MARK_BLOCK);
	for (; c != NULL; c = c->next)
		figure_part(p, c, id, words);
	xhtml_end(p, "figure", state);
	buf_putc(p->out, '\n');
}

void boxes_imprint(struct pen *p, const struct node *n)
{
	struct pen_state state = xhtml_begin(p, "section", n, "imprint");

	buf_puts(p->out, " epub:type=\"colophon\" role=\"doc-colophon\">\n");
	xhtml_style(p, PS_IMPRINT);
	blocks_children(p, n->first);
	xhtml_end(p, "section", state);
	buf_putc(p->out, '\n');
}
