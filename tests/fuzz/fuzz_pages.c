/* The paginator: bytes become a small document of all features, which becomes pages, in a page or columns of few lines:
 * whatever it is, no word is lost, and the checks of the finished pages find nothing. */
#include <stdlib.h>
#include <string.h>

#include "doc/check.h"
#include "doc/number.h"
#include "fuzz.h"
#include "image/image_write.h"
#include "lang/textpass.h"
#include "layout/layout.h"
#include "read/docbook.h"
#include "report/report.h"

#define PAGE(LAST, COLUMNS) \
	"<page width='120mm' height='120mm' inner='8mm' outer='8mm' columns='4' text-columns='3' least-margin-column='10mm'" \
	" gutter='3mm' first-baseline='40pt' last-baseline='" LAST "'/>" COLUMNS \
	"<paragraph name='body' family='Serif' size='8pt' leading='10pt'/><paragraph name='h1' size='10pt' leading='10pt' before='1'/>" \
	"<paragraph name='h2' size='9pt' leading='10pt' before='1'/><imprint columns='1'/>" \
	"<paragraph name='series-number' size='9pt' leading='10pt'/>" \
	"<masthead bar-top='10pt' bar='2pt' motto-line='2' title-last-line='3' first-heading-line='4' first-text-line='4'/>"
static const char *const themes[] = {
	"<theme name='Small'>" PAGE("280pt", "") "<pullquote columns='1' first-page='1' min-measure='30mm' clear='1' extra='1'/>"
	"<sidebar least-lines='2' whole-lines='4'/><caption in-margin='no'/><contents in-margin='no'/></theme>",
	"<theme name='Side'>" PAGE("290pt", "") "<notes in-margin='yes' most-shift='3'/>"
	"<pullquote columns='2' first-page='2' min-measure='30mm' clear='2' extra='1'/><sidebar least-lines='2' whole-lines='4'/></theme>",
	"<theme name='Two'>" PAGE("270pt", "<columns count='2' gutter='4mm' rule='0.5pt'/>")
	"<pullquote columns='1' first-page='1' min-measure='30mm' clear='1' extra='1'/><sidebar least-lines='1' whole-lines='3'/>"
	"<caption in-margin='no'/><contents in-margin='no'/></theme>",
	"<theme name='Captions'>" PAGE("290pt", "") "<pullquote columns='2' first-page='1' min-measure='30mm' clear='1' extra='1'/>"
	"<sidebar least-lines='2' whole-lines='4'/></theme>",
	NULL, /* the house style */
	"<theme name='Three'>" PAGE("250pt", "<columns count='3' gutter='3mm' span-headings='0' span-quotes='yes' span-sidebars='no'/>")
	"<pullquote columns='1' first-page='1' min-measure='30mm' clear='1' extra='1'/><sidebar least-lines='1' whole-lines='3'/>"
	"<caption in-margin='no'/><contents in-margin='no'/></theme>",
};
enum { TWO = 2, LONG_TITLES, THREE = 5, THEMES = sizeof themes / sizeof *themes, MOST_WORDS = 700, MOST_DEPTH = 5 };

struct gen {
	struct fuzz_bytes b;
	struct buf *out;
	int words, depth, notes, figures, boxes, tables;
	bool boxed_notes, tabled_notes; /* a note called in a box, in a table */
	bool long_titles; /* of figures, tables and boxes */
};

static void words(struct gen *g, uint32_t most)
{
	static const char *const v[] = {
		"в", "и", "слово", "дело", "право", "город", "исследование", "декриминализация", "секс-работники", "№ 5", "15 %",
		"т. е.", "«омут»", "(см.", "рис. 2)", "— да", "https://www.example.org/otchyot/2014", "а\u0301",
		"word", "\u0645\u0631\u062d\u0628\u0627",
	};

	for (uint32_t n = 1 + fuzz_take(&g->b, most); n > 0 && g->words < MOST_WORDS; n--, g->words++) {
		buf_puts(g->out, v[fuzz_take(&g->b, sizeof v / sizeof *v)]);
		buf_putc(g->out, ' ');
	}
}

static void inlines(struct gen *g, uint32_t most)
{
	words(g, most);
	switch (fuzz_take(&g->b, 8)) {
	case 0:
		if (g->notes++ < 9) {
			g->boxed_notes |= g->boxes > 0;
			g->tabled_notes |= g->tables > 0;
			buf_puts(g->out, "<footnote><para>");
			words(g, fuzz_take(&g->b, 6) == 0 ? 60 : 12);
			buf_puts(g->out, fuzz_take(&g->b, 4) == 0 ? "</para><para>ещё</para></footnote> " : "</para></footnote> ");
		}
		break;
	case 1:
		buf_puts(g->out, "<emphasis>");
		words(g, 4);
		buf_puts(g->out, "</emphasis>");
		break;
	case 2:
		buf_puts(g->out, "<quote>");
		words(g, 6);
		buf_puts(g->out, "</quote>");
		break;
	case 3:
		buf_puts(g->out, "<inlinemediaobject><imageobject><imagedata fileref='a.png'/></imageobject></inlinemediaobject>");
		break;
	default:
		break;
	}
	words(g, most);
}

static void para(struct gen *g, const char *element, uint32_t most)
{
	buf_printf(g->out, "<%s>", element);
	inlines(g, most);
	buf_printf(g->out, "</%s>", element);
}

static void block(struct gen *g);

static void some(struct gen *g, const char *open, uint32_t most, const char *close)
{
	buf_puts(g->out, open);
	for (uint32_t n = 1 + fuzz_take(&g->b, most); n > 0; n--)
		block(g);
	buf_puts(g->out, close);
}

/* Of some length, now and then of many lines: nothing is taken for it. */
static void title(struct gen *g, const char *word)
{
	buf_puts(g->out, "<title>");
	for (int n = !g->long_titles ? 1 : 1 + (g->words % 5 == 0 ? g->words % 37 : g->words % 4); n > 0; n--)
		buf_printf(g->out, n > 1 ? "%s " : "%s", word);
	buf_puts(g->out, "</title>");
}

static void table(struct gen *g, bool titled)
{
	uint32_t columns = 1 + fuzz_take(&g->b, 4), rows = 1 + fuzz_take(&g->b, 12);

	g->tables++;
	buf_puts(g->out, titled ? "<table>" : "<informaltable>");
	if (titled)
		title(g, "Таблица");
	buf_printf(g->out, "<tgroup cols='%u'>", (unsigned)columns);
	for (uint32_t r = 0; r < rows; r++) {
		buf_puts(g->out, r == 0 ? "<thead><row>" : r == 1 ? "<tbody><row>" : "<row>");
		for (uint32_t c = 0; c < columns; c++)
			r == 0 ? buf_puts(g->out, "<entry>слово</entry>") : para(g, "entry", 3);
		buf_puts(g->out, r == 0 ? "</row></thead>" : "</row>");
	}
	if (rows == 1)
		buf_puts(g->out, "<tbody><row><entry>x</entry></row>");
	buf_puts(g->out, "</tbody></tgroup>");
	buf_puts(g->out, titled ? "</table>" : "</informaltable>");
	g->tables--;
}

static void figure(struct gen *g)
{
	if (g->figures++ >= 6)
		return;
	buf_puts(g->out, "<figure>");
	title(g, "Рисунок");
	buf_printf(g->out, "<mediaobject><imageobject><imagedata fileref='a.png' width='%u%%'/></imageobject>"
	           "</mediaobject></figure>", (unsigned)(1 + fuzz_take(&g->b, 120)));
}

static void chart(struct gen *g)
{
	buf_puts(g->out, "<informaltable role='bars'><tgroup cols='2'><tbody>");
	g->tables++;
	for (uint32_t n = 1 + fuzz_take(&g->b, 8); n > 0; n--) {
		buf_puts(g->out, "<row>");
		para(g, "entry", 3);
		buf_printf(g->out, "<entry>%u %%</entry></row>", (unsigned)fuzz_take(&g->b, 101));
	}
	buf_puts(g->out, "</tbody></tgroup></informaltable>");
	g->tables--;
}

static void listing(struct gen *g)
{
	buf_puts(g->out, "<programlisting>");
	for (uint32_t n = 1 + fuzz_take(&g->b, 20); n > 0; n--)
		buf_puts(g->out, n % 5 == 0 ? "\n" : "int x; /* the line */\n");
	buf_puts(g->out, "</programlisting>");
}

static void block(struct gen *g)
{
	bool flat = ++g->depth > MOST_DEPTH;

	switch (flat ? fuzz_take(&g->b, 8) : fuzz_take(&g->b, 18)) {
	case 6: listing(g); break;
	case 7: buf_puts(g->out, "<bridgehead>Подзаголовок</bridgehead>"); break;
	case 8: table(g, true); break;
	case 9: table(g, false); break;
	case 10: figure(g); break;
	case 11: chart(g); break;
	case 12: some(g, "<itemizedlist><listitem>", 3, "</listitem><listitem><para>x</para></listitem></itemizedlist>"); break;
	case 13:
		g->boxes++;
		buf_puts(g->out, "<sidebar>");
		title(g, "Рамка");
		some(g, "", 5, "</sidebar>");
		g->boxes--;
		break;
	case 14: some(g, "<note>", 3, "</note>"); break;
	case 15: some(g, "<blockquote>", 2, "</blockquote>"); break;
	case 16:
		para(g, "para", 60);
		buf_puts(g->out, "<blockquote role='pullquote'><para>");
		words(g, 14);
		buf_puts(g->out, "</para></blockquote>");
		break;
	case 17: some(g, "<variablelist><varlistentry><term>слово</term><listitem>", 2, "</listitem></varlistentry></variablelist>"); break;
	default: para(g, "para", fuzz_take(&g->b, 3) == 0 ? 90 : 25); break;
	}
	g->depth--;
}

static void document(struct gen *g)
{
	static const char *const langs[] = { "ru", "en", "ar", "uk", "fr", "zh" };

	buf_printf(g->out, "<article xmlns='http://docbook.org/ns/docbook' xml:lang='%s'><info><title>", langs[fuzz_take(&g->b, 6)]);
	words(g, 8);
	buf_puts(g->out, "</title></info>");
	for (uint32_t n = 1 + fuzz_take(&g->b, 5); n > 0; n--) {
		buf_puts(g->out, "<section><title>");
		if (g->words >= MOST_WORDS) /* an empty title is the document's fault */
			buf_puts(g->out, "Раздел");
		words(g, 8);
		buf_puts(g->out, "</title>");
		for (uint32_t k = 1 + fuzz_take(&g->b, 8); k > 0; k--)
			block(g);
		buf_puts(g->out, "</section>");
	}
	if (fuzz_take(&g->b, 3) == 0)
		buf_puts(g->out, "<colophon role='imprint'><para>Выходные данные</para></colophon>");
	buf_puts(g->out, "</article>");
}

/* A box keeps its notes together, in its margin or at its end; where the box is cut by a page's end, some are then away
 * from their marks. So are those of a table across columns that fills the page. */
static bool is_known(const struct diag *d, bool away)
{
	return away && strstr(d->text, "a footnote that begins on another page than its mark") != NULL;
}

static void must_be_whole(const struct diag_log *log, bool away)
{
	for (size_t i = 0; i < log->n; i++) {
		const struct diag *d = &log->v[i];

		if ((d->level == DIAG_ERROR || strcmp(d->code, "layout-invariant") == 0 || strcmp(d->code, "text-lost") == 0) &&
		    !is_known(d, away)) {
			diag_print(log, 0, stderr, DIAG_TEXT);
			fuzz_broken("no error, no broken invariant, no lost word", __FILE__, __LINE__);
		}
	}
}

static void set(const char *path, struct fuzz_bytes *b, const struct gen *g)
{
	static struct theme *theme[THEMES];
	struct fuzz_shop *shop = fuzz_shop();
	struct layout_options o = { .allow_missing_glyphs = true };
	struct read_options ro = { .lenient = false };
	struct doc_words dw;
	struct diag_log log;
	struct pages *p;
	struct buf out;
	struct doc *d;
	uint32_t which = fuzz_take(b, THEMES);
	bool away = g->boxed_notes || (g->tabled_notes && (which == TWO || which == THREE));

	if (theme[which] == NULL)
		theme[which] = fuzz_theme(themes[which], "ru");
	o.paginate = (enum paginate)fuzz_take(b, PAGINATE_GREEDY + 1);
	if (which == THREE && o.paginate == PAGINATE_EXACT) /* minutes */
		o.paginate = PAGINATE_AUTO;
	diag_init(&log);
	buf_init(&out);
	d = docbook_read(path, &ro, &log);
	must_be_whole(&log, away);
	lang_words_for_doc(langs_lookup(shop->langs, d->lang, &log), &dw);
	doc_finish(d, &dw, &log, false);
	doc_check(d, &log, false);
	p = layout_document(d, theme[which], shop->fonts, shop->shaper, shop->langs, &o, &log);
	must_be_whole(&log, away);
	FUZZ_MUST(p != NULL && p->n > 0);
	pages_check(p, d, false, &log);
	must_be_whole(&log, away);
	pages_dump(p, d, &out);
	report_write(p, &log, REPORT_JSON, &out);
	pages_free(p);
	doc_free(d);
	buf_free(&out);
	diag_free(&log);
}

static void put_picture(void)
{
	static const unsigned char pixels[40 * 30] = { 0 };
	struct diag_log log;
	struct buf png;

	diag_init(&log);
	buf_init(&png);
	FUZZ_MUST(image_write_png(pixels, 40, 30, 1, &png, &log));
	fuzz_file("a.png", png.data, png.len);
	buf_free(&png);
	diag_free(&log);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool once;
	struct fuzz_bytes how;
	struct buf xml;
	struct gen g = { .b = { data, size }, .out = &xml };
	const char *path;

	if (size < 4)
		return 0;
	if (!once)
		put_picture();
	once = true;
	how = (struct fuzz_bytes){ data, 2 };
	g.b.p += 2;
	g.b.n -= 2;
	g.long_titles = fuzz_take(&(struct fuzz_bytes){ data, 1 }, THEMES) >= LONG_TITLES;
	buf_init(&xml);
	document(&g);
	path = fuzz_file("a.xml", xml.data, xml.len);
	if (getenv("FUZZ_SHOW") != NULL) /* which document an input is */
		fwrite(xml.data, 1, xml.len, stderr);
	buf_free(&xml);
	set(path, &how, &g);
	return 0;
}
