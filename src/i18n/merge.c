#include "i18n/merge.h"

#include <string.h>

#include "i18n/langtag.h"

struct merging {
	const struct units *u;
	const struct translation *t; /* NULL: the source itself */
	const char *lang;            /* of the result */
	bool keep_stale;
	struct arena *a;
	const struct src *too_deep;
};

static struct src *copy_element(struct merging *x, const struct src *s, struct src *parent, const char *around, bool translated);

static void append(struct src *parent, struct src *s)
{
	if (parent->last != NULL)
		parent->last->next = s;
	else
		parent->first = s;
	parent->last = s;
}

static void add_text(struct merging *x, struct src *parent, const char *text, size_t len, struct pos pos)
{
	struct src *s = ARENA_NEW(x->a, struct src);

	s->parent = parent;
	s->pos = pos;
	s->text = text;
	s->len = len;
	s->depth = parent->depth + 1;
	s->blank = strspn(text, " \t\n\r") == len;
	append(parent, s);
}

/* A copy of the element alone. */
static struct src *copy_tag(struct merging *x, const struct src *s, struct src *parent)
{
	struct src *n = ARENA_NEW(x->a, struct src);

	*n = *s;
	n->parent = parent;
	n->first = n->last = n->next = NULL;
	n->depth = parent != NULL ? parent->depth + 1 : 0;
	if (parent != NULL)
		append(parent, n);
	if (n->depth > XMLSOURCE_DEPTH)
		x->too_deep = s;
	return n;
}

static void set_lang(struct merging *x, struct src *s, const char *lang)
{
	struct src_attr *v = arena_array(x->a, (size_t)s->n_attr + 1, sizeof *v);
	int n = s->n_attr, at = n;

	for (int i = 0; i < n; i++) {
		v[i] = s->attr[i];
		if (v[i].ns != NULL && strcmp(v[i].ns, NS_XML) == 0 && strcmp(v[i].name, "lang") == 0)
			at = i;
	}
	v[at] = (struct src_attr){ NS_XML, "lang", lang };
	s->attr = v;
	s->n_attr = at == n ? n + 1 : n;
}

/* The translation that takes the place of a unit's text; NULL: the source's words stay. */
static const struct markup *markup_of(const struct merging *x, const struct unit *u)
{
	const struct match *m = x->t != NULL ? &x->t->v[u - x->u->v] : NULL;

	if (m == NULL || !(m->state == UNIT_TRANSLATED || (m->state == UNIT_STALE && x->keep_stale)))
		return NULL;
	return m->markup;
}

/* The language of what is in n, a copy of s, which stands in text in the language `around`; n says it where it must. Text of
 * units in the source's language is in that or in the translation's; what the source says is in a third stays so. */
static const char *settle_lang(struct merging *x, struct src *n, const struct src *s, const char *around, bool translated)
{
	const char *own = xmlsource_attr(s, NS_XML, "lang"), *want = around;
	const struct unit *u = unit_of_block(x->u, s);

	if (x->t == NULL || unit_is_run(s))
		return own != NULL ? own : around;
	if (s->parent == NULL)
		want = x->lang;
	else if (u != NULL && !u->foreign)
		want = markup_of(x, u) != NULL ? x->lang : x->u->lang;
	else if (own != NULL)
		want = translated && langtag_equal(own, x->u->lang) ? x->lang : own;
	if (!langtag_equal(want, own != NULL ? own : around))
		set_lang(x, n, want);
	return want;
}

static void copy_content(struct merging *x, const struct src *s, struct src *n, const char *lang, bool translated)
{
	for (const struct src *c = s->first; c != NULL && x->too_deep == NULL; c = c->next) {
		if (c->name != NULL)
			copy_element(x, c, n, lang, translated);
		else
			add_text(x, n, c->text, c->len, c->pos);
	}
}

static void put_translation(struct merging *x, const struct unit *u, const struct markup *m, struct src *n, const char *lang,
                            bool translated)
{
	const struct po_entry *e = x->t->v[u - x->u->v].entry;
	int left_out = 0; /* tags open in an inline that is not for this language */

	for (size_t i = 0; i < m->n && x->too_deep == NULL; i++) {
		const struct token *t = &m->v[i];

		if (t->kind == TOKEN_OPEN && (left_out > 0 || !unit_is_for(t->part->s, x->lang)))
			left_out++;
		else if (t->kind == TOKEN_CLOSE && left_out > 0)
			left_out--;
		else if (left_out > 0)
			continue;
		else if (t->kind == TOKEN_TEXT)
			add_text(x, n, t->text, t->len, po_pos(x->t->po, e, t->at));
		else if (t->kind == TOKEN_HOLE)
			copy_element(x, t->part->s, n, lang, translated);
		else
			n = t->kind == TOKEN_OPEN ? copy_tag(x, t->part->s, n) : n->parent;
	}
}

/* NULL: it is not for this language. */
static struct src *copy_element(struct merging *x, const struct src *s, struct src *parent, const char *around, bool translated)
{
	const struct unit *u = s->unit != 0 ? &x->u->v[s->unit - 1] : NULL, *of_block;
	const struct markup *m = u != NULL ? markup_of(x, u) : NULL;
	struct src *n;
	const char *lang;

	if (parent != NULL && !unit_is_for(s, x->lang))
		return NULL;
	n = copy_tag(x, s, parent);
	translated = unit_is_translated(s, translated);
	lang = settle_lang(x, n, s, around, translated);
	of_block = unit_of_block(x->u, s);
	n->stale = of_block != NULL && x->t != NULL && x->t->v[of_block - x->u->v].state == UNIT_STALE && markup_of(x, of_block) != NULL;
	if (m != NULL)
		put_translation(x, u, m, n, lang, translated);
	else
		copy_content(x, s, n, lang, translated);
	return n;
}

static bool refuse_stale(const struct translation *t, struct diag_log *log)
{
	for (size_t i = 0; i < t->units->n; i++) {
		if (t->v[i].state == UNIT_STALE)
			diag_error(log, "po-stale", (struct pos){ t->po->path, t->v[i].entry->line, 0 },
			           "stale: the source changed since this was translated, and --stale refuse asks for none such");
	}
	return t->n.stale == 0;
}

struct src *merge_tree(const struct units *u, const struct translation *t, enum stale_policy stale, struct arena *a,
                       struct diag_log *log)
{
	struct merging x = { .u = u, .t = t, .lang = t != NULL ? t->lang : u->lang, .keep_stale = stale == STALE_KEEP, .a = a };
	struct src *n;

	if (t != NULL && stale == STALE_REFUSE && !refuse_stale(t, log))
		return NULL;
	n = copy_element(&x, u->source->root, NULL, u->lang, true);
	if (x.too_deep == NULL)
		return n;
	diag_error(log, "too-deep", x.too_deep->pos, "elements are nested more than %d deep", XMLSOURCE_DEPTH);
	return NULL;
}
