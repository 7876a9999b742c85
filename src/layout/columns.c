#include "layout/columns.h"

#define LEAST_OF_ANY SP_PT(6) /* an empty column is still one */

/* What is missing is spread by what the columns would like to have. */
static void widen(struct column *v, int span, sp missing, bool least)
{
	sp sum = 0, given = 0;

	for (int i = 0; i < span; i++)
		sum += v[i].most + SP_ONE;
	for (int i = 0; i < span; i++) {
		sp part = i + 1 < span ? unit_scale(missing, v[i].most + SP_ONE, sum) : missing - given;

		given += part;
		if (least)
			v[i].least += part;
		else
			v[i].most += part;
	}
}

void columns_need(struct column *v, int span, sp least, sp most, sp gap)
{
	sp have_least = gap * (span - 1), have_most = have_least;

	for (int i = 0; i < span; i++) {
		have_least += v[i].least;
		have_most += v[i].most;
	}
	if (most > have_most)
		widen(v, span, most - have_most, false);
	if (least > have_least)
		widen(v, span, least - have_least, true);
}

/* Bounds every column; returns the sum of the leasts. */
static sp settle(struct column *v, int n, sp avail)
{
	sp sum = 0, wanted = 0;

	for (int i = 0; i < n; i++)
		wanted += v[i].most;
	for (int i = 0; i < n; i++) {
		sp others = wanted - v[i].most, cap = avail - others > avail * 3 / 5 ? avail - others : avail * 3 / 5;

		if (v[i].least < LEAST_OF_ANY)
			v[i].least = LEAST_OF_ANY;
		if (v[i].asked > 0 && v[i].asked < avail)
			v[i].least = v[i].most = v[i].asked > v[i].least ? v[i].asked : v[i].least;
		else if (v[i].most > cap) /* a long text does not starve its neighbours */
			v[i].most = cap;
		if (v[i].most < v[i].least)
			v[i].most = v[i].least;
		sum += v[i].least;
	}
	return sum;
}

/* Columns without a share have what they would like, if there is room; else all have of it what they lack in proportion, those with a
 * share too, whatever their order. */
static void share_wishes(struct column *v, int n, sp avail)
{
	sp room = avail, wish = 0, lack = 0; /* wish: of columns without a share; lack: of all */

	for (int i = 0; i < n; i++) {
		room -= v[i].least;
		wish += v[i].share > 0 ? 0 : v[i].most - v[i].least;
		lack += v[i].most - v[i].least;
	}
	for (int i = 0; i < n; i++) {
		sp more = v[i].most - v[i].least;

		v[i].w = v[i].share > 0 ? 0 : v[i].least + (wish <= room ? more : unit_scale(room, more, lack));
	}
}

/* Proportions hold as far as the words let them: a column that needs more keeps its least, and the rest share
 * what is left. */
static void share_by_proportion(struct column *v, int n, sp avail)
{
	bool again = true;

	share_wishes(v, n, avail);
	while (again) {
		sp rest = avail;
		int shares = 0;

		again = false;
		for (int i = 0; i < n; i++) {
			rest -= v[i].w;
			shares += v[i].w == 0 ? v[i].share : 0;
		}
		for (int i = 0; i < n && !again; i++) {
			if (v[i].w == 0 && unit_scale(rest, v[i].share, shares) < v[i].least) {
				v[i].w = v[i].least;
				again = true;
			}
		}
		for (int i = 0; i < n && !again; i++) {
			if (v[i].w == 0)
				v[i].w = unit_scale(rest, v[i].share, shares);
		}
	}
}

static void share_by_content(struct column *v, int n, sp avail)
{
	sp least = 0, most = 0, free = 0; /* free: of columns that were not asked to be as wide as they are */

	for (int i = 0; i < n; i++) {
		least += v[i].least;
		most += v[i].most;
		free += v[i].asked > 0 ? 0 : v[i].most;
	}
	for (int i = 0; i < n; i++) {
		if (least > avail)
			v[i].w = unit_scale(avail, v[i].least, least);
		else if (most > avail)
			v[i].w = v[i].least + unit_scale(avail - least, v[i].most - v[i].least, most - least);
		else if (free == 0)
			v[i].w = unit_scale(avail, v[i].most, most);
		else
			v[i].w = v[i].most + (v[i].asked > 0 ? 0 : unit_scale(avail - most, v[i].most, free));
	}
}

/* Columns as wide as each other look best, unless one would stand all but empty beside a full one. */
static bool may_be_even(const struct column *v, int n, sp avail)
{
	sp even = avail / n, thin = avail, full = 0;

	for (int i = 0; i < n; i++) {
		if (v[i].least > even || v[i].asked > 0 || v[i].share > 0)
			return false;
		thin = v[i].most < thin ? v[i].most : thin;
		full = v[i].most > full ? v[i].most : full;
	}
	return full <= even || (thin >= even / 2 && full <= 3 * even);
}

bool columns_share(struct column *v, int n, sp width, sp gap, bool even)
{
	sp avail = width - gap * (n - 1), least;
	int shares = 0;

	if (avail < LEAST_OF_ANY * n)
		avail = LEAST_OF_ANY * n;
	least = settle(v, n, avail);
	for (int i = 0; i < n; i++)
		shares += v[i].share;
	if (even && may_be_even(v, n, avail)) {
		for (int i = 0; i < n; i++)
			v[i].w = avail / n;
	} else if (shares > 0 && least <= avail) {
		share_by_proportion(v, n, avail);
	} else {
		share_by_content(v, n, avail);
	}
	v[0].x = 0;
	for (int i = 1; i < n; i++)
		v[i].x = v[i - 1].x + v[i - 1].w + gap;
	return least <= avail;
}
