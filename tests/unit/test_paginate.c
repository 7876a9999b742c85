/* Page make-up proved: documents of all features, cut into pages in every way there is (oracle.h), and none costs less than the
 * search's. Where an oracle has to stop at its limit, nothing is proved, and that is counted apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "lang/textpass.h"
#include "layout/page.h"
#include "layout/price.h"
#include "layout/search.h"
#include "oracle.h"
#include "read/theme.h"
#include "workshop.h"

/* Eleven rows of 10 pt in three columns, or forty. */
static const char small_page[] =
	"<theme name=\"Small\">"
	"<page width=\"100mm\" height=\"70mm\" inner=\"8mm\" outer=\"8mm\" columns=\"3\" text-columns=\"3\""
	" gutter=\"3mm\" first-baseline=\"40pt\" last-baseline=\"140pt\"/>"
	"<paragraph name=\"body\" family=\"Serif\" size=\"8pt\" leading=\"10pt\"/>"
	"<paragraph name=\"h2\" size=\"9pt\" leading=\"10pt\" before=\"1\"/>"
	"<pullquote columns=\"1\" first-page=\"2\" min-measure=\"30mm\" clear=\"2\" extra=\"1\"/><imprint columns=\"1\"/>"
	"<paragraph name=\"series-number\" size=\"9pt\" leading=\"10pt\"/>"
	"<sidebar least-lines=\"2\" whole-lines=\"4\"/>"
	"<masthead bar-top=\"10pt\" bar=\"2pt\" motto-line=\"2\" title-last-line=\"3\" first-heading-line=\"4\""
	" first-text-line=\"4\"/>"
	"<caption in-margin=\"no\"/><contents in-margin=\"no\"/></theme>";

/* The same with notes in a margin column. */
static const char side_page[] =
	"<theme name=\"Side\">"
	"<page width=\"130mm\" height=\"70mm\" inner=\"8mm\" outer=\"8mm\" columns=\"4\" text-columns=\"3\" least-margin-column=\"10mm\""
	" gutter=\"3mm\" first-baseline=\"40pt\" last-baseline=\"140pt\"/>"
	"<paragraph name=\"body\" family=\"Serif\" size=\"8pt\" leading=\"10pt\"/>"
	"<paragraph name=\"h2\" size=\"9pt\" leading=\"10pt\" before=\"1\"/>"
	"<notes in-margin=\"yes\" most-shift=\"3\"/>"
	"<pullquote columns=\"2\" first-page=\"2\" min-measure=\"30mm\" clear=\"2\" extra=\"1\"/><imprint columns=\"1\"/>"
	"<paragraph name=\"series-number\" size=\"9pt\" leading=\"10pt\"/>"
	"<sidebar least-lines=\"2\" whole-lines=\"4\"/>"
	"<masthead bar-top=\"10pt\" bar=\"2pt\" motto-line=\"2\" title-last-line=\"3\" first-heading-line=\"4\""
	" first-text-line=\"4\"/></theme>";

/* Nine rows in two columns. Sections and boxes span them. */
static const char two_columns[] =
	"<theme name=\"Two\">"
	"<page width=\"130mm\" height=\"70mm\" inner=\"8mm\" outer=\"8mm\" columns=\"3\" text-columns=\"3\""
	" gutter=\"3mm\" first-baseline=\"40pt\" last-baseline=\"120pt\"/>"
	"<columns count=\"2\" gutter=\"4mm\" rule=\"0.5pt\"/>"
	"<paragraph name=\"body\" family=\"Serif\" size=\"8pt\" leading=\"10pt\"/>"
	"<paragraph name=\"h1\" size=\"9pt\" leading=\"10pt\" before=\"1\"/>"
	"<pullquote columns=\"1\" first-page=\"2\" min-measure=\"30mm\" clear=\"2\" extra=\"1\"/><imprint columns=\"1\"/>"
	"<paragraph name=\"series-number\" size=\"9pt\" leading=\"10pt\"/>"
	"<sidebar least-lines=\"2\" whole-lines=\"4\" first=\"1\" after=\"2\" top=\"0\" bar=\"1pt\"/>"
	"<masthead bar-top=\"10pt\" bar=\"2pt\" motto-line=\"2\" title-last-line=\"3\" first-heading-line=\"4\""
	" first-text-line=\"4\"/>"
	"<caption in-margin=\"no\"/><contents in-margin=\"no\"/></theme>";

enum { SMALL, REAL, SIDE, TWO, SHOPS };
static struct workshop *shop[SHOPS];

static void change_theme(struct workshop *w, const char *xml)
{
	theme_free(w->theme);
	w->theme = theme_read(xml, strlen(xml), "small.xml", "ru", &w->log);
	diag_print(&w->log, 0, stderr, DIAG_TEXT);
	assert_non_null(w->theme);
}

static int open_shops(void **state)
{
	(void)state;
	for (int i = 0; i < SHOPS; i++)
		shop[i] = workshop_open(NULL);
	change_theme(shop[SMALL], small_page);
	change_theme(shop[SIDE], side_page);
	change_theme(shop[TWO], two_columns);
	return 0;
}

static int close_shops(void **state)
{
	(void)state;
	for (int i = 0; i < SHOPS; i++)
		workshop_close(shop[i]);
	return 0;
}

/* ---- a document as a galley ------------------------------------------------------------------------------------ */

struct book {
	struct workshop *w;
	struct doc *doc;
	struct layout l;
	struct galley g;
	struct pages *pages;
	struct paginator p;
	struct arena a;
	struct diag_log log;
};

static struct book *open_book(struct workshop *w, const struct buf *xml)
{
	struct book *b = mem_zalloc(1, sizeof *b);
	struct flow f = { .l = &b->l, .g = &b->g, .body = &w->theme->par[PS_BODY], .item = &w->theme->par[PS_LIST],
		          .was_break = true };
	struct doc_words words;
	sp x;

	diag_init(&b->log);
	b->w = w;
	b->doc = workshop_read(xml->data, xml->len, &b->log);
	lang_words_for_doc(langs_lookup(w->langs, "ru", &b->log), &words);
	doc_finish(b->doc, &words, &b->log, false);
	b->l = (struct layout){ .doc = b->doc, .theme = w->theme, .fonts = w->fonts, .shaper = w->shaper, .langs = w->langs,
		                .log = &b->log };
	arena_init(&b->l.arena);
	arena_init(&b->a);
	b->l.tables = line_tables_new();
	style_flow_column(w->theme, true, 0, &x, &f.width);
	for (const struct node *n = b->doc->root->first; n != NULL; n = n->next) {
		if (n->kind != N_TITLE)
			flow_block(&f, n);
	}
	b->pages = pages_new();
	b->p = (struct paginator){ .l = &b->l, .g = &b->g, .pages = b->pages, .text_w = f.width,
		                   .first_y = style_line_y(w->theme, w->theme->page.first_line) };
	style_text_column(w->theme, true, &x, &b->p.span_w);
	arena_init(&b->p.memo_arena);
	strmap_init(&b->p.rests);
	strmap_init(&b->p.notes);
	strmap_init(&b->p.side_notes);
	insert_find(&b->p);
	return b;
}

static void close_book(struct book *b)
{
	variant_forget(&b->p);
	strmap_free(&b->p.notes);
	strmap_free(&b->p.side_notes);
	pages_free(b->pages);
	galley_free(&b->g);
	line_tables_free(b->l.tables);
	break_list_free(&b->l.breaks);
	arena_free(&b->a);
	par_forget_all(&b->l);
	arena_free(&b->l.arena);
	doc_free(b->doc);
	diag_free(&b->log);
	mem_free(b);
}

/* The judge's sum of a plan; fails if a rule is broken. */
static int64_t judged(struct book *b, const struct plan *plan)
{
	struct trial *v = mem_zalloc((size_t)plan->n, sizeof *v);
	struct judged_page *pages = mem_zalloc((size_t)plan->n, sizeof *pages);
	struct makeup_cost cost;
	const char *fault = NULL;

	for (int i = 0; i < plan->n; i++) {
		fill_again(&b->p, &b->a, &plan->v[i], &v[i]);
		pages[i] = (struct judged_page){ &v[i], plan->v[i].page, plan->v[i].start.band };
	}
	if (!judge_pages(&b->p, pages, plan->n, true, &cost, &fault))
		fail_msg("%s", fault);
	for (int i = 0; i < plan->n; i++)
		trial_free(&v[i]);
	mem_free(v);
	mem_free(pages);
	return cost.sum;
}

static struct search_result paginate(struct book *b, enum paginate mode)
{
	struct search_result r;

	b->p.mode = mode;
	search_pages(&b->p, &b->a, &r);
	assert_true(r.best.n > 0);
	assert_int_equal(judged(b, &r.best), r.best.cost);
	if (r.second.n > 0) {
		assert_int_equal(judged(b, &r.second), r.second.cost);
		assert_true(r.second.cost >= r.best.cost);
	}
	return r;
}

struct tally {
	uint64_t seed;
	int proved, unproved, each, found, beam_best, quotes, notes, floats, columns, pages;
	int beside, feet, down, bands, spanning, lifted;
};

static void refuted(const struct oracle *o, int64_t known, const struct tally *t, const char *how)
{
	if (o->fault != NULL)
		fail_msg("seed %d, %s: %s", (int)t->seed, how, o->fault);
	if (o->found)
		fail_msg("seed %d, %s: the search found %lld, and there is %lld", (int)t->seed, how, (long long)known, (long long)o->best);
}

/* Is there a layout that costs less than `known`? By both oracles: each layout for itself as far as that goes. */
static void refute(struct book *b, int64_t known, int64_t most, struct tally *t)
{
	struct oracle o = { .p = &b->p, .best = known, .most = most }, by_states = o;

	oracle_every_layout(&o);
	refuted(&o, known, t, "layout by layout");
	t->each += !o.stopped;
	oracle_by_states(&by_states);
	refuted(&by_states, known, t, "by states");
	if (t->seed % 10 == 0) { /* what there is, it finds */
		struct oracle finds = { .p = &b->p, .best = known + 1, .most = most };

		oracle_by_states(&finds);
		assert_true(finds.stopped || (finds.found && finds.best == known));
		t->found += finds.found;
	}
	t->proved += !o.stopped || !by_states.stopped;
	t->unproved += o.stopped && by_states.stopped;
}

static void count(const struct plan *plan, struct tally *t)
{
	t->pages += plan->n;
	for (int i = 0; i < plan->n; i++) {
		t->quotes += plan->v[i].quote >= 0;
		t->notes += plan->v[i].start.n_carry > 0;
		for (const struct path *p = plan->v[i].path; p != NULL; p = p->before) {
			t->columns += p->more == MORE_IN_COLUMN;
			t->down += p->more == MORE_NOTES_FOOT;
			t->floats += p->more == MORE_FOOT || p->more == MORE_NEXT;
		}
	}
}

/* Notes in the margin, and how many stand off their line. */
static void count_sides(struct book *b, const struct plan *plan, struct tally *t)
{
	for (int i = 0; i < plan->n; i++) {
		struct trial v;

		t->spanning += band_spans(&b->p, plan->v[i].start.pos);
		for (const struct path *p = plan->v[i].path; p != NULL; p = p->before)
			t->lifted += p->more == MORE_NEXT && b->g.v[p->block].span;
		fill_again(&b->p, &b->a, &plan->v[i], &v);
		t->beside += (int)v.n_sides;
		t->bands += plan->v[i].start.band.last < style_line_y(b->w->theme, b->w->theme->page.last_line);
		t->feet += (int)v.n_notes;
		trial_free(&v);
	}
}

/* ---- documents ------------------------------------------------------------------------------------------------------- */

static void put_prose(uint64_t *r, int words, bool note, struct buf *out)
{
	struct buf text;

	buf_init(&text);
	workshop_prose(r, words, &text);
	buf_puts(out, "<para>");
	buf_put_xml(out, text.data, text.len);
	if (note) {
		buf_clear(&text);
		workshop_prose(r, 4 + (int)workshop_random(r, 60), &text);
		buf_puts(out, "<footnote><para>");
		buf_put_xml(out, text.data, text.len);
		buf_puts(out, "</para></footnote>");
	}
	buf_puts(out, "</para>");
	buf_free(&text);
}

static void put_table(uint64_t *r, int columns, int more, struct buf *out)
{
	buf_puts(out, "<table><title>Меры");
	for (; more > 0; more--)
		buf_puts(out, " и их распределение");
	buf_printf(out, "</title><tgroup cols='%d'><tbody>", columns);
	for (uint32_t i = 3 + workshop_random(r, 2); i > 0; i--) {
		buf_puts(out, "<row>");
		for (int c = 0; c < columns; c++)
			buf_puts(out, columns > 2 ? "<entry>распределение</entry>" : "<entry>мера</entry>");
		buf_puts(out, "</row>");
	}
	buf_puts(out, "</tbody></tgroup></table>");
}

/* features: 0 text and headings; 1 and notes; 2 and quotes; 3 and floats, boxes, lists; 4 wide floats. */
static void put_document(uint64_t seed, int blocks, int words, int features, struct buf *out)
{
	uint64_t r = seed * 7919 + 13;
	bool open = false;

	buf_puts(out, "<article xmlns='http://docbook.org/ns/docbook' version='5.0' xml:lang='ru'><title>Проба</title>");
	for (int i = 0; i < blocks; i++) {
		uint32_t k = workshop_random(&r, 12);

		if (k == 0 && i > 0 && i + 2 < blocks) {
			buf_printf(out, "%s<section><title>Раздел</title>", open ? "</section>" : "");
			open = true;
		}
		put_prose(&r, words / 3 + (int)workshop_random(&r, (uint32_t)words), features >= 1 && k % 4 == 1, out);
		if (features >= 2 && (k == 2 || k == 3)) {
			buf_puts(out, "<blockquote role='pullquote'>");
			put_prose(&r, 4, false, out);
			buf_puts(out, "</blockquote>");
		}
		if (features >= 3 && k >= 6 && k <= 8)
			put_table(&r, features >= 4 ? 6 : 2, 0, out);
		if (features >= 3 && k == 9) {
			buf_puts(out, "<sidebar><title>Врезка</title>");
			put_prose(&r, 20, false, out);
			buf_puts(out, "</sidebar>");
		}
		if (features >= 3 && k == 10)
			buf_puts(out, "<itemizedlist><listitem><para>раз</para></listitem><listitem><para>два</para></listitem></itemizedlist>");
	}
	buf_puts(out, open ? "</section></article>" : "</article>");
}

static void prove_document(int theme, uint64_t seed, const struct buf *xml, int64_t most_pages, struct tally *t)
{
	struct search_result exact, beam, greedy;
	struct book *b = open_book(shop[theme], xml);

	greedy = paginate(b, PAGINATE_GREEDY);
	beam = paginate(b, PAGINATE_BEAM);
	exact = paginate(b, PAGINATE_EXACT);
	assert_true(exact.proved);
	assert_true(exact.best.cost <= beam.best.cost && beam.best.cost <= greedy.best.cost);
	t->seed = seed;
	t->beam_best += beam.best.cost == exact.best.cost;
	count(&exact.best, t);
	count_sides(b, &exact.best, t);
	refute(b, exact.best.cost, most_pages, t);
	close_book(b);
}

static void prove(int theme, uint64_t seed, int blocks, int words, int features, int64_t most_pages, struct tally *t)
{
	struct buf xml;

	buf_init(&xml);
	put_document(seed, blocks, words, features, &xml);
	prove_document(theme, seed, &xml, most_pages, t);
	buf_free(&xml);
}

static void say(const char *what, const struct tally *t)
{
	print_message("%s: %d proved (%d layout by layout), %d not; beam best in %d;", what, t->proved, t->each, t->unproved, t->beam_best);
	print_message(" %d pages, %d quotes, %d across, %d notes over, %d floats moved\n", t->pages, t->quotes, t->columns, t->notes,
	              t->floats);
}

/* How long the enumeration may take: VERSTKA_ORACLE times the usual. */
static int patience(void)
{
	const char *s = getenv("VERSTKA_ORACLE");
	int n = s != NULL ? atoi(s) : 1;

	return n < 1 ? 1 : n > 1000 ? 1000 : n;
}

static void test_small_pages(void **state)
{
	struct tally t = { 0 };

	(void)state;
	for (uint64_t seed = 1; seed <= 60 * (uint64_t)patience(); seed++)
		prove(SMALL, seed, 4 + (int)(seed % 5), 60, (int)(seed % 4), 3000 * patience(), &t);
	say("small pages", &t);
	assert_true(t.proved > 9 * t.unproved && t.found > 0);
	assert_true(t.quotes > 10 && t.notes > 5 && t.floats > 0 && t.columns > 0);
}

static void test_more_pages(void **state)
{
	struct tally t = { 0 };

	(void)state;
	for (uint64_t seed = 1001; seed <= 1000 + 12 * (uint64_t)patience(); seed++)
		prove(SMALL, seed, 10 + (int)(seed % 3), 50, (int)(seed % 4), 6000 * patience(), &t);
	say("up to eight pages and more", &t);
	assert_true(t.proved > 9 * t.unproved);
}

/* A quote is tried on the pages that its paragraph comes on. One here begins with the rest of a paragraph: a widow, too dear for an exact
 * search that knows a solution; but two lines beside the quote of the paragraph below. Without that the best costs 35,000 more. */
static void test_dear_before_quote(void **state)
{
	struct tally t = { 0 };

	(void)state;
	prove(SMALL, 2725, 11, 50, 3, 6000, &t);
	assert_int_equal(t.quotes, 4);
}

/* What waits of other notes is another page's beginning. */
static void test_carried(void **state)
{
	struct node note[3] = { { .kind = N_FOOTNOTE, .seq = 7 }, { .kind = N_FOOTNOTE, .seq = 8 }, { .kind = N_FOOTNOTE, .seq = 9 } };
	struct note_part a[2] = { { .note = &note[0], .from = 2 }, { .note = &note[1], .from = 1 } };
	struct note_part b[2] = { { .note = &note[0], .from = 2 }, { .note = &note[2], .from = 1 } };
	struct state x = { .carry = a, .n_carry = 2 }, y = { .carry = b, .n_carry = 2 };
	struct key of_x, of_y;

	(void)state;
	assert_int_equal(rank_by_place(&x, &x), 0);
	for (int first = 0; first < 2; first++) { /* they differ in the second part, then in their only one */
		of_x = rank_key(&x);
		of_y = rank_key(&y);
		assert_true(rank_by_place(&x, &y) < 0 && rank_by_place(&y, &x) > 0);
		assert_memory_not_equal(&of_x, &of_y, sizeof of_x);
		x = (struct state){ .carry = a + 1, .n_carry = 1 };
		y = (struct state){ .carry = b + 1, .n_carry = 1 };
	}
}

static void test_side_notes(void **state)
{
	struct tally t = { 0 };

	(void)state;
	for (uint64_t seed = 1; seed <= 48 * (uint64_t)patience(); seed++)
		prove(SIDE, seed, 4 + (int)(seed % 5), 60, 1 + (int)(seed % 3), 2000 * patience(), &t);
	say("notes in the margin", &t);
	print_message("    %d beside their lines, %d at the foot, %d left there to make room\n", t.beside, t.feet, t.down);
	assert_true(t.proved > 9 * t.unproved && t.found > 0);
	assert_true(t.beside > 20 && t.feet > 0 && t.quotes > 0);
}

static void test_columns(void **state)
{
	struct tally t = { 0 };

	(void)state;
	for (uint64_t seed = 1; seed <= 60 * (uint64_t)patience(); seed++)
		prove(TWO, seed, 3 + (int)(seed % 4), 45, (int)(seed % 5), 4000 * patience(), &t);
	say("two columns", &t);
	print_message("    %d bands that end above the page's foot, %d of what spans, %d wide tables put off\n", t.bands, t.spanning, t.lifted);
	assert_true(t.proved > 9 * t.unproved && t.found > 0);
	assert_true(t.bands > 20 && t.feet > 0 && t.spanning > 10 && t.lifted > 0);
}

/* A title in the margin may be longer than its table: it ends above the foot, and on a table at the foot, and the next one begins
 * below. From one document to the next the tables come a line lower. */
static void test_titles_in_the_margin(void **state)
{
	struct tally t = { 0 };
	struct buf xml;

	(void)state;
	for (int lines = 0; lines < 12; lines++) {
		uint64_t r = (uint64_t)lines + 1;

		buf_init(&xml);
		buf_puts(&xml, "<article xmlns='http://docbook.org/ns/docbook' version='5.0' xml:lang='ru'><title>Проба</title>");
		for (int i = 0; i < 36 + lines; i++)
			buf_puts(&xml, "<para>Строка.</para>");
		put_table(&r, 2, lines % 2 == 0 ? 12 : 1, &xml);
		put_table(&r, 2, 12, &xml);
		put_prose(&r, 40, false, &xml);
		put_table(&r, 2, lines == 11 ? 150 : 12, &xml); /* more than the margin has room for: above the table */
		buf_puts(&xml, "<para>Конец.</para></article>");
		prove_document(REAL, r, &xml, 4000, &t);
		buf_free(&xml);
	}
	say("long titles in the margin", &t);
	assert_true(t.proved > 9 * t.unproved);
}

/* A figure, table or quote that waits goes into no column too low for it, be it a band that is chosen so or the rest of a page. */
static void test_too_low_a_band(void **state)
{
	struct tally t = { 0 };

	(void)state;
	prove(TWO, 259, 6, 45, 4, 4000, &t);
	assert_int_equal(t.proved, 1);
}

/* ---- pages filled together ------------------------------------------------------------------------------------------- */

enum { STARTS_MOST = 40 };

static int by_position(const void *a, const void *b)
{
	const struct position *x = &((const struct start *)a)->pos, *y = &((const struct start *)b)->pos;

	return x->block != y->block ? x->block - y->block : x->row != y->row ? x->row - y->row : (x->cand > y->cand) - (x->cand < y->cand);
}

/* Where the page after one like this may begin, if it owes nothing. */
static int starts_behind(struct book *b, const struct choice *c, const struct start *next, struct start v[STARTS_MOST])
{
	struct fill_options o = { .quote = -1, .watch = -1, .most = INT64_MAX };
	struct fill fill = { 0 };
	int n = 0;

	fill_ends(&b->p, &b->a, &c->start, &o, &fill);
	for (size_t i = 0; i < fill.n && n < STARTS_MOST; i++) {
		const struct end *e = &fill.v[i];
		bool known = e->ends || e->n_later > 0 || e->pending >= 0;

		v[n] = *next;
		v[n].pos = e->next;
		v[n].pending = -1;
		for (int k = 0; k < n && !known; k++)
			known = by_position(&v[k], &v[n]) == 0;
		n += !known;
	}
	mem_free(fill.v);
	qsort(v, (size_t)n, sizeof *v, by_position);
	return n;
}

static bool same_end(const struct end *a, const struct end *b)
{
	return a->next.block == b->next.block && a->next.cand == b->next.cand && a->next.row == b->next.row && a->pending == b->pending &&
	       a->column == b->column && a->n_later == b->n_later;
}

/* What the cheapest end like this costs, of a start; and that its way is to be had, for that. */
static int64_t cost_of(struct book *b, const struct fill *fill, int start, const struct start *s, const struct end *like, int quote)
{
	const struct end *best = NULL;
	struct choice c;
	struct trial t;

	for (size_t i = 0; i < fill->n; i++) {
		const struct end *e = &fill->v[i];

		if (e->start == start && same_end(e, like) && (best == NULL || e->cost + e->cut + e->blank < best->cost + best->cut + best->blank))
			best = e;
	}
	if (best == NULL)
		return -1;
	c = (struct choice){ *s, best->next, quote, best->quote_y, best->path, 1 };
	fill_again(&b->p, &b->a, &c, &t);
	assert_true(t.n > 0 && t.v[t.n - 1].y > 0);
	trial_free(&t);
	return best->cost + best->cut + best->blank;
}

/* One by one and together: the same ends. Returns how many. */
static int compare_fills(struct book *b, const struct start *v, int n, const struct fill_options *o)
{
	struct fill one = { 0 }, all = { 0 };
	int64_t most[STARTS_MOST] = { 0 };
	int ends = 0;

	for (int i = 0; i < n; i++)
		most[i] = o->most - 10 * (i % 7) * POINT;
	fill_together(&b->p, &b->a, v, most, n, o, &all);
	for (size_t i = 0; i < all.n; i++)
		assert_true(all.v[i].cost + all.v[i].cut + all.v[i].blank < most[all.v[i].start]);
	for (int i = 0; i < n; i++) {
		struct fill_options own = *o;
		size_t n_all = 0;

		own.most = most[i];
		fill_ends(&b->p, &b->a, &v[i], &own, &one);
		for (size_t k = 0; k < one.n; k++)
			assert_int_equal(cost_of(b, &all, i, &v[i], &one.v[k], o->quote), cost_of(b, &one, 0, &v[i], &one.v[k], o->quote));
		for (size_t k = 0; k < all.n; k++)
			n_all += all.v[k].start == i;
		assert_int_equal(n_all, one.n);
		assert_true(o->watch < 0 || (all.seen[i].anchor_top > 0) == (one.seen->anchor_top > 0));
		ends += (int)one.n;
	}
	mem_free(one.v);
	mem_free(all.v);
	return ends;
}

static void test_together(void **state)
{
	int ends = 0, quoted = 0, starts = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 40; seed++) {
		struct start v[STARTS_MOST];
		struct search_result r;
		struct buf xml;
		struct book *b;

		buf_init(&xml);
		put_document(seed, 10, 60, 3, &xml);
		b = open_book(shop[seed % 2 == 0 ? SMALL : REAL], &xml);
		r = paginate(b, PAGINATE_GREEDY);
		for (int i = 0; i + 1 < r.best.n; i++) {
			const struct start *next = &r.best.v[i + 1].start;
			sp unit = b->w->theme->page.unit, top = next->band.top;
			bool waits = next->quote < (int)b->g.n_quotes;
			struct fill_options o = { .quote = -1, .watch = waits ? next->quote : -1, .column = true, .most = 4000 * POINT };
			int n;

			if (next->n_carry > 0 || next->pending >= 0)
				continue;
			n = starts_behind(b, &r.best.v[i], next, v);
			ends += compare_fills(b, v, n, &o);
			starts += n;
			o = (struct fill_options){ .quote = next->quote, .watch = -1, .column = true, .most = 4000 * POINT, .quote_step = unit,
				                   .quote_y = top + 2 * unit, .quote_last = next->band.last - 5 * unit };
			if (waits && o.quote_last > o.quote_y)
				quoted += compare_fills(b, v, n, &o);
		}
		close_book(b);
		buf_free(&xml);
	}
	print_message("%d starts, %d ends, %d with a quote\n", starts, ends, quoted);
	assert_true(starts > 100 && ends > 1000 && quoted > 200);
}

static void test_real_pages(void **state)
{
	struct tally with = { 0 }, without = { 0 }, longer = { 0 };

	(void)state;
	for (uint64_t seed = 1; seed <= 5 * (uint64_t)patience(); seed++) {
		prove(REAL, seed, 12, 110, 3, 40000 * patience(), &with);
		prove(REAL, seed + 500, 21, 110, 1, 6000 * patience(), &without);
	}
	for (uint64_t seed = 2001; seed <= 2000 + 2 * (uint64_t)patience(); seed++)
		prove(REAL, seed, 24, 110, 3, 40000 * patience(), &longer);
	say("pages of 51 rows, with quotes, floats and boxes", &with);
	say("pages of 51 rows, text, headings and notes", &without);
	say("more pages of 51 rows, with all", &longer);
	assert_true(with.proved > 3 * with.unproved && without.proved > 9 * without.unproved && longer.proved > 0);
}

/* test_paginate [PATTERN]: only the tests whose names match. */
int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_small_pages),
		cmocka_unit_test(test_more_pages),
		cmocka_unit_test(test_dear_before_quote),
		cmocka_unit_test(test_carried),
		cmocka_unit_test(test_side_notes),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_too_low_a_band),
		cmocka_unit_test(test_titles_in_the_margin),
		cmocka_unit_test(test_together),
		cmocka_unit_test(test_real_pages),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests_name("paginate", tests, open_shops, close_shops);
}
