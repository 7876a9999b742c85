#include "lang/bidi.h"

#include <string.h>

#include <unicode/ubidi.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "lang/bidi_scratch.h"
#include "lang/rules.h"

enum {
	OPEN_MOST = 60, /* isolates kept open over a newline; UAX #9 looks no deeper than 125 levels */
	LRI = 0x2066, RLI = 0x2067, PDI = 0x2069, LRO = 0x202D, RLO = 0x202E, OBJECT = 0xFFFC
};

struct bidi_scratch {
	UBiDi *bidi;
	UChar *units;
	size_t n, cap;
	uint32_t *byte_of; /* of each unit; NOT_TEXT: an isolate's sign */
	size_t cap_bytes;
};
#define NOT_TEXT UINT32_MAX
#define IS_OBJECT (UINT32_MAX - 1)

void bidi_scratch_free(struct bidi_scratch *s)
{
	if (s == NULL)
		return;
	ubidi_close(s->bidi);
	mem_free(s->units);
	mem_free(s->byte_of);
	mem_free(s);
}

static struct bidi_scratch *scratch_of(struct langs *l)
{
	if (l->bidi == NULL) {
		l->bidi = mem_zalloc(1, sizeof *l->bidi);
		l->bidi->bidi = ubidi_open();
	}
	return l->bidi;
}

bool lang_bidi_needed(const char *text, size_t len)
{
	for (size_t i = 0, n = 0; i < len; i += n) {
		uint32_t c;

		n = 1;
		if ((unsigned char)text[i] < 0xD6) /* below U+0580 */
			continue;
		c = utf8_decode(text + i, len - i, &n);
		if ((c >= 0x590 && c <= 0x8FF) || c == 0x200F || c == 0x202B || c == 0x202E || c == 0x2067 ||
		    (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFF) || (c >= 0x10800 && c <= 0x10FFF) ||
		    (c >= 0x1E800 && c <= 0x1EFFF))
			return true;
	}
	return false;
}

/* ---- the text as ICU sees it ---------------------------------------------------------------------------- */

static void put_unit(struct bidi_scratch *s, uint32_t unit, uint32_t byte)
{
	size_t n = s->n;

	VEC_ROOM(s->units, n, s->cap, 1);
	VEC_ROOM(s->byte_of, n, s->cap_bytes, 1);
	s->units[s->n] = (UChar)unit;
	s->byte_of[s->n++] = byte;
}

static void put_begin(struct bidi_scratch *s, enum bidi_mark m)
{
	put_unit(s, m == BIDI_LTR || m == BIDI_FORCE_LTR ? LRI : RLI, NOT_TEXT);
	if (m == BIDI_FORCE_LTR || m == BIDI_FORCE_RTL)
		put_unit(s, m == BIDI_FORCE_LTR ? LRO : RLO, NOT_TEXT); /* the isolate's end closes it too (X6a) */
}

struct open {
	enum bidi_mark v[OPEN_MOST];
	size_t n; /* may be more than are kept */
};

static void put_event(struct bidi_scratch *s, struct open *open, enum bidi_mark m)
{
	switch (m) {
	case BIDI_OBJECT:
		put_unit(s, OBJECT, IS_OBJECT);
		break;
	case BIDI_END:
		put_unit(s, PDI, NOT_TEXT);
		open->n -= open->n > 0;
		break;
	default:
		if (open->n < OPEN_MOST)
			open->v[open->n] = m;
		open->n++;
		put_begin(s, m);
	}
}

static void fill_units(struct bidi_scratch *s, const char *text, size_t len, const struct bidi_event *events, size_t n_events)
{
	struct open open = { .n = 0 };
	size_t next = 0;

	s->n = 0;
	for (size_t i = 0, n = 0; i < len; i += n) {
		uint32_t c = utf8_decode(text + i, len - i, &n);

		while (next < n_events && events[next].at <= i)
			put_event(s, &open, events[next++].mark);
		if (c >= 0x10000) {
			put_unit(s, 0xD7C0 + (c >> 10), (uint32_t)i);
			put_unit(s, 0xDC00 | (c & 0x3FF), (uint32_t)i);
		} else {
			put_unit(s, c, (uint32_t)i);
		}
		if (c == '\n' || c == 0x2029) { /* ends all isolates (X8): begun again */
			for (size_t k = 0; k < open.n && k < OPEN_MOST; k++)
				put_begin(s, open.v[k]);
		}
	}
	while (next < n_events)
		put_event(s, &open, events[next++].mark);
}

/* ---- levels --------------------------------------------------------------------------------------------- */

static void take_levels(const struct bidi_scratch *s, const UBiDiLevel *of, size_t len, uint8_t *levels, uint8_t *objects)
{
	size_t done = 0;
	uint8_t level = 0;

	for (size_t i = 0; i < s->n; i++) {
		if (s->byte_of[i] == IS_OBJECT) {
			*objects++ = of[i];
		} else if (s->byte_of[i] != NOT_TEXT) {
			while (done < s->byte_of[i]) /* the other bytes of the character before */
				levels[done++] = level;
			level = of[i];
		}
	}
	while (done < len)
		levels[done++] = level;
}

void lang_bidi_levels(const struct lang *l, const char *text, size_t len, bool rtl, const struct bidi_event *events,
                      size_t n_events, uint8_t *levels, uint8_t *objects)
{
	struct bidi_scratch *s = scratch_of(l->owner);
	UErrorCode status = s->bidi != NULL ? U_ZERO_ERROR : U_MEMORY_ALLOCATION_ERROR;
	const UBiDiLevel *of = NULL;

	fill_units(s, text, len, events, n_events);
	if (s->n < INT32_MAX)
		ubidi_setPara(s->bidi, s->units, (int32_t)s->n, rtl ? 1 : 0, NULL, &status);
	else
		status = U_BUFFER_OVERFLOW_ERROR;
	if (s->n > 0 && U_SUCCESS(status))
		of = ubidi_getLevels(s->bidi, &status);
	if (of != NULL && U_SUCCESS(status)) {
		take_levels(s, of, len, levels, objects);
		return;
	}
	memset(levels, rtl, len); /* no memory for ICU: as if all went the paragraph's way */
	for (size_t i = 0; i < n_events; i++) {
		if (events[i].mark == BIDI_OBJECT)
			*objects++ = rtl;
	}
}

void lang_bidi_order(const uint8_t *levels, size_t n, int32_t *order)
{
	if (n > 0 && n < INT32_MAX)
		ubidi_reorderVisual(levels, (int32_t)n, order);
}
