/* Paragraphs by what they are made from. A document is set again when pull quotes were left over or its contents grew; all
 * but a few of its paragraphs are then the same. */
#include <string.h>

#include "base/mem.h"
#include "layout/par.h"

/* Of all that par_source holds; texts stand behind it, each with its NUL. */
struct par_key {
	const struct node *node, *from, *before, *runin;
	const struct par_style *style, *runin_style; /* own_style's */
	int32_t role, unbroken;
	uint32_t flags;           /* bits, and which texts there are */
	uint32_t unused;          /* no byte of it is left to chance */
};

enum { FLAG_SKIP_NOTES = 1, FLAG_BOLD_PREFIX = 2, FLAG_TEXT = 4, FLAG_AMONG_OTHERS = 64 };

/* One address for all styles that say the same: the theme's, or a copy that lasts as long as paragraphs do. */
static const struct par_style *own_style(struct layout *l, const struct par_style *style)
{
	const struct theme *t = l->theme;
	struct par_style *kept;

	if (style == NULL || (style >= t->par && style < t->par + PS_COUNT))
		return style;
	kept = strmap_lookup(&l->styles, (const char *)style, sizeof *style);
	if (kept == NULL) {
		kept = (struct par_style *)arena_dup(&l->paras, (const char *)style, sizeof *style);
		strmap_put(&l->styles, (const char *)kept, sizeof *kept, kept);
	}
	return kept;
}

static void put_text(struct buf *b, const char *s)
{
	if (s != NULL)
		buf_put(b, s, strlen(s) + 1);
}

static void put_key(struct buf *b, const struct par_source *src)
{
	const char *const texts[] = { src->prefix, src->suffix, src->plain, src->lang };
	struct par_key key = { .node = src->node, .from = src->from, .before = src->before, .runin = src->runin, .style = src->style,
		               .runin_style = src->runin_style, .role = (int32_t)src->role, .unbroken = src->unbroken };

	key.flags = (src->skip_notes ? FLAG_SKIP_NOTES : 0) | (src->bold_prefix ? FLAG_BOLD_PREFIX : 0) |
	            (src->among_others ? FLAG_AMONG_OTHERS : 0);
	for (int i = 0; i < 4; i++)
		key.flags |= texts[i] != NULL ? (uint32_t)FLAG_TEXT << i : 0;
	buf_put(b, &key, sizeof key);
	for (int i = 0; i < 4; i++)
		put_text(b, texts[i]);
}

struct par *par_new(struct layout *l, const struct par_source *src)
{
	struct par_source own = *src;
	struct buf key;
	struct par *p;

	own.style = own_style(l, src->style);
	own.runin_style = own_style(l, src->runin_style);
	buf_init(&key);
	put_key(&key, &own);
	p = strmap_lookup(&l->par_of, key.data, key.len);
	if (p == NULL || par_is_gone(p)) {
		par_fold_old(l);
		p = par_make(l, &own);
		strmap_put(&l->par_of, arena_dup(&l->paras, key.data, key.len), key.len, p);
	}
	buf_free(&key);
	return p;
}

void par_forget_all(struct layout *l)
{
	par_shelf_free(&l->shelf);
	strmap_free(&l->par_of);
	strmap_free(&l->styles);
	arena_free(&l->paras);
}
