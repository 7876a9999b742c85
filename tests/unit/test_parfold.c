/* layout/parfold.c: paragraphs folded while nobody asks for them, and let go of when they are set for the last time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "workshop.h"

enum { PARS = 300, WORDS = 120, STEP_PARS = 10 /* set in one step */ };

static struct node *prose(struct workshop *w, uint64_t *seed)
{
	struct buf text;
	struct node *n;

	buf_init(&text);
	workshop_prose(seed, WORDS, &text);
	n = workshop_para(w, text.data);
	buf_free(&text);
	return n;
}

static struct par *par_of(struct workshop *w, const struct node *n)
{
	struct par_source src = { .node = n, .style = &w->style };

	return par_new(&w->l, &src);
}

struct copy {
	struct piece *pieces;
	struct cand *cands;
};

static struct copy copy_of(const struct par *p)
{
	struct copy c = { mem_alloc(p->n_pieces * sizeof *c.pieces), mem_alloc(p->n_cands * sizeof *c.cands) };

	memcpy(c.pieces, p->pieces, p->n_pieces * sizeof *c.pieces);
	memcpy(c.cands, p->cands, p->n_cands * sizeof *c.cands);
	return c;
}

static void assert_same(const struct par *p, struct copy c)
{
	par_open(p);
	for (size_t i = 0; i < p->n_pieces; i++) {
		const struct piece *a = &p->pieces[i], *b = &c.pieces[i];

		assert_true(a->kind == b->kind && a->span == b->span && a->from == b->from && a->to == b->to && a->word == b->word &&
		            a->x == b->x && a->width == b->width && a->level == b->level);
	}
	for (size_t i = 0; i < p->n_cands; i++) {
		const struct cand *a = &p->cands[i], *b = &c.cands[i];

		assert_true(a->end == b->end && a->next == b->next && a->end_piece == b->end_piece && a->next_piece == b->next_piece);
		assert_true(a->x_end == b->x_end && a->x_next == b->x_next && a->space_end == b->space_end && a->space_next == b->space_next);
		assert_true(a->d_end == b->d_end && a->d_start == b->d_start && a->hang_end == b->hang_end && a->hang_next == b->hang_next);
		assert_true(a->kind == b->kind && a->hard == b->hard && a->price == b->price && a->word_end == b->word_end &&
		            a->word_next == b->word_next && a->letters_after == b->letters_after);
	}
}

static void drop(struct copy c)
{
	mem_free(c.pieces);
	mem_free(c.cands);
}

struct many {
	struct workshop *w;
	struct node *node[PARS];
	struct par *par[PARS];
	struct copy was[PARS];
};

static struct many *make_many(void)
{
	struct many *m = mem_zalloc(1, sizeof *m);
	uint64_t seed = 7;

	m->w = workshop_open(NULL);
	for (int i = 0; i < PARS; i++) {
		m->node[i] = prose(m->w, &seed);
		m->par[i] = par_of(m->w, m->node[i]);
		m->was[i] = copy_of(m->par[i]);
	}
	return m;
}

static void free_many(struct many *m)
{
	for (int i = 0; i < PARS; i++)
		drop(m->was[i]);
	workshop_close(m->w);
	mem_free(m);
}

static void test_same_when_opened(void **state)
{
	struct many *m = make_many();

	(void)state;
	assert_null(m->par[0]->cands);
	for (int i = 0; i < PARS; i++)
		assert_same(m->par[i], m->was[i]);
	par_fold_old(&m->w->l);
	assert_same(m->par[0], m->was[0]);
	free_many(m);
}

static size_t folded(const struct many *m)
{
	size_t n = 0;

	for (int i = 0; i < PARS; i++)
		n += m->par[i]->cands == NULL && !par_is_gone(m->par[i]);
	return n;
}

static size_t blocks_held(const struct many *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->w->l.shelf.n_blocks; i++)
		n += m->w->l.shelf.blocks[i].v != NULL;
	return n;
}

/* As pages are placed: what was set is not held any more, what is still to be set is the same. */
static void test_let_go_behind_their_pages(void **state)
{
	struct many *m = make_many();
	struct par_shelf *shelf = &m->w->l.shelf;
	size_t before = folded(m), held = blocks_held(m);
	struct par *again;

	(void)state;
	assert_true(before > PARS / 4 && held >= 4);
	for (int i = 0; i < PARS; i++)
		par_want(m->par[i], i / STEP_PARS + 1);
	for (int i = 0; i < PARS; i++) {
		assert_false(par_is_gone(m->par[i]));
		assert_same(m->par[i], m->was[i]);
		if (i % STEP_PARS == STEP_PARS - 1) {
			par_placed(shelf, i / STEP_PARS + 1);
			par_fold_old(&m->w->l);
		}
	}
	assert_true(folded(m) <= STEP_PARS && blocks_held(m) <= 2); /* looked after when there is much at hand again */
	par_placed(shelf, 0);
	again = par_of(m->w, m->node[0]);
	assert_true(par_is_gone(m->par[0]));
	assert_ptr_not_equal(again, m->par[0]);
	assert_same(again, m->was[0]);
	assert_ptr_equal(par_of(m->w, m->node[0]), again);
	free_many(m);
}

/* Nobody said when they are set for the last time. */
static void test_kept_if_not_known(void **state)
{
	struct many *m = make_many();

	(void)state;
	for (int turn = 0; turn < 3; turn++) {
		for (int i = 0; i < PARS; i++) {
			assert_false(par_is_gone(m->par[i]));
			assert_same(m->par[i], m->was[i]);
			par_fold_old(&m->w->l);
		}
	}
	free_many(m);
}

enum { CELLS = 12, CELL_WORDS = 1500, TURNS = 20 };

static int opened_of(struct many *m, struct par *const *cell)
{
	int n = 0;

	for (int i = 0; i < CELLS; i++) {
		n += cell[i]->cands == NULL;
		par_open(cell[i]);
		par_fold_old(&m->w->l);
	}
	return n;
}

/* The cells of a row over many pages: more than is else at hand. Each page wants them all, and soon none is folded; when the row is over,
 * what is at hand becomes little again. */
static void test_wanted_again_and_again(void **state)
{
	struct many *m = make_many();
	struct par *cell[CELLS];
	uint64_t seed = 11;
	struct buf text;
	size_t most;

	(void)state;
	for (int i = 0; i < CELLS; i++) {
		buf_init(&text);
		workshop_prose(&seed, CELL_WORDS, &text);
		cell[i] = par_of(m->w, workshop_para(m->w, text.data));
		buf_free(&text);
	}
	assert_true(opened_of(m, cell) > CELLS / 2);
	for (int turn = 0; turn < TURNS; turn++)
		opened_of(m, cell);
	assert_int_equal(opened_of(m, cell), 0);
	most = m->w->l.shelf.full;
	for (int turn = 0; turn < 3; turn++) {
		for (int i = 0; i < PARS; i++) {
			par_open(m->par[i]);
			par_fold_old(&m->w->l);
		}
	}
	assert_true(m->w->l.shelf.full < most / 2);
	assert_true(opened_of(m, cell) > CELLS / 2);
	free_many(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_when_opened),
		cmocka_unit_test(test_let_go_behind_their_pages),
		cmocka_unit_test(test_kept_if_not_known),
		cmocka_unit_test(test_wanted_again_and_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
