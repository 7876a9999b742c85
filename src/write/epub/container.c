#include "write/epub/container.h"

#include <string.h>

#include <libdeflate.h>
#include <minizip/zip.h>

#include "base/mem.h"

static const char mimetype[] = "application/epub+zip";

static unsigned figures(const char *s, size_t n)
{
	unsigned v = 0;

	for (size_t i = 0; i < n; i++)
		v = v * 10 + (s[i] >= '0' && s[i] <= '9' ? (unsigned)(s[i] - '0') : 0);
	return v;
}

/* The date as DOS keeps it: no time zone is asked for (E-03). */
static uLong dos_time(const char *utc)
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
	return ((uLong)(year - 1980) << 9 | month << 5 | day) << 16 | (hour << 11 | minute << 5 | second / 2);
}

/* ---- entries, packed before minizip sees them ----------------------------------------------------------------- */

/* Of libdeflate. 2 takes two thirds more time, for files smaller by two to three in a hundred; 9 four times as much. */
enum { LEVEL = 1 };

struct packed {
	unsigned char *owned; /* NULL: stored, as the caller has it */
	const void *data;
	size_t len;
};

static struct packed pack(struct libdeflate_compressor *d, const struct container_entry *e)
{
	struct packed p = { .data = e->data, .len = e->len };
	size_t len;

	if (e->store || e->len == 0)
		return p;
	p.owned = mem_alloc(e->len);
	len = libdeflate_deflate_compress(d, e->data, e->len, p.owned, e->len);
	if (len == 0) { /* it would grow */
		mem_free(p.owned);
		p.owned = NULL;
		return p;
	}
	p.data = p.owned;
	p.len = len;
	return p;
}

/* ---- a file in memory, for minizip ---------------------------------------------------------------------------- */

struct memory {
	struct buf *out;
	size_t base; /* where the container begins in it */
	size_t at;   /* from there on */
};

static voidpf ZCALLBACK memory_open(voidpf m, const void *name, int mode)
{
	(void)name;
	(void)mode;
	return m;
}

static uLong ZCALLBACK memory_read(voidpf m, voidpf stream, void *to, uLong len)
{
	struct memory *f = stream;
	size_t left = f->out->len - f->base - f->at, n = len < left ? len : left;

	(void)m;
	if (n > 0)
		memcpy(to, f->out->data + f->base + f->at, n);
	f->at += n;
	return (uLong)n;
}

static uLong ZCALLBACK memory_write(voidpf m, voidpf stream, const void *from, uLong len)
{
	struct memory *f = stream;
	size_t over = f->out->len - f->base - f->at, n = len < over ? len : over;

	(void)m;
	if (n > 0)
		memcpy(f->out->data + f->base + f->at, from, n);
	buf_put(f->out, (const char *)from + n, len - n);
	f->at += len;
	return len;
}

static ZPOS64_T ZCALLBACK memory_tell(voidpf m, voidpf stream)
{
	(void)m;
	return ((const struct memory *)stream)->at;
}

static long ZCALLBACK memory_seek(voidpf m, voidpf stream, ZPOS64_T offset, int origin)
{
	struct memory *f = stream;
	size_t len = f->out->len - f->base;
	ZPOS64_T from = origin == ZLIB_FILEFUNC_SEEK_CUR ? f->at : origin == ZLIB_FILEFUNC_SEEK_END ? len : 0;

	(void)m;
	if (from + offset > len)
		return -1;
	f->at = (size_t)(from + offset);
	return 0;
}

static int ZCALLBACK memory_nothing(voidpf m, voidpf stream)
{
	(void)m;
	(void)stream;
	return 0;
}

/* ---- the container -------------------------------------------------------------------------------------------- */

static int add(zipFile zip, struct libdeflate_compressor *d, const struct container_entry *e, uLong date)
{
	enum { RAW = 1, UNIX = 3 << 8, VERSION = 20 /* of the format: APPNOTE 4.4.3 */ };
	const zip_fileinfo info = { .dosDate = date, .external_fa = (uLong)0100644 << 16 };
	struct packed p = pack(d, e);
	int fault = p.len <= UINT32_MAX && e->len <= UINT32_MAX ? ZIP_OK : ZIP_PARAMERROR;

	if (fault == ZIP_OK)
		fault = zipOpenNewFileInZip4_64(zip, e->path, &info, NULL, 0, NULL, 0, NULL, p.owned != NULL ? Z_DEFLATED : 0,
		                                Z_DEFAULT_COMPRESSION, RAW, -MAX_WBITS, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY, NULL, 0,
		                                UNIX | VERSION, 0, 0);
	if (fault == ZIP_OK && p.len > 0)
		fault = zipWriteInFileInZip(zip, p.data, (unsigned)p.len);
	if (fault == ZIP_OK)
		fault = zipCloseFileInZipRaw64(zip, e->len, libdeflate_crc32(0, e->data, e->len));
	mem_free(p.owned);
	return fault;
}

bool container_write(const struct container_entry *entries, size_t n, const char *modified, struct buf *out,
                     struct diag_log *log)
{
	const struct container_entry first = { "mimetype", mimetype, sizeof mimetype - 1, true };
	struct memory memory = { out, out->len, 0 };
	zlib_filefunc64_def calls = { memory_open, memory_read, memory_write, memory_tell, memory_seek, memory_nothing,
		                          memory_nothing, &memory };
	struct libdeflate_compressor *d = libdeflate_alloc_compressor(LEVEL);
	uLong date = dos_time(modified);
	zipFile zip;
	int fault, closed;

	if (d == NULL)
		mem_fail();
	zip = zipOpen2_64("", APPEND_STATUS_CREATE, NULL, &calls);
	if (zip == NULL)
		mem_fail(); /* nothing else can have gone wrong */
	fault = add(zip, d, &first, date);
	for (size_t i = 0; i < n && fault == ZIP_OK; i++)
		fault = add(zip, d, &entries[i], date);
	closed = zipClose(zip, NULL);
	libdeflate_free_compressor(d);
	fault = fault != ZIP_OK ? fault : closed;
	if (fault == ZIP_OK)
		return true;
	out->len = memory.base;
	diag_fail(log, "epub-container", DIAG_NOWHERE, "minizip: error %d", fault);
	return false;
}
