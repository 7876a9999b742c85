/* Dates in words. ICU knows how each language has them; the machine's own locale and time zone have no say. */
#include <string.h>

#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/ustring.h>

#include "lang/dates.h"
#include "lang/rules.h"

static bool find_pattern(const char *locale, bool day, UChar *pattern, int32_t size)
{
	UErrorCode status = U_ZERO_ERROR;
	UDateTimePatternGenerator *g = udatpg_open(locale, &status);
	UChar skeleton[16];
	int32_t n;

	if (U_FAILURE(status))
		return false;
	u_uastrcpy(skeleton, day ? "yMMMMd" : "yMMMM");
	n = udatpg_getBestPattern(g, skeleton, -1, pattern, size, &status);
	udatpg_close(g);
	return U_SUCCESS(status) && n > 0 && n < size;
}

/* Noon of the day, in milliseconds since 1970. */
static bool find_moment(int year, int month, int day, UDate *moment)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar zone[4];
	UCalendar *c;

	u_uastrcpy(zone, "UTC");
	c = ucal_open(zone, -1, "en@calendar=gregorian", UCAL_GREGORIAN, &status);
	if (U_FAILURE(status))
		return false;
	ucal_setDateTime(c, year, month - 1, day > 0 ? day : 1, 12, 0, 0, &status);
	*moment = ucal_getMillis(c, &status);
	ucal_close(c);
	return U_SUCCESS(status);
}

bool dates_format(const struct lang *l, int year, int month, int day, char *out, size_t size)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar pattern[128], text[128], zone[4];
	char locale[96];
	/* as the other words are: what has none of its own is in English, and that is British but where another region is named */
	bool english = strings_for(lang_tag(l)) == strings_for("en"), regional = strncmp(lang_tag(l), "en-", 3) == 0;
	const char *tag = english && !regional ? "en-GB" : lang_tag(l);
	UDateFormat *f;
	UDate moment;
	int32_t n;

	if (strlen(tag) > 60 || year < 1000 || year > 9999 || month < 1 || month > 12 || day < 0 || day > 31)
		return false;
	strcpy(locale, tag);
	strcat(locale, "@calendar=gregorian");
	if (!find_pattern(locale, day > 0, pattern, 128) || !find_moment(year, month, day, &moment))
		return false;
	u_uastrcpy(zone, "UTC");
	f = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, zone, -1, pattern, -1, &status);
	if (U_FAILURE(status))
		return false;
	n = udat_format(f, moment, text, 128, NULL, &status);
	udat_close(f);
	if (U_FAILURE(status) || n <= 0 || n >= 128)
		return false;
	for (int32_t i = 0; i < n; i++) { /* what holds together is the line breaker's to know (T-25): the text has plain spaces */
		if (text[i] == 0xA0 || text[i] == 0x202F)
			text[i] = ' ';
	}
	u_strToUTF8(out, (int32_t)size, NULL, text, n, &status);
	return U_SUCCESS(status) && memchr(out, '\0', size) != NULL;
}

/* ---- in a document ---- */

enum { MOST_DATES = 500 }; /* ICU takes a tenth of a millisecond for each: a hostile source has no end of them */

static bool is_two(const char *s, int *v)
{
	if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
		return false;
	*v = (s[0] - '0') * 10 + s[1] - '0';
	return true;
}

/* "2021-10-28", "2021-10", maybe with a time behind. */
static bool parse_iso(const char *s, int *year, int *month, int *day)
{
	int century, rest;

	*day = 0;
	if (strlen(s) < 7 || !is_two(s, &century) || !is_two(s + 2, &rest) || s[4] != '-' || !is_two(s + 5, month))
		return false;
	*year = century * 100 + rest;
	if (s[7] == '\0')
		return true;
	return s[7] == '-' && strlen(s) >= 10 && is_two(s + 8, day) && (s[10] == '\0' || s[10] == 'T');
}

void dates_in_front(struct doc *d, struct langs *l, struct diag_log *log)
{
	int left = MOST_DATES;

	for (struct node *p = d->info.front != NULL ? d->info.front->first : NULL; p != NULL; p = p->next) {
		bool dated = p->kind == N_PARA && p->element != NULL && (strcmp(p->element, "date") == 0 || strcmp(p->element, "pubdate") == 0);
		char words[256];
		int year, month, day;
		struct node *t;

		if (!dated || left == 0 || p->first == NULL || p->first != p->last || p->first->kind != N_TEXT ||
		    !parse_iso(p->first->u.text.s, &year, &month, &day) ||
		    !dates_format(langs_lookup(l, doc_lang(d, p), log), year, month, day, words, sizeof words))
			continue;
		t = doc_text(d, words, strlen(words), p->first->pos);
		doc_remove(p->first);
		doc_append(p, t);
		left--;
	}
}
