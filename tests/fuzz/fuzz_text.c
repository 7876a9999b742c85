/* Words: any text in any language: places where a line may break, hyphenation, directions, and the rules of characters. */
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "doc/number.h"
#include "fuzz.h"
#include "lang/bidi.h"
#include "lang/textpass.h"

static bool is_start(const char *text, size_t len, size_t at)
{
	return at == len || ((unsigned char)text[at] & 0xC0) != 0x80;
}

static void break_it(struct fuzz_bytes *b, const struct lang *const v[2], const char *text, size_t len)
{
	struct break_rules rules = { .hyphenate = fuzz_take(b, 2), .strict = fuzz_take(b, 2), .left_min = (int)fuzz_take(b, 5),
		                     .right_min = (int)fuzz_take(b, 5), .unbroken = (int)fuzz_take(b, 40) };
	struct lang_run runs[3];
	struct break_list out = { 0 };
	size_t cut = fuzz_take(b, 65536) % (len + 1), n = 0;

	while (!is_start(text, len, cut))
		cut--;
	if (cut > 0)
		runs[n++] = (struct lang_run){ 0, (uint32_t)cut, v[0], fuzz_take(b, 4) == 3 };
	if (cut < len)
		runs[n++] = (struct lang_run){ (uint32_t)cut, (uint32_t)len, v[1], fuzz_take(b, 4) == 3 };
	lang_breaks(text, len, runs, n, &rules, &out);
	for (size_t i = 0; i < out.n; i++) {
		FUZZ_MUST(out.v[i].at > 0 && out.v[i].at < len);
		FUZZ_MUST(is_start(text, len, out.v[i].at));
		FUZZ_MUST(i == 0 || out.v[i].at > out.v[i - 1].at);
	}
	break_list_free(&out);
}

static void turn_it(struct fuzz_bytes *b, const struct lang *l, const char *text, size_t len)
{
	uint8_t *levels = mem_alloc(len + 1), objects[4];
	int32_t *order = mem_alloc((len + 1) * sizeof *order);
	struct bidi_event events[4];
	size_t n = 0, at = 0;
	bool *seen = mem_zalloc(len + 1, sizeof *seen);

	for (uint32_t k = fuzz_take(b, 5); k > 0 && len > 0; k--) {
		size_t next = at + fuzz_take(b, 256) % (len - at + 1);

		while (!is_start(text, len, next))
			next++;
		at = next;
		events[n].at = (uint32_t)at;
		events[n++].mark = (enum bidi_mark)fuzz_take(b, BIDI_OBJECT + 1);
	}
	lang_bidi_needed(text, len);
	lang_bidi_levels(l, text, len, fuzz_take(b, 2), events, n, levels, objects);
	lang_bidi_order(levels, len, order);
	for (size_t i = 0; i < len; i++) {
		FUZZ_MUST(order[i] >= 0 && (size_t)order[i] < len && !seen[order[i]]);
		seen[order[i]] = true;
	}
	mem_free(seen);
	mem_free(levels);
	mem_free(order);
}

/* Every text of the tree stays UTF-8, and none is empty. */
static void look(const struct node *n)
{
	if (n->kind == N_TEXT)
		FUZZ_MUST(n->u.text.len > 0 && utf8_is_valid(n->u.text.s, n->u.text.len));
	for (const struct node *c = n->first; c != NULL; c = c->next)
		look(c);
}

static void correct_it(struct fuzz_bytes *b, struct langs *langs, const char *tag, const char *text, size_t len)
{
	const uint32_t bits = fuzz_take(b, 65536);
	struct text_switches on;
	struct text_counts count = { 0 };
	struct doc *d = doc_new();
	struct node *para, *span, *into;
	struct doc_words words;
	struct diag_log log;
	size_t at = 0;

	for (size_t i = 0; i < sizeof on; i++) /* it is nothing but switches */
		((bool *)&on)[i] = bits >> i & 1;
	diag_init(&log);
	d->lang = tag;
	d->root = doc_node(d, N_ROOT, "article", DIAG_NOWHERE);
	para = doc_node(d, N_PARA, "para", DIAG_NOWHERE);
	span = doc_node(d, N_SPAN, "quote", DIAG_NOWHERE);
	span->u.span.kind = (enum span_kind)fuzz_take(b, SPAN_PHRASE + 1);
	doc_append(d->root, para);
	for (int i = 0; i < 3 && at < len; i++) { /* before, inside and behind the span */
		size_t end = i == 2 ? len : at + 1 + fuzz_take(b, 256) % (len - at);

		while (!is_start(text, len, end))
			end++;
		into = i == 1 ? span : para;
		doc_append(into, doc_text(d, text + at, end - at, DIAG_NOWHERE));
		if (i == 1)
			doc_append(para, span);
		at = end;
	}
	textpass_quotes(d, langs, &on, &count, &log);
	textpass_characters(d, langs, &on, &count, &log);
	lang_words_for_doc(langs_lookup(langs, tag, &log), &words);
	doc_finish(d, &words, &log, false);
	textpass_digits(d, langs, &log);
	look(d->root);
	doc_free(d);
	diag_free(&log);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Choices come from the end of the input, so that its start reads as text. */
	size_t head = size < 24 ? size / 2 : 24;
	struct fuzz_bytes b = { data + size - head, head }, rest = { data, size - head };
	struct langs *langs = fuzz_shop()->langs;
	const char *tag = fuzz_lang(&b);
	const struct lang *v[2];
	struct diag_log log;
	struct arena a;
	char *text;
	size_t len;

	diag_init(&log);
	arena_init(&a);
	text = fuzz_text(&rest, &a, &len);
	v[0] = langs_lookup(langs, tag, &log);
	v[1] = langs_lookup(langs, fuzz_lang(&b), &log);
	break_it(&b, v, text, len);
	turn_it(&b, v[0], text, len);
	correct_it(&b, langs, tag, text, len);
	arena_free(&a);
	diag_free(&log);
	return 0;
}
