/* Which searches are run over a document. An exact search begins with a guess of what it will find, which mostly is all that is needed.
 * Else each begins with what the one before it found, so that exact <= beam <= greedy. A narrow beam is mostly near enough for exact to
 * be done at once; if what it found is dear, one of twice its width is tried first. Only where that is not enough, greedy and the wide
 * one look for a better solution. Long documents are searched chapter by chapter. */
#include <string.h>

#include "base/mem.h"
#include "layout/pins.h"
#include "layout/price.h"
#include "layout/search.h"

enum {
	PAGES_EXACT = 48,
	PAGES_PROVABLE = 1000,         /* of more an exact search would not come to its end, even if asked for */
	BEAM_NARROW = 6,
	BEAM_CHAPTER = 24,             /* the widest of a chapter */
	DEAR_A_PAGE = 200 * POINT,     /* a solution that costs more leaves an exact search too much to follow */
	DEAR_CHAPTER = 60 * POINT,    /* the same of a chapter's */
	GUESS_A_PAGE = 110 * POINT,    /* what most documents cost less than */
	MOST_GUESSES = 3,
	MOST_WORK_AUTO = 500000,       /* [block put on a page] of an exact search nobody asked for */
	MOST_WORK_ASKED = 3000000,     /* of one that was asked for: some seconds */
	MOST_WORK_NARROW = 120000,     /* of one that knows the narrow beam's solution alone */
	MOST_WORK_SURVEY = 3500000,
	ROWS_ADDED_UP = 32             /* of a block: more are looked up */
};

/* Nearer the truth, because bands are to come out even: on the grid, with the space that stands between two blocks, and notes. */
static sp height_in_columns(const struct search *s, int i)
{
	const struct theme *t = s->p->l->theme;
	const struct block *b = &s->p->g->v[i], *prev = i > 0 ? b - 1 : NULL;
	sp unit = t->page.unit, height = variant_natural_height(s->p, i), space = b->before;

	if (prev != NULL && prev->heading && b->box == NULL)
		space = prev->after;
	else if (prev != NULL && prev->after > space)
		space = prev->after;
	if (b->new_page || (prev != NULL && prev->span && !b->span)) /* on top of a band */
		space = 0;
	height = (height + unit - 1) / unit * unit;
	height += b->off_grid ? space : (space + unit - 1) / unit * unit;
	return (b->span ? height * t->cols.n : height) + foot_height_of(s->p, b);
}

/* Where the rows of a long block stand in it. */
static const sp *rows_done(const struct search *s, const struct rows *r)
{
	sp *done, sum = 0;

	if (r->n < ROWS_ADDED_UP)
		return NULL;
	done = arena_array(s->a, (size_t)r->n, sizeof *done);
	for (int i = 0; i < r->n; i++) {
		done[i] = sum;
		sum += r->v[i].advance;
	}
	return done;
}

static sp measure_galley(struct search *s)
{
	const struct theme *t = s->p->l->theme;
	int n = (int)s->p->g->n;

	s->left = mem_zalloc((size_t)n + 1, sizeof *s->left);
	s->blank = mem_zalloc((size_t)n + 1, sizeof *s->blank);
	s->done = mem_zalloc((size_t)n + 1, sizeof *s->done);
	s->band_end = mem_zalloc((size_t)n + 1, sizeof *s->band_end);
	s->band_end[n] = n;
	for (int i = n; i-- > 0;) {
		const struct block *b = &s->p->g->v[i];
		sp space = b->before > 0 ? b->before : 0, height = variant_natural_height(s->p, i) + space;
		bool optional = b->insert > 0 && s->p->g->inserts[b->insert - 1].kind == INSERT_QUOTE;

		if (t->cols.n > 1)
			height = height_in_columns(s, i);
		s->left[i] = s->left[i + 1] + (optional ? 0 : height);
		s->done[i] = rows_done(s, &b->rows);
		s->band_end[i] = b->span || b->new_page ? i : s->band_end[i + 1];
		s->blank[i] = s->blank[i + 1] + (b->new_page && i > 0 ? rank_page_height(t) * (b->new_recto && t->page.facing ? 2 : 1) : 0);
	}
	return s->left[0];
}

static struct state first_state(const struct search *s)
{
	struct state st = { .carry = s->p->owed, .n_carry = s->p->n_owed, .page = 1, .foot = FREE, .pending = -1,
		            .band = band_of_page(s->p), .best.parent = -1, .second.parent = -1 };

	st.band.top = s->p->first_y;
	return st;
}

/* With a guess in the place of a solution: nothing of a solution that costs less is left out, so the first that is found is the
 * best. Where there is none the next guess follows from how many pages this one was enough for. True: the search came to its end. */
static bool search_guessing(struct search *s, sp pages, struct search_result *out)
{
	int64_t most = s->p->n_put + MOST_WORK_NARROW;
	bool whole = true;

	s->guess = GUESS_A_PAGE * pages;
	for (int round = 0; round < MOST_GUESSES && whole && out->best.n == 0 && s->p->n_put < most; round++) {
		whole = search_as(s, PAGINATE_EXACT, pages, 0, most - s->p->n_put, out);
		s->guess = s->guess / s->v[s->n - 1].page * (pages + 1) + s->guess / 4;
	}
	s->guess = 0;
	return whole && out->best.n > 0;
}

/* Few states, then as many again if that is dear. */
static void search_narrow(struct search *s, sp pages, struct search_result *out)
{
	search_as(s, PAGINATE_BEAM, pages, BEAM_NARROW, 0, out);
	if (out->best.n == 0 || out->best.cost > DEAR_A_PAGE * pages)
		search_as(s, PAGINATE_BEAM, pages, 2 * BEAM_NARROW, 0, out);
}

static enum paginate asked(const struct search *s, sp pages)
{
	return s->p->mode == PAGINATE_EXACT && pages > PAGES_PROVABLE ? PAGINATE_AUTO : s->p->mode;
}

/* The searches there are, from the quickest to the one that was asked for. */
static void search_all(struct search *s, sp pages, struct search_result *out)
{
	struct paginator *p = s->p;
	enum paginate mode = asked(s, pages);
	bool whole = false; /* an exact search came to its end */

	if (mode == PAGINATE_AUTO)
		mode = pages <= PAGES_EXACT ? PAGINATE_EXACT : PAGINATE_BEAM;
	if (mode == PAGINATE_EXACT && p->l->want == 0 && p->l->pins == NULL && step_joins(s))
		whole = search_guessing(s, pages, out);
	if (mode == PAGINATE_EXACT && !whole) {
		search_narrow(s, pages, out);
		if (out->best.n > 0) /* else a wish that is hard to come up to */
			whole = search_as(s, PAGINATE_EXACT, pages, 0, MOST_WORK_NARROW, out);
	}
	if (!whole)
		search_as(s, PAGINATE_GREEDY, pages, 0, 0, out);
	if (mode != PAGINATE_GREEDY && !whole)
		search_as(s, PAGINATE_BEAM, pages, 0, 0, out);
	if (mode == PAGINATE_EXACT && !whole)
		whole = search_as(s, PAGINATE_EXACT, pages, 0, p->mode == PAGINATE_EXACT ? MOST_WORK_ASKED : MOST_WORK_AUTO, out);
	out->proved = whole && (out->best.n == 0 || s->least_cut >= out->best.cost);
	if (p->l->pins != NULL && p->l->pins->ways != NULL && out->best.n > 0) {
		s->surveys = true;
		s->most_work = p->n_put + MOST_WORK_SURVEY;
		search_run(s, out);
		p->l->pins->ways->least = out->best.cost;
		p->l->pins->ways->proved = s->mode == PAGINATE_EXACT && !s->gave_up && s->least_cut >= search_bound(s, out);
	}
}

/* ---- chapter by chapter ------------------------------------------------------------------------------------------ */

/* What begins a page behind this block, or the end. */
static int next_chapter(const struct galley *g, int block)
{
	while (block < (int)g->n && !g->v[block].new_page)
		block++;
	return block;
}

/* Up to its goal, from where it begins: by wider and wider beams, while what they find is dear. */
static bool search_chapter(struct search *s, struct search_result *out)
{
	sp pages = (s->left[s->first.pos.block] - s->left[s->goal]) / rank_page_height(s->p->l->theme) + 1;

	memset(out, 0, sizeof *out);
	for (int beam = BEAM_NARROW; beam <= BEAM_CHAPTER && (out->best.n == 0 || out->best.cost > DEAR_CHAPTER * pages); beam *= 2)
		search_as(s, PAGINATE_BEAM, pages, beam, 0, out);
	return out->best.n > 0;
}

/* Plans joined to one. */
struct joined {
	struct choice *v;
	size_t n, cap;
	int64_t cost;
};

static void join(struct joined *to, const struct choice *v, size_t n, int64_t cost)
{
	VEC_ROOM(to->v, to->n, to->cap, n);
	if (n > 0)
		memcpy(to->v + to->n, v, n * sizeof *v);
	to->n += n;
	to->cost += cost;
}

static struct plan whole_of(const struct search *s, struct joined *from)
{
	struct plan plan = { arena_array(s->a, from->n, sizeof *plan.v), (int)from->n, from->cost };

	if (from->n > 0)
		memcpy(plan.v, from->v, from->n * sizeof *plan.v);
	mem_free(from->v);
	return plan;
}

/* The chapter whose second best way costs the least more than its best. */
struct runner_up {
	struct plan plan;              /* n == 0: none */
	size_t at, n;                  /* of the choices that it would be in the place of */
	int64_t more;
};

static void run_up(struct runner_up *r, const struct search_result *part, size_t at)
{
	int64_t more = part->second.cost - part->best.cost;

	if (part->second.n > 0 && (r->plan.n == 0 || more < r->more))
		*r = (struct runner_up){ part->second, at, (size_t)part->best.n, more };
}

/* Long documents: chapters begin pages, so that hardly anything in one hangs on those before it, but for its first page's number. Each
 * goes on where the best layout of the one before it ends. False: one of them has none, or there is but one. */
static bool search_chapters(struct search *s, struct search_result *out)
{
	const struct galley *g = s->p->g;
	struct search_result part;
	struct joined best = { 0 }, second = { 0 };
	struct runner_up other = { 0 };
	bool found;

	memset(out, 0, sizeof *out);
	out->ran = PAGINATE_BEAM;
	out->chapters = true;
	s->goal = next_chapter(g, 1);
	s->chapters = true;
	for (found = s->goal < (int)g->n; found && s->first.pos.block < (int)g->n; s->goal = next_chapter(g, s->goal + 1)) {
		if (!(found = search_chapter(s, &part)))
			break;
		run_up(&other, &part, best.n);
		join(&best, part.best.v, (size_t)part.best.n, part.best.cost);
		s->first = s->reached;
		s->first.done = false;
		s->first.best = s->first.second = (struct arrival){ .parent = -1 };
	}
	if (other.plan.n > 0) {
		join(&second, best.v, other.at, best.cost + other.more);
		join(&second, other.plan.v, (size_t)other.plan.n, 0);
		join(&second, best.v + other.at + other.n, best.n - other.at - other.n, 0);
	}
	out->best = whole_of(s, &best);
	out->second = whole_of(s, &second);
	s->chapters = false;
	return found;
}

/* An exact search gave up: the best that there is of so long a document. */
static void take_chapters(struct search *s, struct search_result *out)
{
	struct search_result by_chapter;

	s->first = first_state(s);
	if (search_chapters(s, &by_chapter) && (out->best.n == 0 || by_chapter.best.cost < out->best.cost))
		*out = by_chapter;
}

void search_pages(struct paginator *p, struct arena *a, struct search_result *out)
{
	struct search s = { .p = p, .a = a };
	sp pages = measure_galley(&s) / rank_page_height(p->l->theme) + 1;
	bool free = p->l->want == 0 && p->l->pins == NULL && p->l->theme->cols.n == 1;

	s.first = first_state(&s);
	if (asked(&s, pages) != PAGINATE_AUTO || pages <= PAGES_EXACT || !free || !search_chapters(&s, out)) {
		memset(out, 0, sizeof *out);
		s.first = first_state(&s);
		s.goal = (int)p->g->n;
		if (!rank_is_hopeless(&s, &s.first)) /* else a wish that no holes within reason come up to */
			search_all(&s, pages, out);
		if (asked(&s, pages) == PAGINATE_EXACT && !out->proved && pages > PAGES_EXACT && free)
			take_chapters(&s, out);
	}
	out->n_states = s.n_states;
	out->n_steps = s.n_steps;
	variant_forget_many(p);
	mem_free(s.v);
	mem_free(s.next);
	mem_free(s.leaders);
	mem_free(s.fill.v);
	mem_free(s.left);
	mem_free(s.blank);
	mem_free(s.done);
	mem_free(s.band_end);
}
