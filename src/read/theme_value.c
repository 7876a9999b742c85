#include "read/theme_value.h"

#include <stdio.h>
#include <string.h>

/* A number with what stands behind it. */
enum form { F_COUNT, F_ABSOLUTE /* [sp] */, F_EM, F_UNIT, F_PERCENT /* [1/1000] of each */ };
struct measure { enum form form; int64_t n; };

static bool read_measure(const char *s, struct measure *m)
{
	char number[32];
	size_t n = strspn(s, "+-.0123456789");
	const char *unit = s + n;
	int32_t milli;
	sp length;

	if (n == 0 || n >= sizeof number)
		return false;
	if (*unit == '\0' || strcmp(unit, "em") == 0 || strcmp(unit, "U") == 0 || strcmp(unit, "%") == 0) {
		memcpy(number, s, n);
		number[n] = '\0';
		if (!unit_parse_milli(number, &milli))
			return false;
		m->form = *unit == '\0' ? F_COUNT : *unit == 'e' ? F_EM : *unit == 'U' ? F_UNIT : F_PERCENT;
		m->n = milli;
		return true;
	}
	m->form = F_ABSOLUTE;
	if (!unit_parse_length(s, &length))
		return false;
	m->n = length;
	return true;
}

/* Sizes and distances that are a share of another size come out as a typesetter would give them: in
 * twentieths of a point. Lines (U) stay exact, or the grid would drift. */
sp theme_value_round(sp v)
{
	return unit_scale(unit_scale(v, 20, SP_ONE), SP_ONE, 20);
}

static sp in_sp(struct measure m, const struct value_scope *scope, sp percent_of)
{
	switch (m.form) {
	case F_ABSOLUTE:
		return m.n;
	case F_EM:
		return theme_value_round(unit_scale(scope->em, m.n, 1000));
	case F_UNIT:
		return unit_scale(scope->unit, m.n, 1000);
	case F_PERCENT:
		return theme_value_round(unit_scale(percent_of, m.n, 100000));
	case F_COUNT:
		break;
	}
	return 0;
}

static int choice(const char *const *names, const char *text)
{
	for (int i = 0; names[i] != NULL; i++) {
		if (strcmp(names[i], text) == 0)
			return i;
	}
	return -1;
}

static const char *const yes_names[] = { "no", "yes", NULL };
static const char *const align_names[] = { [SET_JUSTIFY] = "justify", [SET_START] = "start", [SET_CENTER] = "centre",
                                           [SET_END] = "end", NULL };
static const char *const toggle_names[] = { [T_KEEP] = "keep", [T_ON] = "yes", [T_OFF] = "no", [T_FLIP] = "flip",
                                            NULL };
static const char *const cover_names[] = { "none", "masthead", NULL };

static bool is_tag_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* tag[=number] with commas between; a tag has four letters or figures. */
static bool is_features(const char *s)
{
	if (strcmp(s, "none") == 0)
		return true;
	if (strlen(s) > 200)
		return false;
	for (;;) {
		for (int i = 0; i < 4; i++) {
			if (!is_tag_char(*s++))
				return false;
		}
		if (*s == '=') {
			size_t digits = strspn(++s, "0123456789");

			if (digits == 0 || digits > 3)
				return false;
			s += digits;
		}
		if (*s == '\0')
			return true;
		if (*s++ != ',')
			return false;
	}
}

static bool is_pattern(const char *s)
{
	static const char *const fields[] = { "{motto}", "{title}", "{series}", "{number}", "{section}", "{org}" };

	if (strlen(s) > 500)
		return false;
	while (*s != '\0') {
		size_t i, n = sizeof fields / sizeof *fields;

		if (*s == '}')
			return false;
		if (*s != '{') {
			s++;
			continue;
		}
		for (i = 0; i < n && strncmp(s, fields[i], strlen(fields[i])) != 0; i++)
			;
		if (i == n)
			return false;
		s += strlen(fields[i]);
	}
	return true;
}

static bool is_number_of(enum value_kind kind, struct measure m)
{
	switch (kind) {
	case V_LENGTH:
		return m.form == F_ABSOLUTE || m.form == F_EM || m.form == F_UNIT || (m.form == F_COUNT && m.n == 0);
	case V_SIZE:
		return m.form == F_ABSOLUTE || m.form == F_PERCENT || m.form == F_UNIT;
	case V_LEADING:
		return m.form == F_ABSOLUTE || m.form == F_PERCENT || m.form == F_UNIT || m.form == F_EM;
	case V_LINES:
		return m.form != F_PERCENT;
	case V_INT:
		return m.form == F_COUNT && m.n % 1000 == 0;
	case V_FACTOR:
		return m.form == F_COUNT;
	case V_SHARE:
		return m.form == F_PERCENT;
	case V_EM:
		return m.form == F_EM || (m.form == F_COUNT && m.n == 0);
	default:
		return false;
	}
}

static const char *expected(enum value_kind kind)
{
	switch (kind) {
	case V_LENGTH:
		return "a length such as 4mm, 3pt, 0.5em or 2U";
	case V_SIZE:
		return "a type size such as 10.25pt, or a share of the body size such as 82%";
	case V_LEADING:
		return "a leading such as 14pt, 1.5U or 120% (of the size)";
	case V_LINES:
		return "a number of lines such as 1 or 0.5, or a length";
	case V_INT:
		return "a whole number";
	case V_FACTOR:
		return "a number such as 1.45";
	case V_SHARE:
		return "a share such as 15%";
	case V_EM:
		return "a share of the size such as 0.36em";
	case V_YES:
		return "yes or no";
	case V_ALIGN:
		return "justify, start, centre or end";
	case V_TOGGLE:
		return "keep, yes, no or flip";
	case V_FEATURES:
		return "OpenType features such as tnum=1,onum=0, or none";
	case V_PATTERN:
		return "text with {motto} {title} {series} {number} {section} or {org} in it";
	case V_COVER:
		return "masthead or none";
	case V_TEXT:
	case V_TEXT_OR_NONE:
		return "a text of 1 to 200 bytes";
	case V_COLOUR:
	case V_COLOUR_OR_NONE:
		break;
	}
	return "a colour of the theme";
}

static bool is_of_kind(const struct attr_spec *a, const char *text, const struct value_scope *scope)
{
	struct measure m;

	switch (a->kind) {
	case V_YES:
		return choice(yes_names, text) >= 0;
	case V_ALIGN:
		return choice(align_names, text) >= 0;
	case V_TOGGLE:
		return choice(toggle_names, text) >= 0;
	case V_COVER:
		return choice(cover_names, text) >= 0;
	case V_COLOUR_OR_NONE:
		return strcmp(text, "none") == 0 || style_colour(scope->theme, text) >= 0;
	case V_COLOUR:
		return style_colour(scope->theme, text) >= 0;
	case V_TEXT:
	case V_TEXT_OR_NONE:
		return *text != '\0' && strlen(text) <= 200;
	case V_FEATURES:
		return is_features(text);
	case V_PATTERN:
		return is_pattern(text);
	default:
		return read_measure(text, &m) && is_number_of(a->kind, m);
	}
}

bool theme_value_check(const struct attr_spec *a, const char *text, struct pos pos, const struct value_scope *scope)
{
	if (is_of_kind(a, text, scope))
		return true;
	if (a->kind == V_COLOUR || a->kind == V_COLOUR_OR_NONE) {
		diag_error(scope->log, "theme", pos, "%s: there is no colour \"%s\"", a->name, text);
		diag_hint(scope->log, "<colours> in the theme gives colours their names");
	} else {
		diag_error(scope->log, "theme", pos, "%s: \"%s\" is not %s", a->name, text, expected(a->kind));
	}
	return false;
}

static void out_of_range(const struct attr_spec *a, const char *text, struct pos pos, const struct value_scope *scope)
{
	char low[32], high[32];

	switch (a->kind) {
	case V_LENGTH:
	case V_SIZE:
	case V_LEADING:
		snprintf(low, sizeof low, "%dpt", a->least);
		snprintf(high, sizeof high, "%dpt", a->most);
		break;
	case V_SHARE:
		snprintf(low, sizeof low, "%d%%", a->least);
		snprintf(high, sizeof high, "%d%%", a->most);
		break;
	case V_EM:
		snprintf(low, sizeof low, "%s0.%02dem", a->least < 0 ? "-" : "", a->least < 0 ? -a->least : a->least);
		snprintf(high, sizeof high, "%d.%02dem", a->most / 100, a->most % 100);
		break;
	default:
		snprintf(low, sizeof low, "%d", a->least);
		snprintf(high, sizeof high, "%d", a->most);
		break;
	}
	diag_error(scope->log, "theme", pos, "%s: \"%s\" is out of range: %s to %s", a->name, text, low, high);
}

/* The number in the field's own unit, within its limits. */
static bool number_of(const struct attr_spec *a, const char *text, struct pos pos, const struct value_scope *scope,
                      int64_t *out)
{
	struct measure m = { F_COUNT, 0 };
	int64_t v, one = 1000;

	read_measure(text, &m);
	if ((m.form == F_UNIT && scope->unit == 0) || (m.form == F_PERCENT && a->kind == V_SIZE && scope->body == 0)) {
		diag_error(scope->log, "theme", pos, "%s: \"%s\" would measure the body by itself; give points", a->name, text);
		return false;
	}
	switch (a->kind) {
	case V_LENGTH:
	case V_SIZE:
	case V_LEADING:
		v = in_sp(m, scope, a->kind == V_SIZE ? scope->body : scope->em);
		one = SP_ONE;
		break;
	case V_LINES:
		v = m.form == F_COUNT || m.form == F_UNIT ? m.n : unit_scale(in_sp(m, scope, 0), 1000, scope->unit);
		break;
	case V_INT:
		v = m.n / 1000;
		one = 1;
		break;
	case V_SHARE:
		v = unit_scale(m.n, 1, 100);
		one = 10;
		break;
	case V_EM:
		v = m.n;
		one = 10;
		break;
	default:
		v = m.n;
		break;
	}
	*out = v;
	if (v >= a->least * one && v <= a->most * one)
		return true;
	if (pos.file == NULL) {
		*out = v < a->least * one ? a->least * one : a->most * one;
		return true;
	}
	out_of_range(a, text, pos, scope);
	return false;
}

static const char *keep_text(const struct value_scope *scope, const char *text, bool none_is_null)
{
	return none_is_null && strcmp(text, "none") == 0 ? NULL : arena_strdup(&scope->theme->arena, text);
}

bool theme_value_store(const struct attr_spec *a, const char *text, struct pos pos, const struct value_scope *scope,
                       void *base)
{
	char *field = (char *)base + a->offset;
	void *to = field; /* offset is checked against the kind at compile time: theme_spec.c */
	int64_t n = 0;

	switch (a->kind) {
	case V_LENGTH:
	case V_SIZE:
	case V_LEADING:
		if (!number_of(a, text, pos, scope, &n))
			return false;
		*(sp *)to = n;
		return true;
	case V_LINES:
	case V_SHARE:
	case V_EM:
		if (!number_of(a, text, pos, scope, &n))
			return false;
		*(int32_t *)to = (int32_t)n;
		return true;
	case V_INT:
	case V_FACTOR:
		if (!number_of(a, text, pos, scope, &n))
			return false;
		*(int *)to = (int)n;
		return true;
	case V_YES:
		*(bool *)to = choice(yes_names, text) == 1;
		return true;
	case V_COLOUR:
	case V_COLOUR_OR_NONE:
		*(int16_t *)to = (int16_t)style_colour(scope->theme, text); /* "none" is no colour's name: -1 */
		return true;
	case V_ALIGN:
		*(enum align *)to = (enum align)choice(align_names, text);
		return true;
	case V_TOGGLE:
		*(enum toggle *)to = (enum toggle)choice(toggle_names, text);
		return true;
	case V_TEXT:
	case V_PATTERN:
		*(const char **)to = keep_text(scope, text, false);
		return true;
	case V_TEXT_OR_NONE:
	case V_FEATURES:
	case V_COVER:
		*(const char **)to = keep_text(scope, text, true);
		return true;
	}
	return false;
}

bool theme_value_cmyk(const char *text, uint16_t out[4])
{
	for (int i = 0; i < 4; i++) {
		char number[16];
		size_t n = strspn(text, ".0123456789");
		int32_t milli;

		if (n == 0 || n >= sizeof number)
			return false;
		memcpy(number, text, n);
		number[n] = '\0';
		if (!unit_parse_milli(number, &milli) || milli > 100000)
			return false;
		out[i] = (uint16_t)unit_scale(milli, 1, 100);
		text += n;
		if (i < 3 && *text != ' ')
			return false;
		text += strspn(text, " ");
	}
	return *text == '\0';
}

bool theme_value_rgb(const char *text, uint8_t out[3])
{
	if (text[0] != '#' || strlen(text) != 7)
		return false;
	for (int i = 0; i < 6; i++) {
		char c = text[1 + i];
		int d;

		if (c >= '0' && c <= '9')
			d = c - '0';
		else if ((c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'))
			d = (c | 32) - 'a' + 10;
		else
			return false;
		out[i / 2] = (uint8_t)((i % 2 == 0 ? 0 : out[i / 2] * 16) + d);
	}
	return true;
}
