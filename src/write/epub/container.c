#include "write/epub/container.h"

#include <string.h>

#include <libdeflate.h>

#include "base/loaded.h"
#include "base/mem.h"
#include "write/epub/zip_lib.h"

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

/* ---- entries, packed before libzip sees them ------------------------------------------------------------------ */

enum { LEVEL = 1 }; /* of libdeflate: 4 takes half as long again, for files smaller by two in a hundred; 9 four times as much */

struct packed {
	unsigned char *data; /* NULL: stored, as the caller has it */
	const void *plain;
	size_t len, plain_len, at;
	zip_uint32_t crc;
	zip_error_t error;
	const struct zip_lib *zip;
};

static const void *bytes_of(const struct packed *p)
{
	return p->data != NULL ? p->data : p->plain;
}

static void pack(struct packed *p, const struct zip_lib *zip, struct libdeflate_compressor *d, const void *data, size_t len,
                 bool store)
{
	*p = (struct packed){ .zip = zip, .plain = data, .len = len, .plain_len = len, .crc = libdeflate_crc32(0, data, len) };
	zip->error_init(&p->error);
	if (store || len == 0)
		return;
	p->data = mem_alloc(len);
	p->len = libdeflate_deflate_compress(d, data, len, p->data, len);
	if (p->len == 0) { /* it would grow */
		mem_free(p->data);
		p->data = NULL;
		p->len = len;
	}
}

/* A source of libzip's that says its bytes are packed already: they are copied as they are. */
static zip_int64_t hand_over(void *state, void *data, zip_uint64_t len, zip_source_cmd_t command)
{
	struct packed *p = state;
	zip_stat_t *st = data;

	switch (command) {
	case ZIP_SOURCE_OPEN:
		p->at = 0;
		return 0;
	case ZIP_SOURCE_READ:
		if (len > p->len - p->at)
			len = p->len - p->at;
		if (len > 0)
			memcpy(data, (const unsigned char *)bytes_of(p) + p->at, (size_t)len);
		p->at += (size_t)len;
		return (zip_int64_t)len;
	case ZIP_SOURCE_STAT:
		p->zip->stat_init(st);
		st->size = p->plain_len;
		st->comp_size = p->len;
		st->comp_method = p->data != NULL ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
		st->crc = p->crc;
		st->encryption_method = ZIP_EM_NONE;
		st->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_CRC | ZIP_STAT_ENCRYPTION_METHOD;
		return sizeof *st;
	case ZIP_SOURCE_ERROR:
		return p->zip->error_to_data(&p->error, data, len);
	case ZIP_SOURCE_SUPPORTS:
		return p->zip->source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
		                                          ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
	case ZIP_SOURCE_CLOSE:
	case ZIP_SOURCE_FREE:
		return 0;
	default:
		p->zip->error_set(&p->error, ZIP_ER_OPNOTSUPP, 0);
		return -1;
	}
}

static bool add(zip_t *z, const char *path, struct packed *p, zip_uint16_t date, zip_uint16_t time)
{
	const struct zip_lib *zip = p->zip;
	zip_source_t *src = zip->source_function(z, hand_over, p);
	zip_int64_t index;

	if (src == NULL)
		return false;
	index = zip->file_add(z, path, src, 0);
	if (index < 0) {
		zip->source_free(src);
		return false;
	}
	return zip->set_file_compression(z, (zip_uint64_t)index, p->data != NULL ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0) == 0 &&
	       zip->file_set_dostime(z, (zip_uint64_t)index, time, date, 0) == 0 &&
	       zip->file_set_external_attributes(z, (zip_uint64_t)index, 0, ZIP_OPSYS_UNIX, (zip_uint32_t)0100644 << 16) == 0;
}

/* The mimetype first. */
static struct packed *pack_all(const struct zip_lib *zip, const struct container_entry *entries, size_t n)
{
	struct libdeflate_compressor *d = libdeflate_alloc_compressor(LEVEL);
	struct packed *v = mem_alloc((n + 1) * sizeof *v);

	if (d == NULL)
		mem_fail();
	pack(&v[0], zip, d, mimetype, sizeof mimetype - 1, true);
	for (size_t i = 0; i < n; i++)
		pack(&v[i + 1], zip, d, entries[i].data, entries[i].len, entries[i].store);
	libdeflate_free_compressor(d);
	return v;
}

static void free_packed(struct packed *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		mem_free(v[i].data);
		v[i].zip->error_fini(&v[i].error);
	}
	mem_free(v);
}

/* ---- the container -------------------------------------------------------------------------------------------- */

static bool read_back(const struct zip_lib *zip, zip_source_t *src, struct buf *out)
{
	zip_stat_t st;
	size_t base = out->len;
	bool ok = false;

	if (zip->source_open(src) != 0)
		return false;
	if (zip->source_stat(src, &st) == 0 && (st.valid & ZIP_STAT_SIZE) != 0) {
		char block[16384];
		zip_int64_t n;

		while ((n = zip->source_read(src, block, sizeof block)) > 0)
			buf_put(out, block, (size_t)n);
		ok = n == 0 && out->len - base == st.size;
	}
	zip->source_close(src);
	if (!ok)
		out->len = base;
	return ok;
}

bool container_write(const struct container_entry *entries, size_t n, const char *modified, struct buf *out,
                     struct diag_log *log)
{
	struct zip_lib zip;
	zip_error_t error;
	zip_source_t *memory;
	zip_t *z = NULL;
	struct packed *packed;
	zip_uint16_t date, time;
	bool ok;

	if (!zip_lib_load(&zip)) {
		diag_fail(log, "epub-container", DIAG_NOWHERE, "libzip cannot be loaded: %s", loaded_fault());
		return false;
	}
	dos_time(modified, &date, &time);
	zip.error_init(&error);
	memory = zip.source_buffer_create(NULL, 0, 0, &error);
	if (memory != NULL)
		z = zip.open_from_source(memory, ZIP_TRUNCATE, &error);
	if (z == NULL) {
		diag_fail(log, "epub-container", DIAG_NOWHERE, "libzip: %s", zip.error_strerror(&error));
		zip.source_free(memory);
		zip.error_fini(&error);
		return false;
	}
	zip.source_keep(memory); /* zip_close lets go of it, and what was written is still to be read */
	packed = pack_all(&zip, entries, n);
	ok = add(z, "mimetype", &packed[0], date, time);
	for (size_t i = 0; i < n && ok; i++)
		ok = add(z, entries[i].path, &packed[i + 1], date, time);
	if (!ok || zip.close(z) != 0) {
		diag_fail(log, "epub-container", DIAG_NOWHERE, "libzip: %s", zip.strerror(z));
		zip.discard(z);
		ok = false;
	} else if (!read_back(&zip, memory, out)) {
		diag_fail(log, "epub-container", DIAG_NOWHERE, "libzip: the container cannot be read back");
		ok = false;
	}
	free_packed(packed, n + 1);
	zip.source_free(memory);
	zip.error_fini(&error);
	return ok;
}
