#include "font/font_files.h"

#include <pthread.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

struct entry {
	struct entry *next;
	char *path;
	int index;
	hb_blob_t *blob;
	hb_face_t *face;
};

struct font_files {
	pthread_mutex_t lock;
	struct entry *entries; /* a dozen or two */
};

struct font_files *font_files_new(void)
{
	struct font_files *f = mem_zalloc(1, sizeof *f);

	pthread_mutex_init(&f->lock, NULL);
	return f;
}

void font_files_free(struct font_files *f)
{
	if (f == NULL)
		return;
	while (f->entries != NULL) {
		struct entry *e = f->entries;

		f->entries = e->next;
		hb_face_destroy(e->face);
		hb_blob_destroy(e->blob);
		mem_free(e->path);
		mem_free(e);
	}
	pthread_mutex_destroy(&f->lock);
	mem_free(f);
}

static struct entry *find(const struct font_files *f, const char *path, int index)
{
	for (struct entry *e = f->entries; e != NULL; e = e->next)
		if (e->index == index && strcmp(e->path, path) == 0)
			return e;
	return NULL;
}

static struct entry *add(struct font_files *f, const char *path, int index)
{
	hb_blob_t *blob = file_is_regular(path) ? hb_blob_create_from_file_or_fail(path) : NULL;
	size_t n = strlen(path) + 1;
	struct entry *e;

	if (blob == NULL || hb_blob_get_length(blob) == 0 || hb_blob_get_length(blob) > 0x7fffffff) {
		hb_blob_destroy(blob);
		return NULL;
	}
	e = mem_zalloc(1, sizeof *e);
	e->path = memcpy(mem_alloc(n), path, n);
	e->index = index;
	e->blob = blob;
	e->face = hb_face_create(blob, (unsigned)index);
	hb_face_make_immutable(e->face);
	e->next = f->entries;
	f->entries = e;
	return e;
}

hb_face_t *font_files_face(struct font_files *f, const char *path, int index, hb_blob_t **blob)
{
	hb_face_t *face = NULL;
	struct entry *e;

	*blob = NULL;
	pthread_mutex_lock(&f->lock);
	e = find(f, path, index);
	if (e == NULL)
		e = add(f, path, index);
	if (e != NULL) {
		*blob = hb_blob_reference(e->blob);
		face = hb_face_reference(e->face);
	}
	pthread_mutex_unlock(&f->lock);
	return face;
}
