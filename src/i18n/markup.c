#include "i18n/markup.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/strmap.h"
#include "base/utf8.h"

struct tag {
	const char *name;
	int number; /* 0: none given */
	bool end, empty;
};

/* The tags that a unit has: by "name i" the numbered part, by "name" the next plain one not yet used. */
struct stock {
	struct strmap numbered, plain;
	const struct unit_part **next; /* of a plain part: the following one of its name */
	bool *used;
};

struct parse {
	const struct unit *u;
	struct arena *a;
	const char *s, *start, *end;
	struct stock stock;
	struct token *v;
	size_t n, cap;
	struct buf text;
	size_t text_at;
	const struct unit_part *open[MARKUP_DEPTH];
	size_t open_at[MARKUP_DEPTH];
	int depth;
	const char *fault;
	size_t fault_at;
};

static bool fail(struct parse *p, const char *at, const char *fault)
{
	p->fault = fault;
	p->fault_at = (size_t)(at - p->start);
	return false;
}

/* ---- what the unit has ---- */

static char *tag_name(struct arena *a, const struct unit_part *part)
{
	return part->number > 0 ? arena_printf(a, "<%s i=\"%d\"%s>", part->s->name, part->number, part->hole ? "/" : "") :
	                          arena_printf(a, "<%s>", part->s->name);
}

static char *numbered_key(struct arena *a, const char *name, int number)
{
	return arena_printf(a, "%s %d", name, number);
}

static void stock_open(struct parse *p)
{
	struct stock *k = &p->stock;
	const struct unit *u = p->u;

	strmap_init(&k->numbered);
	strmap_init(&k->plain);
	if (u->n_part == 0)
		return;
	k->next = arena_array(p->a, (size_t)u->n_part, sizeof *k->next);
	k->used = arena_array(p->a, (size_t)u->n_part, sizeof *k->used);
	for (int i = u->n_part - 1; i >= 0; i--) {
		const struct unit_part *part = &u->part[i];
		const char *name = part->s->name;

		if (part->number > 0) {
			char *key = numbered_key(p->a, name, part->number);

			strmap_put(&k->numbered, key, strlen(key), (void *)(uintptr_t)part);
		} else {
			k->next[i] = strmap_put(&k->plain, name, strlen(name), (void *)(uintptr_t)part);
		}
	}
}

static void stock_close(struct stock *k)
{
	strmap_free(&k->numbered);
	strmap_free(&k->plain);
}

static const struct unit_part *take_numbered(struct parse *p, const struct tag *t, const char *at)
{
	struct stock *k = &p->stock;
	char *key = numbered_key(p->a, t->name, t->number);
	const struct unit_part *part = strmap_lookup(&k->numbered, key, strlen(key));

	if (part == NULL) {
		fail(p, at, arena_printf(p->a, "<%s i=\"%d\"> is not in the source", t->name, t->number));
		return NULL;
	}
	if (k->used[part - p->u->part]) {
		fail(p, at, arena_printf(p->a, "%s stands here twice", tag_name(p->a, part)));
		return NULL;
	}
	k->used[part - p->u->part] = true;
	return part;
}

static const struct unit_part *take_plain(struct parse *p, const struct tag *t, const char *at)
{
	struct stock *k = &p->stock;
	const struct unit_part *part = strmap_lookup(&k->plain, t->name, strlen(t->name));
	char *first = numbered_key(p->a, t->name, 1);
	int there = 0;

	while (part != NULL && k->used[part - p->u->part])
		part = k->next[part - p->u->part];
	if (part != NULL) {
		k->used[part - p->u->part] = true;
		strmap_put(&k->plain, part->s->name, strlen(part->s->name), (void *)(uintptr_t)part);
		return part;
	}
	for (int i = 0; i < p->u->n_part; i++)
		there += p->u->part[i].number == 0 && strcmp(p->u->part[i].s->name, t->name) == 0;
	if (there > 0)
		fail(p, at, arena_printf(p->a, "<%s> stands here more often than in the source, which has %d", t->name, there));
	else if (strmap_lookup(&k->numbered, first, strlen(first)) != NULL)
		fail(p, at, arena_printf(p->a, "<%s> needs its number, i=\"1\" say, as in the source", t->name));
	else
		fail(p, at, arena_printf(p->a, "<%s> is not in the source", t->name));
	return NULL;
}

/* ---- tokens ---- */

static struct token *add(struct parse *p, enum token_kind kind, const struct unit_part *part, const char *at)
{
	VEC_ROOM(p->v, p->n, p->cap, 1);
	p->v[p->n] = (struct token){ .kind = kind, .part = part, .at = (size_t)(at - p->start) };
	return &p->v[p->n++];
}

static void flush(struct parse *p)
{
	struct token *t;

	if (p->text.len == 0)
		return;
	t = add(p, TOKEN_TEXT, NULL, p->start + p->text_at);
	t->text = arena_dup(p->a, p->text.data, p->text.len);
	t->len = p->text.len;
	buf_clear(&p->text);
}

static void put(struct parse *p, const char *s, size_t len)
{
	if (p->text.len == 0)
		p->text_at = (size_t)(p->s - p->start);
	buf_put(&p->text, s, len);
}

static bool is_xml_char(uint32_t c)
{
	return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xfffe && c != 0xffff);
}

/* &#65; or &#x41;: behind the sign #. 0: none. */
static uint32_t numeric(const char *s, const char *end)
{
	bool hex = s < end && *s == 'x';
	uint32_t c = 0;

	s += hex;
	if (s == end)
		return 0;
	for (; s < end; s++) {
		uint32_t digit = *s >= '0' && *s <= '9' ? (uint32_t)(*s - '0') :
		                 hex && (*s | 0x20) >= 'a' && (*s | 0x20) <= 'f' ? (uint32_t)((*s | 0x20) - 'a' + 10) : 99;

		if (digit == 99)
			return 0;
		c = c * (hex ? 16 : 10) + digit;
		if (c > 0x10ffff)
			return 0;
	}
	return is_xml_char(c) && !(c >= 0xd800 && c <= 0xdfff) ? c : 0;
}

static bool reference(struct parse *p)
{
	static const struct { const char *name, *text; } known[] = {
		{ "amp", "&" }, { "lt", "<" }, { "gt", ">" }, { "quot", "\"" }, { "apos", "'" },
	};
	const char *name = p->s + 1, *end = name + strcspn(name, "; &<\n");
	char utf8[4];
	uint32_t c;

	if (*end != ';' || end == name)
		return fail(p, p->s, "a \"&\" has to be written &amp;");
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (strlen(known[i].name) == (size_t)(end - name) && memcmp(known[i].name, name, (size_t)(end - name)) == 0) {
			put(p, known[i].text, 1);
			p->s = end + 1;
			return true;
		}
	}
	c = *name == '#' ? numeric(name + 1, end) : 0;
	if (c == 0)
		return fail(p, p->s, arena_printf(p->a, "&%.*s; stands for nothing: write the character itself",
		                                  (int)(end - name < 40 ? end - name : 40), name));
	put(p, utf8, utf8_encode(c, utf8));
	p->s = end + 1;
	return true;
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' ||
	       c == '.';
}

static const char *skip_spaces(const char *s)
{
	return s + strspn(s, " \t\n");
}

/* i="12" at *s, for which the tag is open. */
static bool read_number(struct parse *p, const char **s, struct tag *t, const char *at)
{
	const char *name = *s, *digit;
	char quote;
	size_t n = 0;

	while (is_name_char(name[n]))
		n++;
	if (n != 1 || *name != 'i')
		return fail(p, at, n == 0 ? arena_printf(p->a, "the tag <%s> is not closed by \">\"", t->name) :
		            arena_printf(p->a, "<%s> has an attribute, \"%.*s\": only i=\"...\" may be there, the rest comes from the source",
		                         t->name, (int)(n < 40 ? n : 40), name));
	digit = skip_spaces(name + 1);
	if (*digit != '=')
		return fail(p, at, arena_printf(p->a, "i of <%s> needs a number: i=\"1\"", t->name));
	digit = skip_spaces(digit + 1);
	quote = *digit++;
	for (n = 0; digit[n] >= '0' && digit[n] <= '9' && n < 7; n++)
		t->number = t->number * 10 + digit[n] - '0';
	if ((quote != '"' && quote != '\'') || n == 0 || n == 7 || digit[n] != quote || t->number == 0)
		return fail(p, at, arena_printf(p->a, "i of <%s> needs a number: i=\"1\"", t->name));
	*s = skip_spaces(digit + n + 1);
	return true;
}

/* The tag at p->s; p->s moves behind it. */
static bool read_tag(struct parse *p, struct tag *t)
{
	const char *s = p->s + 1, *name;

	*t = (struct tag){ .end = *s == '/' };
	s += t->end;
	for (name = s; is_name_char(*s); s++)
		;
	if (s == name || !((*name | 0x20) >= 'a' && (*name | 0x20) <= 'z'))
		return fail(p, p->s, "a \"<\" that begins no tag has to be written &lt;");
	t->name = arena_dup(p->a, name, (size_t)(s - name < 60 ? s - name : 60));
	s = skip_spaces(s);
	while (*s != '>' && *s != '/') {
		if (t->end || (t->number > 0 && *s == 'i' && !is_name_char(s[1])))
			return fail(p, p->s, arena_printf(p->a, "more in the tag <%s%s> than belongs there", t->end ? "/" : "", t->name));
		if (!read_number(p, &s, t, p->s))
			return false;
	}
	if (*s == '/' && !t->end) {
		t->empty = true;
		s++;
	}
	if (*s != '>')
		return fail(p, p->s, arena_printf(p->a, "the tag <%s> is not closed by \">\"", t->name));
	p->s = s + 1;
	return true;
}

static bool is_link(const struct unit_part *part)
{
	return part->s->element != NULL && (strcmp(part->s->name, "link") == 0 || xmlsource_attr(part->s, NS_XLINK, "href") != NULL ||
	                                    xmlsource_attr(part->s, NULL, "linkend") != NULL);
}

static bool open_tag(struct parse *p, const struct unit_part *part, const char *at)
{
	for (int i = 0; i < p->depth; i++) {
		if (is_link(part) && is_link(p->open[i]))
			return fail(p, at, arena_printf(p->a, "%s stands inside another link", tag_name(p->a, part)));
	}
	if (p->depth == MARKUP_DEPTH)
		return fail(p, at, "tags are nested too deep");
	p->open_at[p->depth] = (size_t)(at - p->start);
	p->open[p->depth++] = part;
	add(p, TOKEN_OPEN, part, at);
	return true;
}

static bool close_tag(struct parse *p, const struct tag *t, const char *at)
{
	const struct unit_part *part = p->depth > 0 ? p->open[p->depth - 1] : NULL;

	if (part == NULL)
		return fail(p, at, arena_printf(p->a, "</%s> ends nothing", t->name));
	if (strcmp(part->s->name, t->name) != 0)
		return fail(p, at, arena_printf(p->a, "</%s> comes while %s is not closed", t->name, tag_name(p->a, part)));
	add(p, TOKEN_CLOSE, part, at);
	p->depth--;
	return true;
}

/* <footnote i="1"></footnote> is as good as <footnote i="1"/>. */
static bool close_hole(struct parse *p, const struct unit_part *part, const char *at)
{
	struct tag t;

	if (*p->s != '<' || !read_tag(p, &t) || !t.end || strcmp(t.name, part->s->name) != 0)
		return fail(p, at, arena_printf(p->a, "%s has to be empty: what it holds is an entry of its own", tag_name(p->a, part)));
	return true;
}

static bool tag(struct parse *p)
{
	const char *at = p->s;
	const struct unit_part *part;
	struct tag t;

	flush(p);
	if (!read_tag(p, &t))
		return false;
	if (t.end)
		return close_tag(p, &t, at);
	part = t.number > 0 ? take_numbered(p, &t, at) : take_plain(p, &t, at);
	if (part == NULL)
		return false;
	if (part->hole) {
		add(p, TOKEN_HOLE, part, at);
		return t.empty || close_hole(p, part, at);
	}
	if (t.empty)
		return fail(p, at, arena_printf(p->a, "%s is empty here, and holds text in the source", tag_name(p->a, part)));
	return open_tag(p, part, at);
}

static bool text(struct parse *p)
{
	size_t n;
	uint32_t c = utf8_decode(p->s, (size_t)(p->end - p->s), &n);

	if (!is_xml_char(c))
		return fail(p, p->s, arena_printf(p->a, "the character U+%04X has no place in a text", (unsigned)c));
	put(p, p->s, n);
	p->s += n;
	return true;
}

/* ---- the whole ---- */

static bool all_there(struct parse *p)
{
	for (int i = 0; i < p->u->n_part; i++) {
		if (p->u->part[i].number > 0 && !p->stock.used[i])
			return fail(p, p->start, arena_printf(p->a, "%s is missing", tag_name(p->a, &p->u->part[i])));
	}
	return true;
}

static const struct unit_part *moved_note(const struct parse *p)
{
	const struct unit_part *last = NULL;

	for (size_t i = 0; i < p->n; i++) {
		const struct unit_part *part = p->v[i].part;

		if (p->v[i].kind != TOKEN_HOLE || strcmp(part->s->name, "footnote") != 0)
			continue;
		if (last != NULL && part < last)
			return part;
		last = part;
	}
	return NULL;
}

struct markup *markup_parse(const struct unit *u, const char *s, struct arena *a, const char **fault, size_t *at)
{
	struct parse p = { .u = u, .a = a, .s = s, .start = s, .end = s + strlen(s) };
	struct markup *m = NULL;
	bool ok = true;

	buf_init(&p.text);
	stock_open(&p);
	while (ok && *p.s != '\0')
		ok = *p.s == '<' ? tag(&p) : *p.s == '&' ? reference(&p) : text(&p);
	if (ok && p.depth > 0)
		ok = fail(&p, s + p.open_at[p.depth - 1], arena_printf(a, "%s is not closed", tag_name(a, p.open[p.depth - 1])));
	if (ok && all_there(&p)) {
		flush(&p);
		m = ARENA_NEW(a, struct markup);
		m->v = arena_array(a, p.n, sizeof *p.v);
		if (p.n > 0)
			memcpy(m->v, p.v, p.n * sizeof *p.v);
		m->n = p.n;
		m->moved = moved_note(&p);
	} else {
		*fault = p.fault;
		*at = p.fault_at;
	}
	stock_close(&p.stock);
	buf_free(&p.text);
	mem_free(p.v);
	return m;
}
