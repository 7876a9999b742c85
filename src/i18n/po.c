#include "i18n/po.h"

#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "i18n/po_open.h"

/* ---- where entries stand: the library does not say ---- */

struct place {
	int line, str_line;
	size_t first, n; /* of its strings in the scan's list */
};

struct scan {
	const char *s, *end;
	int line;
	struct place *place;
	size_t n, cap;
	struct po_line *string;
	size_t n_string, cap_string;
	size_t decoded; /* [byte] of the msgstr at hand */
	int too_long;   /* line of the first one that is; 0: none */
	bool in_msgstr;
};

static void skip_line(struct scan *x)
{
	while (x->s < x->end && *x->s != '\n')
		x->s++;
}

/* "..." at hand; its bytes once decoded are counted. */
static void scan_string(struct scan *x)
{
	if (x->in_msgstr && x->n > 0) {
		VEC_ROOM(x->string, x->n_string, x->cap_string, 1);
		x->string[x->n_string++] = (struct po_line){ x->decoded, x->line };
		x->place[x->n - 1].n++;
	}
	for (x->s++; x->s < x->end && *x->s != '"' && *x->s != '\n'; x->s++) {
		x->decoded++;
		if (*x->s != '\\' || x->s + 1 == x->end || x->s[1] == '\n')
			continue;
		x->s++;
		for (int i = 0; i < 2 && *x->s >= '0' && *x->s <= '7' && x->s + 1 < x->end && x->s[1] >= '0' && x->s[1] <= '7'; i++)
			x->s++;
	}
	if (x->s < x->end && *x->s == '"')
		x->s++;
	if (x->in_msgstr && x->n > 0 && x->decoded > PO_MOST_IN_ENTRY && x->too_long == 0)
		x->too_long = x->place[x->n - 1].str_line;
}

static void scan_word(struct scan *x)
{
	const char *word = x->s;
	size_t n;

	while (x->s < x->end && ((*x->s >= 'a' && *x->s <= 'z') || *x->s == '_'))
		x->s++;
	n = (size_t)(x->s - word);
	if (n == 0) {
		x->s++;
	} else if (n == 5 && memcmp(word, "msgid", 5) == 0) {
		VEC_ROOM(x->place, x->n, x->cap, 1);
		x->place[x->n++] = (struct place){ .line = x->line, .str_line = x->line, .first = x->n_string };
		x->in_msgstr = false;
	} else if (n == 6 && memcmp(word, "msgstr", 6) == 0 && x->n > 0 && !x->in_msgstr) {
		x->place[x->n - 1].str_line = x->line;
		x->place[x->n - 1].first = x->n_string;
		x->in_msgstr = true;
		x->decoded = 0;
	}
}

static void scan_places(struct scan *x, const char *data, size_t len)
{
	*x = (struct scan){ .s = data, .end = data + len, .line = 1 };
	while (x->s < x->end) {
		if (*x->s == '\n') {
			x->line++;
			x->s++;
		} else if (*x->s == '#') {
			bool old = x->s + 1 < x->end && x->s[1] == '~' && !(x->s + 2 < x->end && x->s[2] == '|');

			if (old)
				x->s += 2;
			else
				skip_line(x);
		} else if (*x->s == '"') {
			scan_string(x);
		} else {
			scan_word(x);
		}
	}
}

static void scan_free(struct scan *x)
{
	mem_free(x->place);
	mem_free(x->string);
}

/* ---- reading ---- */

static bool is_utf8(const char *data, size_t len, const char *path, struct diag_log *log)
{
	int line = 1, column = 1;

	if (len >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0) {
		diag_error(log, "po-encoding", (struct pos){ path, 1, 1 }, "the file begins with a byte order mark");
		diag_hint(log, "save it as UTF-8 without one: gettext's tools do not read it either");
		return false;
	}
	for (size_t i = 0, n; i < len; i += n) {
		uint32_t c = utf8_decode(data + i, len - i, &n);

		if (n == 1 && (unsigned char)data[i] >= 0x80) {
			diag_error(log, "po-encoding", (struct pos){ path, line, column }, "this is not UTF-8: byte 0x%02x",
			           (unsigned)(unsigned char)data[i]);
			diag_hint(log, "msgconv -t UTF-8 converts a file that says truly what it is in");
			return false;
		}
		if (c == 0) { /* to the library it would be the end of a string */
			diag_error(log, "po-encoding", (struct pos){ path, line, column }, "this is no text: a zero byte");
			return false;
		}
		column = c == '\n' ? 1 : column + 1;
		line += c == '\n';
	}
	return true;
}

/* A field of the header, in p's arena; NULL: not there, or empty. */
static const char *field_of(struct po *p, const char *header, const char *name)
{
	char *value = header != NULL ? po_header_field(header, name) : NULL;
	const char *kept = value != NULL && *value != '\0' ? arena_strdup(&p->arena, value) : NULL;

	if (value != NULL)
		mem_free(value);
	return kept;
}

/* word: what stands before the charset's name. */
static bool read_header(struct po *p, po_file_t file, const char *word, struct diag_log *log)
{
	const struct pos top = { p->path, 1, 0 };
	const char *header = po_file_domain_header(file, NULL), *type = field_of(p, header, "Content-Type"), *charset, *who;

	charset = type != NULL ? strstr(type, word) : NULL;
	if (charset == NULL) {
		diag_error(log, "po-encoding", top, "the header does not say its charset");
		diag_hint(log, "\"Content-Type: text/plain; charset=UTF-8\\n\" in the first entry's msgstr");
		return false;
	}
	charset += strlen(word);
	if (strcmp(charset, "UTF-8") != 0 && strcmp(charset, "utf-8") != 0) {
		diag_error(log, "po-encoding", top, "charset=%s: only UTF-8 is read", charset);
		diag_hint(log, "msgconv -t UTF-8 converts a file that says truly what it is in");
		return false;
	}
	p->language = field_of(p, header, "Language");
	who = field_of(p, header, "Last-Translator");
	if (who != NULL && *who != '<' && strncmp(who, "FULL NAME", 9) != 0 && strcmp(who, "Automatically generated") != 0) {
		size_t n = strcspn(who, "<");

		while (n > 0 && who[n - 1] == ' ')
			n--;
		p->translator = arena_dup(&p->arena, who, n);
	}
	return true;
}

/* A line of the translator's comment that is "same", or begins so: "same: a name". */
static bool says_same(const char *comments)
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

static void read_place(struct po *p, struct po_entry *e, const struct scan *x, size_t k)
{
	const struct place *at = k < x->n ? &x->place[k] : NULL;
	size_t n = at != NULL && at->n > 0 ? at->n : 1;
	struct po_line *v = arena_array(&p->arena, n, sizeof *v);

	e->line = at != NULL ? at->line : 1;
	v[0] = (struct po_line){ 0, at != NULL ? at->str_line : 1 };
	for (size_t i = 0; at != NULL && i < at->n; i++)
		v[i] = x->string[at->first + i];
	e->at = v;
	e->n_at = n;
}

static void read_entry(struct po *p, struct po_entry *e, po_message_t m)
{
	const char *previous = po_message_prev_msgid(m);

	e->text = arena_strdup(&p->arena, po_message_msgid(m));
	e->msgstr = arena_strdup(&p->arena, po_message_msgstr(m));
	e->previous = previous != NULL ? arena_strdup(&p->arena, previous) : NULL;
	e->fuzzy = po_message_is_fuzzy(m) != 0;
	e->obsolete = po_message_is_obsolete(m) != 0;
	e->other = po_message_msgctxt(m) != NULL || po_message_msgid_plural(m) != NULL;
	e->same = says_same(po_message_comments(m));
}

static void read_entries(struct po *p, po_file_t file, const struct scan *x)
{
	po_message_iterator_t it = po_message_iterator(file, NULL);
	size_t cap = 0, k = 0;
	po_message_t m;

	for (; (m = po_next_message(it)) != NULL; k++) {
		struct po_entry e = { 0 };

		if (po_message_msgctxt(m) == NULL && *po_message_msgid(m) == '\0')
			continue; /* the header */
		read_entry(p, &e, m);
		read_place(p, &e, x, k);
		VEC_ROOM(p->v, p->n, cap, 1);
		p->v[p->n++] = e;
	}
	po_message_iterator_free(it);
	for (size_t i = 0; i < p->n; i++) {
		if (!p->v[i].obsolete && !p->v[i].other)
			strmap_put(&p->by_text, p->v[i].text, strlen(p->v[i].text), &p->v[i]);
	}
}

static bool read_file(struct po *p, char *data, size_t len, const struct scan *x, struct diag_log *log)
{
	bool hidden, ok;
	po_file_t file;

	hidden = po_open(PO_CHARSET_HIDDEN, p->path, data, len, &file, log);
	if (!hidden && !po_open(PO_CHARSET_TOLD, p->path, data, len, &file, log))
		return false;
	ok = read_header(p, file, hidden ? "CHARSET=" : "charset=", log);
	if (ok)
		read_entries(p, file, x);
	po_file_free(file);
	return ok;
}

struct po *po_read(const char *path, struct diag_log *log)
{
	struct po *p;
	struct scan x;
	char *data;
	size_t len;
	bool ok;

	if (!file_read(path, PO_MOST, log, DIAG_NOWHERE, &data, &len))
		return NULL;
	p = mem_zalloc(1, sizeof *p);
	arena_init(&p->arena);
	strmap_init(&p->by_text);
	p->path = arena_strdup(&p->arena, path);
	scan_places(&x, data, len);
	ok = is_utf8(data, len, p->path, log);
	if (ok && x.too_long > 0) {
		diag_error(log, "too-large", (struct pos){ p->path, x.too_long, 0 }, "a translation of more than %d million bytes",
		           (int)(PO_MOST_IN_ENTRY / 1000000));
		ok = false;
	}
	ok = ok && read_file(p, data, len, &x, log);
	scan_free(&x);
	mem_free(data);
	if (ok)
		return p;
	po_close(p);
	return NULL;
}

struct po *po_new(const char *path, size_t most)
{
	struct po *p = mem_zalloc(1, sizeof *p);

	arena_init(&p->arena);
	strmap_init(&p->by_text);
	p->path = arena_strdup(&p->arena, path);
	p->v = mem_zalloc(most, sizeof *p->v);
	return p;
}

void po_add(struct po *p, const char *text, const char *msgstr)
{
	static const struct po_line nowhere = { 0, 0 };
	struct po_entry *e = &p->v[p->n];

	if (strmap_lookup(&p->by_text, text, strlen(text)) != NULL)
		return;
	*e = (struct po_entry){ .text = text, .msgstr = msgstr, .at = &nowhere, .n_at = 1 };
	strmap_put(&p->by_text, text, strlen(text), e);
	p->n++;
}

void po_close(struct po *p)
{
	if (p == NULL)
		return;
	strmap_free(&p->by_text);
	mem_free(p->v);
	arena_free(&p->arena);
	mem_free(p);
}

struct pos po_pos(const struct po *p, const struct po_entry *e, size_t offset)
{
	size_t low = 0, high = e->n_at;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (e->at[mid].from <= offset)
			low = mid;
		else
			high = mid;
	}
	return (struct pos){ p->path, e->at[low].line, 0 };
}
