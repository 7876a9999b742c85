/* Subset font programs through hb-subset: for PDF the bare outlines, for EPUB a working font. */
#include <hb-ot.h>
#include <hb-subset.h>
#include <string.h>

#include "base/mem.h"
#include "base/strmap.h"
#include "font/font_hb.h"

/* ---- languages ------------------------------------------------------------------------------------------------- */

enum { MOST_TAGS = 64 };

/* OpenType's names of the book's languages. */
struct language_tags {
	hb_tag_t v[MOST_TAGS];
	unsigned n;
	bool all; /* too many to tell apart */
};

static void find_tags(const struct subset_wish *w, struct language_tags *out)
{
	out->n = 0;
	out->all = false;
	for (size_t i = 0; i < w->n_langs; i++) {
		unsigned scripts = 0, n = MOST_TAGS - out->n;

		hb_ot_tags_from_script_and_language(HB_SCRIPT_INVALID, hb_language_from_string(w->langs[i], -1), &scripts, NULL, &n,
		                                    out->v + out->n);
		out->n += n;
		out->all = out->all || out->n == MOST_TAGS;
	}
}

static bool has_tag(const struct language_tags *t, const unsigned char *tag)
{
	for (unsigned i = 0; i < t->n; i++)
		if (t->v[i] == HB_TAG(tag[0], tag[1], tag[2], tag[3]))
			return true;
	return false;
}

static size_t be16(const unsigned char *p)
{
	return (size_t)p[0] << 8 | p[1];
}

/* Of a Script table (OpenType, "OpenType layout common table formats"): its records of other languages go; the default
 * one, which stands apart, is all that their text then has. */
static void drop_languages(unsigned char *script, size_t len, const struct language_tags *keep)
{
	enum { RECORD = 6 };
	size_t n, kept = 0;

	if (len < 4 || (n = be16(script + 2)) * RECORD > len - 4)
		return;
	for (size_t i = 0; i < n; i++) {
		const unsigned char *record = script + 4 + i * RECORD;

		if (has_tag(keep, record))
			memmove(script + 4 + kept++ * RECORD, record, RECORD);
	}
	script[2] = (unsigned char)(kept >> 8);
	script[3] = (unsigned char)kept;
}

/* GSUB or GPOS without what it has for languages that the book has not. Of a damaged table as much as is right; HarfBuzz looks
 * at it again. */
static hb_blob_t *of_languages(hb_blob_t *table, const struct language_tags *keep)
{
	unsigned len = 0;
	hb_blob_t *copy = hb_blob_copy_writable_or_fail(table);
	unsigned char *data = copy != NULL ? (unsigned char *)hb_blob_get_data_writable(copy, &len) : NULL;
	size_t list = len >= 10 ? be16(data + 4) : 0, n = list > 0 && list + 2 <= len ? be16(data + list) : 0;

	hb_blob_destroy(table);
	if (copy == NULL)
		return hb_blob_get_empty();
	for (size_t i = 0; i < n && list + 2 + (i + 1) * 6 <= len; i++) {
		size_t at = list + be16(data + list + 2 + i * 6 + 4);

		if (at < len)
			drop_languages(data + at, len - at, keep);
	}
	return copy;
}

/* ---- what HarfBuzz gets to see ------------------------------------------------------------------------------------ */

struct view {
	hb_face_t *whole;
	struct language_tags keep; /* SUBSET_BOOK */
	bool no_cff;
};

/* A PDF wants outlines and metrics. HarfBuzz gets to see no other table than these: of one that is there it looks through
 * every entry before it drops the table, and a character map of CJK has 45,000. */
static hb_blob_t *outline_table(hb_face_t *self, hb_tag_t tag, void *view)
{
	const struct view *v = view;

	(void)self;
	switch (tag) {
	case HB_TAG('C', 'F', 'F', ' '):
		return v->no_cff ? NULL : hb_face_reference_table(v->whole, tag);
	case HB_TAG('g', 'l', 'y', 'f'):
	case HB_TAG('h', 'e', 'a', 'd'):
	case HB_TAG('h', 'h', 'e', 'a'):
	case HB_TAG('h', 'm', 't', 'x'):
	case HB_TAG('l', 'o', 'c', 'a'):
	case HB_TAG('m', 'a', 'x', 'p'): return hb_face_reference_table(v->whole, tag);
	default: return NULL;
	}
}

static hb_blob_t *book_table(hb_face_t *self, hb_tag_t tag, void *view)
{
	const struct view *v = view;
	hb_blob_t *table = tag == HB_TAG('C', 'F', 'F', ' ') && v->no_cff ? NULL : hb_face_reference_table(v->whole, tag);

	(void)self;
	return (tag == HB_TAG('G', 'S', 'U', 'B') || tag == HB_TAG('G', 'P', 'O', 'S')) && !v->keep.all ? of_languages(table, &v->keep) : table;
}

/* ---- subsets --------------------------------------------------------------------------------------------------- */

static bool take_table(hb_face_t *result, hb_tag_t tag, struct subset *out)
{
	hb_blob_t *b = tag != 0 ? hb_face_reference_table(result, tag) : hb_face_reference_blob(result);
	unsigned n = 0;
	const char *data = hb_blob_get_data(b, &n);

	if (n == 0) {
		hb_blob_destroy(b);
		return false;
	}
	out->data = mem_alloc(n);
	memcpy(out->data, data, n);
	out->len = n;
	hb_blob_destroy(b);
	return true;
}

static void take_mapping(const struct face *face, hb_subset_plan_t *plan, const uint32_t *ids, size_t n_ids,
                         struct subset *out)
{
	const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(plan);
	size_t n = (size_t)face->glyph_count;
	uint64_t hash = strmap_hash(face->ps_name, strlen(face->ps_name));

	out->new_gid = mem_alloc(n * sizeof *out->new_gid);
	memset(out->new_gid, 0xff, n * sizeof *out->new_gid);
	out->new_gid[0] = 0;
	for (size_t i = 0; i < n_ids; i++)
		if (ids[i] < n)
			out->new_gid[ids[i]] = hb_map_get(map, ids[i]);
	for (size_t i = 0; i < n; i++) {
		uint64_t both[2] = { hash, i };

		if (out->new_gid[i] != UINT32_MAX)
			hash = strmap_hash(both, sizeof both);
	}
	out->hash = hash;
}

static hb_subset_input_t *make_input(const struct face *face, const struct subset_wish *w)
{
	/* CFF without its subroutines: they are for tens of thousands of glyphs. Keeping those that a few hundred still call takes
	 * three times as long and seldom makes the program smaller. */
	unsigned flags = HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE |
	                 (face->is_cff ? HB_SUBSET_FLAGS_DESUBROUTINIZE : 0) | (w->use == SUBSET_BOOK ? HB_SUBSET_FLAGS_NAME_LEGACY : 0);
	hb_subset_input_t *in = hb_subset_input_create_or_fail();
	hb_set_t *want;

	if (in == NULL)
		mem_fail();
	hb_subset_input_set_flags(in, flags);
	want = w->use == SUBSET_PDF ? hb_subset_input_glyph_set(in) : hb_subset_input_unicode_set(in);
	for (size_t i = 0; i < w->n; i++)
		hb_set_add(want, w->ids[i]);
	if (w->use == SUBSET_BOOK) { /* figures that style sheets ask for, beside what hb-subset keeps by itself */
		want = hb_subset_input_set(in, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
		hb_set_add(want, HB_TAG('l', 'n', 'u', 'm'));
		hb_set_add(want, HB_TAG('o', 'n', 'u', 'm'));
		hb_set_add(want, HB_TAG('t', 'n', 'u', 'm'));
		hb_set_add(want, HB_TAG('p', 'n', 'u', 'm'));
	}
	return in;
}

static bool has_cff(hb_face_t *result)
{
	hb_blob_t *b = hb_face_reference_table(result, HB_TAG('C', 'F', 'F', ' '));
	bool has = hb_blob_get_length(b) > 0;

	hb_blob_destroy(b);
	return has;
}

/* To find out which glyphs are put together from others HarfBuzz plans a subset by running the program of each. CFF by CID has
 * no such glyphs (they are named by the standard encoding, and CIDs have no names: Technical Note 5177, appendix C), so
 * the outlines may stay out of sight until the plan stands, which is a third of the time. */
static hb_face_t *make_subset(const struct face *face, hb_face_t *source, struct view *view, hb_subset_input_t *in, hb_subset_plan_t **plan)
{
	hb_face_t *result = NULL;

	view->no_cff = face->is_cid;
	*plan = hb_subset_plan_create_or_fail(source, in);
	view->no_cff = false;
	if (*plan != NULL)
		result = hb_subset_plan_execute_or_fail(*plan);
	if (!face->is_cid || (result != NULL && has_cff(result)))
		return result;
	hb_face_destroy(result); /* a HarfBuzz that looks once: at all, then */
	hb_subset_plan_destroy(*plan);
	*plan = hb_subset_plan_create_or_fail(source, in);
	return *plan != NULL ? hb_subset_plan_execute_or_fail(*plan) : NULL;
}

bool face_subset(const struct face *face, const struct subset_wish *wish, struct subset *out, struct diag_log *log)
{
	bool ok = false, pdf = wish->use == SUBSET_PDF;
	struct view view = { .whole = hb_font_get_face(face_hb_font(face)) };
	hb_face_t *source, *result;
	hb_subset_input_t *in;
	hb_subset_plan_t *plan;

	memset(out, 0, sizeof *out);
	mem_watch(); /* HarfBuzz leaves out tables that it has no room for */
	if (!pdf)
		find_tags(wish, &view.keep);
	source = hb_face_create_for_tables(pdf ? outline_table : book_table, &view, NULL);
	in = make_input(face, wish);
	result = make_subset(face, source, &view, in, &plan);
	mem_watched();
	if (result != NULL && take_table(result, pdf && face->is_cff ? HB_TAG('C', 'F', 'F', ' ') : 0, out)) {
		if (pdf)
			take_mapping(face, plan, wish->ids, wish->n, out);
		ok = true;
	} else {
		diag_fail(log, "font-subset", face->pos, "%s cannot be subset", face->path);
	}
	hb_face_destroy(result);
	hb_subset_plan_destroy(plan);
	hb_subset_input_destroy(in);
	hb_face_destroy(source);
	return ok;
}

void subset_free(struct subset *s)
{
	mem_free(s->data);
	mem_free(s->new_gid);
	memset(s, 0, sizeof *s);
}
