/* pages: the dump, and a sound page damaged in every way that pages_check knows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "pages/pages.h"

static const struct colour palette[] = { { .name = "black", .cmyk = { 0, 0, 0, 1000 } } };

struct sample {
	struct doc *doc;
	struct pages *pages;
	struct face face;
	struct image image;
	struct node *text, *note, *note_text, *link;
	struct diag_log log;
};

static struct node *add(struct sample *s, struct node *parent, enum node_kind kind)
{
	struct node *n = doc_node(s->doc, kind, "test", (struct pos){ "doc.xml", 1, 1 });

	n->seq = s->doc->n_nodes;
	doc_append(parent, n);
	return n;
}

static struct node *say(struct sample *s, struct node *parent, const char *text)
{
	struct node *n = doc_text(s->doc, text, strlen(text), (struct pos){ "doc.xml", 2, 1 });

	n->seq = s->doc->n_nodes;
	doc_append(parent, n);
	return n;
}

/* Bytes [from, to) of a node's text at x, y: one glyph a byte, 5 pt each. */
static struct item *put(struct sample *s, struct page *page, enum item_role role, const struct node *node,
                        const char *text, uint32_t from, uint32_t to, sp x, sp y)
{
	struct item *it = page_add(s->pages, page, ITEM_TEXT, role, node);
	struct glyph *g = arena_array(&s->pages->arena, to - from, sizeof *g);

	for (uint32_t i = 0; i < to - from; i++)
		g[i] = (struct glyph){ .gid = (uint16_t)(i + 1), .advance = (int32_t)SP_PT(5), .cluster = (uint16_t)i };
	it->x = x;
	it->y = y;
	it->w = SP_PT(5) * (to - from);
	it->u.text.face = &s->face;
	it->u.text.size = SP_PT(10);
	it->u.text.hscale = 65536;
	it->u.text.glyphs = g;
	it->u.text.n = to - from;
	it->u.text.text = text + from;
	it->u.text.len = to - from;
	it->u.text.offset = from;
	it->u.text.lang = "en";
	return it;
}

/* Two lines, a note with its mark, a rule, a link to the note, a picture; a second, blank page. */
static struct sample *make(void)
{
	struct sample *s = mem_zalloc(1, sizeof *s);
	struct node *para;
	struct page *page;
	struct item *it;

	diag_init(&s->log);
	s->doc = doc_new();
	s->doc->lang = "en";
	s->doc->root = doc_node(s->doc, N_ROOT, "article", DIAG_NOWHERE);
	s->doc->root->seq = 1;
	para = add(s, s->doc->root, N_PARA);
	s->text = say(s, para, "Hello there again");
	s->note = add(s, para, N_FOOTNOTE);
	s->note->id = "n1";
	s->note_text = say(s, add(s, s->note, N_PARA), "aside");
	s->face = (struct face){ .family = "Serif", .glyph_count = 100, .upem = 1000 };
	s->image = (struct image){ .name = "a \"b\".png", .width = 2, .height = 2 };
	s->pages = pages_new();
	s->pages->width = SP_PT(300);
	s->pages->height = SP_PT(400);
	s->pages->bleed = SP_PT(9);
	s->pages->colours = palette;
	s->pages->n_colours = 1;
	page = pages_add(s->pages);
	page->label = "1";
	page->start = s->text;
	put(s, page, ROLE_CONTENT, s->text, s->text->u.text.s, 0, 11, SP_PT(20), SP_PT(30))->u.text.par_start = true;
	page->items[0].u.text.line_end = true;
	put(s, page, ROLE_CONTENT, s->text, s->text->u.text.s, 12, 17, SP_PT(20), SP_PT(44));
	put(s, page, ROLE_MARK, s->note, "1", 0, 1, SP_PT(45), SP_PT(40));
	it = page_add(s->pages, page, ITEM_LINK, ROLE_MARK, s->note);
	*it = (struct item){ .kind = ITEM_LINK, .role = ROLE_MARK, .node = s->note, .x = SP_PT(45), .y = SP_PT(34),
	                     .w = SP_PT(5), .h = SP_PT(8), .u.link.target = s->note };
	it = page_add(s->pages, page, ITEM_FILL, ROLE_RULE, NULL);
	it->x = SP_PT(20);
	it->y = SP_PT(300);
	it->w = SP_PT(60);
	it->h = SP_ONE / 2;
	put(s, page, ROLE_LABEL, s->note, "1", 0, 1, SP_PT(20), SP_PT(320));
	put(s, page, ROLE_CONTENT, s->note_text, s->note_text->u.text.s, 0, 5, SP_PT(28), SP_PT(320));
	it = page_add(s->pages, page, ITEM_IMAGE, ROLE_CONTENT, NULL);
	it->x = -SP_PT(9);
	it->y = SP_PT(100);
	it->w = it->h = SP_PT(50);
	it->u.image.image = &s->image;
	pages_add(s->pages);
	return s;
}

static void drop(struct sample *s)
{
	pages_free(s->pages);
	doc_free(s->doc);
	diag_free(&s->log);
	mem_free(s);
}

static void test_dump(void **state)
{
	struct sample *s = make();
	struct buf b;

	(void)state;
	buf_init(&b);
	s->pages->v[0].items[1].u.text.hscale = 64225;
	pages_dump(s->pages, s->doc, &b);
	assert_string_equal(b.data,
	                    "size 300 400 bleed 9 ltr pages 2\n"
	                    "page 1 \"1\" recto start para 0\n"
	                    "1 text content 20 30 55 0 Serif 10 black para \"Hello there\" first end\n"
	                    "1 text content 20 44 25 0 Serif 10 black para \"again\" hscale 0.98\n"
	                    "1 text mark 45 40 5 0 Serif 10 black footnote \"1\"\n"
	                    "1 link mark 45 34 5 8 -> #n1\n"
	                    "1 fill rule 20 300 60 0.5 black\n"
	                    "1 text label 20 320 5 0 Serif 10 black footnote \"1\"\n"
	                    "1 text content 28 320 25 0 Serif 10 black para \"aside\"\n"
	                    "1 image content -9 100 50 50 \"a \\\"b\\\".png\"\n"
	                    "page 2 \"\" verso\n");
	buf_free(&b);
	drop(s);
}

static void test_sound(void **state)
{
	struct sample *s = make();

	(void)state;
	assert_true(pages_check(s->pages, s->doc, true, &s->log));
	assert_int_equal(s->log.n, 0);
	drop(s);
}

enum damage {
	OUTSIDE, NO_FACE, NO_SIZE, NOT_UTF8, BAD_COLOUR, BAD_FILL, FAR_CLUSTER, SPLIT_CLUSTER, ZIGZAG, BAD_GLYPH, BAD_WIDTH,
	TWICE, LOST_INSIDE, LOST_END, LOST_WHOLE, BEYOND, NOTE_ELSEWHERE, NOTE_LOST, MARK_LOST, OVERLAP, NO_TARGET,
	TWO_TARGETS, LOST_TARGET, NO_PICTURE, NUMBERS, SIDES, NEGATIVE, NO_ANCHOR, DAMAGES
};
static const char *const complaints[DAMAGES] = {
	"beyond the bleed", "without face", "of no size", "not UTF-8", "the palette", "the palette", "outside its text",
	"inside a character", "neither forwards", "does not have", "sum of its advances", "twice or out of order",
	"missing between two runs", "end of this text", "on no page", "behind its node's", "another page than its mark",
	"footnote that is on no page", "without a mark", "text over text", "leads to nowhere", "two places",
	"target is on no page", "without pixels", "do not count up", "even number", "negative size", "anchor of nothing",
};

static void break_text(struct sample *s, struct item *it, enum damage what)
{
	struct glyph *g = arena_array(&s->pages->arena, it->u.text.n, sizeof *g);

	memcpy(g, it->u.text.glyphs, it->u.text.n * sizeof *g);
	it->u.text.glyphs = g;
	switch (what) {
	case NO_FACE:
		it->u.text.face = NULL;
		break;
	case NO_SIZE:
		it->u.text.size = 0;
		break;
	case NOT_UTF8:
		it->u.text.text = "Hel\xffo there";
		break;
	case BAD_COLOUR:
		it->u.text.colour = 1;
		break;
	case FAR_CLUSTER:
		g[10].cluster = 11;
		break;
	case SPLIT_CLUSTER:
		it->u.text.text = "Hell\xc3\xb6 there";
		break;
	case ZIGZAG:
		g[3].cluster = 7;
		break;
	case BAD_GLYPH:
		g[3].gid = 100;
		break;
	default:
		it->w += SP_ONE;
	}
}

static void break_flow(struct sample *s, struct page *page, enum damage what)
{
	struct item *v = page->items;

	switch (what) {
	case TWICE:
		v[1].u.text.offset = 5;
		break;
	case LOST_INSIDE:
		s->text->u.text.s = "Hello there,again";
		break;
	case LOST_END:
		v[6].u.text.len--;
		v[6].u.text.n--;
		v[6].w -= SP_PT(5);
		break;
	case LOST_WHOLE:
		v[6].role = ROLE_FOLIO;
		break;
	case BEYOND:
		v[1].u.text.offset = 13;
		break;
	case NOTE_ELSEWHERE:
		v[5].role = ROLE_FOLIO;
		put(s, &s->pages->v[1], ROLE_LABEL, s->note, "1", 0, 1, SP_PT(20), SP_PT(320));
		break;
	case NOTE_LOST:
		v[5].role = ROLE_FOLIO;
		break;
	case MARK_LOST:
		v[2].role = ROLE_FOLIO;
		break;
	default:
		v[1].y = SP_PT(32);
	}
}

static void damage(struct sample *s, enum damage what)
{
	struct page *page = &s->pages->v[0];
	struct item *v = page->items;

	switch (what) {
	case OUTSIDE:
		v[4].x = SP_PT(250);
		break;
	case BAD_FILL:
		v[4].u.fill.colour = -1;
		break;
	case NO_TARGET:
		v[3].u.link.target = NULL;
		break;
	case TWO_TARGETS:
		v[3].u.link.href = "https://example.org/";
		break;
	case LOST_TARGET:
		v[3].u.link.target = add(s, s->doc->root, N_ANCHOR);
		break;
	case NO_PICTURE:
		v[7].u.image.image = NULL;
		break;
	case NUMBERS:
		page->number = 3;
		break;
	case SIDES:
		page->recto = false;
		break;
	case NEGATIVE:
		v[4].w = -1;
		break;
	case NO_ANCHOR:
		page_add(s->pages, page, ITEM_ANCHOR, ROLE_CONTENT, NULL);
		break;
	default:
		if (what >= TWICE)
			break_flow(s, page, what);
		else
			break_text(s, &v[0], what);
	}
}

static void test_damaged(void **state)
{
	(void)state;
	for (int what = 0; what < DAMAGES; what++) {
		struct sample *s = make();
		bool said = false;

		damage(s, (enum damage)what);
		assert_false(pages_check(s->pages, s->doc, true, &s->log));
		for (size_t i = 0; i < s->log.n; i++) {
			assert_true(strcmp(s->log.v[i].code, "layout-invariant") == 0 || strcmp(s->log.v[i].code, "text-lost") == 0);
			said |= strstr(s->log.v[i].text, complaints[what]) != NULL;
		}
		if (!said)
			print_error("damage %d was not seen as \"%s\"\n", what, complaints[what]);
		assert_true(said);
		drop(s);
	}
}

/* Lost words are no edition: an error, but for who asked for leniency. */
static void test_lost(void **state)
{
	(void)state;
	for (int lenient = 0; lenient <= 1; lenient++) {
		struct sample *s = make();

		damage(s, LOST_WHOLE);
		assert_false(pages_check(s->pages, s->doc, lenient, &s->log));
		assert_int_equal(s->log.errors > 0, !lenient);
		drop(s);
	}
}

/* However broken, the log stays readable. */
static void test_many(void **state)
{
	struct sample *s = make();

	(void)state;
	for (int i = 0; i < 1000; i++)
		page_add(s->pages, &s->pages->v[1], ITEM_IMAGE, ROLE_CONTENT, NULL);
	assert_false(pages_check(s->pages, s->doc, true, &s->log));
	assert_int_equal(s->log.warnings, 51);
	drop(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dump), cmocka_unit_test(test_sound), cmocka_unit_test(test_damaged), cmocka_unit_test(test_lost),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
