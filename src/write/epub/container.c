#include "write/epub/container.h"

#include <string.h>
#include <zip.h>

static const char mimetype[] = "application/epub+zip";

static unsigned figures(const char *s, size_t n)
{
	unsigned v = 0;

	for (size_t i = 0; i < n; i++)
		v = v * 10 + (s[i] >= '0' && s[i] <= '9' ? (unsigned)(s[i] - '0') : 0);
	return v;
}

/* The date as DOS keeps it: no time zone is asked for, unlike by zip_file_set_mtime (E-03). */
static void dos_time(const char *utc, zip_uint16_t *date, zip_uint16_t *time)
{
	unsigned year = 1980, month = 1, day = 1, hour = 0, minute = 0, second = 0;

	if (strlen(utc) >= 20 && figures(utc, 4) >= 1980) {
		year = figures(utc, 4) < 2107 ? figures(utc, 4) : 2107;
		month = figures(utc + 5, 2);
		day = figures(utc + 8, 2);
		hour = figures(utc + 11, 2);
		minute = figures(utc + 14, 2);
		second = figures(utc + 17, 2);
	}
	*date = (zip_uint16_t)((year - 1980) << 9 | month << 5 | day);
	*time = (zip_uint16_t)(hour << 11 | minute << 5 | second / 2);
}

static bool add(zip_t *z, const char *path, const void *data, size_t len, bool store, zip_uint16_t date,
                zip_uint16_t time)
{
	zip_source_t *src = zip_source_buffer(z, data, len, 0);
	zip_int64_t index;

	if (src == NULL)
		return false;
	index = zip_file_add(z, path, src, 0);
	if (index < 0) {
		zip_source_free(src);
		return false;
	}
	return zip_set_file_compression(z, (zip_uint64_t)index, store ? ZIP_CM_STORE : ZIP_CM_DEFLATE, store ? 0 : 9) == 0 &&
	       zip_file_set_dostime(z, (zip_uint64_t)index, time, date, 0) == 0 &&
	       zip_file_set_external_attributes(z, (zip_uint64_t)index, 0, ZIP_OPSYS_UNIX, (zip_uint32_t)0100644 << 16) == 0;
}

static bool read_back(zip_source_t *src, struct buf *out)
{
	zip_stat_t st;
	size_t base = out->len;
	bool ok = false;

	if (zip_source_open(src) != 0)
		return false;
	if (zip_source_stat(src, &st) == 0 && (st.valid & ZIP_STAT_SIZE) != 0) {
		char block[16384];
		zip_int64_t n;

		while ((n = zip_source_read(src, block, sizeof block)) > 0)
			buf_put(out, block, (size_t)n);
		ok = n == 0 && out->len - base == st.size;
	}
	zip_source_close(src);
	if (!ok)
		out->len = base;
	return ok;
}

bool container_write(const struct container_entry *entries, size_t n, const char *modified, struct buf *out,
                     struct diag_log *log)
{
	zip_error_t error;
	zip_source_t *memory;
	zip_t *z = NULL;
	zip_uint16_t date, time;
	bool ok;

	dos_time(modified, &date, &time);
	zip_error_init(&error);
	memory = zip_source_buffer_create(NULL, 0, 0, &error);
	if (memory != NULL)
		z = zip_open_from_source(memory, ZIP_TRUNCATE, &error);
	if (z == NULL) {
		diag_fail(log, "epub-container", DIAG_NOWHERE, "libzip: %s", zip_error_strerror(&error));
		zip_source_free(memory);
		zip_error_fini(&error);
		return false;
	}
	zip_source_keep(memory); /* zip_close lets go of it, and what was written is still to be read */
	ok = add(z, "mimetype", mimetype, sizeof mimetype - 1, true, date, time);
	for (size_t i = 0; i < n && ok; i++)
		ok = add(z, entries[i].path, entries[i].data, entries[i].len, entries[i].store, date, time);
	if (!ok || zip_close(z) != 0) {
		diag_fail(log, "epub-container", DIAG_NOWHERE, "libzip: %s", zip_strerror(z));
		zip_discard(z);
		ok = false;
	} else if (!read_back(memory, out)) {
		diag_fail(log, "epub-container", DIAG_NOWHERE, "libzip: the container cannot be read back");
		ok = false;
	}
	zip_source_free(memory);
	zip_error_fini(&error);
	return ok;
}
