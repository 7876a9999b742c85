#include "lang/textpass.h"

#include <string.h>

static bool is_quote(const struct node *n)
{
	return n->kind == N_SPAN && n->u.span.kind == SPAN_QUOTE;
}

/* How many quotations n stands in. A footnote begins anew. The reader bounds the depth of trees. */
static int level_of(const struct node *n)
{
	int level = 0;

	for (n = n->parent; n != NULL && n->kind != N_FOOTNOTE; n = n->parent)
		level += is_quote(n);
	return level;
}

/* The marks are of the surroundings' language, which shaping and breaking go by. */
static void put_marks(struct doc *d, struct langs *l, struct node *span, struct diag_log *log)
{
	const char *tag = doc_lang(d, span->parent);
	const struct lang *lang = langs_lookup(l, tag, log);
	int level = level_of(span);
	const char *open = lang_quote(lang, level, false), *close = lang_quote(lang, level, true);
	struct node *before = doc_text(d, open, strlen(open), span->pos);
	struct node *after = doc_text(d, close, strlen(close), span->pos);

	before->u.text.generated = after->u.text.generated = true;
	if (span->lang != NULL)
		before->lang = after->lang = tag;
	if (span->first != NULL)
		doc_insert_before(span->first, before);
	else
		doc_append(span, before);
	doc_append(span, after);
}

static void quotes_below(struct doc *d, struct langs *l, struct node *top, struct diag_log *log)
{
	for (struct node *n = top; n != NULL; n = doc_next(top, n)) {
		if (is_quote(n))
			put_marks(d, l, n, log);
	}
}

void textpass_quotes(struct doc *d, struct langs *l, struct diag_log *log)
{
	struct node *front = d->info.front, *top = front;

	quotes_below(d, l, d->root, log);
	while (top != NULL && top != d->root)
		top = top->parent;
	if (front != NULL && top == NULL) /* kept beside the tree */
		quotes_below(d, l, front, log);
}

void lang_words_for_doc(const struct lang *l, struct doc_words *out)
{
	out->figure = lang_word(l, W_FIGURE_REF);
	out->table = lang_word(l, W_TABLE_REF);
	out->chapter = lang_word(l, W_CHAPTER_REF);
	out->section = lang_word(l, W_SECTION_REF);
	out->appendix = lang_word(l, W_APPENDIX_REF);
	out->part = lang_word(l, W_PART_REF);
	out->note = lang_word(l, W_NOTE_REF);
	out->page = lang_word(l, W_PAGE_REF);
	out->above = lang_word(l, W_ABOVE);
	out->below = lang_word(l, W_BELOW);
	out->capitals = lang_capitals(l);
	out->quote_open = lang_quote(l, 0, false);
	out->quote_close = lang_quote(l, 0, true);
}
