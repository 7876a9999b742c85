/* Figures, pictures, bar charts, and the captions that stand beside or above them. */
#include <string.h>

#include "doc/number.h"
#include "layout/block.h"

/* ---- captions ---------------------------------------------------------------------------------- */

static const char *label_text(struct layout *l, const struct lang *lang, const struct node *object, const char *label)
{
	if (label == NULL)
		return NULL;
	return doc_numbered(&l->arena, lang_word(lang, object->kind == N_TABLE ? W_TABLE : W_FIGURE), label);
}

/* Notes are called by rows of the text column: a caption in the margin leaves its own to the row it stands beside. */
static void leave_notes(struct layout *l, struct block *beside)
{
	struct row all = { 0 }, *first = &beside->rows.v[0];

	row_add_notes(l, &all, beside->margin.v, beside->margin.n);
	row_add_notes(l, &all, first, 1);
	first->notes = all.notes;
	first->n_notes = all.n_notes;
}

void flow_caption(struct flow *f, const struct node *object, const char *label, struct block *beside)
{
	const struct node *title = doc_title(object);
	const struct lang *lang = langs_lookup(f->l->langs, doc_lang(f->l->doc, object), f->l->log);
	const char *text = label_text(f->l, lang, object, label);
	sp mx, mw;

	if (title == NULL && text == NULL)
		return;
	style_margin_column(f->l->theme, true, &mx, &mw);
	if (beside != NULL && beside->rows.n > 0 && f->l->theme->caption.in_margin && mw > 0 && f->box == NULL && !f->narrow &&
	    f->l->theme->cols.n == 1) {
		struct par_source lab = { .node = object, .style = &f->l->theme->par[PS_CAPTION_LABEL],
			                  .plain = text, .role = ROLE_CAPTION_LABEL };
		struct par_source src = { .node = title, .style = &f->l->theme->par[PS_CAPTION] };

		struct rows margin = { 0 };

		if (text != NULL)
			rows_par(f->l, &margin, FRAME_MARGIN, par_new_within(f->l, &lab, mw), 0, mw, 0);
		if (title != NULL)
			rows_par(f->l, &margin, FRAME_MARGIN, par_new_within(f->l, &src, mw), 0, mw, 0);
		if (margin.height <= flow_most_in_margin(f->l->theme)) {
			beside->margin = margin;
			leave_notes(f->l, beside);
			return;
		}
	}
	{
		struct par_source src = { .node = title != NULL ? title : object, .style = &f->l->theme->par[PS_CAPTION],
			                  .bold_prefix = true };
		struct block saved, *b;
		bool before = beside != NULL;

		if (text != NULL)
			src.prefix = title != NULL ? arena_printf(&f->l->arena, "%s%s", text, lang_after_label(lang, true)) : text;
		if (title == NULL)
			src.plain = "";
		b = flow_par(f, &src);
		b->heading = b->no_indent = true;
		b->before = flow_lines(f->l, 1000);
		b->after = flow_lines(f->l, 0);
		if (before && f->g->n >= 2) { /* it was added after its object: change places */
			saved = f->g->v[f->g->n - 1];
			f->g->v[f->g->n - 1] = f->g->v[f->g->n - 2];
			f->g->v[f->g->n - 2] = saved;
			f->g->v[f->g->n - 1].before = flow_lines(f->l, 500);
		}
	}
}

/* ---- pictures ------------------------------------------------------------------------------------ */

static bool is_in_note(const struct node *n)
{
	while (n != NULL && n->kind != N_FOOTNOTE)
		n = n->parent;
	return n != NULL;
}

static void image_size(const struct flow *f, const struct node *n, sp *w, sp *h)
{
	const struct image *img = n->u.image.image;
	const struct theme *t = f->l->theme;
	sp most_w = f->width - f->start - f->end, most_h = t->page.unit * (t->page.last_line - t->page.first_line - 4);
	bool opens = f->g->n == 0 && t->masthead.on && !f->narrow; /* it stands below the masthead or nowhere */
	sp nw = unit_scale((sp)img->width, 72 * SP_ONE * 1000, img->dpi_x > 0 ? img->dpi_x : 96000);
	sp nh = unit_scale((sp)img->height, 72 * SP_ONE * 1000, img->dpi_y > 0 ? img->dpi_y : 96000);

	if (nw < 1)
		nw = 1;
	if (nh < 1)
		nh = 1;
	*w = nw;
	*h = nh;
	if (n->u.image.scale > 0) {
		*w = unit_scale(nw, n->u.image.scale, 100);
		*h = unit_scale(nh, n->u.image.scale, 100);
	}
	if (n->u.image.width_percent > 0)
		*w = unit_scale(most_w, n->u.image.width_percent, 100);
	else if (n->u.image.width > 0)
		*w = n->u.image.width;
	if (n->u.image.width_percent > 0 || n->u.image.width > 0)
		*h = n->u.image.depth > 0 ? n->u.image.depth : unit_scale(*w, nh, nw);
	else if (n->u.image.depth > 0) {
		*h = n->u.image.depth;
		*w = unit_scale(*h, nw, nh);
	}
	if (most_w < SP_PT(10))
		most_w = SP_PT(10);
	if (opens && t->masthead.first_text_line > t->page.first_line)
		most_h -= t->page.unit * (t->masthead.first_text_line - t->page.first_line);
	if (is_in_note(n)) { /* it stands under the line of its mark, on page 1, too */
		int head = t->masthead.on && t->masthead.first_text_line > t->page.first_line ? t->masthead.first_text_line : t->page.first_line;

		most_h = most_h < t->page.unit * (t->page.last_line - head) / 2 ? most_h : t->page.unit * (t->page.last_line - head) / 2;
	}
	if (most_h < t->page.unit)
		most_h = t->page.unit;
	if (*w > most_w) {
		*h = unit_scale(*h, most_w, *w);
		*w = most_w;
	}
	if (*h > most_h) {
		*w = unit_scale(*w, most_h, *h);
		*h = most_h;
	}
	if (*h < SP_ONE)
		*h = SP_ONE;
}

/* A picture that the column is too narrow for. */
static bool image_spans(const struct flow *f, const struct node *n)
{
	struct flow free = *f;
	sp w, h;

	if (n->u.image.image == NULL || !flow_has_columns(f) || n->u.image.width_percent > 0)
		return false;
	free.width = SP_PT(10000);
	image_size(&free, n, &w, &h);
	return w > f->width + f->width / 20;
}

void flow_image(struct flow *f, const struct node *n)
{
	struct flow_frame frame = { f->width, f->span };
	struct block *b;
	struct row *row;
	struct op *op;
	sp w, h, unit = f->l->theme->page.unit, rise = f->l->theme->par[PS_BODY].size * 7 / 10;

	if (n->u.image.image == NULL) { /* reported when it was read: its words stand in its place */
		struct par_source src = { .node = n, .style = f->body, .plain = n->u.image.alt != NULL ? n->u.image.alt : "[?]" };

		flow_par(f, &src)->no_indent = true;
		return;
	}
	if (image_spans(f, n))
		flow_widen(f);
	image_size(f, n, &w, &h);
	b = flow_add(f, BLOCK_ROWS, n, f->body);
	row = rows_add(f->l, &b->rows, (h - rise + unit + unit * 3 / 4) / unit * unit);
	op = row_add(f->l, row, OP_IMAGE, FRAME_TEXT);
	op->node = n;
	op->x = f->start;
	op->y = -rise;
	op->u.image.w = w;
	op->u.image.h = h;
	op->u.image.image = n->u.image.image;
	row->below = h - rise;
	row->above = rise;
	flow_narrow(f, frame);
	if (!f->narrow)
		b->before = b->after = flow_lines(f->l, f->l->theme->table.around);
	f->was_break = true;
}

/* ---- bars ------------------------------------------------------------------------------------------ */

static const struct node *cell_at(const struct node *row, int i)
{
	const struct node *c = row->first;

	while (c != NULL && (c->kind != N_CELL || i-- > 0))
		c = c->next;
	return c;
}

static struct rows cell_rows(struct flow *f, const struct node *cell, const struct par_style *style, sp x, sp width)
{
	struct rows r = { 0 };

	if (cell != NULL)
		rows_children(f->l, &r, FRAME_TEXT, cell, x, width, style);
	return r;
}

static void take_ops(struct flow *f, struct row *to, const struct rows *from)
{
	sp y = 0;

	for (int i = 0; i < from->n; i++) {
		for (int k = 0; k < from->v[i].n_ops; k++) {
			struct op *op = row_add(f->l, to, from->v[i].ops[k].kind, FRAME_TEXT);

			*op = from->v[i].ops[k];
			op->y += y;
		}
		y += from->v[i].advance;
	}
	row_add_notes(f->l, to, from->v, from->n);
}

/* The label's lines below its first are rows of their own, so that none of them reaches below the foot of the page; the
 * value stands with the first, wherever the page ends. */
static void add_words(struct flow *f, struct rows *to, const struct rows *label, const struct rows *value, sp pitch)
{
	for (int i = 0; i < label->n; i++) {
		struct rows line = { .v = &label->v[i], .n = 1 };

		if (i > 0) {
			rows_advance(to, to->n - 1, label->v[i - 1].advance);
			rows_add(f->l, to, pitch);
		}
		take_ops(f, &to->v[to->n - 1], &line);
		if (i == 0)
			take_ops(f, &to->v[to->n - 1], value);
		to->v[to->n - 1].keep = true;
	}
	if (label->n == 0)
		take_ops(f, &to->v[to->n - 1], value);
	if (label->n > 1 && label->height <= pitch) /* lines so close that they fit into one bar's pitch */
		rows_advance(to, to->n - 1, pitch - (label->height - label->v[label->n - 1].advance));
}

static void add_bar(struct flow *f, struct row *row, sp x, sp w, int16_t colour, const struct node *node)
{
	struct op *op = row_add(f->l, row, OP_FILL, FRAME_TEXT);
	const struct par_style *s = &f->l->theme->par[PS_CHART_LABEL];

	op->role = ROLE_RULE;
	op->node = node;
	op->x = x;
	op->y = -s->size * 35 / 100 - f->l->theme->chart.thickness / 2;
	op->u.fill.w = w;
	op->u.fill.h = f->l->theme->chart.thickness;
	op->u.fill.colour = colour;
}

/* What the longest word of the labels needs. */
static sp label_least(const struct flow *f, const struct node *chart)
{
	sp least = 0;

	for (const struct node *row = chart->first; row != NULL; row = row->next) {
		const struct node *cell = row->kind == N_ROW ? cell_at(row, 0) : NULL;
		struct par_source src = { .node = cell != NULL && cell->first != NULL ? cell->first : cell,
			                  .style = &f->l->theme->par[PS_CHART_LABEL] };
		sp w = src.node != NULL && doc_holds_inlines(src.node->kind) ? par_least_width(par_new(f->l, &src)) : 0;

		least = w > least ? w : least;
	}
	return least + SP_PT(8);
}

static bool chart_spans(const struct flow *f, const struct node *chart)
{
	return flow_has_columns(f) && label_least(f, chart) > f->width * 45 / 100;
}

void flow_chart(struct flow *f, const struct node *chart)
{
	struct flow_frame frame = chart_spans(f, chart) ? flow_widen(f) : (struct flow_frame){ f->width, f->span };
	const struct theme *t = f->l->theme;
	struct block *b = flow_add(f, BLOCK_ROWS, chart, &t->par[PS_CHART_LABEL]);
	sp width = f->width - f->start - f->end, label = unit_scale(width, t->chart.label_share, 1000), gap = SP_PT(5), track;
	sp pitch = flow_lines(f->l, t->chart.pitch), over = 0;
	int i = 0, bars;

	if (f->l->theme->cols.n > 1 && label_least(f, chart) > label) /* no word reaches into a bar */
		label = label_least(f, chart);
	label = label > width / 2 ? width / 2 : label;
	track = width - label;
	for (const struct node *row = chart->first; row != NULL; row = row->next) { /* every value fits beside its bar */
		const struct node *value = row->kind == N_ROW ? cell_at(row, 1) : NULL;
		int64_t pc = i < chart->u.chart.rows ? chart->u.chart.percent[i] : 0;
		struct par_source src = { .node = value != NULL && value->first != NULL ? value->first : value,
			                  .style = &t->par[PS_CHART_VALUE] };
		sp need;

		if (row->kind != N_ROW)
			continue;
		i++;
		if (value == NULL || src.node == NULL || !doc_holds_inlines(src.node->kind))
			continue;
		need = unit_scale(track, pc < 0 ? 0 : pc > 100000 ? 100000 : pc, 100000) + 2 * gap + par_width(par_new(f->l, &src)) - track;
		if (need > over)
			over = need;
	}
	track -= over < track / 2 ? over : track / 2;
	i = 0;
	for (const struct node *n = chart->first; n != NULL; n = n->next) {
		int64_t pc = i < chart->u.chart.rows ? chart->u.chart.percent[i] : 0;
		struct row *row;
		struct rows words, value;
		sp bar;

		if (n->kind != N_ROW || n->u.row.group == ROW_HEAD)
			continue;
		i++;
		row = rows_add(f->l, &b->rows, pitch);
		bar = unit_scale(track, pc < 0 ? 0 : pc > 100000 ? 100000 : pc, 100000);
		add_bar(f, row, f->start + label, track, t->chart.track, NULL);
		if (bar > 0)
			add_bar(f, row, f->start + label, bar, n->u.row.accent ? t->chart.accent : t->chart.other, NULL);
		words = cell_rows(f, cell_at(n, 0), &t->par[PS_CHART_LABEL], f->start, label - gap);
		value = cell_rows(f, cell_at(n, 1), &t->par[PS_CHART_VALUE], f->start + label + bar + gap,
		                  width - label - bar - gap > SP_PT(40) ? width - label - bar - gap : SP_PT(40));
		add_words(f, &b->rows, &words, &value, pitch);
	}
	bars = b->rows.n;
	for (const struct node *n = chart->first; n != NULL; n = n->next) {
		if (n->kind == N_CAPTION) {
			rows_children(f->l, &b->rows, FRAME_TEXT, n, f->start + label, width - label, &t->par[PS_SOURCE]);
		} else if (n->kind != N_ROW && n->kind != N_TITLE) {
			rows_children(f->l, &b->rows, FRAME_TEXT, n, f->start, width, &t->par[PS_SOURCE]);
		}
	}
	/* nothing of the chart stands behind its last bar, nor of its figure: no space to the next is wanted */
	if (bars == b->rows.n && bars > 0 && b->rows.v[bars - 1].advance > t->page.unit &&
	    (chart->next == NULL || chart->parent == NULL || chart->parent->kind != N_FIGURE))
		rows_advance(&b->rows, bars - 1, t->page.unit);
	for (int k = 0; k + 1 < b->rows.n; k++)
		b->rows.v[k].keep = true;
	if (!f->narrow)
		b->before = b->after = flow_lines(f->l, t->table.around);
	if (doc_title(chart) != NULL && chart->parent != NULL && chart->parent->kind != N_FIGURE)
		flow_caption(f, chart, NULL, b);
	flow_narrow(f, frame);
	f->was_break = true;
}

void flow_figure(struct flow *f, const struct node *figure)
{
	size_t first = f->g->n;
	struct flow_frame frame = { f->width, f->span };
	bool placed = false, spans = false;

	for (const struct node *n = figure->first; n != NULL && !spans; n = doc_next(figure, n))
		spans = n->kind == N_CHART ? chart_spans(f, n) : n->kind == N_IMAGE && image_spans(f, n);
	if (spans)
		flow_widen(f);
	if (f->narrow || f->box != NULL)
		flow_caption(f, figure, figure->u.figure.label, NULL);
	for (const struct node *n = figure->first; n != NULL; n = n->next) {
		size_t before = f->g->n;

		if (n->kind == N_TITLE)
			continue;
		flow_block(f, n);
		if (!placed && f->g->n > before && !f->narrow && f->box == NULL) {
			flow_caption(f, figure, figure->u.figure.label, &f->g->v[before]);
			placed = true;
		}
	}
	if (!placed && f->g->n == first)
		flow_caption(f, figure, figure->u.figure.label, NULL);
	for (size_t i = first; i + 1 < f->g->n; i++) { /* picture, its caption and its source stay together */
		if (f->g->v[i].kind == BLOCK_ROWS && f->g->v[i].rows.n > 0 && f->g->v[i].rows.n <= 12)
			f->g->v[i].rows.v[f->g->v[i].rows.n - 1].keep = true;
		f->g->v[i].after = f->g->v[i + 1].before = 0;
	}
	if (first < f->g->n && !f->narrow) {
		f->g->v[first].before = f->g->v[f->g->n - 1].after = flow_lines(f->l, f->l->theme->table.around);
	}
	flow_narrow(f, frame);
	f->was_break = true;
}
