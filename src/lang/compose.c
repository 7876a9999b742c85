#include "lang/compose.h"

#include <stdbool.h>
#include <string.h>

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/mem.h"

/* Whether there is anything that may combine with what stands before it: marks of European letters, of Arabic, the
 * voiced marks of kana, the vowels and finals of Korean syllables. ICU decides; this spares it the rest of the world. */
static bool may_combine(const char *s, size_t len)
{
	static const unsigned char leads[] = { 0xcc, 0xcd, 0xd9, 0xe1, 0xe3 };
	bool any = false;

	for (size_t i = 0; i < sizeof leads; i++) /* the library looks at 32 bytes at a time */
		any = any || memchr(s, leads[i], len) != NULL;
	if (!any)
		return false;
	for (size_t i = 0; i + 1 < len; i++) {
		unsigned char a = (unsigned char)s[i], b = (unsigned char)s[i + 1], c = i + 2 < len ? (unsigned char)s[i + 2] : 0;

		if (a < 0xcc || (a > 0xcd && a < 0xd9))
			continue;
		if (a == 0xcc || (a == 0xcd && b < 0xb0) || (a == 0xd9 && b >= 0x93 && b <= 0x95) ||
		    (a == 0xe3 && b == 0x82 && (c == 0x99 || c == 0x9a)) || (a == 0xe1 && (b == 0x85 || b == 0x86 || b == 0x87)))
			return true;
	}
	return false;
}

/* ICU takes lengths as int32_t, and UTF-16; longer texts are left. */
enum { COMPOSE_MOST = 1 << 24 };

const char *compose_text(struct arena *a, const char *s, size_t n, size_t *n_made)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
	int32_t len = (int32_t)n, wide = 0, made = 0, bytes = 0;
	UChar *in, *out;
	char *result;

	*n_made = n;
	if (U_FAILURE(status) || n > COMPOSE_MOST || !may_combine(s, n))
		return s;
	in = mem_zalloc((size_t)len * 2 + 2, sizeof *in);
	out = in + len + 1;
	u_strFromUTF8(in, len + 1, &wide, s, len, &status);
	made = unorm2_normalize(nfc, in, wide, out, len + 1, &status); /* never longer than what was not composed */
	if (U_SUCCESS(status) && (made != wide || memcmp(in, out, (size_t)wide * sizeof *in) != 0)) {
		result = arena_alloc(a, (size_t)made * 3 + 1);
		u_strToUTF8(result, made * 3 + 1, &bytes, out, made, &status);
		if (U_SUCCESS(status)) {
			s = result;
			*n_made = (size_t)bytes;
		}
	}
	mem_free(in);
	return s;
}

static void compose(struct doc *d, const char **s)
{
	size_t made;

	if (*s != NULL)
		*s = compose_text(&d->arena, *s, strlen(*s), &made);
}

static void compose_attributes(struct doc *d, struct node *n)
{
	if (n->kind == N_IMAGE || n->kind == N_INLINE_IMAGE)
		compose(d, &n->u.image.alt);
	else if (n->kind == N_SPAN)
		compose(d, &n->u.span.expansion);
	else if (n->kind == N_DIVISION)
		compose(d, &n->u.division.short_title);
}

void compose_data(struct doc *d)
{
	struct doc_info *i = &d->info;
	const char **said[] = { &i->title, &i->subtitle, &i->short_title, &i->series, &i->number, &i->motto, &i->org, &i->org_short,
	                        &i->publisher, &i->date, &i->year, &i->edition, &i->rights, &i->isbn, &i->abstract, &i->identifier };

	for (size_t k = 0; k < sizeof said / sizeof *said; k++)
		compose(d, said[k]);
	for (int k = 0; k < i->n_people; k++) {
		compose(d, &i->people[k].name);
		compose(d, &i->people[k].file_as);
	}
	for (int k = 0; k < i->n_keywords; k++)
		compose(d, &i->keywords[k]);
	for (struct node *n = d->root; n != NULL; n = (struct node *)doc_next(d->root, n))
		compose_attributes(d, n);
	for (struct node *n = i->front; n != NULL && i->front->parent == NULL; n = (struct node *)doc_next(i->front, n))
		compose_attributes(d, n);
}
