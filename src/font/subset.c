/* Subset font programs through hb-subset: for PDF the bare outlines, for EPUB a working font. */
#include <hb-subset.h>
#include <string.h>

#include "base/mem.h"
#include "base/strmap.h"
#include "font/font_hb.h"

static const hb_tag_t not_for_pdf[] = {
	HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'), HB_TAG('k', 'e', 'r', 'n'),
	HB_TAG('D', 'S', 'I', 'G'), HB_TAG('n', 'a', 'm', 'e'), HB_TAG('O', 'S', '/', '2'), HB_TAG('p', 'o', 's', 't'),
	HB_TAG('c', 'm', 'a', 'p'), HB_TAG('h', 'd', 'm', 'x'), HB_TAG('V', 'D', 'M', 'X'), HB_TAG('L', 'T', 'S', 'H'),
	HB_TAG('g', 'a', 's', 'p'), HB_TAG('P', 'C', 'L', 'T'), HB_TAG('F', 'F', 'T', 'M'), HB_TAG('v', 'h', 'e', 'a'),
	HB_TAG('v', 'm', 't', 'x'), HB_TAG('B', 'A', 'S', 'E'), HB_TAG('J', 'S', 'T', 'F'), HB_TAG('M', 'A', 'T', 'H'),
	HB_TAG('m', 'e', 't', 'a'), HB_TAG('V', 'O', 'R', 'G'), HB_TAG('S', 'V', 'G', ' '), HB_TAG('C', 'O', 'L', 'R'),
	HB_TAG('C', 'P', 'A', 'L'), HB_TAG('T', 'e', 'X', ' '),
};

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

static void take_mapping(const struct face *face, hb_subset_plan_t *plan, struct subset *out)
{
	const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(plan);
	size_t n = (size_t)face->glyph_count;
	uint64_t hash = strmap_hash(face->ps_name, strlen(face->ps_name));

	out->new_gid = mem_alloc(n * sizeof *out->new_gid);
	out->n_glyphs = 0;
	for (size_t i = 0; i < n; i++) {
		hb_codepoint_t to = hb_map_get(map, (hb_codepoint_t)i);
		uint64_t both[2] = { hash, i };

		out->new_gid[i] = to == HB_MAP_VALUE_INVALID ? UINT32_MAX : to;
		if (to == HB_MAP_VALUE_INVALID)
			continue;
		hash = strmap_hash(both, sizeof both);
		if ((int)to + 1 > out->n_glyphs)
			out->n_glyphs = (int)to + 1;
	}
	out->hash = hash;
}

bool face_subset(const struct face *face, enum subset_use use, const uint32_t *ids, size_t n, struct subset *out,
                 struct diag_log *log)
{
	hb_subset_input_t *in;
	hb_face_t *source = hb_font_get_face(face_hb_font(face)), *result = NULL;
	hb_subset_plan_t *plan = NULL;
	bool ok = false;

	memset(out, 0, sizeof *out);
	mem_watch(); /* HarfBuzz leaves out tables that it has no room for */
	in = hb_subset_input_create_or_fail();
	if (in == NULL)
		mem_fail();
	hb_subset_input_set_flags(in, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE |
	                                      (use == SUBSET_BOOK ? HB_SUBSET_FLAGS_NAME_LEGACY : 0));
	if (use == SUBSET_PDF) {
		hb_set_t *drop = hb_subset_input_set(in, HB_SUBSET_SETS_DROP_TABLE_TAG), *want = hb_subset_input_glyph_set(in);

		for (size_t i = 0; i < sizeof not_for_pdf / sizeof *not_for_pdf; i++)
			hb_set_add(drop, not_for_pdf[i]);
		for (size_t i = 0; i < n; i++)
			hb_set_add(want, ids[i]);
	} else {
		hb_set_t *want = hb_subset_input_unicode_set(in);

		for (size_t i = 0; i < n; i++)
			hb_set_add(want, ids[i]);
		/* figures that style sheets ask for, beside what hb-subset keeps by itself */
		want = hb_subset_input_set(in, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
		hb_set_add(want, HB_TAG('l', 'n', 'u', 'm'));
		hb_set_add(want, HB_TAG('o', 'n', 'u', 'm'));
		hb_set_add(want, HB_TAG('t', 'n', 'u', 'm'));
		hb_set_add(want, HB_TAG('p', 'n', 'u', 'm'));
	}
	plan = hb_subset_plan_create_or_fail(source, in);
	if (plan != NULL)
		result = hb_subset_plan_execute_or_fail(plan);
	mem_watched();
	if (result != NULL && take_table(result, use == SUBSET_PDF && face->is_cff ? HB_TAG('C', 'F', 'F', ' ') : 0, out)) {
		take_mapping(face, plan, out);
		ok = true;
	} else {
		diag_fail(log, "font-subset", face->pos, "%s cannot be subset", face->path);
	}
	hb_face_destroy(result);
	hb_subset_plan_destroy(plan);
	hb_subset_input_destroy(in);
	return ok;
}

void subset_free(struct subset *s)
{
	mem_free(s->data);
	mem_free(s->new_gid);
	memset(s, 0, sizeof *s);
}
