#include "edition/press.h"

#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "image/icc.h"

#define MOST_PROFILE ((size_t)16 << 20)

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* A path is what it says, from the folder of whoever says it; a bare name is also looked for where profiles live. */
static const char *find_file(struct edition *e, const char *name, const char *beside)
{
	static const char *const folders[] = {
		"/usr/local/share/color/icc", "/usr/share/color/icc", "/usr/share/color/icc/colord",
		"/usr/share/color/icc/ghostscript",
	};
	const char *slash = beside != NULL ? strrchr(beside, '/') : NULL;
	const char *path = name;

	if (name[0] != '/' && slash != NULL)
		path = arena_printf(&e->arena, "%.*s/%s", (int)(slash - beside), beside, name);
	if (file_is_regular(path))
		return path;
	for (size_t i = 0; strchr(name, '/') == NULL && i < sizeof folders / sizeof *folders; i++) {
		path = arena_printf(&e->arena, "%s/%s", folders[i], name);
		if (file_is_regular(path))
			return path;
	}
	return NULL;
}

static bool is_condition(const struct press *p, struct icc *icc)
{
	return icc_read(p->profile, p->profile_len, icc) && icc->channels == 4 && icc->output && icc->version < 5;
}

static bool read_profile(struct press *p, struct edition *e, struct pos pos)
{
	struct icc icc;

	if (!file_read(p->path, MOST_PROFILE, e->log, pos, &p->profile, &p->profile_len))
		return false;
	if (!is_condition(p, &icc)) {
		diag_fail(e->log, "output-profile", pos, "%s is no ICC profile of a CMYK printing condition", p->path);
		diag_hint(e->log, "it must be of the class \"prtr\", the colour space CMYK and an ICC version below 5");
		return false;
	}
	p->info = icc.description[0] != '\0' ? arena_strdup(&e->arena, icc.description) : base_name(p->path);
	return true;
}

static void say_without(struct edition *e, const char *name, struct pos pos)
{
	if (name == NULL)
		diag_note(e->log, "output-profile", DIAG_NOWHERE,
		          "no printing condition is named: the print PDF makes no PDF/X claim");
	else
		diag_warn(e->log, "output-profile", pos,
		          "there is no profile %s: the print PDF makes no PDF/X claim, and pictures become CMYK by a plain rule", name);
	diag_hint(e->log, name != NULL && strcmp(name, "default_cmyk.icc") == 0
	                      ? "--output-profile FILE.icc --output-condition NAME; this one is in Debian's package libgs-common"
	                      : "--output-profile FILE.icc --output-condition NAME, or <press profile=\"...\"> in the theme");
}

/* A name on the command line is a claim about the profile: that of the theme was made for what the theme says. */
static bool names_fit(const struct edition *e)
{
	const struct edition_options *o = e->options;
	const char *profile = e->theme->press.profile, *condition = e->theme->press.condition;

	if (o->output_condition == NULL || o->output_profile != NULL ||
	    (profile != NULL && condition != NULL && strcmp(o->output_condition, condition) == 0))
		return true;
	diag_fail(e->log, "output-profile", DIAG_NOWHERE, "--output-condition %s needs its profile: that of the theme is made for %s",
	          o->output_condition, profile == NULL ? "none" : condition != NULL ? condition : "one without a name");
	diag_hint(e->log, "--output-profile FILE.icc");
	return false;
}

bool press_open(struct press *p, struct edition *e, bool aloud)
{
	const struct edition_options *o = e->options;
	const struct theme *t = e->theme;
	const char *name = o->output_profile != NULL ? o->output_profile : t->press.profile;
	struct pos pos = o->output_profile != NULL ? DIAG_NOWHERE : t->press.profile_pos;

	*p = (struct press){ .condition = o->output_condition };
	if (!names_fit(e))
		return false;
	if (p->condition == NULL && o->output_profile == NULL)
		p->condition = t->press.condition;
	p->path = name != NULL ? find_file(e, name, o->output_profile != NULL ? NULL : t->path) : NULL;
	if (p->path == NULL && o->output_profile != NULL) {
		diag_fail(e->log, "output-profile", DIAG_NOWHERE, "there is no profile %s", name);
		return false;
	}
	if (p->path == NULL) {
		if (aloud)
			say_without(e, name, pos);
		return true;
	}
	if (!read_profile(p, e, pos))
		return false;
	if (aloud)
		diag_note(e->log, "output-profile", pos, "printing condition %s: \"%s\", %s",
		          p->condition != NULL ? p->condition : "of its own", p->info, p->path);
	return true;
}

void press_close(struct press *p)
{
	mem_free(p->profile);
	memset(p, 0, sizeof *p);
}
