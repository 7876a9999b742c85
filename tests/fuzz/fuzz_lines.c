/* The line breaker: any text in any style at any measures: the lines follow one another from the start to the end, in the
 * number that was asked for, and can be set. */
#include <string.h>

#include "base/mem.h"
#include "doc/number.h"
#include "fuzz.h"
#include "layout/linebreak.h"
#include "layout/setline.h"
#include "lang/textpass.h"

static void must_follow(const struct par *p, uint32_t from, const struct broken *b)
{
	uint32_t at = from;

	FUZZ_MUST(b->n > 0);
	for (int i = 0; i < b->n; i++) {
		FUZZ_MUST(b->v[i].from == at);
		FUZZ_MUST(b->v[i].to > at && b->v[i].to < p->n_cands);
		at = b->v[i].to;
	}
	FUZZ_MUST(at + 1 == p->n_cands);
	FUZZ_MUST(b->v[b->n - 1].last);
}

static void set(struct layout *l, const struct par *p, const struct broken *b)
{
	struct pages *pages = pages_new();
	struct place to = { .l = l, .pages = pages, .page = pages_add(pages), .role = ROLE_CONTENT };
	struct buf dump;

	pages->width = pages->height = SP_PT(600);
	pages->fonts = l->fonts;
	pages->colours = l->theme->colours;
	pages->n_colours = l->theme->n_colours;
	for (int i = 0; i < b->n; i++)
		line_set(&to, p, &b->v[i], 0, SP_PT(14) * (i + 1));
	buf_init(&dump);
	pages_dump(pages, l->doc, &dump);
	buf_free(&dump);
	pages_free(pages);
}

static void break_it(struct layout *l, struct fuzz_bytes *b, const struct par *p)
{
	sp full = SP_PT(6) + (sp)fuzz_take(b, 500) * SP_ONE;
	struct measure m = { .full = full, .indent = fuzz_take(b, 2) ? full / 8 : 0, .narrow = full };
	struct broken all[3], one;
	uint32_t from = fuzz_take(b, 4) == 3 ? fuzz_take(b, 65536) % (uint32_t)(p->n_cands - 1) : 0;

	if (fuzz_take(b, 2)) {
		m.narrow = full / (2 + fuzz_take(b, 3));
		m.narrow_from = (int)fuzz_take(b, 4);
		m.narrow_to = m.narrow_from + (int)fuzz_take(b, 6);
	}
	FUZZ_MUST(line_break(l, p, from, &m, 0, &one));
	must_follow(p, from, &one);
	line_break_all(l, p, from, &m, all);
	FUZZ_MUST(all[1].n == one.n && all[1].cost == one.cost);
	for (int i = 0; i < 3; i++) {
		if (all[i].n == 0)
			continue;
		FUZZ_MUST(all[i].n == one.n + i - 1);
		must_follow(p, from, &all[i]);
	}
	set(l, p, &one);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t head = size < 24 ? size / 2 : 24;
	struct fuzz_bytes b = { data + size - head, head }, rest = { data, size - head };
	struct fuzz_shop *shop = fuzz_shop();
	static struct theme *theme;
	struct doc *d = doc_new();
	struct diag_log log;
	struct layout l = { .doc = d, .fonts = shop->fonts, .shaper = shop->shaper, .langs = shop->langs, .log = &log,
		            .allow_missing_glyphs = true };
	struct par_style style = { .family = "Serif", .size = SP_PT(10), .leading = SP_PT(14) };
	struct doc_words words;
	struct arena a;
	char *text;
	size_t len;

	if (theme == NULL)
		theme = fuzz_theme(NULL, "ru");
	diag_init(&log);
	arena_init(&a);
	arena_init(&l.arena);
	l.theme = theme;
	d->lang = fuzz_lang(&b);
	style.size = SP_PT(4) + (sp)fuzz_take(&b, 40) * SP_ONE;
	style.align = fuzz_take(&b, 3) != 0 ? SET_JUSTIFY : SET_START;
	style.hyphenate = fuzz_take(&b, 4) != 0;
	style.protrude = fuzz_take(&b, 2);
	style.expansion = (int16_t)fuzz_take(&b, 31);
	text = fuzz_text(&rest, &a, &len);
	d->root = doc_node(d, N_ROOT, "article", DIAG_NOWHERE);
	doc_append(d->root, doc_node(d, N_PARA, "para", DIAG_NOWHERE));
	if (len > 0)
		doc_append(d->root->first, doc_text(d, text, len, DIAG_NOWHERE));
	lang_words_for_doc(langs_lookup(shop->langs, d->lang, &log), &words);
	doc_finish(d, &words, &log, false);
	if (len > 0) {
		struct par_source src = { .node = d->root->first, .style = &style };
		const struct par *p = par_new(&l, &src);

		FUZZ_MUST(p != NULL && p->n_cands >= 2);
		for (int i = 0; i < 3; i++)
			break_it(&l, &b, p);
	}
	break_list_free(&l.breaks);
	par_forget_all(&l);
	arena_free(&l.arena);
	arena_free(&a);
	doc_free(d);
	diag_free(&log);
	return 0;
}
