#include "write/epub/plan.h"

#include <string.h>

#include "base/mem.h"
#include "lang/division.h"

/* Sizes of text files [byte of text, markup estimated]. A division begins a file of its own at the top
 * of an article and, in a book, at each chapter; very small neighbours share one, very large ones are
 * split at their subdivisions, and where there are none between blocks. */
#define FILE_SMALL 4000     /* a file is not closed before it holds so much, if it may be shared */
#define FILE_AIM 120000
#define FILE_MOST 200000
#define BLOCK_MARKUP 60     /* what the tags of a block come to */
#define MAX_SPLIT_DEPTH 12

/* ---- which file ------------------------------------------------------------------------------- */

struct splitter {
	struct book *b;
	size_t weight; /* of the file being filled */
	bool shared;   /* it may take in a small neighbour */
};

static size_t weight_of(const struct node *top)
{
	size_t sum = 0;

	for (const struct node *n = top; n != NULL; n = doc_next(top, n))
		sum += n->kind == N_TEXT ? n->u.text.len : BLOCK_MARKUP;
	return sum;
}

/* A heading must not end a file. */
static bool leads(const struct node *n)
{
	return n != NULL && (n->kind == N_TITLE || n->kind == N_SUBTITLE || n->kind == N_BRIDGEHEAD);
}

static void new_file(struct splitter *s, struct place *p)
{
	p->breaks = true;
	s->b->n_texts++;
	s->weight = 0;
	s->shared = true;
}

/* Whether a file ends before child c of weight w. top: c is an article's section or a book's chapter. */
static bool breaks_before(const struct splitter *s, const struct node *c, size_t w, bool top)
{
	if (s->weight == 0 || (leads(c->prev) && c->parent != s->b->doc->root))
		return false;
	if (c->kind != N_DIVISION)
		return s->weight + w > FILE_MOST && s->weight > FILE_SMALL;
	if (top)
		return s->b->doc->is_book || s->weight >= FILE_SMALL || !s->shared || s->weight + w > FILE_MOST;
	return s->weight + w > FILE_AIM && s->weight > FILE_SMALL;
}

static void split(struct splitter *s, const struct node *parent, bool top, int depth)
{
	for (const struct node *c = parent->first; c != NULL; c = c->next) {
		size_t w = weight_of(c);
		struct place *p = book_place(s->b, c);
		bool part = c->kind == N_DIVISION && c->u.division.what == DIV_PART;

		if (c != s->b->doc->info.front && breaks_before(s, c, w, top))
			new_file(s, p);
		p->file = s->b->n_texts - 1;
		if (c->kind == N_DIVISION && depth < MAX_SPLIT_DEPTH && (part || w > FILE_MOST))
			split(s, c, part && top, depth + 1);
		else
			s->weight += w;
		if (top && c->kind == N_DIVISION && w >= FILE_SMALL)
			s->shared = false;
	}
}

static void plan_files(struct book *b)
{
	struct splitter s = { .b = b, .weight = 0, .shared = true };
	int n;

	b->n_texts = 1;
	book_place(b, b->doc->root)->file = 0;
	if (b->doc->info.front != NULL)
		book_place(b, b->doc->info.front)->file = 0;
	/* The masthead opens the first file; an article runs on below it as in print, a book does not. */
	if (b->doc->is_book)
		s.weight = 1;
	split(&s, b->doc->root, true, 0);
	n = b->n_texts;
	b->texts = mem_zalloc((size_t)n, sizeof *b->texts);
	b->cap_texts = n;
	for (int i = 0; i < n; i++) {
		struct book_file *f = &b->texts[i];

		f->path = arena_printf(&b->arena, "text/%03d.xhtml", i + 1);
		f->id = arena_printf(&b->arena, "text-%03d", i + 1);
		f->media_type = "application/xhtml+xml";
		f->spine = true;
		buf_init(&f->data);
	}
}

/* ---- ids ---------------------------------------------------------------------------------------- */

/* The document's own ids are kept where they are plain ASCII names; notes and pages get theirs by a
 * scheme ("fn3", "pg7") that is taken out of circulation first. */
static void plan_ids(struct book *b)
{
	static const char *const taken[] = { "titlepage", "toc", "landmarks", "page-list", "cover" };

	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		book_id(b, taken[i], "x");
	for (size_t i = 0; i < b->doc->n_notes; i++) {
		book_place(b, b->doc->notes[i])->id = book_id(b, arena_printf(&b->arena, "fn%zu", i + 1), "fn");
		/* the mark's id follows from the note's number */
		book_id(b, arena_printf(&b->arena, "fnref%zu", i + 1), "fnref");
	}
	book_place(b, b->doc->root)->id = "titlepage";
	for (const struct node *n = b->doc->root; n != NULL; n = doc_next(b->doc->root, n)) {
		if ((n->id == NULL && n->kind != N_DIVISION) || n->kind == N_ROOT || n->kind == N_FOOTNOTE)
			continue;
		book_place(b, n)->id = book_id(b, n->id, n->kind == N_DIVISION ? "s" : "x");
	}
	if (b->doc->info.front != NULL && b->doc->info.front->parent == NULL)
		for (const struct node *n = b->doc->info.front; n != NULL; n = doc_next(b->doc->info.front, n))
			if (n->id != NULL && n->kind != N_FOOTNOTE)
				book_place(b, n)->id = book_id(b, n->id, "x");
}

/* ---- contents ------------------------------------------------------------------------------------ */

const char *plan_label(struct book *b, const struct node *n, bool in_line)
{
	const struct lang *l = b->langs != NULL ? langs_lookup(b->langs, doc_lang(b->doc, n), b->log) : b->lang;

	return in_line ? division_prefix(l, n, &b->arena) : division_label(l, n, &b->arena);
}

static void add_entry(struct book *b, const struct node *n, const char *text, const char *id, int level)
{
	VEC_ROOM(b->toc, b->n_toc, b->cap_toc, 1);
	b->toc[b->n_toc++] = (struct toc_entry){ .node = n, .text = text, .id = id, .file = book_file_of(b, n),
	                                         .level = level, .order = 0 };
}

/* Levels below the third are too many for the panel readers show the contents in. */
#define TOC_LEVELS 3

static void plan_toc(struct book *b)
{
	const struct node *root = b->doc->root;
	int last = 0; /* level of the entry before */

	for (const struct node *n = root; n != NULL;) {
		const struct node *title;
		const char *text, *label;
		int level;

		if (n->kind != N_DIVISION) {
			n = n == root ? doc_next(root, n) : doc_next_skip(root, n);
			continue;
		}
		title = doc_title(n);
		level = n->u.division.level;
		if (title != NULL && level >= 1 && level <= TOC_LEVELS) {
			text = doc_plain_text(&b->arena, title, false);
			label = plan_label(b, n, true);
			if (label != NULL)
				text = arena_printf(&b->arena, "%s%s", label, text);
			if (level > last + 1)
				level = last + 1;
			if (*text != '\0') {
				add_entry(b, n, text, book_lookup(b, n)->id, level);
				last = level;
			}
		}
		n = doc_next(root, n);
	}
	if (b->n_toc == 0)
		add_entry(b, root, b->title, "titlepage", 1);
}

/* ---- the printed pages ---------------------------------------------------------------------------- */

static void add_mark(struct book *b, const struct node *start, uint32_t offset, const struct page *page)
{
	struct page_mark *m = ARENA_NEW(&b->arena, struct page_mark), **at = &book_place(b, start)->marks;

	m->offset = start->kind == N_TEXT ? offset : 0;
	m->label = page->label != NULL && *page->label != '\0' ? page->label
	           : arena_printf(&b->arena, "%d", page->number);
	while (*at != NULL && (*at)->offset <= m->offset)
		at = &(*at)->next;
	m->next = *at;
	*at = m;
	b->marks_asked++;
}

/* A page that is printed, but not with text that the EPUB has in this place (the contents, the rest of a
 * note), is marked together with the next one. Blank pages are not. */
static void plan_pages(struct book *b)
{
	size_t waiting = 0;

	if (b->pages == NULL || !b->options->page_map)
		return;
	for (size_t i = 0; i < b->pages->n; i++) {
		const struct page *page = &b->pages->v[i];
		/* the masthead is on the first, though layout makes that of the document's info */
		const struct node *start = i == 0 ? b->doc->root : page->start;

		for (; start != NULL && waiting < i; waiting++)
			if (b->pages->v[waiting].n > 0)
				add_mark(b, start, page->start_offset, &b->pages->v[waiting]);
		if (start != NULL) {
			add_mark(b, start, page->start_offset, page);
			waiting = i + 1;
		}
	}
}

/* ---- name and date ---------------------------------------------------------------------------------- */

static uint32_t rotate(uint32_t v, int n)
{
	return v << n | v >> (32 - n);
}

/* One block of SHA-1 (RFC 3174): UUIDs of version 5 are made of it. */
static void sha1_block(uint32_t h[5], const unsigned char *p)
{
	uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];

	for (int i = 0; i < 16; i++)
		w[i] = (uint32_t)p[4 * i] << 24 | (uint32_t)p[4 * i + 1] << 16 | (uint32_t)p[4 * i + 2] << 8 | p[4 * i + 3];
	for (int i = 16; i < 80; i++)
		w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
	for (int i = 0; i < 80; i++) {
		uint32_t f, k, t;

		if (i < 20) {
			f = (b & c) | (~b & d);
			k = 0x5A827999;
		} else if (i < 40) {
			f = b ^ c ^ d;
			k = 0x6ED9EBA1;
		} else if (i < 60) {
			f = (b & c) | (b & d) | (c & d);
			k = 0x8F1BBCDC;
		} else {
			f = b ^ c ^ d;
			k = 0xCA62C1D6;
		}
		t = rotate(a, 5) + f + e + k + w[i];
		e = d;
		d = c;
		c = rotate(b, 30);
		b = a;
		a = t;
	}
	h[0] += a;
	h[1] += b;
	h[2] += c;
	h[3] += d;
	h[4] += e;
}

static void sha1(const void *data, size_t len, unsigned char out[20])
{
	uint32_t h[5] = { 0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0 };
	unsigned char tail[128] = { 0 };
	size_t rest = len % 64, n_tail = rest < 56 ? 64 : 128;
	uint64_t bits = (uint64_t)len * 8;

	for (size_t i = 0; i + 64 <= len; i += 64)
		sha1_block(h, (const unsigned char *)data + i);
	memcpy(tail, (const unsigned char *)data + (len - rest), rest);
	tail[rest] = 0x80;
	for (size_t i = 0; i < 8; i++)
		tail[n_tail - 1 - i] = (unsigned char)(bits >> (8 * i) & 0xFF);
	for (size_t i = 0; i < n_tail; i += 64)
		sha1_block(h, tail + i);
	for (int i = 0; i < 20; i++)
		out[i] = (unsigned char)(h[i / 4] >> (24 - 8 * (i % 4)) & 0xFF);
}

void plan_uuid(const char *name, size_t len, char out[46])
{
	/* verstka's name space: made once, by chance, and never to be changed */
	static const unsigned char space[16] = { 0x8d, 0x2f, 0x61, 0x0c, 0x5b, 0x7e, 0x4a, 0x93,
	                                         0xb1, 0x46, 0xe0, 0x9a, 0x37, 0xc4, 0x18, 0xf5 };
	static const char digits[] = "0123456789abcdef";
	unsigned char hash[20];
	struct buf b;
	char *o = out + 9;

	buf_init(&b);
	buf_put(&b, space, sizeof space);
	buf_put(&b, name, len);
	sha1(b.data, b.len, hash);
	buf_free(&b);
	hash[6] = (unsigned char)((hash[6] & 0x0F) | 0x50);
	hash[8] = (unsigned char)((hash[8] & 0x3F) | 0x80);
	memcpy(out, "urn:uuid:", 9);
	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*o++ = '-';
		*o++ = digits[hash[i] >> 4];
		*o++ = digits[hash[i] & 15];
	}
	*o = '\0';
}

/* "2014-06-09T00:00:00Z", every figure within its range. */
static bool is_utc(const char *s)
{
	static const char form[] = "dddd-dd-ddTdd:dd:ddZ";

	if (s == NULL || strlen(s) != sizeof form - 1)
		return false;
	for (size_t i = 0; form[i] != '\0'; i++)
		if (form[i] == 'd' ? s[i] < '0' || s[i] > '9' : s[i] != form[i])
			return false;
	return memcmp(s + 5, "01", 2) >= 0 && memcmp(s + 5, "12", 2) <= 0 && memcmp(s + 8, "01", 2) >= 0 &&
	       memcmp(s + 8, "31", 2) <= 0 && memcmp(s + 11, "23", 2) <= 0 && memcmp(s + 14, "59", 2) <= 0 &&
	       memcmp(s + 17, "59", 2) <= 0;
}

/* The first four figures in a row: the year of "9 June 2014". NULL: none. */
static const char *year_in(struct arena *a, const char *s)
{
	size_t run = 0;

	for (; s != NULL && *s != '\0'; s++) {
		run = *s >= '0' && *s <= '9' ? run + 1 : 0;
		if (run == 4 && !(s[1] >= '0' && s[1] <= '9'))
			return arena_dup(a, s - 3, 4);
	}
	return NULL;
}

/* What a document without a title is called: its file, without folders and ending. */
static const char *stem_of(struct book *b, const char *path)
{
	const char *slash = path != NULL ? strrchr(path, '/') : NULL, *name = slash != NULL ? slash + 1 : path;
	size_t len = name != NULL ? strlen(name) : 0;

	if (len > 4 && strcmp(name + len - 4, ".xml") == 0)
		len -= 4;
	return len > 0 ? arena_dup(&b->arena, name, len) : "*";
}

/* Of the work (tag NULL), or of it in a language. */
static const char *uuid_of(struct book *b, const char *work, const char *tag)
{
	const char *name = tag != NULL ? arena_printf(&b->arena, "%s\n%s", work, tag) : work;
	char uuid[46];

	plan_uuid(name, strlen(name), uuid);
	return arena_strdup(&b->arena, uuid);
}

static void plan_names(struct book *b)
{
	const struct doc_info *i = &b->doc->info;
	const struct node *title = doc_title(b->doc->root);
	const char *tag = book_tag(b, b->doc->lang), *year, *work;

	b->tag = tag != NULL ? tag : "und";
	b->title = i->title;
	b->title_lang = title != NULL ? title->lang : NULL;
	if ((b->title == NULL || *b->title == '\0') && title != NULL)
		b->title = doc_plain_text(&b->arena, title, false);
	if (b->title == NULL || *b->title == '\0')
		b->title = stem_of(b, b->doc->path);
	year = year_in(&b->arena, i->year != NULL ? i->year : i->date);
	b->modified = is_utc(b->options->modified) ? arena_strdup(&b->arena, b->options->modified)
	              : arena_printf(&b->arena, "%s-01-01T00:00:00Z", year != NULL ? year : "2000");
	work = doc_work(b->doc, &b->arena);
	b->work = uuid_of(b, work != NULL ? work : b->title, NULL);
	b->identifier = uuid_of(b, work != NULL ? work : b->title, b->tag);
	if (i->translated_from != NULL)
		b->translation_of = uuid_of(b, work != NULL ? work : b->title, i->translated_from);
}

void plan_book(struct book *b)
{
	plan_names(b);
	plan_files(b);
	plan_ids(b);
	plan_toc(b);
	plan_pages(b);
}
