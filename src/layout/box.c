/* Tinted boxes (sidebars, admonitions) and pull quotes. */
#include <string.h>

#include "base/mem.h"
#include "layout/block.h"
#include "layout/note.h"

enum { IN_MARGIN_MOST_LINES = 40 };

sp flow_most_in_margin(const struct theme *t)
{
	sp page = (sp)(t->page.last_line - t->page.first_line + 1) * t->page.unit * 3 / 4, most = IN_MARGIN_MOST_LINES * t->page.unit;

	return page < most ? page : most;
}

/* ---- sidebars -------------------------------------------------------------------------------- */

/* Topic, place, link: what stands in the box's margin column beside its name. */
static void set_data(struct layout *l, struct rows *r, const struct node *sidebar, sp width)
{
	for (const struct node *n = sidebar->first; n != NULL; n = n->next) {
		bool topic = n->role != NULL && strcmp(n->role, "topic") == 0;
		struct par_source src = { .node = n, .style = &l->theme->par[topic ? PS_SIDEBAR_TOPIC : PS_SIDEBAR_DATA] };

		if (n->kind == N_SIDEDATA)
			rows_par(l, r, FRAME_MARGIN, par_new_within(l, &src, width), 0, width, 0);
	}
}

static void add_note_rule(struct layout *l, struct rows *r, sp width)
{
	struct row *row = rows_add(l, r, l->theme->page.unit * 2 / 3);
	struct op *op = row_add(l, row, OP_FILL, FRAME_MARGIN);

	op->role = ROLE_RULE;
	op->y = -SP_PT(5);
	op->u.fill.w = l->theme->sidebar.note_rule_width > 0 ? l->theme->sidebar.note_rule_width : width / 3;
	op->u.fill.h = SP_ONE / 2;
	op->u.fill.colour = l->theme->text_colour;
}

/* The notes called inside the box, under its data. Returns how many. */
static int set_box_notes(struct layout *l, struct rows *r, const struct node *sidebar, sp width)
{
	int n_notes = 0;

	for (const struct node *n = sidebar; n != NULL; n = doc_next(sidebar, n)) {
		if (n->kind != N_FOOTNOTE)
			continue;
		if (n_notes++ == 0)
			add_note_rule(l, r, width);
		note_rows(l, n, &l->theme->par[PS_SIDEBAR_NOTE], FRAME_MARGIN, width, r);
	}
	return n_notes;
}

/* Where text is set in columns, a box keeps its notes as well: at its end, under a rule. */
static bool end_with_notes(struct flow *in, const struct node *sidebar)
{
	struct layout *l = in->l;
	struct block *b = NULL;

	for (const struct node *n = sidebar; n != NULL; n = doc_next(sidebar, n)) {
		if (n->kind != N_FOOTNOTE)
			continue;
		if (b == NULL) {
			struct op *op;

			b = flow_add(in, BLOCK_ROWS, NULL, &l->theme->par[PS_SIDEBAR_NOTE]);
			b->before = b->after = l->theme->page.unit / 2;
			op = flow_label(in, b, OP_FILL);
			op->role = ROLE_RULE;
			op->x = in->start;
			op->y = -l->theme->par[PS_SIDEBAR_NOTE].leading * 5 / 4;
			op->u.fill.w = l->theme->sidebar.note_rule_width > 0 ? l->theme->sidebar.note_rule_width : in->width / 6;
			op->u.fill.h = SP_ONE / 2;
			op->u.fill.colour = l->theme->text_colour;
		}
		note_rows(l, n, &l->theme->par[PS_SIDEBAR_NOTE], FRAME_TEXT, in->width - in->start - in->end, &b->rows);
	}
	for (int i = 0; b != NULL && i < b->rows.n; i++) {
		for (int k = 0; k < b->rows.v[i].n_ops; k++)
			b->rows.v[i].ops[k].x += in->start;
	}
	return b != NULL;
}

static int count_rows(const struct flow *f, size_t first)
{
	sp height = 0;

	for (size_t i = first; i < f->g->n; i++) {
		const struct block *b = &f->g->v[i];

		if (b->kind == BLOCK_PAR)
			height += (par_width(b->par) / (f->width - b->start - b->end) + 1) * b->style->leading;
		else
			height += b->rows.height;
		if (i > first)
			height += b->before;
	}
	return (int)(height / f->l->theme->page.unit);
}

/* Blank rows so that the text of the box is as tall as what stands in its margin. */
static void fill_up(struct flow *f, size_t first, sp margin_height)
{
	sp unit = f->l->theme->page.unit, text = (sp)count_rows(f, first) * unit;
	struct block *b;

	if (text >= margin_height)
		return;
	b = flow_add(f, BLOCK_ROWS, NULL, f->body);
	b->before = b->after = 0;
	for (; text < margin_height; text += unit) {
		struct row *row = rows_add(f->l, &b->rows, unit);

		row->keep = true;
	}
}

void flow_sidebar(struct flow *f, const struct node *sidebar)
{
	const struct theme *t = f->l->theme;
	struct flow in = *f;
	struct rows margin = { 0 };
	size_t first = f->g->n;
	sp mx, mw;
	bool has_notes = false, in_column;

	if (f->narrow || f->box != NULL) { /* a box in a box, a cell or a note: its content in place */
		flow_children(f, sidebar);
		return;
	}
	in_column = flow_has_columns(f) && !t->cols.sidebars;
	if (!in_column)
		flow_widen(&in);
	style_margin_column(t, true, &mx, &mw);
	if (in_column)
		mw = 0;
	if (mw > 0)
		set_data(f->l, &margin, sidebar, mw);
	if (margin.height > flow_most_in_margin(t))
		mw = 0; /* the data as paragraphs, notes at the foot */
	in.box = ARENA_NEW(&f->l->arena, struct box);
	in.box->kind = BOX_SIDEBAR;
	in.box->node = sidebar;
	if (in_column) {
		in.start += t->sidebar.outset;
		in.end += t->sidebar.outset;
	}
	in.body = in.item = &t->par[PS_SIDEBAR];
	in.was_break = true;
	for (const struct node *n = sidebar->first; n != NULL; n = n->next) {
		if (n->kind == N_SIDEDATA && mw > 0)
			continue;
		if (n->kind == N_TITLE) {
			struct par_source src = { .node = n, .style = &t->par[PS_SIDEBAR_TITLE] };
			struct block *b = flow_par(&in, &src);

			b->heading = b->no_indent = true;
			in.was_break = true;
			continue;
		}
		if (n->kind == N_SIDEDATA) {
			bool topic = n->role != NULL && strcmp(n->role, "topic") == 0;
			struct par_source src = { .node = n, .style = &t->par[topic ? PS_SIDEBAR_TOPIC : PS_SIDEBAR_DATA] };

			flow_par(&in, &src)->no_indent = true;
			in.was_break = true;
			continue;
		}
		flow_block(&in, n);
	}
	if (f->g->n == first)
		return;
	if (mw == 0 && (in.span || in_column) && (sp)count_rows(&in, first) * t->page.unit <= flow_most_in_margin(t))
		in.box->margin_notes = end_with_notes(&in, sidebar);
	in.box->lines = count_rows(&in, first);
	if (mw > 0) {
		if ((sp)in.box->lines * t->page.unit <= flow_most_in_margin(t))
			has_notes = set_box_notes(f->l, &margin, sidebar, mw) > 0;
		if (has_notes && margin.height > flow_most_in_margin(t)) {
			has_notes = false;
			margin = (struct rows){ 0 };
			set_data(f->l, &margin, sidebar, mw);
		}
		in.box->margin_notes = has_notes;
		fill_up(&in, first, margin.height);
		f->g->v[first].margin = margin;
	}
	in.box->first = (int)first;
	in.box->last = (int)f->g->n - 1;
	f->g->v[first].before = flow_lines(f->l, t->sidebar.first);
	f->g->v[f->g->n - 1].after = flow_lines(f->l, t->sidebar.after) - t->page.unit;
	f->was_break = true;
}

/* ---- admonitions ------------------------------------------------------------------------------ */

void flow_admonition(struct flow *f, const struct node *node)
{
	const struct theme *t = f->l->theme;
	struct flow in = *f;
	size_t first = f->g->n;
	const struct node *title = doc_title(node);
	struct par_source src = { .node = title != NULL ? title : node, .style = &t->par[PS_ADMONITION_TITLE] };
	const struct lang *lang = langs_lookup(f->l->langs, doc_lang(f->l->doc, node), f->l->log);

	if (f->box == NULL && !f->narrow) {
		in.box = ARENA_NEW(&f->l->arena, struct box);
		in.box->kind = BOX_ADMONITION;
		in.box->node = node;
		in.box->start = f->start;
		in.box->end = f->end;
		in.start += t->admonition.pad;
		in.end += t->admonition.pad;
	}
	in.body = in.item = &t->par[PS_ADMONITION];
	if (title == NULL)
		src.plain = lang_word(lang, (enum lang_word)(W_ADM_NOTE + (int)node->u.admonition.kind));
	flow_par(&in, &src)->heading = true;
	f->g->v[f->g->n - 1].no_indent = true;
	in.was_break = true;
	for (const struct node *n = node->first; n != NULL; n = n->next) {
		if (n->kind != N_TITLE)
			flow_block(&in, n);
	}
	if (in.box != f->box) {
		in.box->first = (int)first;
		in.box->last = (int)f->g->n - 1;
		in.box->lines = count_rows(&in, first);
		f->g->v[first].before = flow_lines(f->l, 1500);
		f->g->v[f->g->n - 1].after = flow_lines(f->l, 1000);
	}
	f->was_break = true;
}

/* ---- pull quotes ------------------------------------------------------------------------------- */

static int count_words(struct layout *l, const struct node *n)
{
	const char *s = doc_plain_text(&l->arena, n, false);
	int words = 0;

	for (size_t i = 0; s[i] != '\0'; i++)
		words += s[i] != ' ' && (i == 0 || s[i - 1] == ' ');
	return words;
}

static void set_quote_rows(struct flow *f, const struct node *node, enum frame frame, sp width, struct rows *rows)
{
	const struct theme *t = f->l->theme;
	bool is_long = count_words(f->l, node) > t->pullquote.long_words;
	const struct par_style *style = &t->par[is_long ? PS_PULLQUOTE_LONG : PS_PULLQUOTE];
	sp step = flow_lines(f->l, is_long ? t->pullquote.step_long : t->pullquote.step);

	for (const struct node *n = node->first; n != NULL; n = n->next) {
		bool by = n->kind == N_ATTRIBUTION;
		struct par_source src = { .node = n, .style = by ? &t->par[PS_PULLQUOTE_BY] : style };
		int before = rows->n;

		if (doc_holds_inlines(n->kind))
			rows_par(f->l, rows, frame, par_new_within(f->l, &src, width), 0, width, 0);
		else
			rows_children(f->l, rows, frame, n, 0, width, style);
		for (int i = before; i < rows->n; i++) {
			if (!by)
				rows_advance(rows, i, step);
			else if (i == before && before > 0)
				rows_advance(rows, i - 1, t->page.unit * 5 / 4);
		}
	}
}

static bool is_in_flow(const struct layout *l, const struct node *node)
{
	for (size_t i = 0; i < l->n_in_flow; i++) {
		if (l->in_flow[i] == node)
			return true;
	}
	return false;
}

/* Across the column, between paragraphs, with its bar. */
static void flow_quote_block(struct flow *f, const struct node *node)
{
	const struct theme *t = f->l->theme;
	struct block *b = flow_add(f, BLOCK_ROWS, node, f->body);
	sp width = f->width - f->start - f->end, lead;

	set_quote_rows(f, node, FRAME_TEXT, width, &b->rows);
	b->before = flow_lines(f->l, 1500);
	b->after = t->cols.n > 1 ? 0 : flow_lines(f->l, 1000);
	if (b->rows.n > 0) {
		struct op *op = row_add(f->l, &b->rows.v[0], OP_FILL, FRAME_TEXT);

		lead = flow_lines(f->l, t->pullquote.first);
		op->role = ROLE_RULE;
		op->y = -lead - t->pullquote.bar_above;
		b->rows.v[0].above = -op->y;
		op->u.fill.w = width;
		op->u.fill.h = t->pullquote.bar;
		op->u.fill.colour = t->pullquote.bar_colour;
		b->before += t->page.unit / 2;
		/* a step of the quote's would be rounded up to the grid, on top of the clear line */
		if (b->after > 0 && b->rows.v[b->rows.n - 1].advance > t->page.unit)
			rows_advance(&b->rows, b->rows.n - 1, t->page.unit);
	}
	for (int i = 0; i + 1 < b->rows.n; i++)
		b->rows.v[i].keep = true;
	f->was_break = false;
}

/* The same quote across the column, for the case that there is no place beside the text. */
static void add_in_column(struct flow *f, const struct node *node, int quote)
{
	struct galley *g = f->g;
	bool was_break = f->was_break;

	VEC_ROOM(g->inserts, g->n_inserts, g->cap_inserts, 1);
	g->inserts[g->n_inserts++] =
		(struct insert){ .kind = INSERT_QUOTE, .first = (int)g->n, .last = (int)g->n, .quote = quote };
	flow_quote_block(f, node);
	g->v[g->n - 1].insert = (int)g->n_inserts;
	f->was_break = was_break;
}

/* A quote of no lines would be a block that never ends its column. */
static bool says_nothing(const struct node *quote)
{
	const struct node *n = quote->first;

	while (n != NULL && n->first == NULL && n->kind != N_IMAGE)
		n = n->next;
	return n == NULL;
}

void flow_quote(struct flow *f, const struct node *node)
{
	const struct theme *t = f->l->theme;
	sp height = 0;
	struct quote *q;

	if (says_nothing(node))
		return;
	if (is_in_flow(f->l, node) || t->cols.n > 1) { /* in columns text runs round nothing */
		struct flow_frame frame = { f->width, f->span };

		if (t->cols.quotes)
			flow_widen(f);
		flow_quote_block(f, node);
		flow_narrow(f, frame);
		return;
	}
	if (t->pullquote.most_words > 0 && count_words(f->l, node) > t->pullquote.most_words && f->l->n_in_flow == 0) {
		diag_warn(f->l->log, "quote-long", node->pos, "a pull quote of %d words; %d are the most that read as one",
		          count_words(f->l, node), t->pullquote.most_words);
	}
	VEC_ROOM(f->g->quotes, f->g->n_quotes, f->g->cap_quotes, 1);
	q = &f->g->quotes[f->g->n_quotes++];
	memset(q, 0, sizeof *q);
	q->node = node;
	q->anchor = (int)f->g->n - 1;
	q->width = unit_scale(style_columns_width(t, t->pullquote.columns), 1000 + t->pullquote.wider, 1000);
	set_quote_rows(f, node, FRAME_ALL, q->width, &q->rows);
	for (int i = 0; i < q->rows.n; i++)
		height += q->rows.v[i].advance;
	q->lines = (int)((height + t->page.unit - 1) / t->page.unit) + (int)((t->pullquote.extra + 999) / 1000);
	add_in_column(f, node, (int)f->g->n_quotes - 1);
}
