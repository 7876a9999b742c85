#include "write/epub/book.h"

#include <string.h>

#include "base/mem.h"

void book_init(struct book *b)
{
	memset(b, 0, sizeof *b);
	arena_init(&b->arena);
	strmap_init(&b->places);
	strmap_init(&b->used_ids);
	strmap_init(&b->box_names);
	bookfont_init(&b->faces);
}

void book_free(struct book *b)
{
	for (size_t i = 0; i < b->n_files; i++)
		buf_free(&b->files[i].data);
	for (int i = 0; i < b->n_texts; i++)
		buf_free(&b->texts[i].data);
	mem_free(b->files);
	mem_free(b->texts);
	mem_free(b->toc);
	mem_free(b->page_list);
	strmap_free(&b->places);
	strmap_free(&b->used_ids);
	strmap_free(&b->box_names);
	bookfont_free(&b->faces);
	arena_free(&b->arena);
}

struct place *book_lookup(const struct book *b, const struct node *n)
{
	return strmap_lookup(&b->places, (const char *)&n, sizeof n);
}

struct place *book_place(struct book *b, const struct node *n)
{
	struct place *p = book_lookup(b, n);

	if (p != NULL)
		return p;
	p = ARENA_NEW(&b->arena, struct place);
	p->node = n;
	p->file = -1;
	strmap_put(&b->places, (const char *)&p->node, sizeof p->node, p);
	return p;
}

int book_file_of(const struct book *b, const struct node *n)
{
	for (; n != NULL; n = n->parent) {
		const struct place *p = book_lookup(b, n);

		if (p != NULL && p->file >= 0)
			return p->file;
	}
	return 0;
}

static bool is_plain_id(const char *s)
{
	size_t n = 0;

	if (!((*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z') || *s == '_'))
		return false;
	for (; s[n] != '\0'; n++)
		if (!((s[n] >= 'A' && s[n] <= 'Z') || (s[n] >= 'a' && s[n] <= 'z') || (s[n] >= '0' && s[n] <= '9') ||
		      strchr("_-.", s[n]) != NULL))
			return false;
	return n <= 200;
}

const char *book_id(struct book *b, const char *wanted, const char *stem)
{
	const char *id;

	if (wanted != NULL && is_plain_id(wanted) && strmap_lookup(&b->used_ids, wanted, strlen(wanted)) == NULL) {
		id = arena_strdup(&b->arena, wanted);
	} else {
		do
			id = arena_printf(&b->arena, "%s-%d", stem, ++b->next_id);
		while (strmap_lookup(&b->used_ids, id, strlen(id)) != NULL);
	}
	strmap_put(&b->used_ids, id, strlen(id), b);
	return id;
}

struct book_file *book_add(struct book *b, const char *path, const char *id, const char *media_type)
{
	struct book_file *f;

	VEC_ROOM(b->files, b->n_files, b->cap_files, 1);
	f = &b->files[b->n_files++];
	memset(f, 0, sizeof *f);
	f->path = path;
	f->id = id;
	f->media_type = media_type;
	buf_init(&f->data);
	return f;
}

const char *book_href(struct book *b, int from, int to, const char *id)
{
	const char *path;

	if (from == to && id != NULL)
		return arena_printf(&b->arena, "#%s", id);
	path = b->texts[to].path;
	if (from >= 0 && strncmp(path, "text/", 5) == 0)
		path += 5; /* the text files lie side by side */
	return id != NULL ? arena_printf(&b->arena, "%s#%s", path, id) : path;
}

const char *book_tag(struct book *b, const char *tag)
{
	size_t len = 0, part = 0;
	char *copy;

	if (tag == NULL)
		return NULL;
	copy = arena_strdup(&b->arena, tag);
	for (char *c = copy; *c != '\0'; c++, len++) {
		if (*c == '_')
			*c = '-';
		if (*c == '-') {
			if (part == 0 || (len == part && (part < 2 || part > 3)))
				return NULL;
			part = 0;
		} else if ((*c >= '0' && *c <= '9' && len != part) || (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z')) {
			if (++part > 8)
				return NULL;
		} else {
			return NULL;
		}
	}
	if (part == 0 || len > 64 || (len == part && (part < 2 || part > 3)))
		return NULL;
	return copy;
}

const char *book_digits(struct book *b, const char *s)
{
	return s != NULL && b->theme->text.own_digits ? lang_digits(b->lang, &b->arena, s, strlen(s)) : s;
}

bool book_tag_is_rtl(struct book *b, const char *tag)
{
	return tag != NULL && lang_is_rtl(b->langs != NULL ? langs_lookup(b->langs, tag, b->log) : b->lang);
}

void book_put_text(struct buf *out, const char *s)
{
	if (s != NULL)
		buf_put_xml(out, s, strlen(s));
}

void book_put_lang(struct book *b, struct buf *out, const char *lang, bool html)
{
	const char *tag = lang != NULL ? book_tag(b, lang) : NULL;

	if (tag == NULL || strcmp(tag, b->tag) == 0)
		return;
	buf_printf(out, " xml:lang=\"%s\"", tag);
	if (html)
		buf_printf(out, " lang=\"%s\"", tag);
	if (book_tag_is_rtl(b, tag) != lang_is_rtl(b->lang))
		buf_printf(out, " dir=\"%s\"", book_tag_is_rtl(b, tag) ? "rtl" : "ltr");
}
