#include "read/docbook_build.h"

#include <string.h>

#include "base/unit.h"
#include "read/below.h"

/* A mediaobject offers one picture in several formats and words in its stead: the first PNG or JPEG
 * is taken; the words are the picture's alternative text, or stand in for sounds and films. */

const char *docbook_path(struct builder *b, const char *from, const char *href, const char *code, struct pos pos)
{
	const char *path;

	switch (below_resolve(&b->d->arena, b->d->folder, from, href, &path)) {
	case BELOW_OK:
		return path;
	case BELOW_MISSING:
		FAULT(b, code, pos, "there is no file \"%s\"", path);
		diag_hint(b->log, "it is looked for from the folder of the source, small and capital letters apart");
		return NULL;
	case BELOW_TOO_LONG:
		FAULT(b, code, pos, "the name of this file is too long");
		return NULL;
	case BELOW_FORBIDDEN:
	default:
		FAULT(b, code, pos, "\"%s\" is not a file below the source's folder", href);
		return NULL;
	}
}

/* What is wrong with a foreign document's picture must not stop it from being set. */
static const struct image *load(struct builder *b, const char *path, const char *name, struct pos pos)
{
	struct diag_log own;
	const struct image *m;

	if (!b->lenient)
		return image_load(&b->d->images, path, name, b->log, pos);
	diag_init(&own);
	m = image_load(&b->d->images, path, name, &own, pos);
	for (size_t i = 0; i < own.n; i++) {
		diag_warn(b->log, own.v[i].code, pos, "%s", own.v[i].text);
		if (own.v[i].hint != NULL)
			diag_hint(b->log, "%s", own.v[i].hint);
	}
	diag_free(&own);
	return m;
}

/* "40%": up to ten times. */
static bool parse_percent(const char *s, int *percent)
{
	int32_t milli;

	if (!unit_parse_milli(s, &milli) || milli <= 0 || milli > 1000000)
		return false;
	*percent = (milli + 500) / 1000;
	return true;
}

/* "12", "12px": pixels of 1/96 inch; "40%"; anything with a unit. */
static bool parse_size(const char *s, sp *length, int *percent)
{
	size_t len = strlen(s);
	int32_t milli;
	char number[32];

	if (len == 0 || len >= sizeof number)
		return false;
	memcpy(number, s, len + 1);
	if (number[len - 1] == '%') {
		number[len - 1] = '\0';
		return percent == NULL || parse_percent(number, percent); /* of the depth: there is nothing to take a part of */
	}
	if (len > 2 && strcmp(number + len - 2, "px") == 0)
		number[len - 2] = '\0';
	if (unit_parse_milli(number, &milli))
		*length = milli > 0 && milli < 100000000 ? unit_scale(milli, SP_ONE * 3, 4000) : 0;
	else if (!unit_parse_length(number, length) || *length < 0)
		*length = 0;
	return *length > 0;
}

static void tell_size(struct builder *b, const struct src *data, const char *name, const char *value)
{
	diag_warn(b->log, "image-size", data->pos, "%s=\"%.40s\" is no size that a picture can have: it is passed over", name, value);
}

/* False: there is no attribute of that name. */
static bool read_size(struct builder *b, const struct src *data, const char *name, sp *length, int *percent)
{
	const char *s = docbook_attr(data, name);

	if (s != NULL && !parse_size(s, length, percent))
		tell_size(b, data, name, s);
	return s != NULL;
}

static void read_sizes(struct builder *b, struct node *n, const struct src *data)
{
	const char *scale = docbook_attr(data, "scale");
	bool content = read_size(b, data, "contentwidth", &n->u.image.width, &n->u.image.width_percent);

	/* contentwidth in percent scales the picture; width in percent is a part of the measure */
	if (content && n->u.image.width_percent > 0) {
		n->u.image.scale = n->u.image.width_percent;
		n->u.image.width_percent = 0;
		content = false;
	}
	if (!content)
		read_size(b, data, "width", &n->u.image.width, &n->u.image.width_percent);
	if (!read_size(b, data, "contentdepth", &n->u.image.depth, NULL))
		read_size(b, data, "depth", &n->u.image.depth, NULL);
	if (scale != NULL && !parse_percent(scale, &n->u.image.scale))
		tell_size(b, data, "scale", scale);
}

static const struct src *imagedata(const struct src *object)
{
	const struct src *inner = src_is(object, "imageobjectco") ? docbook_child(object, "imageobject") : object;

	return inner == NULL ? NULL : docbook_child(inner, "imagedata");
}

static bool is_image(const struct src *c)
{
	return src_is(c, "imageobject") || src_is(c, "imageobjectco");
}

static bool is_object(const struct src *c)
{
	return is_image(c) || src_is(c, "textobject") || src_is(c, "videoobject") || src_is(c, "audioobject");
}

static bool ends_in(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	if (n < m)
		return false;
	for (size_t i = 0; i < m; i++) {
		char c = s[n - m + i];

		if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != end[i])
			return false;
	}
	return true;
}

static bool can_be_set(const char *fileref)
{
	return ends_in(fileref, ".png") || ends_in(fileref, ".jpg") || ends_in(fileref, ".jpeg");
}

/* The imagedata to take: the first whose name promises PNG or JPEG, else the first at all. */
static const struct src *chosen(const struct src *media)
{
	const struct src *any = NULL;

	for (const struct src *c = media->first; c != NULL; c = c->next) {
		const struct src *data = is_image(c) ? imagedata(c) : NULL;
		const char *ref = data == NULL ? NULL : docbook_attr(data, "fileref");

		if (ref != NULL && can_be_set(ref))
			return data;
		if (any == NULL)
			any = data;
	}
	return any;
}

static const char *alternative(struct builder *b, const struct src *media, const struct src *data)
{
	const struct src *alt = docbook_child(media, "alt");
	const char *text;

	if (alt == NULL && data != NULL)
		alt = docbook_child(data->parent, "alt");
	for (const struct src *c = media->first; alt == NULL && c != NULL; c = c->next) {
		if (src_is(c, "textobject") && docbook_child(c, "textdata") == NULL)
			alt = c;
	}
	if (alt == NULL)
		return NULL;
	text = docbook_string(b, alt);
	return *text == '\0' ? NULL : text;
}

static struct node *picture(struct builder *b, struct node *parent, enum node_kind kind, const struct src *media,
                            const struct src *data)
{
	struct node *n = docbook_node(b, parent, kind, media);
	const char *ref = docbook_attr(data, "fileref"), *path, *role = docbook_attr(data, "role");

	n->u.image.alt = alternative(b, media, data);
	n->u.image.decorative = docbook_attr_is(media, "role", "decorative") ||
	                        (role != NULL && strcmp(role, "decorative") == 0);
	read_sizes(b, n, data);
	docbook_alias(b, n, data);
	if (data->parent != media)
		docbook_alias(b, n, data->parent);
	if (ref == NULL || *ref == '\0') {
		FAULT(b, "media", data->pos, "this picture has no fileref");
	} else {
		path = docbook_path(b, xmlsource_base(&b->scratch, data), ref, "image-missing", data->pos);
		if (path != NULL)
			n->u.image.image = load(b, path, arena_strdup(&b->d->arena, ref), data->pos);
	}
	/* what could not be had is named where it would have stood */
	if (n->u.image.image == NULL && n->u.image.alt == NULL && ref != NULL && *ref != '\0')
		n->u.image.alt = arena_strdup(&b->d->arena, ref);
	return n;
}

/* No picture among the objects: what is said instead of the film, or the film's name. */
static void instead(struct builder *b, struct node *parent, const struct src *s)
{
	bool any = false;

	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (src_is(c, "textobject")) {
			docbook_content(b, docbook_node(b, parent, N_GROUP, c), c);
			any = true;
		}
	}
	for (const struct src *c = s->first; c != NULL && !any; c = c->next) {
		const struct src *data = c->name == NULL ? NULL : c->first;

		while (data != NULL && (data->name == NULL || docbook_attr(data, "fileref") == NULL))
			data = data->next;
		if (data != NULL) {
			struct node *p = docbook_node(b, parent, N_PARA, c);

			docbook_made(b, p, docbook_attr(data, "fileref"), data->pos);
			docbook_flush(b, p);
			docbook_collapse(b, p);
			any = true;
		}
	}
	if (docbook_tell_once(b, "media", s->name))
		diag_warn(b->log, "media", s->pos, "<%s> holds no picture: set as what is said in its stead", s->name);
}

void docbook_media(struct builder *b, struct node *parent, const struct src *s)
{
	const struct src *data = chosen(s), *info = docbook_child(s, "info");
	const struct src *caption = docbook_child(s, "caption");
	struct node *into = parent;

	if (data == NULL || caption != NULL || info != NULL) {
		/* within a figure the caption is the figure's */
		if (parent->kind != N_FIGURE || data == NULL) {
			into = doc_node(b->d, data == NULL ? N_GROUP : N_FIGURE, data == NULL ? s->name : "informalfigure", s->pos);
			doc_append(parent, into);
		}
	}
	if (data != NULL)
		picture(b, into, N_IMAGE, s, data);
	else
		instead(b, into, s);
	if (info != NULL)
		docbook_titles(b, into, s);
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (src_is(c, "caption"))
			docbook_content(b, docbook_node(b, into, N_CAPTION, c), c);
		else if (c != info && src_form(c) != F_TITLE && !is_object(c))
			docbook_other(b, into, c);
	}
	if (data == NULL)
		docbook_alias(b, into, s);
}

void docbook_inline_media(struct builder *b, struct node *parent, const struct src *s)
{
	const struct src *data = chosen(s);

	if (data != NULL) {
		picture(b, parent, N_INLINE_IMAGE, s, data);
	} else {
		const struct src *text = docbook_child(s, "textobject");

		if (text != NULL)
			docbook_inlines(b, parent, text->first);
	}
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (c->name == NULL && !c->blank) {
			FAULT(b, "stray-text", c->pos, "text stands directly in <%s>", s->name);
			docbook_text(b, parent, c->text, c->len, c->pos, false);
		} else if (src_is(c, "caption")) {
			docbook_made(b, parent, " ", c->pos);
			docbook_inlines(b, parent, c->first);
		} else if (c->name != NULL && !is_object(c)) {
			docbook_inline(b, parent, c);
		}
	}
	docbook_flush(b, parent);
}
