#include "i18n/po_plain.h"

#include <string.h>

#include "base/mem.h"

/* Which string a line in quotes goes on with. */
enum part { NO_PART, MSGID, MSGSTR, PREVIOUS };

struct reading {
	struct po *p;
	const char *header;  /* NULL: not met yet */
	struct po_entry e;   /* at hand */
	enum part part;
	bool has_id, has_str;
	bool old;            /* obsolete: its lines begin with #~ */
	struct buf text;     /* of the part */
	struct po_line *at;  /* of the msgstr */
	size_t n_at, cap_at;
	size_t cap;
	struct strmap seen;  /* msgid, obsolete or not */
	int line;
};

bool po_says_same(const char *comments)
{
	while (comments != NULL && *comments != '\0') {
		comments += strspn(comments, " \t");
		if (strncmp(comments, "same", 4) == 0 && strchr(" :,.\n", comments[4]) != NULL) /* also its end */
			return true;
		comments += strcspn(comments, "\n");
		comments += *comments == '\n';
	}
	return false;
}

static bool takes(const char **s, const char *end, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(end - *s) < n || memcmp(*s, word, n) != 0)
		return false;
	*s += n;
	return true;
}

/* ---- strings ---- */

/* A whole string in quotes, with nothing behind it, to the part at hand. */
static bool take_string(struct reading *r, const char *s, const char *end)
{
	if (end - s < 2 || *s != '"' || end[-1] != '"')
		return false;
	if (r->part == MSGSTR) {
		VEC_ROOM(r->at, r->n_at, r->cap_at, 1);
		r->at[r->n_at++] = (struct po_line){ r->text.len, r->line };
	}
	for (s++, end--; s < end;) {
		const char *from = s;

		while (s < end && *s != '\\' && *s != '"' && (unsigned char)*s >= ' ' && *s != 0x7f)
			s++;
		buf_put(&r->text, from, (size_t)(s - from));
		if (s == end)
			break;
		if (*s != '\\' || s + 1 == end)
			return false;
		switch (s[1]) {
		case 'n': buf_putc(&r->text, '\n'); break;
		case 't': buf_putc(&r->text, '\t'); break;
		case '"': buf_putc(&r->text, '"'); break;
		case '\\': buf_putc(&r->text, '\\'); break;
		default: return false;
		}
		s += 2;
	}
	return true;
}

static const char *text_of(struct reading *r)
{
	return arena_dup(&r->p->arena, r->text.len > 0 ? r->text.data : "", r->text.len);
}

static void end_part(struct reading *r)
{
	switch (r->part) {
	case NO_PART: return;
	case MSGID: r->e.text = text_of(r); break;
	case MSGSTR: r->e.msgstr = text_of(r); break;
	case PREVIOUS: r->e.previous = text_of(r); break;
	}
	buf_clear(&r->text);
	r->part = NO_PART;
}

static bool begin_part(struct reading *r, enum part part, const char *s, const char *end)
{
	end_part(r);
	r->part = part;
	return take_string(r, s, end);
}

/* ---- entries ---- */

static bool says_utf8(const char *header)
{
	return strstr(header, "\nContent-Type: text/plain; charset=UTF-8\n") != NULL ||
	       strstr(header, "\nContent-Type: text/plain; charset=utf-8\n") != NULL;
}

/* Both strings are there, or neither. */
static bool end_entry(struct reading *r)
{
	struct po *p = r->p;
	struct po_entry *e = &r->e;
	size_t len;

	end_part(r);
	if (!r->has_id)
		return true;
	if (!r->has_str)
		return false;
	len = strlen(e->text);
	if (strmap_lookup(&r->seen, e->text, len) != NULL)
		return false;
	strmap_put(&r->seen, e->text, len, r);
	if (len == 0) {
		if (e->obsolete || !says_utf8(e->msgstr))
			return false;
		r->header = e->msgstr;
	} else {
		struct po_line *at = arena_array(&p->arena, r->n_at, sizeof *at);

		e->at = memcpy(at, r->at, r->n_at * sizeof *at);
		e->n_at = r->n_at;
		VEC_ROOM(p->v, p->n, r->cap, 1);
		p->v[p->n++] = *e;
	}
	r->e = (struct po_entry){ 0 };
	r->has_id = r->has_str = false;
	r->n_at = 0;
	return true;
}

static bool begin_entry(struct reading *r, const char *s, const char *end, bool old)
{
	if ((r->has_id && !end_entry(r)) || (old && (r->part == PREVIOUS || r->e.previous != NULL)))
		return false;
	r->has_id = true;
	r->e.line = r->line;
	r->e.obsolete = old;
	return begin_part(r, MSGID, s, end);
}

/* msgid, msgstr, or more of them; old: behind #~. */
static bool take_keyword(struct reading *r, const char *s, const char *end, bool old)
{
	if (takes(&s, end, "msgid "))
		return begin_entry(r, s, end, old);
	if (!r->has_id || r->e.obsolete != old)
		return false;
	if (!takes(&s, end, "msgstr "))
		return (r->part == MSGID || r->part == MSGSTR) && take_string(r, s, end);
	if (r->has_str)
		return false;
	r->has_str = true;
	return begin_part(r, MSGSTR, s, end);
}

static bool has_flag(const char *s, const char *end, const char *flag)
{
	while (s < end) {
		const char *from = s;

		while (s < end && *s != ',' && *s != ' ' && *s != '\t')
			s++;
		if ((size_t)(s - from) == strlen(flag) && memcmp(from, flag, strlen(flag)) == 0)
			return true;
		s += s < end;
	}
	return false;
}

/* Behind #|. */
static bool take_previous(struct reading *r, const char *s, const char *end)
{
	if (!takes(&s, end, " "))
		return false;
	if (takes(&s, end, "msgid "))
		return r->e.previous == NULL && r->part == NO_PART && begin_part(r, PREVIOUS, s, end);
	return r->part == PREVIOUS && take_string(r, s, end);
}

/* Behind the #, of the entry to come. */
static bool take_comment(struct reading *r, const char *s, const char *end)
{
	char words[64];
	size_t n = (size_t)(end - s) < sizeof words - 1 ? (size_t)(end - s) : sizeof words - 1;

	if (s < end && *s == '~')
		return s + 1 < end && s[1] == ' ' && take_keyword(r, s + 2, end, true);
	if (r->has_id && (!r->has_str || !end_entry(r)))
		return false;
	if (s < end && *s == '|')
		return take_previous(r, s + 1, end);
	if (r->part == PREVIOUS || r->e.previous != NULL) /* the entry itself must follow */
		return false;
	if (s == end || *s == ' ') { /* of long comments only the beginning counts */
		memcpy(words, s, n);
		words[n] = '\0';
		r->e.same = r->e.same || po_says_same(words);
		return true;
	}
	if (*s == ',')
		r->e.fuzzy = has_flag(s + 1, end, "fuzzy"); /* of two such lines the last counts */
	return *s == '.' || *s == ':' || *s == ',';
}

static bool take_line(struct reading *r, const char *s, const char *end)
{
	if (s == end)
		return true;
	return *s == '#' ? take_comment(r, s + 1, end) : take_keyword(r, s, end, false);
}

static bool take_all(struct reading *r, const char *data, size_t len)
{
	const char *s = data, *stop = data + len;

	while (s < stop) {
		const char *end = memchr(s, '\n', (size_t)(stop - s));

		if (end == NULL) /* cut short, maybe */
			return false;
		r->line++;
		if (memchr(s, '\0', (size_t)(end - s)) != NULL || memchr(s, '\r', (size_t)(end - s)) != NULL)
			return false;
		if ((end > s && end[-1] == '\\') || !take_line(r, s, end)) /* to the library that is one line with the next */
			return false;
		if (r->has_id && r->p->n == 0 && r->header == NULL && r->part == MSGID && r->text.len > 0)
			return false; /* the header is not first */
		s = end + 1;
	}
	return end_entry(r) && r->header != NULL && r->e.previous == NULL;
}

bool po_read_plain(struct po *p, const char *data, size_t len, const char **header)
{
	struct reading r = { .p = p };
	bool ok;

	buf_init(&r.text);
	strmap_init(&r.seen);
	ok = take_all(&r, data, len);
	*header = r.header;
	buf_free(&r.text);
	strmap_free(&r.seen);
	mem_free(r.at);
	if (!ok) {
		mem_free(p->v);
		p->v = NULL;
		p->n = 0;
		return false;
	}
	for (size_t i = 0; i < p->n; i++)
		if (!p->v[i].obsolete)
			strmap_put(&p->by_text, p->v[i].text, strlen(p->v[i].text), &p->v[i]);
	return true;
}
