/* theme.xml: any bytes; one that is accepted must be able to set a page: nothing outside it, nothing lost (read/theme.h). */
#include <string.h>

#include "doc/number.h"
#include "fuzz.h"
#include "lang/textpass.h"
#include "layout/layout.h"
#include "read/docbook.h"
#include "read/theme.h"
#include "report/press_check.h"

static const char page[] =
	"<article xmlns='http://docbook.org/ns/docbook' xml:lang='ru'><info><title>Проба темы</title><subtitle>и набора</subtitle>"
	"<biblioset relation='series'><title>Серия</title><issuenum>3</issuenum></biblioset><date>2014</date></info>"
	"<section><title>Раздел</title><para>Слово и дело<footnote><para>Примечание.</para></footnote>, и ещё раз слово; и дело.</para>"
	"<blockquote role='pullquote'><para>Выноска.</para></blockquote>"
	"<para>Следующий абзац, который длиннее и стоит рядом с выноской, если для неё есть место на полосе.</para>"
	"<itemizedlist><listitem><para>раз</para></listitem></itemizedlist><sidebar><title>Рамка</title><para>Случай.</para></sidebar>"
	"<informaltable><tgroup cols='2'><thead><row><entry>А</entry><entry>Б</entry></row></thead><tbody><row><entry>в</entry>"
	"<entry>г</entry></row></tbody></tgroup></informaltable><note><para>Внимание.</para></note>"
	"<programlisting>int x;</programlisting></section><colophon role='imprint'><para>Выходные данные</para></colophon></article>";

/* Lines as far from one another and from the page's edges as type of that size needs. */
static bool has_room(const struct theme *t)
{
	for (int i = 0; i < PS_COUNT; i++) {
		sp size = t->par[i].size;

		if (i != PS_SERIES_NUMBER && (size > t->par[i].leading || size > style_line_y(t, t->page.first_line) ||
		                              style_line_y(t, t->page.last_line) + size / 3 > t->page.height))
			return false;
	}
	return true;
}

/* A theme may set the title where the series' name is, a word of the masthead wider than the page, or type larger than its
 * lines, and that is seen; nothing else may be wrong. */
static void must_be_whole(const struct diag_log *log, bool room)
{
	for (size_t i = 0; i < log->n; i++) {
		const struct diag *d = &log->v[i];
		bool invariant = strcmp(d->code, "layout-invariant") == 0 && strstr(d->text, "text over text") == NULL &&
		                 !(strstr(d->text, "beyond the bleed") != NULL && (!room || (d->pos.line == 1 && d->pos.column == 1)));

		if (invariant || strcmp(d->code, "text-lost") == 0) {
			diag_print(log, 0, stderr, DIAG_TEXT);
			fuzz_broken("no broken invariant, no lost word", __FILE__, __LINE__);
		}
	}
}

static void set_page(const struct theme *t)
{
	static const char *path;
	struct fuzz_shop *shop = fuzz_shop();
	struct layout_options o = { .allow_missing_glyphs = true };
	struct read_options ro = { .lenient = false };
	struct doc_words words;
	struct diag_log log;
	struct doc *d;
	struct pages *p;

	if (path == NULL)
		path = fuzz_file("page.xml", page, sizeof page - 1);
	diag_init(&log);
	d = docbook_read(path, &ro, &log);
	FUZZ_MUST(d != NULL && log.errors == 0);
	lang_words_for_doc(langs_lookup(shop->langs, "ru", &log), &words);
	doc_finish(d, &words, &log, false);
	p = layout_document(d, t, shop->fonts, shop->shaper, shop->langs, &o, &log);
	if (p != NULL) {
		pages_check(p, d, false, &log);
		must_be_whole(&log, has_room(t));
		press_check(p, t, &log);
		pages_free(p);
	} else {
		FUZZ_MUST(log.errors > 0);
	}
	doc_free(d);
	diag_free(&log);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct diag_log log;
	struct theme *t;

	diag_init(&log);
	t = theme_read((const char *)data, size, "theme.xml", "ru", &log);
	FUZZ_MUST((t == NULL) == (log.errors > 0));
	if (t != NULL)
		set_page(t);
	theme_free(t);
	diag_free(&log);
	return 0;
}
