/* What stands on the pages beside the running text: masthead, running heads, folios, contents. */
#include <string.h>

#include "base/buf.h"
#include "layout/filler.h"
#include "layout/heading.h"
#include "layout/page.h"
#include "layout/setline.h"

struct spot { /* a place on a page for one short paragraph */
	struct paginator *p;
	struct page *page;
	enum item_role role;
	const struct node *node;
	const char *lang; /* of what is set there, or NULL: the document's */
};

static sp round_up(sp v, sp unit)
{
	return (v + unit - 1) / unit * unit;
}

static struct par_source plain_source(const struct spot *s, enum par_style_id id, const char *text)
{
	return (struct par_source){ .node = s->node, .style = &s->p->l->theme->par[id], .plain = text, .lang = s->lang, .role = s->role };
}

static struct par *plain_par(const struct spot *s, enum par_style_id id, const char *text)
{
	struct par_source src = plain_source(s, id, text);

	return par_new(s->p->l, &src);
}

static int set_par(const struct spot *s, const struct par *par, sp x, sp y, sp width)
{
	struct place to = { s->p->l, s->p->pages, s->page, ROLE_CONTENT };

	return par_set(&to, par, x, y, width);
}

/* The same place for a field of the document's, in its language. */
static struct spot spot_of(const struct spot *s, enum info_field field)
{
	struct spot of = *s;

	of.lang = s->p->l->doc->info.lang_of[field];
	return of;
}

/* Returns the number of lines. */
static int set_text(const struct spot *s, enum par_style_id id, const char *text, sp x, sp y, sp width)
{
	struct par_source src = plain_source(s, id, text);

	return text != NULL && *text != '\0' ? set_par(s, par_new_within(s->p->l, &src, width), x, y, width) : 0;
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

/* The title or the subtitle, if the masthead is what shows it. */
static const struct node *root_child(const struct layout *l, enum node_kind kind)
{
	const struct node *n = l->title_in_text ? NULL : l->doc->root->first;

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

	style_text_column(t, recto, &c.tx, &c.tw);
	style_margin_column(t, recto, &c.mx, &c.mw);
	c.ax = style_column_x(t, recto, 0);
	c.aw = style_columns_width(t, t->page.columns);
	return c;
}

/* Notes called in the title stand at the foot of its page like any other. */
static void call_notes(struct spot *s, const struct par *par)
{
	if (par->n_calls > 0)
		foot_owe(s->p, par->call_notes, (int)par->n_calls);
}

/* The style, or a smaller one of its kind, by so many parts of 8. */
static const struct par_style *smaller(struct layout *l, const struct par_style *style, int eighths)
{
	struct par_style *small;

	if (eighths >= 8)
		return style;
	small = ARENA_NEW(&l->arena, struct par_style);
	*small = *style;
	small->size = style->size * eighths / 8;
	small->leading = style->leading * eighths / 8;
	return small;
}

/* Two figures are what the place is made for: what is wider is set smaller, and where it is no number but words, in lines. */
static void set_number(struct spot *s, const struct columns *c, sp y)
{
	const struct theme *t = s->p->l->theme;
	struct par_source src = plain_source(s, PS_SERIES_NUMBER, s->p->l->doc->info.number);
	struct par *par;
	sp x = c->mw > 0 ? c->mx + t->masthead.number_left : 0, room = c->mw > 0 ? c->mx + c->mw - x : SP_PT(110), width;

	if (s->p->l->doc->info.number == NULL)
		return;
	par = par_new(s->p->l, &src);
	for (int eighths = 7; eighths > 0 && par_width(par) > room; eighths--) {
		src.style = smaller(s->p->l, &t->par[PS_SERIES_NUMBER], eighths);
		par = par_new(s->p->l, &src);
	}
	width = par_width(par) <= room ? par_width(par) + SP_PT(10) : room;
	if (width == room)
		par = par_new_within(s->p->l, &src, room);
	if (c->mw == 0)
		x = c->tx + c->tw - (width == room ? room : par_width(par));
	set_par(s, par, x, y, width);
}

/* How far the number and the title have to go down, in whole units, for a series' name of several lines (the last on the
 * baseline `series`) to stand clear of the figures, which are 7/10 of their size high. */
static sp room_for_series(const struct paginator *p, sp series, sp last)
{
	const struct theme *t = p->l->theme;
	sp bottom = series + t->par[PS_SERIES].size / 4 + t->page.unit / 2, top = last - t->par[PS_SERIES_NUMBER].size * 7 / 10;

	return p->l->doc->info.number != NULL && series > 0 && bottom > top ? round_up(bottom - top, t->page.unit) : 0;
}

/* The same for a motto of several lines, which stands over the title, whose first baseline is *first: moved down as far. */
static sp room_for_motto(const struct paginator *p, sp motto, sp *first)
{
	const struct theme *t = p->l->theme;
	sp bottom = motto + t->par[PS_MOTTO].size / 4 + t->page.unit / 2, top = *first - t->par[PS_TITLE].size * 7 / 10;
	sp down = motto > 0 && bottom > top ? round_up(bottom - top, t->page.unit) : 0;

	*first += down;
	return down;
}

/* The title in the larger style of the two that has no more than long_lines lines and no word wider than the measure; NULL: in none is
 * every word whole. */
static struct par *whole_title(struct layout *l, struct par_source *src, sp measure, struct broken *b)
{
	static const enum par_style_id styles[] = { PS_TITLE, PS_TITLE_LONG };
	struct measure m = { .full = measure };

	for (size_t i = 0; i < 2; i++) {
		struct par *par;

		src->style = &l->theme->par[styles[i]];
		par = par_new(l, src);
		line_break(l, par, 0, &m, 0, b);
		if (par_least_width(par) <= measure && (i == 1 || b->n <= l->theme->masthead.long_lines))
			return par;
	}
	return NULL;
}

/* A title of a hundred words, or one on a page as small as a hand, is set smaller rather than over the page: half of what is below
 * its usual place, or what the rule, the organisation and a line of text leave. */
static sp most_of_title(const struct theme *t, bool above)
{
	sp below = style_line_y(t, t->page.last_line) - style_line_y(t, t->masthead.title_last_line);
	sp rest = below - t->masthead.rule_below - t->masthead.org_below - 2 * t->page.unit - (above ? t->par[PS_TITLE].leading : 0);

	return rest < below / 2 ? rest : below / 2;
}

/* The series' number stands by the last line of the title, and is read before it; above it, where a word of the title is too long
 * to stand beside it. series: as above; 0: it takes one line. motto: likewise, that of the motto over the title. */
static sp set_number_and_title(struct spot *s, const struct columns *c, sp series, sp motto, sp *last)
{
	const struct theme *t = s->p->l->theme;
	struct par_source src = { .node = root_child(s->p->l, N_TITLE), .style = &t->par[PS_TITLE] };
	struct measure m = { .full = c->mw > 0 ? c->tw : c->tw - SP_PT(110) };
	struct place to = { s->p->l, s->p->pages, s->page, ROLE_CONTENT };
	struct broken b = { 0 };
	struct par *par;
	sp first, down, unit = t->page.unit;
	bool above = false;

	*last = style_line_y(t, t->masthead.title_last_line);
	if (src.node == NULL) {
		down = room_for_series(s->p, series, *last);
		*last += down;
		down += room_for_motto(s->p, motto, last);
		set_number(s, c, *last);
		return down;
	}
	if (s->p->l->doc->info.number == NULL)
		m.full = c->tw;
	par = whole_title(s->p->l, &src, m.full, &b);
	if (par == NULL && m.full < c->tw) {
		m.full = c->tw;
		above = true;
		par = whole_title(s->p->l, &src, m.full, &b);
	}
	if (par == NULL) {
		par = par_new_within(s->p->l, &src, m.full);
		line_break(s->p->l, par, 0, &m, 0, &b);
	}
	for (int eighths = 7; eighths > 3 && b.n * par->style->leading > most_of_title(t, above); eighths--) {
		src.style = smaller(s->p->l, &t->par[PS_TITLE_LONG], eighths);
		par = par_new_within(s->p->l, &src, m.full);
		line_break(s->p->l, par, 0, &m, 0, &b);
	}
	call_notes(s, par);
	/* two lines end on the title's line; further ones push everything down by whole units */
	first = *last - (b.n > 1 && !above ? par->style->leading : 0);
	if (b.n > 0 && !above)
		*last = first + (b.n - 1) * par->style->leading;
	down = room_for_series(s->p, series, *last);
	first += down;
	down += room_for_motto(s->p, motto, &first);
	*last += down;
	set_number(s, c, *last);
	if (above) {
		first += par->style->leading * 3 / 2;
		*last = first + (b.n - 1) * par->style->leading;
	}
	for (int i = 0; i < b.n; i++)
		line_set(&to, par, &b.v[i], c->tx + t->masthead.title_left, first + i * par->style->leading);
	if (above)
		return round_up(*last - style_line_y(t, t->masthead.title_last_line), unit);
	return down + (b.n > 2 ? round_up((b.n - 2) * par->style->leading, unit) : 0);
}

static sp set_subtitle(struct spot *s, const struct columns *c, sp y)
{
	struct par_source src = { .node = root_child(s->p->l, N_SUBTITLE), .style = &s->p->l->theme->par[PS_SUBTITLE] };
	const struct par *par;
	int n;

	if (src.node == NULL)
		return 0;
	par = par_new_within(s->p->l, &src, c->tw);
	call_notes(s, par);
	n = set_par(s, par, c->tx, y + src.style->leading * 3 / 2, c->tw);
	return round_up(n * src.style->leading + src.style->leading / 2, s->p->l->theme->page.unit);
}

/* The year beside the organisation would say again what a date below says. */
static bool has_date(const struct doc_info *info)
{
	const struct node *n = info->front != NULL ? info->front->first : NULL;

	while (n != NULL && (n->element == NULL || (strcmp(n->element, "date") != 0 && strcmp(n->element, "pubdate") != 0)))
		n = n->next;
	return n != NULL;
}

/* Returns how far below the last line stands. */
static sp set_organisation(struct spot *s, const struct columns *c, sp y)
{
	const struct doc_info *info = &s->p->l->doc->info;
	const struct theme *t = s->p->l->theme;
	const struct spot named = spot_of(s, INFO_ORG);
	sp x = c->tx, top = y;
	int n;

	if (info->org_short != NULL && *info->org_short != '\0') {
		struct par *par = plain_par(&named, PS_ORG_SHORT, info->org_short);

		if (par_width(par) <= c->tw / 2) {
			set_par(s, par, x, y, c->tw);
			x += par_width(par) + t->par[PS_ORG].size;
		} else { /* not so short */
			y += set_text(&named, PS_ORG_SHORT, info->org_short, x, y, c->tw) * t->par[PS_ORG_SHORT].leading;
		}
	}
	n = set_text(&named, PS_ORG, info->org, x, y, c->tx + c->tw - x);
	if (info->year != NULL && *info->year != '\0' && !has_date(info)) {
		struct par *par = plain_par(s, PS_ORG, info->year);

		set_par(s, par, c->mw > 0 ? c->mx : c->tx + c->tw - par_width(par) - SP_PT(1), top, SP_PT(200));
	}
	return y - top + (n > 1 ? (n - 1) * t->par[PS_ORG].leading : 0);
}

static bool front_holds(const struct doc_info *info, const struct node *n)
{
	while (n != NULL && n != info->front)
		n = n->parent;
	return n != NULL;
}

sp master_masthead(struct paginator *p, struct page *page)
{
	const struct theme *t = p->l->theme;
	const struct doc_info *info = &p->l->doc->info;
	const struct spot motto = spot_of(&(struct spot){ p, page, ROLE_CONTENT, p->l->doc->root, NULL }, INFO_MOTTO);
	const struct spot series = spot_of(&motto, INFO_SERIES);
	struct spot s = { p, page, ROLE_CONTENT, p->l->doc->root, NULL };
	struct columns c = find_columns(p, page->recto);
	sp last, shift, y, sub, series_last = 0, motto_last, org, text;
	int lines;
	bool heading = p->g->n > 0 && p->g->v[0].heading;

	set_fill(&s, c.ax, t->masthead.bar_y, c.aw, t->masthead.bar_h, t->masthead.bar_colour);
	y = style_line_y(t, t->masthead.motto_line);
	if (root_child(p->l, N_TITLE) == NULL && info->motto == NULL && info->series == NULL && info->number == NULL &&
	    info->org == NULL) /* nothing to show under the bar */
		return style_line_y(t, t->masthead.motto_line + 2);
	lines = set_text(&motto, PS_MOTTO, info->motto, c.tx, y, c.tw);
	motto_last = lines > 1 ? y + (lines - 1) * t->par[PS_MOTTO].leading : 0;
	if (info->series != NULL && c.mw > 0) {
		lines = set_text(&series, PS_SERIES, info->series, c.mx, y, c.mw);
		series_last = lines > 1 ? y + (lines - 1) * t->par[PS_SERIES].leading : 0;
	} else if (info->series != NULL) {
		struct par *par = plain_par(&series, PS_SERIES, info->series);
		sp motto_w = info->motto != NULL && *info->motto != '\0' ? par_width(plain_par(&motto, PS_MOTTO, info->motto)) : 0;

		bool wide = par_width(par) + SP_PT(1) > c.tw;

		if (motto_w > 0 && motto_w + t->par[PS_SERIES].size + par_width(par) > c.tw) /* no room beside it */
			series_last = y += lines * t->par[PS_SERIES].leading;
		if (wide)
			series_last = y + (set_text(&series, PS_SERIES, info->series, c.tx, y, c.tw) - 1) * t->par[PS_SERIES].leading;
		else
			set_par(&s, par, c.tx + c.tw - par_width(par) - SP_PT(1), y, par_width(par) + SP_PT(1));
		motto_last = series_last > motto_last ? series_last : motto_last;
	}
	shift = set_number_and_title(&s, &c, series_last, motto_last, &last);
	sub = set_subtitle(&s, &c, last);
	shift += sub;
	y = style_line_y(t, t->masthead.title_last_line) + shift + t->masthead.rule_below;
	set_fill(&s, c.ax, y, c.aw, t->masthead.rule, t->text_colour);
	org = y + t->masthead.org_below;
	org += set_organisation(&s, &c, org);
	if (p->l->doc->info.front != NULL && p->g->n > 0 && p->g->v[0].node != NULL && front_holds(&p->l->doc->info, p->g->v[0].node))
		text = style_line_y(t, t->masthead.first_heading_line - 1) + shift; /* close under the organisation's line */
	else
		text = style_line_y(t, heading ? t->masthead.first_heading_line : t->masthead.first_text_line - 1) + shift;
	if (org + t->page.unit > text) /* an organisation of several lines */
		text += round_up(org + t->page.unit - text, t->page.unit);
	return text;
}

/* ---- running heads (HS-44) --------------------------------------------------------------------------- */

static const char *field(const struct doc_info *info, const char *section, const char *name, size_t len)
{
	const struct { const char *name, *value; } fields[] = {
		{ "motto", info->motto }, { "title", info->short_title != NULL ? info->short_title : info->title },
		{ "series", info->series }, { "number", info->number }, { "org", info->org_short != NULL ? info->org_short : info->org },
		{ "year", info->year }, { "section", section },
	};

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		if (strlen(fields[i].name) == len && memcmp(fields[i].name, name, len) == 0)
			return fields[i].value;
	}
	return NULL;
}

/* The pattern with its fields filled in, or NULL if the document lacks one of them. */
static const char *expand(struct paginator *p, const char *pattern, const char *section)
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
			const char *v = field(&p->l->doc->info, section, s + 1, (size_t)(end - s - 1));

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
static struct par *head_par(const struct spot *s, const char *const *patterns, int n, const char *section, sp width)
{
	struct par *par = NULL;

	for (int i = 0; i < n; i++) {
		const char *text = expand(s->p, patterns[i], section);

		if (text == NULL)
			continue;
		par = plain_par(s, PS_RUNNING_HEAD, text);
		if (par_width(par) <= width)
			return par;
	}
	while (par != NULL && par_width(par) > width && par->len > 0) {
		const char *space;
		uint32_t n_text = par->len;

		if (par_width(par) / 2 > width) /* far too long to go word by word */
			n_text = (uint32_t)unit_scale(2 * width, n_text, par_width(par));
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

/* A division whose title heads the pages: of the top level, or one that opens a page. */
static bool heads_pages(const struct doc *d, const struct node *n)
{
	if (n == NULL || n->kind != N_DIVISION || doc_title(n) == NULL)
		return false;
	return d->is_book ? heading_opens_page(d, n) : n->parent != NULL && n->parent->kind == N_ROOT;
}

/* The first such division that begins on the page, or NULL. */
static const struct node *first_section(const struct doc *d, const struct page *page)
{
	for (size_t i = 0; i < page->n; i++) {
		const struct item *it = &page->items[i];

		if (it->kind == ITEM_ANCHOR && heads_pages(d, it->node))
			return it->node;
	}
	return NULL;
}

static const char *section_words(struct paginator *p, const struct node *n)
{
	if (n == NULL)
		return NULL;
	return n->u.division.short_title != NULL ? n->u.division.short_title : doc_plain_text(&p->l->arena, doc_title(n), false);
}

static void set_folio(struct spot *s, const struct columns *c, sp y)
{
	struct par *folio;

	s->role = ROLE_FOLIO;
	folio = plain_par(s, PS_FOLIO, s->page->label);
	set_par(s, folio, s->page->recto ? c->ax + c->aw - par_width(folio) : c->ax, y, par_width(folio) + SP_PT(1));
}

static void set_head(struct spot *s, const struct columns *c, const struct par *head, sp y)
{
	if (head != NULL) {
		sp w = par_width(head);

		s->role = ROLE_RUNNING_HEAD;
		set_par(s, head, c->mw == 0 && !s->page->recto ? c->tx + c->tw - w : c->tx, y, w + SP_PT(1));
	}
}

void master_heads(struct paginator *p)
{
	const struct theme *t = p->l->theme;
	bool book = p->l->doc->is_book;
	const char *verso[] = { book ? t->head.book_verso : t->head.verso, "{title}" };
	const char *recto[] = { book ? t->head.book_recto : t->head.recto, book ? "{title}" : t->head.recto_short, "{title}" };
	struct par *heads[2] = { NULL, NULL };
	const struct node *section = NULL, *set_for[2] = { NULL, NULL };

	for (size_t i = 0; i < p->pages->n; i++) {
		struct page *page = &p->pages->v[i];
		struct spot s = { p, page, ROLE_RUNNING_HEAD, NULL, NULL };
		struct columns c = find_columns(p, page->recto);
		sp y = style_line_y(t, t->head.baseline), room = c.mw > 0 ? c.tw : c.tw - SP_PT(30);
		const struct node *first = first_section(p->l->doc, page);

		section = first != NULL ? first : section;
		if ((i == 0 && t->masthead.on) || page->n == 0)
			continue;
		s.role = ROLE_RUNNING_HEAD;
		if (heads[page->recto] == NULL || set_for[page->recto] != section) {
			const char *words = section_words(p, section);

			heads[page->recto] = page->recto ? head_par(&s, recto, 3, words, room) : head_par(&s, verso, 2, words, room);
			set_for[page->recto] = section;
		}
		if (!page->opener)
			set_head(&s, &c, heads[page->recto], y);
		set_folio(&s, &c, y);
		if (!page->opener)
			set_fill(&s, c.ax, t->head.rule_y, c.aw, t->head.rule, t->text_colour);
	}
}
