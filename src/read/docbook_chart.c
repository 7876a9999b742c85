#include "read/docbook_build.h"

#include <string.h>

#include "base/unit.h"

/* Bars: a table, or the table of a figure, with role="bars" whose rows are a label and a percentage.
 * Logged: table-bars, if they are not. */

/* "33,3 %", "81", "0.5%" as thousandths of a percent; -1 if it is none from 0 to 100. */
static int64_t percent(const char *s)
{
	char number[16];
	size_t n = 0;
	int32_t milli;

	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if ((c >= '0' && c <= '9') || c == '.' || c == ',') {
			if (n + 1 == sizeof number)
				return -1;
			number[n++] = c == ',' ? '.' : *s;
		} else if (c != ' ' && c != '%' && c < 0x80) {
			return -1;
		}
	}
	number[n] = '\0';
	return n > 0 && unit_parse_milli(number, &milli) && milli >= 0 && milli <= 100000 ? milli : -1;
}

static bool is_pair(const struct node *r)
{
	return r->kind == N_ROW && r->first != NULL && r->first->next != NULL && r->first->next == r->last;
}

static struct node *child_of_kind(struct node *n, enum node_kind kind)
{
	for (struct node *c = n->first; c != NULL; c = c->next) {
		if (c->kind == kind)
			return c;
	}
	return NULL;
}

/* How many rows; 0 (with a fault) unless each is a label and, in the body, a percentage. */
static int count_bars(struct builder *b, const struct node *table)
{
	int count = 0;

	for (const struct node *r = table->first; r != NULL; r = r->next) {
		bool good = r->kind != N_ROW || (is_pair(r) && r->u.row.group != ROW_FOOT);

		if (good && r->kind == N_ROW && r->u.row.group == ROW_BODY)
			good = percent(doc_plain_text(&b->scratch, r->last, false)) >= 0;
		if (!good) {
			FAULT(b, "table-bars", r->pos, "a row of bars is a label and a percentage from 0 to 100");
			return 0;
		}
		count += r->kind == N_ROW;
	}
	return count;
}

static void take_identity(struct builder *b, struct node *n, struct node *from)
{
	if (n->lang == NULL)
		n->lang = from->lang;
	if (from->id == NULL || n->id != NULL)
		return;
	n->id = from->id;
	strmap_put(&b->d->ids, n->id, strlen(n->id), n);
}

/* A table of pairs becomes N_CHART: in a figure, whose captions the table's become; by itself if it
 * has neither title nor caption; else as a figure of its own. Anything else stays the table it is. */
void docbook_chart(struct builder *b, struct node *n)
{
	struct node *table = n->kind == N_TABLE ? n : child_of_kind(n, N_TABLE), *chart;
	int count;

	if (table == NULL) {
		if (child_of_kind(n, N_CHART) == NULL)
			FAULT(b, "table-bars", n->pos, "role=\"bars\" wants a table of labels and percentages");
		return;
	}
	count = count_bars(b, table);
	if (count == 0)
		return;
	chart = doc_node(b->d, N_CHART, table->element, table->pos);
	chart->u.chart.percent = arena_array(&b->d->arena, (size_t)count, sizeof *chart->u.chart.percent);
	doc_insert_before(table, chart);
	for (struct node *r = table->first, *next; r != NULL; r = next) {
		next = r->next;
		if (r->kind != N_ROW)
			continue;
		doc_remove(r);
		doc_append(chart, r);
		chart->u.chart.percent[chart->u.chart.rows++] =
			r->u.row.group == ROW_BODY ? percent(doc_plain_text(&b->scratch, r->last, false)) : -1;
	}
	if (table->parent->kind != N_FIGURE && table->first != NULL) {
		struct node *title = doc_title(table);

		table->kind = N_FIGURE;
		memset(&table->u, 0, sizeof table->u);
		doc_remove(chart);
		if (title != NULL ? title->next != NULL : true)
			doc_insert_before(title != NULL ? title->next : table->first, chart);
		else
			doc_append(table, chart);
		return;
	}
	take_identity(b, chart, table);
	while (table->first != NULL) {
		struct node *c = table->first;

		doc_remove(c);
		doc_insert_before(table, c);
	}
	doc_remove(table);
}
