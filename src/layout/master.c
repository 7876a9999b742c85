/* What stands on the pages beside the running text: masthead, running heads, folios, contents, imprint. */
#include <string.h>

#include "base/buf.h"
#include "layout/page.h"
#include "layout/setline.h"

struct spot { /* a place on a page for one short paragraph */
	struct paginator *p;
	struct page *page;
	enum item_role role;
	const struct node *node;
};

static sp round_up(sp v, sp unit)
{
	return (v + unit - 1) / unit * unit;
}

static struct par *plain_par(const struct spot *s, enum par_style_id id, const char *text)
{
	struct par_source src = { .node = s->node, .style = &s->p->l->theme->par[id], .plain = text, .role = s->role };

	return par_new(s->p->l, &src);
}

static int set_par(const struct spot *s, const struct par *par, sp x, sp y, sp width)
{
	struct place to = { s->p->l, s->p->pages, s->page, ROLE_CONTENT };

	return par_set(&to, par, x, y, width);
}

static void set_text(const struct spot *s, enum par_style_id id, const char *text, sp x, sp y, sp width)
{
	if (text != NULL && *text != '\0')
		set_par(s, plain_par(s, id, text), x, y, width);
}

static void set_fill(const struct spot *s, sp x, sp y, sp w, sp h, int16_t colour)
{
	struct item *it = page_add(s->p->pages, s->page, ITEM_FILL, ROLE_RULE, NULL);

	it->x = x;
	it->y = y;
	it->w = w;
	it->h = h;
	it->u.fill.colour = colour;
}

/* ---- masthead (HS-45) ------------------------------------------------------------------------------ */

static const struct node *root_child(const struct doc *d, enum node_kind kind)
{
	const struct node *n = d->root->first;

	while (n != NULL && n->kind != kind)
		n = n->next;
	return n;
}

struct columns {
	sp tx, tw, mx, mw, ax, aw;
};

static struct columns find_columns(const struct paginator *p, bool recto)
{
	const struct theme *t = p->l->theme;
	struct columns c;

	style_text_column(t, recto, p->pages->rtl, &c.tx, &c.tw);
	style_margin_column(t, recto, p->pages->rtl, &c.mx, &c.mw);
	c.ax = style_column_x(t, recto, p->pages->rtl, 0);
	c.aw = style_columns_width(t, t->page.columns);
	return c;
}

static void set_number(struct spot *s, const struct columns *c, sp y)
{
	const struct theme *t = s->p->l->theme;
	struct par *par;
	sp x = c->mw > 0 ? c->mx + t->masthead.number_left : 0;

	if (s->p->l->doc->info.number == NULL)
		return;
	par = plain_par(s, PS_SERIES_NUMBER, s->p->l->doc->info.number);
	if (c->mw == 0)
		x = c->tx + c->tw - par_width(par);
	set_par(s, par, x, y, par_width(par) + SP_PT(10));
}

/* The series' number stands by the last line of the title, and is read before it. */
static sp set_number_and_title(struct spot *s, const struct columns *c, sp *last)
{
	const struct theme *t = s->p->l->theme;
	struct par_source src = { .node = root_child(s->p->l->doc, N_TITLE), .style = &t->par[PS_TITLE], .skip_notes = true };
	struct measure m = { .full = c->mw > 0 ? c->tw : c->tw - SP_PT(110) };
	struct place to = { s->p->l, s->p->pages, s->page, ROLE_CONTENT };
	struct broken b;
	struct par *par;
	sp first, unit = t->page.unit;

	*last = style_line_y(t, t->masthead.title_last_line);
	if (src.node == NULL) {
		set_number(s, c, *last);
		return 0;
	}
	if (s->p->l->doc->info.number == NULL)
		m.full = c->tw;
	par = par_new(s->p->l, &src);
	line_break(s->p->l, par, 0, &m, 0, &b);
	if (b.n > t->masthead.long_lines) {
		src.style = &t->par[PS_TITLE_LONG];
		par = par_new(s->p->l, &src);
		line_break(s->p->l, par, 0, &m, 0, &b);
	}
	/* two lines end on the title's line; further ones push everything down by whole units */
	first = *last - (b.n > 1 ? par->style->leading : 0);
	if (b.n > 0)
		*last = first + (b.n - 1) * par->style->leading;
	set_number(s, c, *last);
	for (int i = 0; i < b.n; i++)
		line_set(&to, par, &b.v[i], c->tx + t->masthead.title_left, first + i * par->style->leading);
	return b.n > 2 ? round_up((b.n - 2) * par->style->leading, unit) : 0;
}

static sp set_subtitle(struct spot *s, const struct columns *c, sp y)
{
	struct par_source src = { .node = root_child(s->p->l->doc, N_SUBTITLE), .style = &s->p->l->theme->par[PS_SUBTITLE],
		                  .skip_notes = true };
	const struct par *par;
	int n;

	if (src.node == NULL)
		return 0;
	par = par_new(s->p->l, &src);
	n = set_par(s, par, c->tx, y + src.style->leading * 5 / 4, c->tw);
	return round_up(n * src.style->leading + src.style->leading / 4, s->p->l->theme->page.unit);
}

static void set_organisation(struct spot *s, const struct columns *c, sp y)
{
	const struct doc_info *info = &s->p->l->doc->info;
	sp x = c->tx;

	if (info->org_short != NULL && *info->org_short != '\0') {
		struct par *par = plain_par(s, PS_ORG_SHORT, info->org_short);

		set_par(s, par, x, y, c->tw);
		x += par_width(par) + s->p->l->theme->par[PS_ORG].size;
	}
	set_text(s, PS_ORG, info->org, x, y, c->tx + c->tw - x);
	if (info->year != NULL && *info->year != '\0') {
		struct par *par = plain_par(s, PS_ORG, info->year);

		set_par(s, par, c->mw > 0 ? c->mx : c->tx + c->tw - par_width(par) - SP_PT(1), y, SP_PT(200));
	}
}

sp master_masthead(struct paginator *p, struct page *page)
{
	const struct theme *t = p->l->theme;
	const struct doc_info *info = &p->l->doc->info;
	struct spot s = { p, page, ROLE_CONTENT, p->l->doc->root };
	struct columns c = find_columns(p, page->recto);
	sp last, shift, y, sub;
	bool heading = p->g->n > 0 && p->g->v[0].heading;

	set_fill(&s, c.ax, t->masthead.bar_y, c.aw, t->masthead.bar_h, t->masthead.bar_colour);
	y = style_line_y(t, t->masthead.motto_line);
	set_text(&s, PS_MOTTO, info->motto, c.tx, y, c.tw);
	if (info->series != NULL && c.mw > 0) {
		set_text(&s, PS_SERIES, info->series, c.mx, y, c.mw);
	} else if (info->series != NULL) {
		struct par *par = plain_par(&s, PS_SERIES, info->series);

		set_par(&s, par, c.tx + c.tw - par_width(par) - SP_PT(1), y, par_width(par) + SP_PT(1));
	}
	shift = set_number_and_title(&s, &c, &last);
	sub = set_subtitle(&s, &c, last);
	shift += sub;
	y = style_line_y(t, t->masthead.title_last_line) + shift + t->masthead.rule_below;
	set_fill(&s, c.ax, y, c.aw, t->masthead.rule, t->text_colour);
	set_organisation(&s, &c, y + t->masthead.org_below);
	return style_line_y(t, heading ? t->masthead.first_heading_line : t->masthead.first_text_line - 1) + shift;
}

/* ---- running heads (HS-44) --------------------------------------------------------------------------- */

static const char *field(const struct doc_info *info, const char *name, size_t len)
{
	const struct { const char *name, *value; } fields[] = {
		{ "motto", info->motto }, { "title", info->short_title != NULL ? info->short_title : info->title },
		{ "series", info->series }, { "number", info->number }, { "org", info->org_short != NULL ? info->org_short : info->org },
		{ "year", info->year },
	};

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		if (strlen(fields[i].name) == len && memcmp(fields[i].name, name, len) == 0)
			return fields[i].value;
	}
	return NULL;
}

/* The pattern with its fields filled in, or NULL if the document lacks one of them. */
static const char *expand(struct paginator *p, const char *pattern)
{
	struct buf b;
	const char *result = NULL, *s = pattern;
	bool whole = true;

	if (pattern == NULL)
		return NULL;
	buf_init(&b);
	while (*s != '\0') {
		const char *end = *s == '{' ? strchr(s, '}') : NULL;

		if (end != NULL) {
			const char *v = field(&p->l->doc->info, s + 1, (size_t)(end - s - 1));

			if (v == NULL || *v == '\0')
				whole = false;
			else
				buf_puts(&b, v);
			s = end + 1;
		} else {
			buf_putc(&b, *s++);
		}
	}
	if (whole && b.len > 0)
		result = arena_dup(&p->l->arena, b.data, b.len);
	buf_free(&b);
	return result;
}

/* The first of the patterns that the document can fill and that fits; the last one is cut if it must be. */
static struct par *head_par(const struct spot *s, const char *const *patterns, int n, sp width)
{
	struct par *par = NULL;

	for (int i = 0; i < n; i++) {
		const char *text = expand(s->p, patterns[i]);

		if (text == NULL)
			continue;
		par = plain_par(s, PS_RUNNING_HEAD, text);
		if (par_width(par) <= width)
			return par;
	}
	while (par != NULL && par_width(par) > width && par->len > 0) {
		const char *space;
		uint32_t n_text = par->len;

		while (n_text > 0 && par->text[n_text - 1] != ' ')
			n_text--;
		space = n_text > 0 ? arena_printf(&s->p->l->arena, "%.*s\xE2\x80\xA6", (int)n_text - 1, par->text) : NULL;
		if (space == NULL)
			return NULL;
		par = plain_par(s, PS_RUNNING_HEAD, space);
		if (par_width(par) > width) /* drop the ellipsis before the next word goes */
			par = plain_par(s, PS_RUNNING_HEAD, arena_dup(&s->p->l->arena, space, strlen(space) - 3));
	}
	return par;
}

void master_heads(struct paginator *p)
{
	const struct theme *t = p->l->theme;
	const char *verso[] = { t->head.verso, "{title}" }, *recto[] = { t->head.recto, t->head.recto_short, "{title}" };
	struct par *heads[2] = { NULL, NULL };

	for (size_t i = 0; i < p->pages->n; i++) {
		struct page *page = &p->pages->v[i];
		struct spot s = { p, page, ROLE_RUNNING_HEAD, NULL };
		struct columns c = find_columns(p, page->recto);
		sp y = style_line_y(t, t->head.baseline);
		struct par *folio;

		if ((i == 0 && t->masthead.on) || page->n == 0)
			continue;
		if (heads[page->recto] == NULL)
			heads[page->recto] = page->recto ? head_par(&s, recto, 3, c.mw > 0 ? c.tw : c.tw - SP_PT(30))
			                                 : head_par(&s, verso, 2, c.mw > 0 ? c.tw : c.tw - SP_PT(30));
		s.role = ROLE_FOLIO;
		folio = plain_par(&s, PS_FOLIO, page->label);
		s.role = ROLE_RUNNING_HEAD;
		if (heads[page->recto] != NULL) {
			sp w = par_width(heads[page->recto]);
			sp x = c.mw == 0 && !page->recto ? c.tx + c.tw - w : c.tx;

			set_par(&s, heads[page->recto], x, y, w + SP_PT(1));
		}
		set_par(&s, folio, page->recto ? c.ax + c.aw - par_width(folio) : c.ax, y, par_width(folio) + SP_PT(1));
		set_fill(&s, c.ax, t->head.rule_y, c.aw, t->head.rule, t->text_colour);
	}
}

/* ---- contents in the margin of page 1 (HS-46) ---------------------------------------------------------- */

static int page_of(const struct pages *pages, const struct node *n)
{
	for (size_t i = 0; i < pages->n; i++) {
		for (size_t k = 0; k < pages->v[i].n; k++) {
			const struct item *it = &pages->v[i].items[k];

			if (it->kind == ITEM_ANCHOR && it->node == n)
				return (int)i;
		}
	}
	return -1;
}

static bool margin_is_free(const struct page *page, sp x, sp top)
{
	for (size_t i = 0; i < page->n; i++) {
		const struct item *it = &page->items[i];

		if ((it->kind == ITEM_TEXT || it->kind == ITEM_IMAGE) && it->y > top && it->x + it->w > x)
			return false;
	}
	return true;
}

struct entry {
	const struct node *division;
	struct broken lines;
	struct par *par;
	int page;
};

void master_contents(struct paginator *p)
{
	const struct theme *t = p->l->theme;
	struct columns c = find_columns(p, true);
	sp top = style_line_y(t, t->masthead.first_heading_line), y = top, leading = t->par[PS_CONTENTS].leading, number_w;
	struct spot s = { p, p->pages->n > 0 ? &p->pages->v[0] : NULL, ROLE_CONTENTS, p->l->doc->root };
	struct entry *v;
	int n = 0, lines = 0;

	for (const struct node *d = p->l->doc->root->first; d != NULL; d = d->next)
		n += d->kind == N_DIVISION && doc_title(d) != NULL;
	if (!t->contents.in_margin || t->contents.least_pages <= 0 || (int)p->pages->n < t->contents.least_pages ||
	    !t->masthead.on || c.mw == 0 || n < 2 || n > 40)
		return;
	number_w = par_width(plain_par(&s, PS_CONTENTS, p->pages->v[p->pages->n - 1].label)) + t->par[PS_CONTENTS].size / 4;
	v = arena_array(&p->l->arena, (size_t)n, sizeof *v);
	n = 0;
	for (const struct node *d = p->l->doc->root->first; d != NULL; d = d->next) {
		struct entry *e = &v[n];
		struct measure m = { .full = c.mw - number_w };
		struct par_source src = { .node = doc_title(d), .style = &t->par[PS_CONTENTS], .role = ROLE_CONTENTS, .skip_notes = true };

		if (d->kind != N_DIVISION || src.node == NULL)
			continue;
		if (d->u.division.short_title != NULL)
			src.plain = d->u.division.short_title;
		e->division = d;
		e->page = page_of(p->pages, d);
		e->par = par_new(p->l, &src);
		line_break(p->l, e->par, 0, &m, 0, &e->lines);
		lines += e->lines.n;
		n += e->page >= 0;
	}
	if (top + (lines + 2) * leading > style_line_y(t, t->page.last_line) || !margin_is_free(s.page, c.mx, top - leading))
		return;
	set_text(&s, PS_CONTENTS_TITLE, lang_word(langs_lookup(p->l->langs, p->l->doc->lang, p->l->log), W_IN_THIS_PAPER), c.mx, y, c.mw);
	y += leading;
	for (int i = 0; i < n; i++) {
		struct place to = { p->l, p->pages, s.page, ROLE_CONTENTS };
		struct par *num;
		struct item *link;

		s.node = v[i].division;
		num = plain_par(&s, PS_CONTENTS, p->pages->v[v[i].page].label);
		for (int k = 0; k < v[i].lines.n; k++)
			line_set(&to, v[i].par, &v[i].lines.v[k], c.mx, y + k * leading);
		y += v[i].lines.n * leading;
		set_par(&s, num, c.mx + c.mw - par_width(num), y - leading, par_width(num) + SP_PT(1));
		link = page_add(p->pages, s.page, ITEM_LINK, ROLE_CONTENTS, v[i].division);
		link->x = c.mx;
		link->y = y - v[i].lines.n * leading - leading * 3 / 4;
		link->w = c.mw;
		link->h = v[i].lines.n * leading;
		link->u.link.target = v[i].division;
	}
}

/* ---- imprint (HS-47) --------------------------------------------------------------------------------------- */

static sp lowest_text(const struct page *page)
{
	sp y = 0;

	for (size_t i = 0; i < page->n; i++) {
		const struct item *it = &page->items[i];
		sp low = it->kind == ITEM_TEXT ? it->y : it->kind == ITEM_IMAGE || it->kind == ITEM_FILL ? it->y + it->h : 0;

		if (low > y)
			y = low;
	}
	return y;
}

void master_imprint(struct paginator *p)
{
	const struct theme *t = p->l->theme;
	const struct node *imprint = p->g->imprint;
	sp leading = t->par[PS_IMPRINT].leading, height = 0, top;
	int columns = t->imprint.columns > 0 ? t->imprint.columns : 4, n = 0;
	struct rows cells[64] = { { 0 } };
	struct page *page;
	sp grid = style_columns_width(t, t->page.columns), w = (grid - (columns - 1) * t->page.gutter) / columns;

	if (imprint == NULL || p->pages->n == 0)
		return;
	for (const struct node *b = imprint->first; b != NULL && n < 64; b = b->next) {
		if (b->kind != N_TITLE)
			rows_children(p->l, &cells[n++], FRAME_ALL, b, 0, w, &t->par[PS_IMPRINT]);
	}
	for (int i = 0; i < n; i += columns) { /* rows of columns, one under the other */
		sp tallest = 0;

		for (int k = i; k < n && k < i + columns; k++)
			tallest = cells[k].height > tallest ? cells[k].height : tallest;
		height += tallest + (i > 0 ? leading : 0);
	}
	top = style_line_y(t, t->page.last_line) - (height - leading);
	page = &p->pages->v[p->pages->n - 1];
	if (lowest_text(page) + 2 * t->page.unit > top - t->page.unit) {
		page = pages_add(p->pages);
		page->number = (int)p->pages->n;
		page->label = arena_printf(&p->pages->arena, "%d", page->number);
		page->recto = !t->page.facing || page->number % 2 == 1;
		page->start = imprint;
	}
	p->recto = page->recto;

	{
		struct spot s = { p, page, ROLE_CONTENT, imprint };

		set_fill(&s, style_column_x(t, page->recto, p->pages->rtl, 0), top - leading * 3 / 2, grid, t->imprint.rule, t->text_colour);
	}
	for (int i = 0; i < n; i += columns) {
		sp tallest = 0;

		for (int k = i; k < n && k < i + columns; k++) {
			for (int r = 0; r < cells[k].n; r++) {
				for (int o = 0; o < cells[k].v[r].n_ops; o++)
					cells[k].v[r].ops[o].x += (k - i) * (w + t->page.gutter);
			}
			place_rows(p, page, &cells[k], 0, cells[k].n, top, ROLE_CONTENT);
			tallest = cells[k].height > tallest ? cells[k].height : tallest;
		}
		top += tallest + leading;
	}
}
