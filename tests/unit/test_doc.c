/* doc/: the tree by hand, numbering, references, checks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "doc/check.h"
#include "doc/number.h"

static const struct doc_words words = { "fig.", "table", "chapter", "section", "appendix", "part", "note",
                                        "p.", "<", ">", "above", "below", "ABC" };

static struct node *add(struct doc *d, struct node *parent, enum node_kind kind, const char *id)
{
	struct node *n = doc_node(d, kind, doc_kind_name(kind), (struct pos){ "t", 1, (int)d->n_nodes });

	n->id = id;
	if (parent != NULL)
		doc_append(parent, n);
	else
		d->root = n;
	return n;
}

static struct node *titled(struct doc *d, struct node *parent, enum node_kind kind, const char *id, const char *title)
{
	struct node *n = add(d, parent, kind, id);

	doc_append(add(d, n, N_TITLE, NULL), doc_text(d, title, strlen(title), DIAG_NOWHERE));
	return n;
}

static struct node *refer(struct doc *d, struct node *parent, const char *to)
{
	struct node *x = add(d, parent, N_XREF, NULL);

	x->u.link.linkend = to;
	return x;
}

static void assert_text(struct doc *d, const struct node *n, const char *expected)
{
	assert_string_equal(doc_plain_text(&d->arena, n, false), expected);
}

static void tree_links(void **state)
{
	struct doc *d = doc_new();
	struct node *root = add(d, NULL, N_ROOT, NULL), *a = add(d, root, N_PARA, NULL), *c = add(d, root, N_PARA, NULL);
	struct node *b = doc_node(d, N_PARA, "para", DIAG_NOWHERE);

	(void)state;
	doc_insert_before(c, b);
	assert_ptr_equal(a->next, b);
	assert_ptr_equal(c->prev, b);
	assert_ptr_equal(doc_next(root, root), a);
	assert_ptr_equal(doc_next(root, c), NULL);
	doc_remove(a);
	assert_ptr_equal(root->first, b);
	assert_null(b->prev);
	doc_remove(c);
	assert_ptr_equal(root->last, b);
	assert_null(b->next);
	doc_free(d);
}

static void plain_text(void **state)
{
	struct doc *d = doc_new();
	struct node *root = add(d, NULL, N_ROOT, NULL), *p = add(d, root, N_PARA, NULL), *note;

	(void)state;
	doc_append(p, doc_text(d, " one\n two", 9, DIAG_NOWHERE));
	note = add(d, p, N_FOOTNOTE, NULL);
	doc_append(add(d, note, N_PARA, NULL), doc_text(d, "note", 4, DIAG_NOWHERE));
	doc_append(p, doc_text(d, ". ", 2, DIAG_NOWHERE));
	doc_append(add(d, root, N_PARA, NULL), doc_text(d, "three", 5, DIAG_NOWHERE));
	assert_string_equal(doc_plain_text(&d->arena, root, false), "one two. three");
	assert_string_equal(doc_plain_text(&d->arena, root, true), "one two note. three");
	doc_free(d);
}

static void book_numbers(void **state)
{
	struct doc *d = doc_new();
	struct node *root = add(d, NULL, N_ROOT, NULL), *preface, *one, *two, *back, *para, *x[6];

	(void)state;
	d->is_book = true;
	preface = titled(d, root, N_DIVISION, NULL, "Preface");
	preface->u.division.what = DIV_PREFACE;
	titled(d, preface, N_FIGURE, NULL, "zero");
	one = titled(d, root, N_DIVISION, "c1", "One");
	one->u.division.what = DIV_CHAPTER;
	titled(d, one, N_FIGURE, "f1", "a");
	titled(d, one, N_FIGURE, "f2", "b");
	para = add(d, one, N_PARA, NULL);
	two = titled(d, root, N_DIVISION, "sec-1", "Two");
	two->u.division.what = DIV_CHAPTER;
	titled(d, two, N_FIGURE, "f3", "c");
	titled(d, two, N_TABLE, "t1", "d");
	titled(d, two, N_DIVISION, "s", "Inner")->u.division.what = DIV_SECTION;
	back = titled(d, root, N_DIVISION, "ap", "Back");
	back->u.division.what = DIV_APPENDIX;
	for (int i = 0; i < 6; i++)
		x[i] = refer(d, para, (const char *const[]){ "f2", "f3", "t1", "c1", "s", "ap" }[i]);
	doc_finish(d, &words, NULL, false);
	assert_text(d, x[0], "fig. 1.2");
	assert_text(d, x[1], "fig. 2.1");
	assert_text(d, x[2], "table 2.1");
	assert_text(d, x[3], "chapter 1");
	assert_text(d, x[4], "<Inner>");
	assert_text(d, x[5], "appendix A");
	assert_string_equal(preface->last->u.figure.label, "1");
	assert_int_equal(two->last->u.division.level, 2);
	assert_null(two->last->u.division.label);
	/* ids that are made do not meet those that are given */
	assert_string_equal(preface->id, "sec-2");
	assert_true(x[0]->first->u.text.generated);
	doc_free(d);
}

static void lists_and_notes(void **state)
{
	struct doc *d = doc_new();
	struct node *root = add(d, NULL, N_ROOT, NULL), *list = add(d, root, N_LIST, NULL), *item[3], *inner, *p, *r;
	static const char *const labels[] = { "iii", "iv", "v" };

	(void)state;
	list->u.list.kind = LIST_NUMBER;
	list->u.list.numeration = NUM_LOWERROMAN;
	list->u.list.start = 3;
	for (int i = 0; i < 3; i++) {
		item[i] = add(d, list, N_ITEM, NULL);
		p = add(d, item[i], N_PARA, NULL);
	}
	inner = add(d, item[2], N_LIST, NULL);
	add(d, add(d, inner, N_ITEM, NULL), N_PARA, NULL);
	add(d, p, N_FOOTNOTE, "note");
	add(d, p, N_FOOTNOTE, NULL);
	r = add(d, p, N_FOOTNOTEREF, NULL);
	r->u.link.linkend = "note";
	doc_finish(d, &words, NULL, false);
	for (int i = 0; i < 3; i++)
		assert_string_equal(item[i]->u.item.label, labels[i]);
	assert_false(list->u.list.compact);
	assert_true(inner->u.list.compact);
	assert_int_equal(inner->first->u.item.depth, 2);
	assert_null(inner->first->u.item.label);
	assert_int_equal(d->n_notes, 2);
	assert_string_equal(d->notes[1]->u.note.label, "2");
	assert_ptr_equal(r->u.link.target, d->notes[0]);
	doc_free(d);
}

static int count(const struct diag_log *log, const char *code, enum diag_level level)
{
	int n = 0;

	for (size_t i = 0; i < log->n; i++)
		n += strcmp(log->v[i].code, code) == 0 && log->v[i].level == level;
	return n;
}

static struct node *entry(struct doc *d, struct node *parent, const char *id, bool labelled)
{
	struct node *n = add(d, parent, N_PARA, id);

	n->element = "biblioentry";
	n->u.para.labelled = labelled;
	doc_append(n, doc_text(d, "Book.", 5, DIAG_NOWHERE));
	return n;
}

/* Entries bear the number that references show, and only if one does. */
static void entries(void **state)
{
	(void)state;
	for (int cited = 0; cited < 2; cited++) {
		struct doc *d = doc_new();
		struct node *root = add(d, NULL, N_ROOT, NULL), *p = add(d, root, N_PARA, NULL), *x = refer(d, p, cited ? "c" : "p");
		struct node *a = entry(d, root, "a", false), *b = entry(d, root, "b", true), *c = entry(d, root, "c", false);

		p->id = "p";
		doc_finish(d, &words, NULL, false);
		assert_text(d, x, cited ? "[3]" : "above");
		assert_text(d, a, cited ? "[1] Book." : "Book.");
		assert_text(d, b, "Book.");
		assert_text(d, c, cited ? "[3] Book." : "Book.");
		doc_free(d);
	}
}

/* What has neither number nor title: by what it stands in, or by where it is; said once a reference. */
static void nameless(void **state)
{
	struct doc *d = doc_new();
	struct node *root = add(d, NULL, N_ROOT, NULL), *first = titled(d, root, N_DIVISION, "s1", "First"), *second, *p, *x[5];
	struct node *back, *span;
	struct diag_log log;

	(void)state;
	diag_init(&log);
	first->u.division.what = DIV_SECTION;
	p = add(d, first, N_PARA, "p1");
	x[0] = refer(d, p, "p1");
	x[1] = refer(d, p, "p3");
	x[2] = refer(d, p, "p2");
	span = add(d, p, N_SPAN, "term");
	doc_append(span, doc_text(d, "term", 4, DIAG_NOWHERE));
	x[3] = refer(d, p, "term");
	x[4] = refer(d, p, "ap");
	add(d, first, N_PARA, "p2");
	second = titled(d, root, N_DIVISION, "s2", "Second");
	second->u.division.what = DIV_SECTION;
	add(d, second, N_PARA, "p3");
	for (int i = 0; i < 5; i++) {
		back = titled(d, root, N_DIVISION, i == 4 ? "ap" : NULL, "Back");
		back->u.division.what = DIV_APPENDIX;
	}
	doc_finish(d, &words, &log, false);
	doc_check(d, &log, false);
	assert_text(d, x[0], "above");
	assert_text(d, x[1], "<Second>");
	assert_text(d, x[2], "below");
	assert_text(d, x[3], "term");
	assert_text(d, x[4], "appendix AB"); /* the letters are A B C here */
	assert_int_equal(count(&log, "xref-nameless", DIAG_WARNING), 3);
	assert_int_equal(log.errors, 0);
	diag_free(&log);
	doc_free(d);
}

static void numbered(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_string_equal(doc_numbered(&a, "рис.", "2.1"), "рис. 2.1");
	assert_string_equal(doc_numbered(&a, "第#章", "2"), "第2章");
	assert_string_equal(doc_numbered(&a, "#-сүрөт", "2"), "2-сүрөт");
	assert_string_equal(doc_numbered(&a, "#-сүрөт", NULL), "сүрөт");
	assert_string_equal(doc_numbered(&a, "Table", ""), "Table");
	assert_string_equal(doc_numbered(&a, "", "7"), "7");
	arena_free(&a);
}

static void faults(void **state)
{
	struct doc *d = doc_new();
	struct node *root = add(d, NULL, N_ROOT, NULL), *p, *x, *r;
	struct diag_log log;

	(void)state;
	diag_init(&log);
	add(d, add(d, root, N_DIVISION, NULL), N_TITLE, NULL);
	p = add(d, root, N_PARA, "twice");
	add(d, root, N_PARA, "twice");
	x = refer(d, p, "nowhere");
	r = add(d, p, N_FOOTNOTEREF, NULL);
	r->element = "footnoteref";
	r->u.link.linkend = "twice";
	doc_finish(d, &words, &log, false);
	assert_text(d, x, "[?]"); /* an id is no word */
	assert_int_equal(r->kind, N_XREF);
	doc_check(d, &log, false);
	assert_int_equal(log.errors, 4);
	assert_int_equal(count(&log, "empty-title", DIAG_ERROR), 1);
	assert_int_equal(count(&log, "duplicate-id", DIAG_ERROR), 1);
	assert_int_equal(count(&log, "dangling-link", DIAG_ERROR), 1);
	assert_int_equal(count(&log, "footnoteref", DIAG_ERROR), 1);
	doc_check(d, &log, true);
	assert_int_equal(log.errors, 4);
	assert_int_equal(count(&log, "no-title", DIAG_WARNING), 2);
	assert_int_equal(log.warnings, 4 + 2);
	diag_free(&log);
	doc_free(d);
}

static void sequence(void **state)
{
	struct doc *d = doc_new();
	struct node *root = add(d, NULL, N_ROOT, "r"), *p = add(d, root, N_PARA, NULL);
	uint32_t last = 0;

	(void)state;
	refer(d, p, "r");
	refer(d, p, "r");
	doc_finish(d, NULL, NULL, false);
	for (const struct node *n = root; n != NULL; n = doc_next(root, n)) {
		assert_true(n->seq > last);
		last = n->seq;
	}
	assert_int_equal(last, d->n_nodes);
	doc_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tree_links), cmocka_unit_test(plain_text), cmocka_unit_test(book_numbers),
		cmocka_unit_test(lists_and_notes), cmocka_unit_test(entries),
		cmocka_unit_test(nameless), cmocka_unit_test(numbered), cmocka_unit_test(faults), cmocka_unit_test(sequence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
