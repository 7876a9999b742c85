#include "shape/shape.h"

#include <hb.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/strmap.h"
#include "base/utf8.h"
#include "font/font_hb.h"

enum { MOST_FEATURES = 16, MOST_PLANS = 6 };

/* How runs of one face, script and direction are shaped: HarfBuzz would look for it run by run. */
struct plan {
	const struct face *face;
	hb_script_t script;
	bool rtl;
	hb_shape_plan_t *plan;
};

/* A face + language + features, met before: small number that goes into the cache's keys. */
struct style {
	struct face *face;
	const char *lang;
	const char *features;
	hb_language_t hb_lang;
	hb_feature_t feature[MOST_FEATURES];
	unsigned n_features;
	bool han; /* Chinese, Japanese */
	struct plan plan[MOST_PLANS];
	unsigned n_plans;
};

struct slot {
	uint64_t hash; /* 0: free */
	uint32_t style;
	struct shaped_word *word;
};

struct shaper {
	struct fonts *fonts;
	struct arena arena;
	hb_buffer_t *buffer;
	struct style *styles;
	size_t n_styles, cap_styles;
	uint32_t last_style;
	struct slot *slots;
	size_t n, cap;
	const struct shaped_word **words; /* by id */
	size_t n_words, cap_words;
};

struct shaper *shaper_open(struct fonts *fonts)
{
	struct shaper *s = mem_zalloc(1, sizeof *s);

	arena_init(&s->arena);
	s->fonts = fonts;
	s->buffer = hb_buffer_create();
	if (!hb_buffer_allocation_successful(s->buffer)) /* the empty one, in which nothing stays */
		mem_fail();
	/* monotone characters: a base and its mark keep clusters of their own, so that each glyph maps to its
	 * own character in the PDF */
	hb_buffer_set_cluster_level(s->buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
	s->cap = 4096;
	s->slots = mem_zalloc(s->cap, sizeof *s->slots);
	return s;
}

void shaper_close(struct shaper *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->n_styles; i++) {
		for (unsigned k = 0; k < s->styles[i].n_plans; k++)
			hb_shape_plan_destroy(s->styles[i].plan[k].plan);
	}
	hb_buffer_destroy(s->buffer);
	mem_free(s->styles);
	mem_free(s->slots);
	mem_free(s->words);
	arena_free(&s->arena);
	mem_free(s);
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool is_style(const struct style *t, const struct shape_key *key)
{
	return t->face == key->face && same_text(t->features, key->features) && same_text(t->lang, key->lang);
}

static bool is_lang(const char *tag, const char *code)
{
	return tag != NULL && strncmp(tag, code, 2) == 0 && (tag[2] == '\0' || tag[2] == '-');
}

static uint32_t style_of(struct shaper *s, const struct shape_key *key)
{
	struct style *t;
	const char *p = key->features;

	if (s->n_styles > 0 && is_style(&s->styles[s->last_style], key))
		return s->last_style;
	for (size_t i = 0; i < s->n_styles; i++) {
		if (is_style(&s->styles[i], key))
			return s->last_style = (uint32_t)i;
	}
	VEC_ROOM(s->styles, s->n_styles, s->cap_styles, 1);
	t = &s->styles[s->n_styles];
	memset(t, 0, sizeof *t);
	t->face = key->face;
	t->lang = key->lang != NULL ? arena_strdup(&s->arena, key->lang) : NULL;
	t->features = key->features != NULL ? arena_strdup(&s->arena, key->features) : NULL;
	t->han = is_lang(t->lang, "zh") || is_lang(t->lang, "ja");
	t->hb_lang = t->lang != NULL ? hb_language_from_string(t->lang, -1) : HB_LANGUAGE_INVALID;
	while (p != NULL && *p != '\0' && t->n_features < MOST_FEATURES) {
		const char *end = strchr(p, ',');
		int n = end != NULL ? (int)(end - p) : (int)strlen(p);

		if (hb_feature_from_string(p, n, &t->feature[t->n_features]))
			t->n_features++;
		p = end != NULL ? end + 1 : NULL;
	}
	return s->last_style = (uint32_t)s->n_styles++;
}

bool shape_may_cut(const struct shaped_word *w, uint32_t at)
{
	for (uint32_t i = 0; i < w->n_parts && !w->rtl; i++) {
		const struct shaped_part *p = &w->parts[i];

		for (uint32_t k = 0; k < p->n; k++) {
			if (p->glyphs[k].cluster == at)
				return !p->glyphs[k].tied;
		}
	}
	return false;
}

sp shape_scale(const struct face *face, int32_t units, sp size)
{
	int64_t v = (int64_t)units * size, half = face->upem / 2;

	return (v >= 0 ? v + half : v - half) / face->upem;
}

sp shape_width(const struct shaped_word *w, sp size)
{
	sp sum = 0;

	for (uint32_t i = 0; i < w->n_parts; i++) {
		const struct shaped_part *p = &w->parts[i];

		/* glyph by glyph, as the line will place them: sums of rounded advances, not the rounded sum */
		for (uint32_t k = 0; k < p->n; k++)
			sum += shape_scale(p->face, p->glyphs[k].advance, size);
	}
	return sum;
}

/* Letters that the run joins to, though they are not in it. */
static void add_context(struct shaper *s, const struct shape_key *key, const char *text, size_t len, size_t from, size_t to)
{
	char joined[256], c[4];
	size_t before = from == 0 && key->before != 0 ? utf8_encode(key->before, joined) : 0;
	size_t after = to == len && key->after != 0 ? utf8_encode(key->after, c) : 0;

	if (before + after == 0 || before + len + after > sizeof joined) {
		hb_buffer_add_utf8(s->buffer, text, (int)len, (unsigned)from, (int)(to - from));
		return;
	}
	memcpy(joined + before, text, len);
	memcpy(joined + before + len, c, after);
	hb_buffer_add_utf8(s->buffer, joined, (int)(before + len + after), (unsigned)(before + from), (int)(to - from));
	{
		unsigned n;
		hb_glyph_info_t *info = hb_buffer_get_glyph_infos(s->buffer, &n);

		for (unsigned i = 0; i < n; i++)
			info[i].cluster -= (uint32_t)before;
	}
}

/* For what the buffer is set to; NULL: there are too many. */
static hb_shape_plan_t *plan_for(struct shaper *s, struct style *t, const struct face *face, hb_font_t *font)
{
	hb_segment_properties_t props;
	unsigned n_coords;
	const int *coords = hb_font_get_var_coords_normalized(font, &n_coords);
	struct plan p = { .face = face };

	hb_buffer_get_segment_properties(s->buffer, &props);
	p.script = props.script;
	p.rtl = props.direction == HB_DIRECTION_RTL;
	for (unsigned i = 0; i < t->n_plans; i++) {
		if (t->plan[i].face == p.face && t->plan[i].script == p.script && t->plan[i].rtl == p.rtl)
			return t->plan[i].plan;
	}
	if (t->n_plans == MOST_PLANS)
		return NULL;
	p.plan = hb_shape_plan_create_cached2(hb_font_get_face(font), &props, t->feature, t->n_features, coords, n_coords, NULL);
	t->plan[t->n_plans++] = p;
	return p.plan;
}

static void shape_buffer(struct shaper *s, struct style *t, const struct face *face, hb_font_t *font)
{
	hb_shape_plan_t *plan = plan_for(s, t, face, font);

	if (plan == NULL || !hb_shape_plan_execute(plan, font, s->buffer, t->feature, t->n_features))
		hb_shape(font, s->buffer, t->feature, t->n_features);
}

/* One run in one face, script and direction: appended to out (caller's arena array). */
static void shape_part(struct shaper *s, struct style *t, const struct shape_key *key, struct face *face, const char *text,
                       size_t len, size_t from, size_t to, hb_script_t script, struct shaped_part *out)
{
	hb_glyph_info_t *info;
	hb_glyph_position_t *pos;
	struct shaped_glyph *g;
	unsigned n;

	mem_watch(); /* a buffer without room stays empty */
	hb_buffer_clear_contents(s->buffer);
	hb_buffer_set_cluster_level(s->buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
	add_context(s, key, text, len, from, to);
	hb_buffer_set_script(s->buffer, script);
	hb_buffer_set_direction(s->buffer, key->rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
	hb_buffer_set_language(s->buffer, t->hb_lang);
	hb_buffer_set_flags(s->buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
	shape_buffer(s, t, face, face_hb_font(face));
	mem_watched();
	info = hb_buffer_get_glyph_infos(s->buffer, &n);
	pos = hb_buffer_get_glyph_positions(s->buffer, &n);
	g = arena_array(&s->arena, n, sizeof *g);
	memset(out, 0, sizeof *out);
	for (unsigned i = 0; i < n; i++) {
		g[i] = (struct shaped_glyph){ info[i].codepoint, pos[i].x_advance, pos[i].x_offset, pos[i].y_offset, info[i].cluster & INT32_MAX,
			                      (hb_glyph_info_get_glyph_flags(&info[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0 };
		out->width += pos[i].x_advance;
	}
	out->face = face;
	out->glyphs = g;
	out->n = n;
	out->from = (uint32_t)from;
	out->to = (uint32_t)to;
}

/* Spaces that HarfBuzz makes from the face's own space glyph (ot-shape fallback). */
static bool is_space_like(uint32_t c)
{
	return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Punctuation that Chinese and Japanese share with Latin is theirs in their text: “ ” ‘ ’ … — · */
static bool is_shared_sign(uint32_t c)
{
	return c == 0xB7 || c == 0x2014 || c == 0x2015 || c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D || c == 0x2026 ||
	       c == 0x2027;
}

static bool is_latin_script(hb_script_t script)
{
	return script == HB_SCRIPT_LATIN || script == HB_SCRIPT_GREEK || script == HB_SCRIPT_CYRILLIC;
}

/* Is c set in the face's Latin one? What is of no script goes with the Latin text it belongs to: ASCII, signs of Latin-1,
 * general punctuation, currencies; an apostrophe with the letter before it. */
static bool wants_latin(const struct style *t, uint32_t c, hb_script_t script, bool behind_latin)
{
	if (t->face->latin == NULL || !face_has(t->face->latin, c))
		return false;
	if (is_latin_script(script))
		return true;
	if (script != HB_SCRIPT_COMMON || c >= 0x2150)
		return false;
	return !t->han || !is_shared_sign(c) || (c == 0x2019 && behind_latin);
}

struct segment {
	size_t from, to;
	struct face *face;
	hb_script_t script;
};

enum { MOST_SEGMENTS = 64 };

static bool stays_with_base(hb_unicode_funcs_t *uf, const struct face *base, uint32_t c)
{
	hb_unicode_general_category_t cat;

	if (utf8_is_ignorable(c))
		return true;
	cat = hb_unicode_general_category(uf, c);
	return (cat == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK || cat == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK ||
	        cat == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK) && face_has(base, c);
}

/* Cuts the word where the face or the script must change. Common and inherited characters take the
 * script before them (or the first real one). A mark stays with its base's face. */
static size_t itemise(struct shaper *s, const struct style *t, const char *text, size_t len, struct segment *seg,
                      uint32_t *missing, struct diag_log *log)
{
	hb_unicode_funcs_t *uf = hb_unicode_funcs_get_default();
	size_t n = 0;

	for (size_t i = 0, step; i < len; i += step) {
		uint32_t c = utf8_decode(text + i, len - i, &step);
		hb_script_t script = hb_unicode_script(uf, c);
		bool weak = script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED || script == HB_SCRIPT_UNKNOWN;
		struct segment *last = n > 0 ? &seg[n - 1] : NULL;
		struct face *face = wants_latin(t, c, script, last != NULL && is_latin_script(last->script)) ? t->face->latin : t->face;

		if (weak && t->han && face == t->face)
			script = HB_SCRIPT_HAN;
		if (c == 0x2010 || c == 0x2011)
			c = face_has(face, c) ? c : '-';
		if (face_has(face, c) && (last == NULL || last->face == face))
			; /* nearly always */
		else if (last != NULL && stays_with_base(uf, last->face, c))
			face = last->face;
		else if (!utf8_is_ignorable(c) && !is_space_like(c) && !face_has(face, c)) {
			face = fonts_face_for(s->fonts, t->face, c, t->lang, log); /* never the Latin one: that has it */
			if (face == NULL) {
				if (*missing == 0)
					*missing = c;
				face = t->face;
			}
		}
		if (last != NULL && last->face == face && (weak || last->script == script || last->script == HB_SCRIPT_COMMON)) {
			if (!weak)
				last->script = script;
			last->to = i + step;
			continue;
		}
		if (n == MOST_SEGMENTS) { /* a hostile mix: the last face takes the rest */
			last->to = len;
			break;
		}
		seg[n++] = (struct segment){ i, i + step, face, weak ? (last != NULL ? last->script : HB_SCRIPT_COMMON) : script };
	}
	return n;
}

/* PT and many other faces lack U+2010 and U+2011: the text handed to HarfBuzz has U+002D there, padded so
 * that clusters still count the bytes of the original. */
static const char *with_plain_hyphens(struct arena *a, struct face *face, const char *text, size_t *len, bool *changed)
{
	*changed = false;
	for (size_t i = 0; i + 2 < *len; i++) {
		if ((unsigned char)text[i] == 0xE2 && (unsigned char)text[i + 1] == 0x80 &&
		    ((unsigned char)text[i + 2] == 0x90 || (unsigned char)text[i + 2] == 0x91) &&
		    !face_has(face, 0x2000u | ((unsigned char)text[i + 2] & 0x3Fu)))
			*changed = true;
	}
	if (!*changed)
		return text;
	{
		char *copy = arena_dup(a, text, *len);
		size_t w = 0;

		for (size_t i = 0; i < *len; i++) {
			if (i + 2 < *len && (unsigned char)copy[i] == 0xE2 && (unsigned char)copy[i + 1] == 0x80 &&
			    ((unsigned char)copy[i + 2] == 0x90 || (unsigned char)copy[i + 2] == 0x91)) {
				copy[w++] = '-';
				i += 2;
			} else {
				copy[w++] = copy[i];
			}
		}
		copy[w] = '\0';
		*len = w;
		return copy;
	}
}

static uint32_t original_offset(const char *text, size_t len, uint32_t shortened)
{
	size_t at = 0;

	for (uint32_t n = 0; at < len && n < shortened; n++) {
		bool hyphen = at + 2 < len && (unsigned char)text[at] == 0xE2 && (unsigned char)text[at + 1] == 0x80 &&
		              ((unsigned char)text[at + 2] == 0x90 || (unsigned char)text[at + 2] == 0x91);

		at += hyphen ? 3 : 1;
	}
	return (uint32_t)at;
}

/* Offsets into the shortened text back to bytes of the original. */
static void restore_offsets(struct shaped_word *w, const char *text, size_t len)
{
	for (uint32_t p = 0; p < w->n_parts; p++) {
		struct shaped_part *part = (struct shaped_part *)&w->parts[p];
		struct shaped_glyph *g = (struct shaped_glyph *)part->glyphs;

		for (uint32_t k = 0; k < part->n; k++)
			g[k].cluster = original_offset(text, len, g[k].cluster) & INT32_MAX;
		part->from = original_offset(text, len, part->from);
		part->to = original_offset(text, len, part->to);
	}
}

static bool is_cursive(hb_script_t script)
{
	return script == HB_SCRIPT_ARABIC || script == HB_SCRIPT_SYRIAC || script == HB_SCRIPT_NKO || script == HB_SCRIPT_MONGOLIAN ||
	       script == HB_SCRIPT_MANDAIC || script == HB_SCRIPT_PHAGS_PA || script == HB_SCRIPT_ADLAM ||
	       script == HB_SCRIPT_HANIFI_ROHINGYA;
}

static struct shaped_word *shape_new(struct shaper *s, struct style *t, const struct shape_key *key, const char *text,
                                     size_t len, struct diag_log *log)
{
	struct shaped_word *w = ARENA_NEW(&s->arena, struct shaped_word);
	struct segment seg[MOST_SEGMENTS];
	struct shaped_part *parts;
	size_t n, run_len = len;
	bool shortened;
	const char *run = with_plain_hyphens(&s->arena, t->face, text, &run_len, &shortened);

	n = itemise(s, t, run, run_len, seg, &w->missing, log);
	parts = arena_array(&s->arena, n, sizeof *parts);
	w->rtl = key->rtl;
	w->before = key->before;
	w->after = key->after;
	for (size_t i = 0; i < n; i++) {
		w->cursive |= is_cursive(seg[i].script);
		shape_part(s, t, key, seg[i].face, run, run_len, seg[i].from, seg[i].to,
		           seg[i].script == HB_SCRIPT_COMMON ? HB_SCRIPT_LATIN : seg[i].script, &parts[w->rtl ? n - 1 - i : i]);
	}
	w->parts = parts;
	w->n_parts = (uint32_t)n;
	w->text = arena_dup(&s->arena, text, len);
	w->len = (uint32_t)len;
	if (shortened)
		restore_offsets(w, text, len);
	VEC_ROOM(s->words, s->n_words, s->cap_words, 1);
	w->id = (uint32_t)s->n_words;
	s->words[s->n_words++] = w;
	return w;
}

static void grow(struct shaper *s)
{
	struct slot *old = s->slots;
	size_t cap = s->cap;

	s->cap *= 2;
	s->slots = mem_zalloc(s->cap, sizeof *s->slots);
	for (size_t i = 0; i < cap; i++) {
		size_t k = (size_t)(old[i].hash >> 8) & (s->cap - 1);

		if (old[i].hash == 0)
			continue;
		while (s->slots[k].hash != 0)
			k = (k + 1) & (s->cap - 1);
		s->slots[k] = old[i];
	}
	mem_free(old);
}

const struct shaped_word *shape_word(struct shaper *s, const struct shape_key *key, const char *text, size_t len,
                                     struct diag_log *log)
{
	uint32_t style = style_of(s, key);
	uint64_t shared = (style + 1) * (uint64_t)2 + key->rtl + ((uint64_t)key->before << 24) + ((uint64_t)key->after << 43);
	uint64_t hash = (strmap_hash(text, len) + 0x9E3779B97F4A7C15u * shared) | 1;
	size_t k = (size_t)(hash >> 8) & (s->cap - 1);

	while (s->slots[k].hash != 0) {
		const struct shaped_word *w = s->slots[k].word;

		if (s->slots[k].hash == hash && s->slots[k].style == style && w->len == len && memcmp(w->text, text, len) == 0 &&
		    w->rtl == key->rtl && w->before == key->before && w->after == key->after)
			return w;
		k = (k + 1) & (s->cap - 1);
	}
	s->slots[k] = (struct slot){ hash, style, shape_new(s, &s->styles[style], key, text, len, log) };
	{
		const struct shaped_word *w = s->slots[k].word;

		if (++s->n * 4 > s->cap * 3)
			grow(s);
		return w;
	}
}

const struct shaped_word *shape_nth(const struct shaper *s, uint32_t id)
{
	return s->words[id];
}
