#include "read/docbook_build.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* ---- text ---- */

void docbook_flush(struct builder *b, struct node *parent)
{
	struct node *n;

	if (b->text.len == 0)
		return;
	n = doc_text(b->d, b->text.data, b->text.len, b->text_pos);
	n->u.text.generated = b->text_generated;
	doc_append(parent, n);
	buf_clear(&b->text);
}

void docbook_text(struct builder *b, struct node *parent, const char *s, size_t len, struct pos pos, bool generated)
{
	if (b->text.len > 0 && b->text_generated != generated)
		docbook_flush(b, parent);
	while (len > 0) {
		const char *nl = b->keep_lines ? memchr(s, '\n', len) : NULL;
		size_t piece = nl == NULL ? len : (size_t)(nl - s);

		if (piece > 0 && b->text.len == 0) {
			b->text_pos = pos;
			b->text_generated = generated;
		}
		buf_put(&b->text, s, piece);
		s += piece;
		len -= piece;
		if (nl != NULL) {
			docbook_flush(b, parent);
			doc_append(parent, doc_node(b->d, N_BREAK, NULL, pos));
			s++;
			len--;
		}
	}
}

void docbook_made(struct builder *b, struct node *parent, const char *s, struct pos pos)
{
	docbook_text(b, parent, s, strlen(s), pos, true);
}

/* ---- white space ---- */

/* A space that stood before a footnote's mark is dropped ("word <footnote/>."); if nothing else
 * would then part the mark from the next word, it is owed after the mark. */
static bool closes(const char *s, uint32_t len)
{
	size_t n;
	uint32_t c = utf8_decode(s, len, &n);

	return (c < 0x80 && strchr(".,;:!?)]}%/", (int)c) != NULL) || c == 0xbb || c == 0x2019 || c == 0x201d ||
	       c == 0x201c || c == 0x2026 || (c >= 0x3001 && c <= 0x3011);
}

static void collapse_text(struct builder *b, struct node *n, bool *space, bool *owed, struct node **trailing)
{
	char *s = (char *)(uintptr_t)n->u.text.s; /* ours: doc_text copied it */
	uint32_t len = 0, from = 0;

	if (*owed && !utf8_is_xml_space(s[0]) && !closes(s, n->u.text.len)) {
		s = arena_printf(&b->d->arena, " %s", s);
		n->u.text.len++;
	}
	*owed = false;
	for (; from < n->u.text.len; from++) {
		bool white = utf8_is_xml_space(s[from]);

		if (!white)
			s[len++] = s[from];
		else if (!*space)
			s[len++] = ' ';
		*space = white;
	}
	n->u.text.s = s;
	n->u.text.len = len;
	if (len > 0)
		*trailing = s[len - 1] == ' ' ? n : NULL;
}

static bool is_atom(enum node_kind kind)
{
	return kind == N_XREF || kind == N_INLINE_IMAGE || kind == N_FOOTNOTEREF || kind == N_FOOTNOTE;
}

/* Takes n, which holds nothing, out, and the spans that hold nothing but it. */
static void drop_empty(const struct node *block, struct node *n)
{
	while (n != block && n->first == NULL && n->id == NULL && (n->kind == N_TEXT || n->kind == N_SPAN)) {
		struct node *up = n->parent;

		doc_remove(n);
		n = up;
	}
}

/* Texts that became neighbours when something empty between them went: one text. */
void docbook_merge(struct builder *b, struct node *block)
{
	for (struct node *n = block; n != NULL; n = n->kind == N_FOOTNOTE ? doc_next_skip(block, n) : doc_next(block, n)) {
		struct node *end = n;
		size_t len = 0;
		char *s;

		if (n->kind != N_TEXT)
			continue;
		for (; end != NULL && end->kind == N_TEXT && end->u.text.generated == n->u.text.generated; end = end->next)
			len += end->u.text.len;
		if (end == n->next || len > UINT32_MAX)
			continue;
		s = arena_alloc(&b->d->arena, len + 1);
		len = n->u.text.len;
		memcpy(s, n->u.text.s, len);
		while (n->next != end) {
			memcpy(s + len, n->next->u.text.s, n->next->u.text.len);
			len += n->next->u.text.len;
			doc_remove(n->next);
		}
		n->u.text.s = s;
		n->u.text.len = (uint32_t)len;
	}
}

void docbook_collapse(struct builder *b, struct node *block)
{
	struct node *trailing = NULL; /* the text that ends in the last space put, if nothing visible came since */
	bool space = true, owed = false;

	for (struct node *n = block, *next; n != NULL; n = next) {
		bool mark = n->kind == N_FOOTNOTE || n->kind == N_FOOTNOTEREF;

		next = n->kind == N_FOOTNOTE ? doc_next_skip(block, n) : doc_next(block, n);
		if (n->kind == N_TEXT) {
			collapse_text(b, n, &space, &owed, &trailing);
		} else if (n->kind == N_BREAK || mark) {
			if (trailing != NULL) {
				trailing->u.text.len--;
				owed = mark;
			}
			trailing = NULL;
			space = !mark;
		} else if (is_atom(n->kind)) {
			trailing = NULL;
			space = false;
		}
	}
	if (trailing != NULL)
		trailing->u.text.len--;
	for (struct node *n = block, *next; n != NULL; n = next) {
		next = n->kind == N_FOOTNOTE ? doc_next_skip(block, n) : doc_next(block, n);
		if ((n->kind == N_TEXT && n->u.text.len == 0) || n->kind == N_SPAN) {
			if (n->first == NULL)
				next = doc_next_skip(block, n);
			drop_empty(block, n);
		}
	}
	docbook_merge(b, block);
}

/* An address keeps its lines, but not those that its mark-up made. */
void docbook_trim_breaks(struct node *block)
{
	bool content = false;

	for (struct node *n = block->first, *next; n != NULL; n = next) {
		next = n->next;
		if (n->kind == N_BREAK && !content)
			doc_remove(n);
		else
			content = n->kind != N_BREAK;
	}
	while (block->last != NULL && block->last->kind == N_BREAK)
		doc_remove(block->last);
}
