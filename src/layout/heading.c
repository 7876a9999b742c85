/* Divisions and their headings. In an article sections take the styles h1, h2 ... by their depth. In a book parts,
 * chapters and what stands beside chapters (preface, appendix, glossary ...) open a page in styles of their own, and the
 * sections below begin at h1 again:
 *
 *      ▬▬▬▬▬▬▬▬▬▬▬▬▬▬   bar on the first line of the page
 *      Глава 2          label: style chapter-label, `sink` below
 *      Название         style chapter
 */
#include "layout/heading.h"

#include <string.h>

#include "base/mem.h"
#include "lang/division.h"

enum { UNRUN_BEFORE = 1000 /* [1/1000 U] */ };

static bool is_division(const struct node *n)
{
	return n != NULL && n->kind == N_DIVISION;
}

bool heading_opens_page(const struct doc *d, const struct node *n)
{
	const struct node *up = n->parent;

	if (!d->is_book || !is_division(n) || n->u.division.what == DIV_SECTION)
		return false;
	return up == NULL || up->kind == N_ROOT || (is_division(up) && up->u.division.what == DIV_PART);
}

int heading_level(const struct doc *d, const struct node *n)
{
	int level = 1;

	for (const struct node *up = n->parent; up != NULL; up = up->parent) {
		if (!is_division(up))
			continue;
		if (heading_opens_page(d, up))
			break;
		level++;
	}
	return level;
}

const struct par_style *heading_style(const struct layout *l, int level)
{
	int id = PS_H1 + (level < 1 ? 0 : level > 6 ? 5 : level - 1);

	return &l->theme->par[id];
}

/* ---- labels ------------------------------------------------------------------------------------ */

static const struct lang *lang_of(struct layout *l, const struct node *n)
{
	return langs_lookup(l->langs, doc_lang(l->doc, n), l->log);
}

const char *heading_label(struct layout *l, const struct node *n)
{
	return division_label(lang_of(l, n), n, &l->arena);
}

const char *heading_prefix(struct layout *l, const struct node *n)
{
	return division_prefix(lang_of(l, n), n, &l->arena);
}

/* ---- into the galley --------------------------------------------------------------------------- */

void heading_add(struct flow *f, const struct node *title, const struct node *owner, int level, const char *prefix)
{
	struct par_source src = { .node = title, .style = heading_style(f->l, level), .prefix = prefix };
	bool stacked = f->g->n > 0 && f->g->v[f->g->n - 1].heading;
	struct flow_frame frame = { f->width, f->span };
	struct block *b;

	if (level <= f->l->theme->cols.headings)
		flow_widen(f);
	b = flow_par(f, &src);
	flow_narrow(f, frame);
	b->heading = true;
	b->no_indent = true;
	if (src.style->runin && b->before < flow_lines(f->l, UNRUN_BEFORE)) /* it should have run in: no paragraph came */
		b->before = flow_lines(f->l, UNRUN_BEFORE);
	if (stacked)
		b->before = 0;
	flow_anchor(f, b, owner);
	f->was_break = true;
}

void heading_opening(struct flow *f, struct block *b, int32_t sink)
{
	const struct theme *t = f->l->theme;
	struct op *op;

	b->new_page = true;
	b->before = 0;
	b->sink = flow_lines(f->l, sink);
	if (t->opener.bar == 0)
		return;
	op = flow_label(f, b, OP_FILL);
	op->role = ROLE_RULE;
	op->x = -f->start;
	op->y = -b->sink - t->par[PS_BODY].size / 2;
	op->u.fill.w = f->width;
	if (b->span) {
		sp x;

		style_text_column(t, true, &x, &op->u.fill.w);
	}
	op->u.fill.h = t->opener.bar;
	op->u.fill.colour = t->opener.bar_colour;
}

static void add_opener(struct flow *f, const struct node *title, const struct node *owner)
{
	const struct theme *t = f->l->theme;
	bool part = owner->u.division.what == DIV_PART;
	const char *label = t->opener.label ? heading_label(f->l, owner) : NULL;
	struct flow_frame frame = flow_widen(f);
	struct block *b;

	if (label != NULL) {
		struct par_source src = { .node = title, .style = &t->par[part ? PS_PART_LABEL : PS_CHAPTER_LABEL], .plain = label };

		b = flow_par(f, &src);
		b->heading = b->no_indent = true;
	}
	b = flow_simple(f, title, part ? PS_PART : PS_CHAPTER);
	b->heading = b->no_indent = true;
	if (label == NULL)
		flow_anchor(f, b, owner);
	flow_narrow(f, frame);
	f->was_break = true;
}

/* The first block of a part or chapter begins a page. */
static void open_page(struct flow *f, size_t first, const struct node *node)
{
	const struct theme *t = f->l->theme;
	bool part = node->u.division.what == DIV_PART;

	if (first >= f->g->n || f->narrow)
		return;
	heading_opening(f, &f->g->v[first], part ? t->opener.part_sink : t->opener.sink);
	f->g->v[first].new_recto = part || t->opener.recto;
}

void flow_division(struct flow *f, const struct node *node)
{
	const struct node *title = doc_title(node);
	size_t first = f->g->n;
	int level = heading_level(f->l->doc, node);
	bool opens = heading_opens_page(f->l->doc, node) && !f->narrow;

	if (title != NULL && opens) {
		add_opener(f, title, node);
	} else if (title != NULL && heading_style(f->l, level)->runin && node->u.division.label == NULL) {
		f->runin = title;
		f->runin_owner = node;
		f->runin_level = level;
	} else if (title != NULL) {
		heading_add(f, title, node, level, heading_prefix(f->l, node));
	}
	for (const struct node *n = node->first; n != NULL; n = n->next) {
		if (n->kind == N_SUBTITLE) {
			struct flow_frame frame = { f->width, f->span };
			struct block *b;

			if (opens)
				flow_widen(f);
			b = flow_simple(f, n, opens ? PS_SUBTITLE : PS_TERM);
			flow_narrow(f, frame);
			b->heading = b->no_indent = f->was_break = true;
		} else if (n != title) {
			flow_block(f, n);
		}
	}
	if (f->runin == title && title != NULL) { /* a section of its title alone */
		f->runin = f->runin_owner = NULL;
		heading_add(f, title, node, level, NULL);
	}
	if (opens)
		open_page(f, first, node);
}
