/* The registry: from BCP 47 tags to rules, dictionaries and words. */
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "lang/bidi_scratch.h"
#include "lang/breaks_icu.h"
#include "lang/rules.h"

/* A source names a handful of languages; one that names more is not meant well. */
enum { TAGS_MAX = 200, TAG_BYTES_MAX = 35 };

static const char default_dictionaries[] = "/usr/share/hyphen/";

struct langs *langs_open(const char *const *exceptions_folders)
{
	return lang_open_at(exceptions_folders, default_dictionaries);
}

struct langs *lang_open_at(const char *const *exceptions_folders, const char *dictionaries)
{
	struct langs *l = mem_zalloc(1, sizeof *l);

	arena_init(&l->arena);
	strmap_init(&l->by_tag);
	chars_init(&l->chars);
	l->dictionaries = arena_strdup(&l->arena, dictionaries);
	while (exceptions_folders != NULL && exceptions_folders[l->n_folders] != NULL)
		l->n_folders++;
	l->folders = arena_array(&l->arena, l->n_folders + 1, sizeof *l->folders);
	for (size_t i = 0; i < l->n_folders; i++)
		l->folders[i] = arena_strdup(&l->arena, exceptions_folders[i]);
	return l;
}

void langs_close(struct langs *l)
{
	if (l == NULL)
		return;
	for (size_t i = 0; i < l->n_sets; i++)
		hyphen_free(l->sets[i].h);
	mem_free(l->sets);
	strmap_free(&l->by_tag);
	breaks_icu_close(l->icu);
	bidi_scratch_free(l->bidi);
	mem_free(l->chunks);
	break_list_free(&l->tail);
	arena_free(&l->arena);
	mem_free(l);
}

/* ---- rules of a tag --------------------------------------------------------------------------- */

/* "ru-RU" has the rules of "ru", "en-US" its own: the longest code that the tag begins with, up to a '-'. */
static const struct lang_rules *rules_of(const char *tag)
{
	const struct lang_rules *const families[] = { lang_slavic_rules, lang_western_rules, lang_eastern_rules };
	const struct lang_rules *best = NULL, *unknown = NULL;
	size_t best_len = 0;

	for (size_t f = 0; f < sizeof families / sizeof *families; f++) {
		for (const struct lang_rules *r = families[f]; r->code != NULL; r++) {
			size_t len = strlen(r->code);

			if (strcmp(r->code, "und") == 0)
				unknown = r;
			if (len > best_len && strncmp(tag, r->code, len) == 0 && (tag[len] == '\0' || tag[len] == '-')) {
				best = r;
				best_len = len;
			}
		}
	}
	return best != NULL ? best : unknown;
}

/* Lower case, '_' as '-'; false: not a tag at all. */
static bool normalise_tag(const char *tag, char out[TAG_BYTES_MAX + 1])
{
	size_t n = 0;

	for (; tag[n] != '\0'; n++) {
		char c = tag[n];

		if (n == TAG_BYTES_MAX)
			return false;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		else if (c == '_')
			c = '-';
		else if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
			return false;
		out[n] = c;
	}
	out[n] = '\0';
	return n > 0;
}

/* ---- hyphenators ------------------------------------------------------------------------------ */

static void read_exceptions(struct langs *l, struct hyphenator *h, const char *code, struct diag_log *log)
{
	struct buf path;

	buf_init(&path);
	for (size_t i = 0; i < l->n_folders; i++) {
		size_t len = strlen(l->folders[i]);

		buf_clear(&path);
		buf_printf(&path, "%s%shyphenation.%s.txt", l->folders[i],
		           len > 0 && l->folders[i][len - 1] != '/' ? "/" : "", code);
		hyphen_read_exceptions(h, path.data, log);
	}
	buf_free(&path);
}

/* One hyphenator for a set of rules, shared by "ru" and "ru-RU". That its dictionary is missing is said
 * in log if that is not NULL; without it only exceptions divide words. */
static struct hyphenator *hyphenator_for(struct langs *l, const struct lang_rules *r, struct diag_log *log)
{
	struct hyphenator *latin = NULL;
	const char *path;

	for (size_t i = 0; i < l->n_sets; i++) {
		if (l->sets[i].rules == r)
			return l->sets[i].h;
	}
	path = r->dictionary != NULL ? arena_printf(&l->arena, "%s%s", l->dictionaries, r->dictionary) : NULL;
	if (path != NULL && !file_exists(path)) {
		if (log != NULL) {
			diag_warn(log, "hyphen-missing", DIAG_NOWHERE, "no hyphenation patterns for %s (%s): words are not divided",
			          r->name, path);
			diag_hint(log, "install the Debian package %s", r->package);
		}
		path = NULL; /* exceptions still count */
	}
	if (!r->latin)
		latin = hyphenator_for(l, rules_of("en"), NULL);
	VEC_ROOM(l->sets, l->n_sets, l->cap_sets, 1);
	l->sets[l->n_sets].rules = r;
	l->sets[l->n_sets].h = hyphen_new(path, &l->chars, r->judge, r->latin, latin);
	if (r->raw_patterns)
		hyphen_match_all(l->sets[l->n_sets].h);
	return l->sets[l->n_sets++].h;
}

static struct hyphenator *open_hyphenator(struct langs *l, const struct lang_rules *r, struct diag_log *log)
{
	size_t before = l->n_sets;
	struct hyphenator *h;
	struct diag_log own;

	if (r->left_min == 0)
		return NULL;
	h = hyphenator_for(l, r, log);
	if (l->n_sets == before)
		return h;
	diag_init(&own);
	read_exceptions(l, h, r->code, log != NULL ? log : &own);
	diag_free(&own);
	return h;
}

/* ---- looking up ------------------------------------------------------------------------------- */

static struct lang *new_lang(struct langs *l, const char *tag, const char *shown, struct diag_log *log)
{
	struct lang *lang = ARENA_NEW(&l->arena, struct lang);

	lang->tag = arena_strdup(&l->arena, shown);
	lang->rules = rules_of(tag);
	lang->owner = l;
	lang->wordlist = strings_for(tag);
	lang->capitals = strings_capitals(tag);
	strings_quotes(tag, lang->quotes, &l->arena);
	textrules_prepare(lang);
	lang->hyphenator = open_hyphenator(l, lang->rules, log);
	return lang;
}

const struct lang *langs_lookup(struct langs *l, const char *tag, struct diag_log *log)
{
	char key[TAG_BYTES_MAX + 1];
	struct lang *lang;

	if (tag == NULL || !normalise_tag(tag, key))
		strcpy(key, "und");
	lang = strmap_lookup(&l->by_tag, key, strlen(key));
	if (lang != NULL)
		return lang;
	if (l->n_tags >= TAGS_MAX) {
		if (l->plain == NULL)
			l->plain = new_lang(l, "und", "und", log);
		return l->plain;
	}
	lang = new_lang(l, key, strcmp(key, "und") == 0 ? "und" : tag, log);
	strmap_put(&l->by_tag, arena_strdup(&l->arena, key), strlen(key), lang);
	l->n_tags++;
	return lang;
}

const char *lang_tag(const struct lang *l)
{
	return l->tag;
}

bool lang_is_rtl(const struct lang *l)
{
	return l->rules->rtl;
}

const char *lang_word(const struct lang *l, enum lang_word w)
{
	return w >= 0 && w < W_COUNT ? l->wordlist[w] : "";
}

static bool is_code(const struct lang *l, const char *code)
{
	return strcmp(l->rules->code, code) == 0;
}

void lang_check_words(const struct lang *l, struct pos pos, struct diag_log *log)
{
	if (l->wordlist != strings_for("en") || strncmp(l->rules->code, "en", 2) == 0 || strcmp(l->tag, "und") == 0)
		return; /* "und": that no language is said has a message of its own */
	diag_warn(log, "lang-words", pos, "verstka has no words in the language \"%s\": \"%s\", \"%s\" and the like are in English", l->tag,
	          lang_word(l, W_TABLE), lang_word(l, W_CONTENTS));
	if (is_code(l, "und"))
		diag_hint(log, "nor patterns of hyphenation: its words are not divided");
}

const char *lang_comma(const struct lang *l)
{
	if (l->rules->han)
		return is_code(l, "ja") ? "\xE3\x80\x81" : "\xEF\xBC\x8C";
	return is_code(l, "ar") || is_code(l, "fa") || is_code(l, "ur") ? "\xD8\x8C " : ", ";
}

const char *lang_stop(const struct lang *l)
{
	return l->rules->han ? "\xE3\x80\x82" : is_code(l, "ur") ? "\xDB\x94 " : ". ";
}

const char *lang_after_label(const struct lang *l, bool wide)
{
	return l->rules->han ? "\xE3\x80\x80" : wide ? ".\xE2\x80\x82" : ". ";
}

static uint32_t own_zero(const struct lang *l)
{
	const char *code = l->rules->code;

	return strcmp(code, "ar") == 0 ? 0x660 : strcmp(code, "fa") == 0 || strcmp(code, "ur") == 0 ? 0x6F0 : 0;
}

static bool is_ascii_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

const char *lang_digits(const struct lang *l, struct arena *a, const char *s, size_t len)
{
	uint32_t zero = own_zero(l);
	bool changed = false;
	const char *kept;
	struct buf out;

	if (zero == 0)
		return s;
	buf_init(&out);
	for (size_t from = 0, to; from < len; from = to) {
		bool latin = false;

		for (to = from; to < len && (s[to] != ' ' || to == from); to++)
			latin |= is_ascii_letter(s[to]);
		for (size_t i = from; i < to; i++) {
			char digit[4];

			if (latin || s[i] < '0' || s[i] > '9') {
				buf_putc(&out, s[i]);
				continue;
			}
			buf_put(&out, digit, utf8_encode(zero + (uint32_t)(s[i] - '0'), digit));
			changed = true;
		}
	}
	kept = changed ? arena_dup(a, out.data, out.len) : s;
	buf_free(&out);
	return kept;
}

const char *lang_capitals(const struct lang *l)
{
	return l->capitals;
}

/* Levels go outer, inner, outer ... */
const char *lang_quote(const struct lang *l, int level, bool close)
{
	return l->quotes[(level & 1) * 2 + (close ? 1 : 0)];
}
