#include "write/epub/markup.h"

#include <string.h>

#include "base/utf8.h"

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' || c == '-' || c == '_' || c == '.';
}

/* One attribute at *at: moved behind it. False: none that we write. */
static bool attribute(const char **at, const char *end, struct markup_text *name, struct markup_text *value)
{
	const char *c = *at, *close;

	while (c < end && utf8_is_xml_space(*c))
		c++;
	name->s = c;
	while (c < end && is_name(*c))
		c++;
	name->len = (size_t)(c - name->s);
	if (name->len == 0 || end - c < 2 || c[0] != '=' || c[1] != '"')
		return false;
	value->s = c + 2;
	close = memchr(value->s, '"', (size_t)(end - value->s));
	if (close == NULL)
		return false;
	value->len = (size_t)(close - value->s);
	*at = close + 1;
	return true;
}

static bool only_attributes(struct markup_text inside)
{
	const char *at = inside.s, *end = inside.s + inside.len;
	struct markup_text name, value;

	while (at < end) {
		if (!utf8_is_xml_space(*at) || !attribute(&at, end, &name, &value) || memchr(value.s, '<', value.len) != NULL)
			return false;
	}
	return true;
}

/* "<!DOCTYPE html>", "<?xml ... ?>": passed over. */
static bool declaration(struct markup *m)
{
	const char *close = memchr(m->at, '>', (size_t)(m->end - m->at));

	if (close == NULL)
		return false;
	m->at = close + 1;
	return true;
}

enum markup_kind markup_next(struct markup *m)
{
	const char *close;
	bool shut, alone;

	while (m->end - m->at > 1 && m->at[0] == '<' && (m->at[1] == '?' || m->at[1] == '!'))
		if (!declaration(m))
			return MARKUP_BROKEN;
	if (m->at >= m->end)
		return MARKUP_END;
	if (*m->at != '<') {
		close = memchr(m->at, '<', (size_t)(m->end - m->at));
		m->inside = (struct markup_text){ m->at, (size_t)((close != NULL ? close : m->end) - m->at) };
		m->at += m->inside.len;
		return MARKUP_TEXT;
	}
	close = memchr(m->at, '>', (size_t)(m->end - m->at));
	if (close == NULL)
		return MARKUP_BROKEN;
	shut = m->at[1] == '/';
	alone = !shut && close[-1] == '/';
	m->name.s = m->at + 1 + shut;
	m->name.len = 0;
	while (m->name.s + m->name.len < close && is_name(m->name.s[m->name.len]))
		m->name.len++;
	m->inside.s = m->name.s + m->name.len;
	m->inside.len = (size_t)(close - alone - m->inside.s);
	m->at = close + 1;
	if (m->name.len == 0 || (shut ? m->inside.len > 0 : !only_attributes(m->inside)))
		return MARKUP_BROKEN;
	return shut ? MARKUP_CLOSE : alone ? MARKUP_ALONE : MARKUP_OPEN;
}

struct markup_text markup_attr(const struct markup *m, const char *wanted)
{
	const char *at = m->inside.s, *end = m->inside.s + m->inside.len;
	struct markup_text name, value;

	while (at < end && attribute(&at, end, &name, &value))
		if (markup_is(name, wanted))
			return value;
	return (struct markup_text){ NULL, 0 };
}

bool markup_is(struct markup_text t, const char *s)
{
	return t.s != NULL && t.len == strlen(s) && memcmp(t.s, s, t.len) == 0;
}

bool markup_is_blank(struct markup_text t)
{
	for (size_t i = 0; i < t.len; i++)
		if (!utf8_is_xml_space(t.s[i]))
			return false;
	return true;
}
