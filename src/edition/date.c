#include "edition/date.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

/* Days since 1970-01-01 of a proleptic Gregorian date, and back: no time zone, no libc locale. */
static void civil_of(int64_t days, int *y, int *m, int *d)
{
	int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;

	*d = (int)(doy - (153 * mp + 2) / 5 + 1);
	*m = (int)(mp < 10 ? mp + 3 : mp - 9);
	*y = (int)(yoe + era * 400 + (*m <= 2));
}

/* "2014", "2014-06", "2014-06-09": what is missing counts as 1. False: none of these. */
static bool parse_date(const char *s, int *y, int *m, int *d)
{
	int *part[3] = { y, m, d };
	int n = 0;

	*m = *d = 1;
	while (n < 3 && *s >= '0' && *s <= '9') {
		int digits = 0, v = 0;

		for (; *s >= '0' && *s <= '9' && digits < 5; s++, digits++)
			v = v * 10 + (*s - '0');
		if (digits != (n == 0 ? 4 : 2))
			return false;
		*part[n++] = v;
		if (*s != '-')
			break;
		s++;
	}
	return n > 0 && *y >= 1000 && *m >= 1 && *m <= 12 && *d >= 1 && *d <= 31;
}

bool date_find(const struct doc *doc, const char **date, struct arena *a, struct diag_log *log)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH"), *written = doc->info.date;
	char *end = NULL;
	int y = 0, m = 1, d = 1;

	*date = NULL;
	if (epoch != NULL && *epoch != '\0') {
		long long t;

		errno = 0;
		t = strtoll(epoch, &end, 10);
		if (errno != 0 || *end != '\0' || t < 0 || t > 253402300799LL) {
			diag_error(log, "usage", DIAG_NOWHERE, "SOURCE_DATE_EPOCH is not a number of seconds: %s", epoch);
			log->worst = DIAG_USAGE;
			return false;
		}
		civil_of(t / 86400, &y, &m, &d);
		*date = arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", y, m, d, (int)(t % 86400 / 3600),
		                       (int)(t % 3600 / 60), (int)(t % 60));
		return true;
	}
	if ((written != NULL && parse_date(written, &y, &m, &d)) ||
	    (doc->info.year != NULL && parse_date(doc->info.year, &y, &m, &d)))
		*date = arena_printf(a, "%04d-%02d-%02dT00:00:00Z", y, m, d);
	return true;
}
