#include "write/epub/css.h"

#include <string.h>

/* How a printed size, as a multiple r of the body's, becomes one on a screen: 1 + (r - 1) * damp for
 * what is larger, r * damp for what is smaller or near. Fitted so that the house style gives HS-55, HS-56. */
struct scale { enum par_style_id id; int damp; bool display; };
static const struct scale scales[] = {
	{ PS_TITLE, 428, true }, { PS_SERIES_NUMBER, 389, true }, { PS_H1, 456, true }, { PS_H2, 410, true },
	{ PS_H3, 410, true }, { PS_H4, 410, true }, { PS_H5, 410, true }, { PS_H6, 410, true },
	{ PS_PULLQUOTE, 535, true }, { PS_SUBTITLE, 535, true }, { PS_SIDEBAR_TITLE, 560, true },
	{ PS_MOTTO, 713, false }, { PS_ORG, 905, false }, { PS_FOOTNOTE, 1037, false }, { PS_SIDEBAR, 974, false },
};

/* [1/1000 em] of the reader's body size */
static int size_of(const struct book *b, enum par_style_id id)
{
	const struct theme *t = b->theme;
	int64_t r = t->par[PS_BODY].size > 0 ? unit_scale(t->par[id].size, 1000, t->par[PS_BODY].size) : 1000;

	for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
		if (scales[i].id == id)
			r = scales[i].display && r > 1000 ? 1000 + (r - 1000) * scales[i].damp / 1000
			    : !scales[i].display ? r * scales[i].damp / 1000 : r;
	if (r < 700)
		r = 700;
	return r > 8000 ? 8000 : (int)((r + 5) / 10 * 10);
}

static void milli(struct buf *out, int64_t v)
{
	char digits[4];
	int n = 3;

	if (v < 0) {
		buf_putc(out, '-');
		v = -v;
	}
	buf_put_int(out, v / 1000);
	for (int64_t f = v % 1000, k = 2; k >= 0; k--, f /= 10)
		digits[k] = (char)('0' + f % 10);
	while (n > 0 && digits[n - 1] == '0')
		n--;
	if (n > 0) {
		buf_putc(out, '.');
		buf_put(out, digits, (size_t)n);
	}
}

static void em(struct buf *out, const char *property, int64_t thousandths)
{
	buf_printf(out, " %s: ", property);
	milli(out, thousandths);
	buf_puts(out, thousandths == 0 ? ";" : "em;");
}

const char *css_family(struct book *b, const char *family)
{
	struct buf name;
	const char *result;

	buf_init(&name);
	buf_puts(&name, "Book ");
	for (const char *c = family; *c != '\0'; c++)
		if ((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || *c == ' ' || *c == '-')
			buf_putc(&name, *c);
	result = arena_dup(&b->arena, name.data, name.len);
	buf_free(&name);
	return result;
}

static const char *generic(const struct book *b, const char *family)
{
	for (size_t i = 0; i < b->faces.n; i++) {
		const struct face *f = b->faces.v[i].face;

		if (strcmp(f->family, family) == 0)
			return f->is_fixed_pitch ? "monospace" : f->is_serif ? "serif" : "sans-serif";
	}
	return strstr(family, "Mono") != NULL ? "monospace" : strstr(family, "Sans") != NULL ? "sans-serif" : "serif";
}

static bool is_embedded(const struct book *b, const char *family)
{
	for (size_t i = 0; i < b->faces.n; i++)
		if (b->faces.v[i].path != NULL && strcmp(b->faces.v[i].face->family, family) == 0)
			return true;
	return false;
}

static void font_family(struct book *b, struct buf *out, const char *family)
{
	if (family == NULL)
		return;
	buf_puts(out, " font-family: ");
	if (is_embedded(b, family))
		buf_printf(out, "\"%s\", ", css_family(b, family));
	for (size_t i = 0; i < b->faces.n_links; i++)
		if (strcmp(b->faces.links[i].family, family) == 0 && is_embedded(b, b->faces.links[i].fallback))
			buf_printf(out, "\"%s\", ", css_family(b, b->faces.links[i].fallback));
	buf_printf(out, "%s;", generic(b, family));
}

static void font(struct book *b, struct buf *out, enum par_style_id id)
{
	const struct par_style *s = &b->theme->par[id];

	font_family(b, out, s->family);
	buf_printf(out, " font-weight: %s; font-style: %s;", s->bold ? "bold" : "normal", s->italic ? "italic" : "normal");
}

static void faces(struct book *b, struct buf *out)
{
	for (size_t i = 0; i < b->faces.n; i++) {
		const struct bookfont *f = &b->faces.v[i];

		if (f->path == NULL)
			continue;
		buf_printf(out, "@font-face { font-family: \"%s\"; font-weight: %s; font-style: %s; src: url(../%s); }\n",
		           css_family(b, f->face->family), f->face->bold ? "bold" : "normal", f->face->italic ? "italic" : "normal",
		           f->path);
	}
}

/* One paragraph style: font, size against what stands around it, leading. */
static void rule(struct book *b, struct buf *out, const char *selector, enum par_style_id id, int around, int leading,
                 const char *rest)
{
	int size = size_of(b, id);

	buf_printf(out, "%s {", selector);
	font(b, out, id);
	em(out, "font-size", around > 0 ? (int64_t)size * 1000 / around : size);
	buf_puts(out, " line-height: ");
	milli(out, leading);
	buf_printf(out, "; %s }\n", rest);
}

static void masthead(struct book *b, struct buf *out)
{
	buf_puts(out, ".titlepage { margin: 0 0 2.2em; }\n.titlepage p { text-indent: 0; }\n"
	              ".masthead { border-top: .45em solid; padding-top: .9em; }\n"
	              ".year { float: right; margin-left: 1em; }\n");
	rule(b, out, "p.motto", PS_MOTTO, 0, 1300, "margin: 0 0 .9em; text-align: left;");
	buf_puts(out, "p.series {");
	font_family(b, out, b->theme->par[PS_SERIES].family);
	em(out, "font-size", size_of(b, PS_MOTTO));
	buf_puts(out, " line-height: 1.3; margin: 0; text-align: left; }\n");
	rule(b, out, "p.number", PS_SERIES_NUMBER, 0, 1000, "margin: .12em 0 .16em -.03em; text-align: left;");
	rule(b, out, "h1.title", PS_TITLE, 0, 1150, "margin: .4em 0 .5em; text-align: left;");
	rule(b, out, "p.subtitle", PS_SUBTITLE, 0, 1300, "margin: -.2em 0 .9em; text-align: left;");
	rule(b, out, "p.org", PS_ORG, 0, 1400,
	     "border-top: 1px solid; margin: 1em 0 0; padding-top: .6em; min-height: 1.4em; text-align: left;");
	rule(b, out, ".front p", PS_FRONT, b->theme->masthead.on ? 1180 : 0, 1400, "margin: 0 0 .35em; text-align: left;");
	buf_puts(out, ".front { margin-top: 1.5em; }\n");
}

static void headings(struct book *b, struct buf *out)
{
	static const char *const selectors[] = { ".h1", ".h2", ".h3", ".h4", ".h5", ".h6" };

	for (int i = 0; i < 6; i++)
		rule(b, out, selectors[i], (enum par_style_id)(PS_H1 + i), 0, i == 0 ? 1200 : 1250,
		     i == 0 ? "margin: 1.4em 0 .6em; text-align: left;" : "margin: 1.3em 0 .2em; text-align: left;");
	buf_puts(out, "h1, h2, h3, h4, h5, h6 { page-break-after: avoid; page-break-inside: avoid; text-indent: 0; }\n"
	              "nav h1 { text-align: left; }\nnav ol { list-style-type: none; padding-left: 1.2em; margin: 0; }\n"
	              "nav li { margin: .35em 0; }\n");
	rule(b, out, "nav h1", PS_H1, 0, 1200, "margin: 1.4em 0 .6em;");
}

static bool turns_on(enum toggle t)
{
	return t == T_ON || t == T_FLIP;
}

static int leading_of(const struct book *b)
{
	return b->theme->epub.body_leading > 1000 ? b->theme->epub.body_leading : 1450;
}

/* Paragraphs whose first line stands out, the others in. */
static void hanging(struct buf *out, const char *first, const char *others, int64_t thousandths)
{
	buf_printf(out, "%s, %s {", first, others);
	em(out, "padding-left", thousandths);
	em(out, "text-indent", -thousandths);
	buf_puts(out, " }\n");
}

static void running_text(struct book *b, struct buf *out)
{
	const struct par_style *body = &b->theme->par[PS_BODY];
	const char *code = b->theme->in[IS_CODE].family;
	int leading = leading_of(b);

	buf_puts(out, "body {");
	font_family(b, out, b->theme->par[PS_BODY].family);
	buf_puts(out, " line-height: ");
	milli(out, leading);
	buf_puts(out, "; }\n"
	              ".page { margin: 0; page-break-after: avoid; }\n"
	              "p { margin: 0; text-indent: 0; widows: 2; orphans: 2; }\n"
	              "p + p { text-indent: 1.2em; }\n"
	              "p.continued, p.block-title, p.list-title { text-indent: 0; }\n");
	if (body->indent < 0)
		hanging(out, "section > p", "section > p + p", -body->indent * 1000 / body->size);
	hanging(out, ".bibliography > p", ".bibliography > p + p", 1400);
	buf_puts(out,
	              "p.block-title, p.list-title { font-weight: bold; margin: .8em 0 .2em; page-break-after: avoid; }\n"
	              "a { color: inherit; text-decoration: underline; }\n"
	              "sup, sub { font-size: .7em; line-height: 0; }\n"
	              "a.noteref { text-decoration: none; }\n"
	              "a.noteref sup { font-weight: normal; font-style: normal; }\n"
	              "abbr { text-decoration: none; border: 0; }\n"
	              "hr { border: 0; border-top: 1px solid; width: 20%; margin: 1.4em auto; }\n"
	              "ul, ol { margin: .6em 0; padding-left: 1.5em; }\nul ul, ol ol, ul ol, ol ul { margin: .2em 0; }\n"
	              "ol.wide { padding-left: 2.3em; }\nli { margin: 0 0 .25em; }\n"
	              "ul.plain { list-style-type: none; padding-left: 0; }\n"
	              "dl { margin: .6em 0; }\ndd { margin: 0 0 .5em 1.5em; }\n"
	              "dt { page-break-after: avoid; }\n");
	rule(b, out, "dt", PS_TERM, 0, leading, "");
	buf_printf(out, "cite { font-style: %s; }\ncite.quoted { font-style: inherit; }\n.foreign { font-style: %s; }\n",
	           turns_on(b->theme->in[IS_TITLE].italic) ? "italic" : "inherit",
	           turns_on(b->theme->in[IS_FOREIGN].italic) ? "italic" : "inherit");
	buf_printf(out, ".ui { font-weight: %s; }\nabbr { font-weight: inherit; }\n",
	           turns_on(b->theme->in[IS_UI].bold) ? "bold" : "inherit");
	buf_puts(out, "code {");
	font_family(b, out, code != NULL ? code : b->theme->par[PS_CODE].family);
	buf_puts(out, " font-size: .92em; }\npre {");
	font_family(b, out, b->theme->par[PS_CODE].family);
	buf_puts(out, " font-size: .82em; line-height: 1.35; margin: .8em 0; white-space: pre-wrap; text-align: left; }\n"
	              "pre code { font-size: 1em; }\npre.plain { font-family: inherit; font-size: 1em; }\n");
}

static void boxes(struct book *b, struct buf *out)
{
	int box = size_of(b, PS_SIDEBAR), leading = leading_of(b);

	buf_puts(out, "blockquote { margin: .7em 0 .7em 1.4em; }\nblockquote.epigraph { margin: 0 0 1.4em 30%; }\n");
	rule(b, out, "blockquote p", PS_QUOTE, 0, leading, "");
	rule(b, out, "blockquote.epigraph p", PS_EPIGRAPH, 0, leading, "text-align: left;");
	rule(b, out, ".attribution", PS_ATTRIBUTION, 0, 1350, "margin: .3em 0 0; text-indent: 0;");
	buf_puts(out, "aside.pullquote { border-top: .22em solid; padding-top: .55em; margin: 1.3em 0; "
	              "page-break-inside: avoid; }\n");
	rule(b, out, "aside.pullquote p", PS_PULLQUOTE, 0, 1250, "text-indent: 0; text-align: left;");
	rule(b, out, "aside.pullquote p.by", PS_PULLQUOTE_BY, 0, 1400, "margin-top: .5em;");
	rule(b, out, "aside.sidebar", PS_SIDEBAR, 0, 1450,
	     "border-top: .22em solid; padding: .8em; margin: 1.6em 0; text-align: left;");
	rule(b, out, "aside.sidebar p.topic", PS_SIDEBAR_TOPIC, box, 1300, "margin: 0 0 .2em; text-indent: 0;");
	rule(b, out, "aside.sidebar .sidebar-title", PS_SIDEBAR_TITLE, box, 1200, "margin: 0 0 .3em; text-align: left;");
	rule(b, out, "aside.sidebar p.data", PS_SIDEBAR_DATA, box, 1400, "margin: 0 0 .7em; text-indent: 0;");
	buf_puts(out, ".place { margin-right: .4em; }\naside.sidebar p.data + p { text-indent: 0; }\n");
	buf_puts(out, "div.notes { margin: 1.6em 0 1em; }\n"
	              "div.notes:before { content: \"\"; display: block; width: 33%; border-top: 1px solid; "
	              "margin-bottom: .6em; }\n");
	rule(b, out, "aside.footnote", PS_FOOTNOTE, 0, 1350, "margin: 0 0 .35em;");
	rule(b, out, "aside.sidebar aside.footnote", PS_SIDEBAR_NOTE, box, 1350, "margin: 0 0 .35em;");
	buf_puts(out, "a.backlink { text-decoration: none; padding: 0 .35em 0 0; }\n");
	buf_puts(out, "div.admonition { border-left: .22em solid; padding: .1em 0 .1em .9em; margin: 1em 0; }\n");
	rule(b, out, "p.admonition-title", PS_ADMONITION_TITLE, 0, 1300, "margin: 0 0 .2em; page-break-after: avoid;");
	buf_puts(out, "p.admonition-title + p { text-indent: 0; }\n");
}

static void floats(struct book *b, struct buf *out)
{
	int table = size_of(b, PS_TABLE) > 850 ? size_of(b, PS_TABLE) : 850;

	buf_puts(out, "figure { margin: 1.3em 0; page-break-inside: avoid; }\nimg { max-width: 100%; height: auto; }\n"
	              "img.inline { vertical-align: middle; }\n.image { margin: .5em 0; }\n"
	              ".table { margin: 1.3em 0; }\n.scroll { overflow-x: auto; }\n");
	rule(b, out, "figcaption, caption", PS_CAPTION, 0, 1350, "margin: 0; padding: 0 0 .5em; text-align: left;");
	buf_puts(out, "figcaption .label, caption .label {");
	font(b, out, PS_CAPTION_LABEL);
	buf_puts(out, " }\n");
	rule(b, out, "div.source", PS_SOURCE, 0, 1350, "margin: .5em 0 0; text-align: left;");
	buf_puts(out, "table {");
	font_family(b, out, b->theme->par[PS_TABLE].family);
	em(out, "font-size", table);
	buf_puts(out, " line-height: 1.35; border-collapse: collapse; border-top: 2px solid; border-bottom: 2px solid; "
	              "min-width: 60%; }\n"
	              "caption { font-size: 1em; }\n"
	              "th, td { text-align: left; vertical-align: top; padding: .3em .8em .3em 0; border-top: 1px solid; "
	              "font-weight: normal; }\n"
	              "thead th, tr.accent th, tr.accent td { font-weight: bold; }\nthead th { vertical-align: bottom; }\n"
	              "th.end, td.end { text-align: right; }\nth.center, td.center { text-align: center; }\n"
	              "table.chart { width: 100%; border: 0; }\ntable.chart th, table.chart td { border: 0; "
	              "padding: .3em .6em .3em 0; vertical-align: middle; }\n"
	              "table.chart th { width: 38%; }\n"
	              "table.chart .track { display: inline-block; width: 70%; height: .9em; margin-right: .5em; "
	              "vertical-align: middle; }\n"
	              /* a border, not a ground: night themes of readers blank all grounds */
	              "table.chart .bar { display: block; height: 0; border-top: .9em solid; }\n"
	              "table.chart .value { font-weight: bold; white-space: nowrap; }\n");
	buf_puts(out, ".imprint { border-top: 1px solid; margin-top: 3em; padding-top: .6em; }\n");
	rule(b, out, ".imprint p", PS_IMPRINT, 0, 1400, "margin: 0 0 .5em; text-indent: 0; text-align: left;");
	buf_puts(out, ".cover { margin: 0; padding: 0; text-align: center; }\n.cover img { max-height: 100%; }\n"
	              ".nb { white-space: nowrap; }\n.smallcaps { font-variant: small-caps; }\n");
}

static bool begins_with(const char *s, size_t len, const char *word)
{
	return len >= strlen(word) && memcmp(s, word, strlen(word)) == 0;
}

/* "margin: 1em 2em 3em 4em": what is said of the right side and of the left change places. Returns how much was read. */
static size_t mirror_sides(const char *s, size_t len, struct buf *out)
{
	size_t name = begins_with(s, len, "margin: ") ? 8 : begins_with(s, len, "padding: ") ? 9 : 0, end = name, n = 0;
	size_t from[4], to[4];

	while (name > 0 && end < len && s[end] != ';' && s[end] != '}') {
		size_t word = end;

		while (end < len && s[end] != ' ' && s[end] != ';' && s[end] != '}')
			end++;
		if (end > word && n < 4) {
			from[n] = word;
			to[n] = end;
		}
		n += end > word;
		end += end < len && s[end] == ' ';
	}
	if (n != 4)
		return 0;
	buf_put(out, s, name);
	for (size_t i = 0; i < 4; i++) {
		size_t k = i % 2 == 1 ? 4 - i : i;

		buf_printf(out, "%s%.*s", i > 0 ? " " : "", (int)(to[k] - from[k]), s + from[k]);
	}
	return to[3];
}

/* A sheet for a book that reads from the right: left and right change places. The old properties have no
 * word for "start", and the new ones are not for book.css. */
static void mirror(struct buf *sheet)
{
	struct buf out;

	buf_init(&out);
	for (size_t i = 0; i < sheet->len;) {
		const char *at = sheet->data + i;
		bool left = begins_with(at, sheet->len - i, "left"), right = begins_with(at, sheet->len - i, "right");
		size_t sides = mirror_sides(at, sheet->len - i, &out);

		if (sides == 0 && (left || right))
			buf_puts(&out, left ? "right" : "left");
		else if (sides == 0)
			buf_putc(&out, *at);
		i += sides > 0 ? sides : left ? 4 : right ? 5 : 1;
	}
	buf_free(sheet);
	*sheet = out;
}

/* Blocks that run the other way than the book. Figures stand at the right in either. */
static void turned(bool rtl, struct buf *out)
{
	const char *dir = rtl ? "ltr" : "rtl", *start = rtl ? "left" : "right", *end = rtl ? "right" : "left";
	static const char *const aligned[] = { "th", "td", "caption", "figcaption", ".source" };

	buf_printf(out, "[dir=\"%s\"]", dir);
	for (size_t i = 0; i < sizeof aligned / sizeof *aligned; i++)
		buf_printf(out, ", [dir=\"%s\"] %s", dir, aligned[i]);
	buf_printf(out, " { text-align: %s; }\n", start);
	buf_printf(out, "[dir=\"%s\"] ul, [dir=\"%s\"] ol { padding-%s: 1.5em; padding-%s: 0; }\n", dir, dir, start, end);
	buf_printf(out, "[dir=\"%s\"] dd { margin-%s: 1.5em; margin-%s: 0; }\n", dir, start, end);
	buf_puts(out, "th.end, td.end { text-align: right; }\n");
}

void css_write(struct book *b, struct buf *out)
{
	buf_puts(out, "@charset \"UTF-8\";\n");
	faces(b, out);
	running_text(b, out);
	headings(b, out);
	masthead(b, out);
	boxes(b, out);
	floats(b, out);
	if (lang_is_rtl(b->lang))
		mirror(out);
	turned(lang_is_rtl(b->lang), out);
}

/* ---- modern readers ----------------------------------------------------------------------------------------- */

static void hex(struct buf *out, const uint8_t rgb[3])
{
	buf_printf(out, "#%02X%02X%02X", (unsigned)rgb[0], (unsigned)rgb[1], (unsigned)rgb[2]);
}

static void paint(struct book *b, struct buf *out, const char *selector, const char *property, int colour, bool dark)
{
	const struct colour *c;

	if (colour < 0 || colour >= b->theme->n_colours)
		return;
	c = &b->theme->colours[colour];
	buf_printf(out, "\t%s { %s: ", selector, property);
	hex(out, dark ? c->dark_rgb : c->rgb);
	buf_puts(out, "; }\n");
}

/* Type takes the reader's colour unless the style has one of its own (HS-57). */
static void paint_type(struct book *b, struct buf *out, const char *selector, enum par_style_id id, bool dark)
{
	if (b->theme->par[id].colour != b->theme->text_colour)
		paint(b, out, selector, "color", b->theme->par[id].colour, dark);
}

static void colours(struct book *b, struct buf *out, bool dark)
{
	static const char *const selectors[] = { ".h1", ".h2", ".h3", ".h4", ".h5", ".h6" };
	const struct theme *t = b->theme;

	buf_printf(out, "@media (prefers-color-scheme: %s) {\n", dark ? "dark" : "light");
	for (int i = 0; i < 6; i++)
		paint_type(b, out, selectors[i], (enum par_style_id)(PS_H1 + i), dark);
	paint_type(b, out, "h1.title", PS_TITLE, dark);
	paint(b, out, "p.number", "color", t->masthead.number_colour, dark);
	paint(b, out, ".masthead", "border-color", t->masthead.bar_colour, dark);
	paint(b, out, "aside.pullquote", "border-color", t->pullquote.bar_colour, dark);
	paint_type(b, out, "aside.pullquote p", PS_PULLQUOTE, dark);
	/* a ground always comes with its own colour of type */
	paint(b, out, "aside.sidebar", "background-color", t->sidebar.tint, dark);
	paint(b, out, "aside.sidebar", "color", t->text_colour, dark);
	paint(b, out, "aside.sidebar, aside.sidebar:before", "border-color", t->sidebar.bar_colour, dark);
	paint_type(b, out, "aside.sidebar .sidebar-title", PS_SIDEBAR_TITLE, dark);
	paint(b, out, "div.admonition", "border-color", t->admonition.bar_colour, dark);
	paint(b, out, "table.chart .track", "background-color", t->chart.track, dark);
	paint(b, out, "table.chart .bar", "border-color", t->chart.other, dark);
	paint(b, out, "table.chart tr.accent .bar", "border-color", t->chart.accent, dark);
	buf_puts(out, "}\n");
}

void css_write_modern(struct book *b, struct buf *out)
{
	const struct bar *bullet = &b->theme->list.bullet[0];
	sp body = b->theme->par[PS_BODY].size > 0 ? b->theme->par[PS_BODY].size : SP_PT(10);

	buf_puts(out, "@charset \"UTF-8\";\n"
	              "p, li, dd { -webkit-hyphens: auto; -epub-hyphens: auto; hyphens: auto; "
	              "-webkit-hyphenate-limit-before: 3; -webkit-hyphenate-limit-after: 3; hyphenate-limit-chars: 6 3 3; }\n"
	              "h1, h2, h3, h4, h5, h6, .noteref, code, pre, td, th, caption, figcaption, .titlepage p, "
	              "aside.pullquote p, .imprint p, .data { -webkit-hyphens: manual; -epub-hyphens: manual; "
	              "hyphens: manual; }\n"
	              "h1, h2, h3, h4, h5, h6, dt, .block-title, .list-title, .admonition-title { break-after: avoid; "
	              "break-inside: avoid; }\n"
	              ".page { break-after: avoid; }\n"
	              /* book.css, which has no word for it, says left or right: a block that runs the other way begins at its own side */
	              ".h1, .h2, .h3, .h4, .h5, .h6, h1.title, p.motto, p.series, p.number, p.subtitle, p.org, .front p, "
	              "blockquote.epigraph p, aside.pullquote p, aside.sidebar, aside.sidebar .sidebar-title, figcaption, caption, "
	              "div.source, .imprint p { text-align: start; }\n"
	              "figure, aside.pullquote, thead, tr { break-inside: avoid; }\n"
	              "figcaption, caption { break-after: avoid; }\n"
	              "h1, h2, h3, aside.pullquote p { text-wrap: balance; }\n"
	              /* words and bound words longer than the line, in type as large as a reader likes it */
	              "body { overflow-wrap: break-word; }\n"
	              ".nb { display: inline-block; max-width: 100%; white-space: normal; text-indent: 0; }\n"
	              "a .nb, .nb.in { display: inline; white-space: nowrap; }\n"
	              "a, code { overflow-wrap: anywhere; }\n"
	              "pre { overflow-wrap: break-word; }\n"
	              /* a box that goes on overleaf has its ground and margins there too, but its bar only where it begins */
	              "aside.sidebar { -webkit-box-decoration-break: clone; box-decoration-break: clone; border-top: 0; "
	              "background-color: rgba(128, 128, 128, .1); }\n"
	              "aside.sidebar:before { content: \"\"; display: block; border-top: .22em solid; margin: -.8em -.8em .58em; "
	              "break-after: avoid; }\n"
	              "aside.sidebar > .topic, aside.sidebar > .data { break-after: avoid; break-inside: avoid; }\n"
	              "div.notes:before { break-after: avoid; }\n"
	              "table.chart .track { background-color: rgba(128, 128, 128, .2); }\n"
	              "tbody tr + tr > th, tbody tr + tr > td { border-top-color: rgba(128, 128, 128, .45); }\n"
	              "td.end, .value { font-variant-numeric: tabular-nums; }\n"
	              /* room for a finger, without a gap before the full stop */
	              "a.noteref { padding: .35em .25em; margin: 0 -.25em; }\n"
	              /* the box stands out; its text keeps the axis of the page */
	              "body > section > aside.sidebar, body > section > section > aside.sidebar { margin-inline: -.8em; }\n");
	if (bullet->w > 0 && bullet->h > 0) {
		buf_puts(out, "ul.bullets { list-style-type: none; padding-inline-start: 1.45em; }\n"
		              "ul.bullets > li { position: relative; }\n"
		              "ul.bullets > li:before { content: \"\"; position: absolute; inset-inline-start: -1.45em; top: .66em;");
		em(out, "width", unit_scale(bullet->w, 1070, body));
		em(out, "height", unit_scale(bullet->h, 820, body));
		buf_puts(out, " background-color: currentColor; }\n");
		if (b->theme->list.bullet[1].w > 0) {
			buf_puts(out, "li ul.bullets > li:before {");
			em(out, "width", unit_scale(b->theme->list.bullet[1].w, 1070, body));
			buf_puts(out, " }\n");
		}
	}
	if (b->theme->in[IS_EMPHASIS].dots)
		buf_puts(out, "em { font-style: normal; -epub-text-emphasis-style: filled dot; -webkit-text-emphasis: filled dot; "
		              "text-emphasis: filled dot; -webkit-text-emphasis-position: under; text-emphasis-position: under right; }\n");
	if (b->theme->par[PS_BODY].indent_first)
		buf_puts(out, "section > p, p + p, aside.sidebar p.data + p { text-indent: 2em; }\n");
	buf_puts(out, ":lang(zh) p, :lang(ja) p { text-align: justify; line-break: strict; text-autospace: normal; "
	              "text-spacing-trim: trim-start; }\n"
	              /* an address that may not be cut would tear the line before it apart */
	              ":lang(zh) a, :lang(ja) a { word-break: break-all; }\n"
	              ":lang(zh) .footnote p, :lang(ja) .footnote p { text-align: start; }\n"
	              /* nothing slants: dots say what is stressed. Thrice, to weigh more than any style of the theme. */
	              ":lang(zh):lang(zh):lang(zh), :lang(ja):lang(ja):lang(ja), :lang(ko):lang(ko):lang(ko) { font-style: normal; }\n"
	              "em:lang(zh), em:lang(ja), em:lang(ko) { -epub-text-emphasis: filled dot; -webkit-text-emphasis: filled dot; "
	              "text-emphasis: filled dot; }\n"
	              "em:lang(zh) { -webkit-text-emphasis-position: under; text-emphasis-position: under right; }\n"
	              ":lang(ar), :lang(ar) *, :lang(fa), :lang(fa) *, :lang(ur), :lang(ur) *, :lang(he), :lang(he) * { "
	              "letter-spacing: 0; font-style: normal; -webkit-hyphens: manual; -epub-hyphens: manual; hyphens: manual; }\n");
	if (b->theme->text.own_digits)
		buf_puts(out, "ol[type=\"1\"]:lang(ar), ol:not([type]):lang(ar) { list-style-type: arabic-indic; }\n"
		              "ol:not([type]):lang(fa), ol:not([type]):lang(ur) { list-style-type: persian; }\n");
	colours(b, out, false);
	colours(b, out, true);
	buf_puts(out, "@media (max-width: 30em) {\n\tblockquote.epigraph { margin-left: 15%; }\n"
	              /* tables too wide to stand and too long to scroll: row by row, each cell behind the name of its column */
	              "\ttable.rows, table.rows > caption, table.rows > tbody, table.rows > tfoot, table.rows tr, table.rows th, table.rows td "
	              "{ display: block; }\n"
	              "\ttable.rows > thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0, 0, 0, 0); }\n"
	              "\ttable.rows tr { padding: .35em 0; border-top: 1px solid rgba(128, 128, 128, .45); break-inside: avoid; }\n"
	              "\ttable.rows tr > th, table.rows tr > td { border: 0; padding: .05em 0; text-align: start; }\n"
	              "\ttable.rows tr > th, table.rows tr > :first-child { font-weight: bold; }\n"
	              "\ttable.rows td[data-head]:not(:first-child):before { content: attr(data-head) \": \"; }\n"
	              "}\n");
	if (lang_is_rtl(b->lang))
		mirror(out);
}
