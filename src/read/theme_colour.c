#include "read/theme_make.h"
#include "read/theme_value.h"

#include <string.h>

static struct colour *add_colour(struct theme *t, const char *name)
{
	int i = style_colour(t, name);

	if (i >= 0)
		return &t->colours[i];
	t->colours[t->n_colours].name = arena_strdup(&t->arena, name);
	return &t->colours[t->n_colours++];
}

static struct colour *colour_base(struct maker *m, const struct setting_element *e, const struct theme *t)
{
	const struct setting *s = settings_attribute(e, "based-on");
	int i;

	if (s == NULL)
		return NULL;
	i = style_colour(t, s->value);
	if (i < 0)
		diag_error(m->log, "theme", s->pos, "based-on: there is no colour \"%s\" before this one", s->value);
	return i >= 0 ? &t->colours[i] : NULL;
}

/* An ink is mixed in one way in a whole file (PDF/X-4 asks it), and the four of the process have their own plates. */
static void check_spot(struct maker *m, const struct setting_element *e, const struct colour *c)
{
	static const char *const taken[] = { "All", "None", "Cyan", "Magenta", "Yellow", "Black" };
	const struct theme *t = &m->draft->theme;

	if (c->spot == NULL)
		return;
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		if (strcmp(c->spot, taken[i]) == 0)
			diag_error(m->log, "theme", e->pos, "spot: \"%s\" is not the name of an ink of its own", c->spot);
	if (*c->spot == '\0' || strlen(c->spot) > 100)
		diag_error(m->log, "theme", e->pos, "spot: an ink has a name of 1 to 100 bytes");
	for (int i = 0; i < t->n_colours; i++)
		if (t->colours[i].spot != NULL && strcmp(t->colours[i].spot, c->spot) == 0 &&
		    memcmp(t->colours[i].cmyk, c->cmyk, sizeof c->cmyk) != 0)
			diag_error(m->log, "theme", e->pos, "spot: the colour \"%s\" has the same ink \"%s\" and another cmyk",
			           t->colours[i].name, c->spot);
}

static void read_colour(struct maker *m, const struct setting_element *e)
{
	struct theme *t = &m->draft->theme;
	const char *name = settings_required(e, "name", "theme", m->log);
	const struct setting *cmyk = settings_attribute(e, "cmyk"), *rgb = settings_attribute(e, "rgb"),
	                     *dark = settings_attribute(e, "dark"), *spot = settings_attribute(e, "spot");
	const struct colour *base = colour_base(m, e, t);
	struct colour c = { 0 }, *to;

	settings_unused(e, "theme", m->log);
	if (base != NULL)
		c = *base;
	else if (cmyk == NULL || rgb == NULL)
		diag_error(m->log, "theme", e->pos, "<colour> needs cmyk and rgb, or based-on");
	if (cmyk != NULL && !theme_value_cmyk(cmyk->value, c.cmyk))
		diag_error(m->log, "theme", cmyk->pos, "cmyk: \"%s\" is not four shares of 0 to 100 such as 0 100 80 35",
		           cmyk->value);
	else if (c.cmyk[0] + c.cmyk[1] + c.cmyk[2] + c.cmyk[3] > 3000)
		diag_warn(m->log, "theme", cmyk != NULL ? cmyk->pos : e->pos,
		          "cmyk: over 300 %% of ink in all does not dry on most papers");
	if (rgb != NULL && !theme_value_rgb(rgb->value, c.rgb))
		diag_error(m->log, "theme", rgb->pos, "rgb: \"%s\" is not a colour such as #A71022", rgb->value);
	if (dark == NULL && (base == NULL || rgb != NULL))
		memcpy(c.dark_rgb, c.rgb, sizeof c.dark_rgb);
	if (dark != NULL && !theme_value_rgb(dark->value, c.dark_rgb))
		diag_error(m->log, "theme", dark->pos, "dark: \"%s\" is not a colour such as #F08A80", dark->value);
	if (spot != NULL)
		c.spot = strcmp(spot->value, "none") == 0 ? NULL : arena_strdup(&t->arena, spot->value);
	check_spot(m, e, &c);
	if (name == NULL)
		return;
	if (strcmp(name, "none") == 0 || strlen(name) > 64) {
		diag_error(m->log, "theme", e->pos, "\"%s\" cannot be a colour's name", name);
	} else if (style_colour(t, name) >= 0) {
		diag_error(m->log, "theme", e->pos, "the colour \"%s\" is there twice", name);
	} else if (t->n_colours >= THEME_MOST_COLOURS - 8) {
		diag_error(m->log, "theme", e->pos, "more than %d colours", THEME_MOST_COLOURS - 8);
	} else {
		to = add_colour(t, name);
		c.name = to->name;
		*to = c;
	}
}

/* The colours that the built-in values name, where the theme does not define them. */
static void complete_colours(struct theme *t)
{
	static const struct { const char *name, *like; struct colour c; } built_in[] = {
		{ "text", NULL, { NULL, { 0, 0, 0, 1000 }, { 0, 0, 0 }, { 0xE6, 0xE6, 0xE6 }, NULL } },
		{ "accent", "text", { 0 } },
		{ "bar", "accent", { 0 } },
		{ "tint", NULL, { NULL, { 0, 0, 0, 80 }, { 0xEB, 0xEB, 0xEB }, { 0x24, 0x24, 0x24 }, NULL } },
		{ "data", NULL, { NULL, { 0, 0, 0, 550 }, { 0x93, 0x93, 0x93 }, { 0x93, 0x93, 0x93 }, NULL } },
	};

	for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++) {
		struct colour c = built_in[i].c, *to;

		if (style_colour(t, built_in[i].name) >= 0)
			continue;
		if (built_in[i].like != NULL)
			c = t->colours[style_colour(t, built_in[i].like)];
		to = add_colour(t, built_in[i].name);
		c.name = to->name;
		*to = c;
	}
	t->text_colour = (int16_t)style_colour(t, "text");
}

void theme_colour_read(struct maker *m)
{
	for (int i = 1; i < m->file.n; i++) {
		const struct setting_element *e = &m->file.v[i];

		if (strcmp(e->name, "colour") == 0 && e->parent > 0 && strcmp(m->file.v[e->parent].name, "colours") == 0)
			read_colour(m, e);
	}
	complete_colours(&m->draft->theme);
}
