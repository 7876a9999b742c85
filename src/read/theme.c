/* A theme is made in four steps: the file becomes a flat list (settings.c); the colours; every
 * attribute given is noted at its object, first those outside <language>, then those of the matching
 * <language> blocks, which overwrite; last, values: the body first, since it is the measure of
 * everything relative, then the other styles from their bases down, then the elements. */
#include "read/theme.h"

#include <string.h>

#include "base/mem.h"
#include "read/names.h"
#include "read/theme_make.h"
#include "read/theme_value.h"

enum { LONGEST_TAG = 64, HEAD_LINE = 3 };

static struct draft *new_draft(const char *path, const char *lang)
{
	struct draft *d = mem_zalloc(1, sizeof *d);

	arena_init(&d->theme.arena);
	d->theme.path = arena_strdup(&d->theme.arena, path);
	d->theme.lang = lang != NULL ? arena_strdup(&d->theme.arena, lang) : NULL;
	d->theme.colours = arena_array(&d->theme.arena, THEME_MOST_COLOURS, sizeof(struct colour));
	return d;
}

static void set_up_objects(struct maker *m)
{
	struct theme *t = &m->draft->theme;
	int i;

	for (i = 0; i < PS_COUNT; i++)
		m->objects[OBJ_PAR + i] = (struct object){ .attrs = theme_par_attrs, .n_attrs = PAR_ATTRS, .base = &t->par[i] };
	for (i = 0; i < IS_COUNT; i++)
		m->objects[OBJ_INLINE + i] =
			(struct object){ .attrs = theme_inline_attrs, .n_attrs = INLINE_ATTRS, .base = &t->in[i] };
	for (i = 0; i < 2; i++)
		m->objects[OBJ_BULLET + i] =
			(struct object){ .attrs = theme_bar_attrs, .n_attrs = BAR_ATTRS, .base = &t->list.bullet[i] };
	for (i = 0; i < EL_COUNT; i++)
		m->objects[OBJ_ELEMENT + i] = (struct object){ .attrs = theme_elements[i].attrs,
			.n_attrs = theme_elements[i].n_attrs, .base = m->draft };
	for (i = 0; i < OBJ_COUNT; i++)
		m->objects[i].block = -1;
}

struct pos theme_place(const struct maker *m, int object, const char *attr)
{
	const struct object *o = &m->objects[object];

	for (int i = 0; i < o->n_attrs; i++) {
		if (strcmp(o->attrs[i].name, attr) == 0 && o->given[i].text != NULL)
			return o->given[i].pos;
	}
	return o->pos.file != NULL ? o->pos : m->root;
}

/* ---- what is given -------------------------------------------------------------------------- */

static int par_named(const char *name)
{
	for (int i = 0; i < PS_COUNT; i++) {
		if (strcmp(par_style_name((enum par_style_id)i), name) == 0)
			return i;
	}
	return -1;
}

static int inline_named(const char *name)
{
	for (int i = 0; i < IS_COUNT; i++) {
		if (strcmp(inline_style_name((enum inline_style_id)i), name) == 0)
			return i;
	}
	return -1;
}

static void hint(struct maker *m, const struct names_near *near)
{
	const char *meant = names_near_found(near);

	if (meant != NULL)
		diag_hint(m->log, "did you mean %s?", meant);
}

static void say_no_style(struct maker *m, struct pos pos, bool par, const char *what, const char *name)
{
	struct names_near near = names_near_begin(name);

	for (int i = 0; i < (par ? (int)PS_COUNT : (int)IS_COUNT); i++)
		names_near_try(&near, par ? par_style_name((enum par_style_id)i) : inline_style_name((enum inline_style_id)i));
	diag_error(m->log, "theme", pos, "%sthere is no %s style \"%s\"", what, par ? "paragraph" : "inline", name);
	hint(m, &near);
}

static void say_no_element(struct maker *m, const struct setting_element *e)
{
	static const char *const others[] = { "paragraph", "inline", "bullet", "colours", "colour", "language" };
	struct names_near near = names_near_begin(e->name);

	for (int i = 0; i < EL_COUNT; i++)
		names_near_try(&near, theme_elements[i].name);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		names_near_try(&near, others[i]);
	diag_error(m->log, "theme", e->pos, "there is no element <%s> in a theme", e->name);
	hint(m, &near);
}

static void say_no_attribute(struct maker *m, const struct setting_element *e, const struct setting *s, const struct object *o)
{
	struct names_near near = names_near_begin(s->name);

	for (int i = 0; i < o->n_attrs; i++)
		names_near_try(&near, o->attrs[i].name);
	diag_error(m->log, "theme", s->pos, "<%s> has no attribute \"%s\"", e->name, s->name);
	hint(m, &near);
}

/* The object an element speaks of; -1: none, and that has been said. */
static int object_of(struct maker *m, const struct setting_element *e)
{
	bool par = strcmp(e->name, "paragraph") == 0;

	if (par || strcmp(e->name, "inline") == 0) {
		const char *name = settings_required(e, "name", "theme", m->log);
		int i = name == NULL ? -1 : par ? par_named(name) : inline_named(name);

		if (name != NULL && i < 0)
			say_no_style(m, e->pos, par, "", name);
		return i < 0 ? -1 : i + (par ? OBJ_PAR : OBJ_INLINE);
	}
	if (strcmp(e->name, "bullet") == 0) {
		const struct setting *level = settings_attribute(e, "level");

		if (level == NULL || strcmp(level->value, "1") == 0)
			return OBJ_BULLET;
		if (strcmp(level->value, "2") == 0)
			return OBJ_BULLET + 1;
		diag_error(m->log, "theme", level->pos, "level: \"%s\" is not 1 or 2 (2 is for all deeper ones)", level->value);
		return -1;
	}
	for (int i = 0; i < EL_COUNT; i++) {
		if (strcmp(e->name, theme_elements[i].name) == 0)
			return OBJ_ELEMENT + i;
	}
	return -1;
}

static void note_base(struct maker *m, struct object *o, const struct setting *s, bool keep)
{
	if (o == &m->objects[OBJ_PAR + PS_BODY])
		diag_error(m->log, "theme", s->pos, "the body is what the other styles are based on; it has no base");
	else if (par_named(s->value) < 0)
		say_no_style(m, s->pos, true, "based-on: ", s->value);
	else if (keep)
		o->based_on = (struct given){ s->value, s->pos };
}

/* Looks at all attributes of an element and, if keep, notes them at the object. */
static void note_element(struct maker *m, const struct setting_element *e, int block, bool keep)
{
	struct value_scope scope = { .theme = &m->draft->theme, .log = m->log };
	int i = object_of(m, e);
	struct object *o = i >= 0 ? &m->objects[i] : NULL;
	const struct setting *base;

	if (o == NULL)
		return;
	if (block == 0 ? o->pos.file != NULL : o->block == block)
		diag_error(m->log, "theme", e->pos, "this <%s> is there twice", e->name);
	o->block = block;
	if (keep)
		o->pos = e->pos;
	if (i < OBJ_INLINE && (base = settings_attribute(e, "based-on")) != NULL)
		note_base(m, o, base, keep);
	for (int a = 0; a < o->n_attrs; a++) {
		const struct setting *s = settings_attribute(e, o->attrs[a].name);

		if (s != NULL && theme_value_check(&o->attrs[a], s->value, s->pos, &scope) && keep)
			o->given[a] = (struct given){ s->value, s->pos };
	}
	for (int a = 0; a < e->n_attrs; a++) {
		if (!e->attrs[a].used)
			say_no_attribute(m, e, &e->attrs[a], o);
	}
}

enum role { ROLE_UNKNOWN, ROLE_MISPLACED, ROLE_COLOUR, ROLE_FRAME /* colours, language */, ROLE_OBJECT };

static enum role role_of(const struct maker *m, int i)
{
	const struct setting_element *e = &m->file.v[i];
	const char *in = e->parent > 0 ? m->file.v[e->parent].name : "theme";
	bool top = e->parent == 0;

	if (strcmp(e->name, "colours") == 0 || strcmp(e->name, "language") == 0)
		return top ? ROLE_FRAME : ROLE_MISPLACED;
	if (strcmp(e->name, "colour") == 0)
		return strcmp(in, "colours") == 0 ? ROLE_COLOUR : ROLE_MISPLACED;
	if (strcmp(e->name, "bullet") == 0)
		return strcmp(in, "list") == 0 ? ROLE_OBJECT : ROLE_MISPLACED;
	if (strcmp(e->name, "paragraph") == 0 || strcmp(e->name, "inline") == 0)
		return top || strcmp(in, "language") == 0 ? ROLE_OBJECT : ROLE_MISPLACED;
	for (int k = 0; k < EL_COUNT; k++) {
		if (strcmp(e->name, theme_elements[k].name) == 0)
			return top || strcmp(in, "language") == 0 ? ROLE_OBJECT : ROLE_MISPLACED;
	}
	return ROLE_UNKNOWN;
}

/* The <language> an element stands in, or 0 (the root). */
static int block_of(const struct maker *m, int i)
{
	while (i > 0 && strcmp(m->file.v[i].name, "language") != 0)
		i = m->file.v[i].parent;
	return i;
}

/* Length of the longest of the tags (with spaces between) that is lang or a prefix of it; 0: none. */
static size_t matched(const char *tags, const char *lang)
{
	size_t best = 0;

	while (lang != NULL && *(tags += strspn(tags, " ")) != '\0') {
		size_t n = strcspn(tags, " "), i;

		for (i = 0; i < n; i++) {
			char a = tags[i], b = lang[i];

			a = a >= 'A' && a <= 'Z' ? (char)(a + 32) : a;
			b = b >= 'A' && b <= 'Z' ? (char)(b + 32) : b;
			if (a != b)
				break; /* also where lang ends */
		}
		if (i == n && n <= LONGEST_TAG && (lang[n] == '\0' || lang[n] == '-') && n > best)
			best = n;
		tags += n;
	}
	return best;
}

/* Every element once, for its errors; those outside <language> are noted. Then the blocks that match,
 * shortest tag first. */
static void note_all(struct maker *m)
{
	size_t *length = mem_zalloc((size_t)m->file.n, sizeof *length), most = 0;

	for (int i = 1; i < m->file.n; i++) {
		struct setting_element *e = &m->file.v[i];
		enum role role = role_of(m, i);

		if (role == ROLE_UNKNOWN) {
			say_no_element(m, e);
		} else if (role == ROLE_MISPLACED) {
			diag_error(m->log, "theme", e->pos, "<%s> cannot stand inside <%s>", e->name, m->file.v[e->parent].name);
		} else if (role == ROLE_OBJECT) {
			note_element(m, e, block_of(m, i), block_of(m, i) == 0);
		} else if (role == ROLE_FRAME) {
			const char *tag = strcmp(e->name, "language") == 0 ? settings_required(e, "tag", "theme", m->log) : NULL;

			length[i] = tag != NULL ? matched(tag, m->draft->theme.lang) : 0;
			most = length[i] > most ? length[i] : most;
			settings_unused(e, "theme", m->log);
		}
	}
	if (most > 0 && m->log->errors == m->errors) { /* else the errors would come twice */
		for (size_t n = 1; n <= most; n++) {
			for (int i = 1; i < m->file.n; i++) {
				int block = block_of(m, i);

				if (block > 0 && length[block] == n && role_of(m, i) == ROLE_OBJECT)
					note_element(m, &m->file.v[i], m->file.n + block, true);
			}
		}
	}
	mem_free(length);
}

/* ---- values --------------------------------------------------------------------------------- */

/* The last pair of that name wins. */
static const char *paired(const char *const *pairs, const char *name)
{
	const char *value = NULL;

	for (; pairs != NULL && *pairs != NULL; pairs += 2) {
		if (strcmp(pairs[0], name) == 0)
			value = pairs[1];
	}
	return value;
}

/* Stores attribute a: the theme's own value, else the built-in one of this object, else the
 * attribute's initial value if `initial`; else what is there stays. */
static void store(struct object *o, int a, const char *const *built_in, bool initial,
                  const struct value_scope *scope)
{
	const struct attr_spec *spec = &o->attrs[a];
	const char *text = paired(built_in, spec->name);

	if (text == NULL && initial)
		text = spec->initial;
	if (text != NULL)
		theme_value_store(spec, text, DIAG_NOWHERE, scope, o->base);
	if (o->given[a].text != NULL)
		theme_value_store(spec, o->given[a].text, o->given[a].pos, scope, o->base);
}

/* A size without a leading keeps the base's leading where that is still roomy enough (the grid!), else
 * the base's proportion. */
static void fit_leading(struct par_style *p, sp size, sp leading)
{
	p->leading = leading;
	if (leading * 100 < p->size * 115 && size > 0)
		p->leading = theme_value_round(unit_scale(leading, p->size, size));
}

static void resolve_size(struct object *o, const char *const *built_in, struct value_scope *scope)
{
	struct par_style *p = o->base;
	struct given size = o->given[PAR_SIZE], leading = o->given[PAR_LEADING];
	bool body = scope->body == 0;
	sp size0, leading0;

	/* the built-in pair first, then what the theme changes of it */
	o->given[PAR_SIZE].text = o->given[PAR_LEADING].text = NULL;
	store(o, PAR_SIZE, built_in, body, scope);
	scope->em = p->size;
	if (body)
		p->leading = theme_value_round(unit_scale(p->size, 4, 3));
	store(o, PAR_LEADING, built_in, false, scope);
	size0 = p->size;
	leading0 = p->leading;
	o->given[PAR_SIZE] = size;
	o->given[PAR_LEADING] = leading;
	if (size.text != NULL)
		store(o, PAR_SIZE, NULL, false, scope);
	scope->em = p->size;
	if (leading.text != NULL)
		store(o, PAR_LEADING, NULL, false, scope);
	else if (size.text != NULL && body)
		p->leading = theme_value_round(unit_scale(p->size, 4, 3)); /* it makes the grid: nothing to keep */
	else if (size.text != NULL)
		fit_leading(p, size0, leading0);
}

static int base_of(const struct maker *m, int id)
{
	const struct given *g = &m->objects[OBJ_PAR + id].based_on;

	return g->text != NULL ? par_named(g->text) : theme_par_derivations[id].base;
}

/* The built-in bases make no circle, so that the theme has a based-on somewhere in it. */
static void report_circle(struct maker *m, int id)
{
	int at = id;

	for (int i = 0; i < PS_COUNT && at >= 0 && m->objects[OBJ_PAR + at].based_on.text == NULL; i++)
		at = base_of(m, at);
	if (at < 0)
		return;
	diag_error(m->log, "theme", m->objects[OBJ_PAR + at].based_on.pos,
	           "based-on: %s is based on %s, which is in turn based on %s", par_style_name((enum par_style_id)at),
	           m->objects[OBJ_PAR + at].based_on.text, par_style_name((enum par_style_id)at));
	diag_hint(m->log, "give one of the two another base; docs/THEME.md has the built-in ones");
}

static void resolve_par(struct maker *m, int id)
{
	struct object *o = &m->objects[OBJ_PAR + id];
	struct theme *t = &m->draft->theme;
	const struct derivation *d = &theme_par_derivations[id];
	const char *const *built_in = d->set;
	struct value_scope scope = { .theme = t, .unit = t->page.unit, .body = t->par[PS_BODY].size, .log = m->log };
	int base = d->base;

	if (o->state == 2)
		return;
	o->state = 1;
	if (o->based_on.text != NULL) {
		base = par_named(o->based_on.text);
		built_in = NULL;
	}
	if (base >= 0 && m->objects[OBJ_PAR + base].state == 1) {
		report_circle(m, id);
		base = id == PS_BODY ? -1 : PS_BODY;
	}
	if (base >= 0) {
		resolve_par(m, base);
		t->par[id] = t->par[base];
	}
	resolve_size(o, built_in, &scope);
	if (base < 0) /* the body makes the unit */
		scope.unit = t->page.unit = t->par[id].leading;
	for (int a = PAR_LEADING + 1; a < PAR_ATTRS; a++)
		store(o, a, built_in, base < 0, &scope);
	o->state = 2;
}

/* What follows from other values where the theme is silent, and what has no attribute. */
static void complete_page(struct draft *d)
{
	struct theme *t = &d->theme;
	sp unit = t->page.unit;
	int margin;

	if (d->first_baseline == 0) /* on a small page as much as the running head needs */
		d->first_baseline = t->page.height / 10 > unit * 5 ? t->page.height / 10 : unit * 5;
	if (d->last_baseline == 0)
		d->last_baseline = d->foot > 0 ? t->page.height - d->foot : t->page.height * 93 / 100;
	if (t->page.text_columns == 0)
		t->page.text_columns = t->page.columns;
	margin = t->page.columns - t->page.text_columns;
	if (margin > 0 && style_columns_width(t, margin) < d->least_margin) /* on a small page the text takes it all */
		t->page.text_columns = t->page.columns;
	t->page.first_line = (int)((d->first_baseline + unit / 2) / unit);
	t->page.origin = d->first_baseline - t->page.first_line * unit;
	/* a twentieth of a point is forgiven: 276.57mm is line 56 as much as 784pt is */
	t->page.last_line = (int)((d->last_baseline - t->page.origin + SP_ONE / 20) / unit);
}

/* The running head stands on line 3, or higher where the text begins higher, so that a line is clear between the two. */
static void complete_head(struct draft *d)
{
	struct theme *t = &d->theme;
	bool told = t->head.baseline > 0;

	if (!told)
		t->head.baseline = HEAD_LINE;
	t->head.rule_y = style_line_y(t, t->head.baseline) + d->head_rule_below;
	while (!told && t->head.baseline > 1 && style_head_clear(t) < t->page.unit) {
		t->head.baseline--;
		t->head.rule_y -= t->page.unit;
	}
}

static void complete_elements(struct draft *d)
{
	struct theme *t = &d->theme;
	int margin = t->page.columns - t->page.text_columns;

	if (t->pullquote.columns == 0)
		t->pullquote.columns = margin > 0 ? margin + 1 : t->page.columns > 1 ? t->page.columns / 2 : 1;
	complete_head(d);
	t->head.width_all = style_columns_width(t, t->page.columns);
	t->masthead.number_colour = t->par[PS_SERIES_NUMBER].colour;
	t->masthead.number_family = t->par[PS_SERIES_NUMBER].family;
}

static void resolve(struct maker *m)
{
	struct theme *t = &m->draft->theme;
	struct value_scope scope = { .theme = t, .log = m->log };

	resolve_par(m, PS_BODY);
	for (int i = 0; i < PS_COUNT; i++)
		resolve_par(m, i);
	scope.em = scope.body = t->par[PS_BODY].size;
	scope.unit = t->page.unit;
	for (int i = OBJ_INLINE; i < OBJ_COUNT; i++) {
		const char *const *built_in = i < OBJ_BULLET    ? theme_inline_initials[i - OBJ_INLINE]
		                              : i < OBJ_ELEMENT ? theme_bar_initials[i - OBJ_BULLET]
		                                                : NULL;

		for (int a = 0; a < m->objects[i].n_attrs; a++)
			store(&m->objects[i], a, built_in, true, &scope);
		if (i == OBJ_ELEMENT + EL_PAGE)
			complete_page(m->draft);
	}
	complete_elements(m->draft);
}

static void read_root(struct maker *m)
{
	const struct setting_element *root = &m->file.v[0];
	const char *name;

	m->root = root->pos;
	if (strcmp(root->name, "theme") != 0) {
		diag_error(m->log, "theme", root->pos, "the root of a theme is <theme>, not <%s>", root->name);
		return;
	}
	name = settings_required(root, "name", "theme", m->log);
	settings_unused(root, "theme", m->log);
	if (name != NULL)
		m->draft->theme.name = arena_strdup(&m->draft->theme.arena, name);
	theme_colour_read(m);
	note_all(m);
	if (m->objects[OBJ_ELEMENT + EL_PAGE].pos.file == NULL)
		diag_error(m->log, "theme", root->pos, "the theme has no <page>");
	if (m->objects[OBJ_PAR + PS_BODY].pos.file == NULL)
		diag_error(m->log, "theme", root->pos, "the theme has no <paragraph name=\"body\">");
	resolve(m);
	m->draft->theme.press.profile_pos = theme_place(m, OBJ_ELEMENT + EL_PRESS, "profile");
	m->draft->theme.press.profile_pos.file = m->draft->theme.path;
	theme_check(m);
}

struct theme *theme_read(const char *xml, size_t len, const char *name_for_messages, const char *lang,
                         struct diag_log *log)
{
	struct maker *m = mem_zalloc(1, sizeof *m);
	struct theme *t;
	size_t errors = log->errors;

	m->log = log;
	m->errors = errors;
	m->draft = new_draft(name_for_messages, lang);
	t = &m->draft->theme;
	set_up_objects(m);
	if (settings_read(&m->file, xml, len, name_for_messages, "theme", log))
		read_root(m);
	settings_free(&m->file);
	mem_free(m);
	if (log->errors > errors) {
		theme_free(t);
		return NULL;
	}
	return t;
}
