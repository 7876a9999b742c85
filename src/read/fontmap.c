#include "read/fontmap.h"

#include <string.h>

#include "base/mem.h"
#include "base/strmap.h"
#include "read/settings.h"

enum { MOST_FAMILIES = 1000, MOST_FACES = 16, MOST_FOLDERS = 100, MOST_FALLBACKS = 300, LONGEST_NAME = 100 };

struct maker {
	struct settings file;
	struct fontmap *map;
	struct strmap families; /* name -> the family */
	struct diag_log *log;
	const char *path;       /* in the map's arena */
};

static struct pos kept(const struct maker *m, struct pos pos)
{
	return (struct pos){ m->path, pos.line, pos.column };
}

static const char *copy(struct maker *m, const char *s)
{
	return s != NULL ? arena_strdup(&m->map->arena, s) : NULL;
}

static const char *value(const struct setting_element *e, const char *name)
{
	const struct setting *s = settings_attribute(e, name);

	return s != NULL ? s->value : NULL;
}

static bool yes(struct maker *m, const struct setting_element *e, const char *name, bool otherwise)
{
	const struct setting *s = settings_attribute(e, name);

	if (s == NULL)
		return otherwise;
	if (strcmp(s->value, "yes") != 0 && strcmp(s->value, "no") != 0)
		diag_error(m->log, "fontmap", s->pos, "%s: \"%s\" is not yes or no", name, s->value);
	return strcmp(s->value, "yes") == 0;
}

static void add_folder(struct maker *m, const struct setting_element *e)
{
	const char *path = settings_required(e, "path", "fontmap", m->log);
	const char *slash = strrchr(m->path, '/');

	settings_unused(e, "fontmap", m->log);
	if (path == NULL || m->map->n_folders >= MOST_FOLDERS)
		return;
	if (path[0] != '/' && slash != NULL) /* beside the map */
		path = arena_printf(&m->map->arena, "%.*s/%s", (int)(slash - m->path), m->path, path);
	m->map->folders[m->map->n_folders++] = copy(m, path);
}

static int face_index(struct maker *m, const struct setting_element *e)
{
	const struct setting *s = settings_attribute(e, "index");
	int n = 0;

	if (s == NULL)
		return 0;
	for (const char *p = s->value; *p != '\0' || p == s->value; p++) {
		if (*p < '0' || *p > '9' || (n = n * 10 + (*p - '0')) > 255) {
			diag_error(m->log, "fontmap", s->pos, "index: \"%s\" is not a whole number of 0 to 255", s->value);
			return 0;
		}
	}
	return n;
}

static void add_face(struct maker *m, const struct setting_element *e, const struct setting_element *of,
                     struct fontmap_family *family)
{
	const char *file = settings_required(e, "file", "fontmap", m->log), *package = value(e, "package");
	struct fontmap_face *f;
	bool bold = yes(m, e, "bold", false), italic = yes(m, e, "italic", false);
	bool optional = yes(m, e, "optional", yes(m, of, "optional", false));
	int index = face_index(m, e);

	settings_unused(e, "fontmap", m->log);
	for (int i = 0; i < family->n_faces; i++) {
		if (family->faces[i].bold == bold && family->faces[i].italic == italic)
			diag_error(m->log, "fontmap", e->pos, "the family %s has this style already", family->name);
	}
	if (family->n_faces >= MOST_FACES || file == NULL)
		return;
	f = &family->faces[family->n_faces++];
	f->bold = bold;
	f->italic = italic;
	f->file = copy(m, file);
	f->index = index;
	f->package = copy(m, package != NULL ? package : value(of, "package"));
	f->optional = optional;
	f->pos = kept(m, e->pos);
}

static void add_family(struct maker *m, int at)
{
	const struct setting_element *e = &m->file.v[at];
	const char *name = settings_required(e, "name", "fontmap", m->log), *script = value(e, "script");
	struct fontmap_family *f;

	if (name == NULL || m->map->n_families >= MOST_FAMILIES || strlen(name) > LONGEST_NAME) {
		if (name != NULL)
			diag_error(m->log, "fontmap", e->pos, "too many families, or too long a name");
		return;
	}
	f = &m->map->families[m->map->n_families++];
	f->name = copy(m, name);
	f->pos = kept(m, e->pos);
	f->script = copy(m, script);
	f->lang = copy(m, value(e, "lang"));
	f->faces = arena_array(&m->map->arena, MOST_FACES, sizeof *f->faces);
	if (script != NULL && strlen(script) != 4)
		diag_error(m->log, "fontmap", e->pos, "script: \"%s\" is not a code of four letters such as Arab", script);
	if (strmap_put(&m->families, f->name, strlen(f->name), f) != NULL)
		diag_error(m->log, "fontmap", e->pos, "the family %s is there twice", name);
	settings_attribute(e, "fallback"); /* read when all families are known */
	settings_attribute(e, "fallback-of");
	settings_attribute(e, "latin");
	settings_attribute(e, "package");
	yes(m, e, "optional", false);
	for (int i = at + 1; i < m->file.n && m->file.v[i].parent >= at; i++) {
		if (m->file.v[i].parent == at && strcmp(m->file.v[i].name, "face") == 0)
			add_face(m, &m->file.v[i], e, f);
	}
	if (f->n_faces == 0)
		diag_error(m->log, "fontmap", e->pos, "the family %s has no <face>", name);
	settings_unused(e, "fontmap", m->log);
}

/* Adds the families named in a list with spaces between. */
static void add_fallbacks(struct maker *m, struct fontmap_family *f, const struct setting *s)
{
	for (const char *p = s->value; *(p += strspn(p, " \t\n")) != '\0'; p += strcspn(p, " \t\n")) {
		size_t n = strcspn(p, " \t\n");
		const struct fontmap_family *g = strmap_lookup(&m->families, p, n);

		if (g == NULL)
			diag_error(m->log, "fontmap", s->pos, "%s: there is no family \"%.*s\"", s->name,
			           (int)(n < LONGEST_NAME ? n : LONGEST_NAME), p);
		else if (g != f && f->n_fallback < MOST_FALLBACKS)
			f->fallback[f->n_fallback++] = g->name;
	}
}

/* fallback="A B" names families itself; fallback-of="Serif" adds those of another family, named
 * further up, behind it. */
static void link_family(struct maker *m, const struct setting_element *e)
{
	const char *name = value(e, "name");
	struct fontmap_family *f = name != NULL ? strmap_lookup(&m->families, name, strlen(name)) : NULL;
	const struct setting *own = settings_attribute(e, "fallback"), *of = settings_attribute(e, "fallback-of");
	const struct setting *latin = settings_attribute(e, "latin");
	const struct fontmap_family *other;

	if (f == NULL || f->fallback != NULL)
		return;
	f->fallback = arena_array(&m->map->arena, MOST_FALLBACKS, sizeof *f->fallback);
	if (own != NULL)
		add_fallbacks(m, f, own);
	if (latin != NULL) {
		other = strmap_lookup(&m->families, latin->value, strlen(latin->value));
		if (other == NULL || other == f)
			diag_error(m->log, "fontmap", latin->pos, "latin: there is no other family \"%s\"", latin->value);
		else
			f->latin = other->name;
	}
	if (of == NULL)
		return;
	other = strmap_lookup(&m->families, of->value, strlen(of->value));
	if (other == NULL || other->fallback == NULL) {
		diag_error(m->log, "fontmap", of->pos, "fallback-of: there is no family \"%s\" above this one", of->value);
		return;
	}
	for (int i = 0; i < other->n_fallback && f->n_fallback < MOST_FALLBACKS; i++) {
		if (other->fallback[i] != f->name)
			f->fallback[f->n_fallback++] = other->fallback[i];
	}
}

static void check_place(struct maker *m, const struct setting_element *e)
{
	const char *in = m->file.v[e->parent].name;
	bool is_face = strcmp(e->name, "face") == 0;

	if (!is_face && strcmp(e->name, "family") != 0 && strcmp(e->name, "folder") != 0)
		diag_error(m->log, "fontmap", e->pos, "there is no element <%s> in a font map", e->name);
	else if (is_face ? strcmp(in, "family") != 0 : e->parent != 0)
		diag_error(m->log, "fontmap", e->pos, "<%s> cannot stand inside <%s>", e->name, in);
}

static void read_root(struct maker *m)
{
	const struct setting_element *root = &m->file.v[0];

	if (strcmp(root->name, "fonts") != 0) {
		diag_error(m->log, "fontmap", root->pos, "the root of a font map is <fonts>, not <%s>", root->name);
		return;
	}
	settings_unused(root, "fontmap", m->log);
	m->map->families = arena_array(&m->map->arena, MOST_FAMILIES, sizeof *m->map->families);
	m->map->folders = arena_array(&m->map->arena, MOST_FOLDERS, sizeof *m->map->folders);
	for (int i = 1; i < m->file.n; i++) {
		const struct setting_element *e = &m->file.v[i];

		check_place(m, e);
		if (e->parent == 0 && strcmp(e->name, "folder") == 0)
			add_folder(m, e);
		else if (e->parent == 0 && strcmp(e->name, "family") == 0)
			add_family(m, i);
	}
	for (int i = 1; i < m->file.n; i++) {
		if (m->file.v[i].parent == 0 && strcmp(m->file.v[i].name, "family") == 0)
			link_family(m, &m->file.v[i]);
	}
	if (m->map->n_families == 0)
		diag_error(m->log, "fontmap", root->pos, "the font map has no <family>");
}

struct fontmap *fontmap_read(const char *xml, size_t len, const char *name, struct diag_log *log)
{
	struct maker m = { .log = log };
	size_t errors = log->errors;

	m.map = mem_zalloc(1, sizeof *m.map);
	arena_init(&m.map->arena);
	m.path = arena_strdup(&m.map->arena, name);
	strmap_init(&m.families);
	if (settings_read(&m.file, xml, len, name, "fontmap", log))
		read_root(&m);
	settings_free(&m.file);
	strmap_free(&m.families);
	if (log->errors > errors) {
		fontmap_free(m.map);
		return NULL;
	}
	return m.map;
}
