#include "read/docbook_build.h"

#include <string.h>

/* An info element says things twice over: fields that outlines, catalogues and the masthead use
 * (struct doc_info), and words to be read. The words become blocks in source order, each with its
 * DocBook name, in an N_GROUP after the titles; what the masthead shows anyway (title, series, number,
 * motto, organisation, a bare year) and what nobody prints (keywords) does not. */

struct info {
	struct builder *b;
	struct doc_info *f;   /* NULL: a nested division's, which has no fields */
	struct node *group;   /* N_GROUP of the words */
	struct node *into;    /* what the group will stand in */
	size_t cap_people, cap_keywords;
	bool in_series, described;
};

static void set(const char **field, const char *value)
{
	if (*field == NULL && value != NULL && *value != '\0')
		*field = value;
}

/* The one language of all words in s, where those around are in `around`; NULL: they are in several. */
static const char *lang_within(const struct src *s, const char *around)
{
	const char *own = xmlsource_attr(s, NS_XML, "lang"), *lang = own != NULL ? own : around, *all = NULL;

	for (const struct src *c = s->first; c != NULL; c = c->next) {
		const char *one = c->name != NULL ? lang_within(c, lang) : c->blank ? NULL : lang;

		if (c->name == NULL && c->blank)
			continue;
		if (one == NULL || (all != NULL && strcmp(one, all) != 0))
			return NULL;
		all = one;
	}
	return all != NULL ? all : lang;
}

/* That language, if it is not the document's. */
static const char *foreign(struct info *i, const struct src *s)
{
	const struct doc *d = i->b->d;
	const char *around = NULL, *lang;

	for (const struct src *up = s->parent; up != NULL && around == NULL; up = up->parent)
		around = xmlsource_attr(up, NS_XML, "lang");
	lang = lang_within(s, around != NULL ? around : "");
	return lang == NULL || *lang == '\0' || (d->lang != NULL && strcmp(lang, d->lang) == 0) ? NULL : arena_strdup(&i->b->d->arena, lang);
}

/* A field of words, with its language. */
static void set_words(struct info *i, const char **field, enum info_field which, const struct src *s)
{
	bool is_new = *field == NULL;

	set(field, docbook_string(i->b, s));
	if (is_new && *field != NULL)
		i->f->lang_of[which] = foreign(i, s);
}

/* ---- people ---- */

static struct person *new_person(struct info *i)
{
	struct doc_info *f = i->f;

	if ((size_t)f->n_people == i->cap_people) {
		size_t cap = i->cap_people == 0 ? 8 : i->cap_people * 2;
		struct person *v = arena_array(&i->b->d->arena, cap, sizeof *v);

		if (f->n_people > 0)
			memcpy(v, f->people, (size_t)f->n_people * sizeof *v);
		f->people = v;
		i->cap_people = cap;
	}
	return &f->people[f->n_people++];
}

static const char *role_of(const struct src *s)
{
	const char *class = docbook_attr(s, "class");

	if (src_is(s, "editor"))
		return "edt";
	if (!src_is(s, "othercredit"))
		return "aut";
	if (class == NULL)
		return "oth";
	if (strcmp(class, "translator") == 0)
		return "trl";
	if (strcmp(class, "graphicdesigner") == 0)
		return "ill";
	return strstr(class, "editor") != NULL ? "edt" : "oth";
}

static const char *spaced(struct builder *b, const char *x, const char *y)
{
	if (x == NULL || *x == '\0')
		return y;
	return y == NULL || *y == '\0' ? x : arena_printf(&b->d->arena, "%s %s", x, y);
}

/* The name parts of a personname, or (DocBook 4) of the author itself. */
static void read_name(struct info *i, const struct src *s, const char *role)
{
	struct builder *b = i->b;
	const char *all = NULL, *given = NULL, *surname = NULL;
	struct person *p;

	for (const struct src *c = s->first; c != NULL; c = c->next) {
		static const char *const parts[] = { "honorific", "firstname", "givenname", "othername", "surname", "lineage" };
		const char *text;
		size_t k = 0;

		while (k < 6 && !src_is(c, parts[k]))
			k++;
		if (k == 6)
			continue;
		text = docbook_string(b, c);
		all = spaced(b, all, text);
		if (k >= 1 && k <= 3)
			given = spaced(b, given, text);
		else if (k == 4)
			surname = spaced(b, surname, text);
	}
	if (all == NULL && !src_is(s, "author") && !src_is(s, "editor") && !src_is(s, "othercredit"))
		all = docbook_string(b, s);
	if (all == NULL || *all == '\0')
		return;
	p = new_person(i);
	p->name = all;
	p->role = role;
	p->lang = foreign(i, s);
	if (surname != NULL && given != NULL)
		p->file_as = arena_printf(&b->d->arena, "%s, %s", surname, given);
}

/* An organisation's name: <orgname><phrase role="short">WHO</phrase> World Health ...</orgname> */
static bool read_org(struct info *i, const struct src *s)
{
	struct builder *b = i->b;
	const struct src *brief = docbook_child(s, "phrase");
	const char *all = docbook_string(b, s), *rest = all, *name;

	if (i->f == NULL || i->f->org != NULL || *all == '\0')
		return false;
	if (brief != NULL && docbook_attr_is(brief, "role", "short")) {
		name = docbook_string(b, brief);
		set(&i->f->org_short, name);
		rest = strstr(all, name);
		if (rest == all) {
			rest += strlen(name);
			rest += strspn(rest, " ,(\t");
		} else {
			rest = all;
		}
	}
	set(&i->f->org, *rest == '\0' ? all : rest);
	i->f->lang_of[INFO_ORG] = foreign(i, s);
	return true;
}

/* True if the masthead says all of it: an organisation as author. */
static bool read_person(struct info *i, const struct src *s)
{
	const struct src *name = docbook_child(s, "personname"), *org = docbook_child(s, "orgname");
	bool only_org = org != NULL;
	struct person *p;

	if (i->f == NULL)
		return false;
	for (const struct src *c = s->first; c != NULL; c = c->next)
		only_org = only_org && (c->name == NULL ? c->blank : c == org);
	if (only_org) {
		p = new_person(i);
		p->name = docbook_string(i->b, org);
		p->role = role_of(s);
		p->lang = foreign(i, org);
		if (!read_org(i, org))
			return false;
		p->name = i->f->org;
		return true;
	}
	read_name(i, name != NULL ? name : s, role_of(s));
	return false;
}

/* ---- words ---- */

static struct node *group(struct info *i, const struct src *s)
{
	if (i->group == NULL)
		i->group = doc_node(i->b->d, N_GROUP, "info", s->pos);
	return i->group;
}

/* The name stands out from what else is said of the person. */
static void mark_name(struct node *p)
{
	for (struct node *n = p->first; n != NULL; n = n->next) {
		if (n->kind == N_SPAN && n->element != NULL && (strcmp(n->element, "personname") == 0 || strcmp(n->element, "orgname") == 0)) {
			n->u.span.kind = SPAN_STRONG;
			return;
		}
	}
}

static void words(struct info *i, const struct src *s)
{
	struct builder *b = i->b;
	struct node *into = group(i, s), *p;

	if (s->element != NULL && element_is_block(s->element)) {
		docbook_block(b, into, s);
		return;
	}
	p = docbook_node(b, into, N_PARA, s);
	if (src_form(s) == F_META) {
		docbook_meta_parts(b, p, s);
		if (src_is(s, "author") || src_is(s, "editor") || src_is(s, "othercredit"))
			mark_name(p);
	} else {
		docbook_inlines(b, p, s->first);
	}
	docbook_flush(b, p);
	docbook_collapse(b, p);
	if (p->first == NULL && p->id == NULL)
		doc_remove(p);
}

/* In which order it is read: people, data, abstracts, what else there is, rights. */
static int rank_of(const struct node *n)
{
	static const struct { const char *name; int rank; } ranks[] = {
		{ "author", 0 }, { "editor", 0 }, { "othercredit", 0 }, { "collab", 0 }, { "orgname", 0 }, { "personname", 0 },
		{ "abstract", 2 }, { "publisher", 4 }, { "publishername", 4 }, { "address", 4 }, { "biblioid", 4 }, { "copyright", 4 },
		{ "printhistory", 4 }, { "revhistory", 5 }, { "legalnotice", 6 },
	};

	for (size_t i = 0; i < sizeof ranks / sizeof *ranks && n->element != NULL; i++) {
		if (strcmp(n->element, ranks[i].name) == 0)
			return ranks[i].rank;
	}
	return n->kind == N_PARA ? 1 : 3;
}

static void sort_words(struct node *group)
{
	for (int rank = 0; rank <= 6; rank++) {
		const struct node *last = group->last;

		for (struct node *n = group->first, *next; n != NULL; n = next) {
			bool end = n == last;

			next = end ? NULL : n->next;
			if (rank_of(n) == rank) { /* all ranks in turn to the end */
				doc_remove(n);
				doc_append(group, n);
			}
			if (end)
				break;
		}
	}
}

static bool is_year(const char *s)
{
	return strlen(s) == 4 && strspn(s, "0123456789") == 4;
}

static const char *first_year(struct arena *a, const char *s)
{
	for (; *s != '\0'; s++) {
		size_t n = strspn(s, "0123456789");

		if (n == 4)
			return arena_dup(a, s, 4);
		if (n > 0)
			s += n - 1;
	}
	return NULL;
}

static bool read_date(struct info *i, const struct src *s)
{
	const char *date = docbook_string(i->b, s);

	if (i->f == NULL || i->f->date != NULL)
		return false;
	set(&i->f->date, date);
	i->f->date_pos = s->pos;
	set(&i->f->year, first_year(&i->b->d->arena, date));
	return is_year(date);
}

static void keyword(struct info *i, const struct src *s)
{
	struct doc_info *f = i->f;
	const char *text = docbook_string(i->b, s);

	if (*text == '\0')
		return;
	if ((size_t)f->n_keywords == i->cap_keywords) {
		size_t cap = i->cap_keywords == 0 ? 16 : i->cap_keywords * 2;
		const char **v = arena_array(&i->b->d->arena, cap, sizeof *v), **lang = arena_array(&i->b->d->arena, cap, sizeof *lang);

		if (f->n_keywords > 0) {
			memcpy(v, f->keywords, (size_t)f->n_keywords * sizeof *v);
			memcpy(lang, f->keyword_lang, (size_t)f->n_keywords * sizeof *lang);
		}
		f->keywords = v;
		f->keyword_lang = lang;
		i->cap_keywords = cap;
	}
	f->keyword_lang[f->n_keywords] = foreign(i, s);
	f->keywords[f->n_keywords++] = text;
}

static void read_keywords(struct info *i, const struct src *s)
{
	for (const struct src *c = s->first; c != NULL && i->f != NULL; c = c->next) {
		if (src_is(c, "keyword") || src_is(c, "subjectterm"))
			keyword(i, c);
		else if (src_is(c, "subject"))
			read_keywords(i, c);
	}
}

static void element(struct info *i, const struct src *c);

static bool is_number(const struct src *c)
{
	return src_is(c, "issuenum") || src_is(c, "seriesvolnums") || src_is(c, "volumenum");
}

static void read_series(struct info *i, const struct src *s)
{
	docbook_alias(i->b, i->into, s);
	i->in_series = true;
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (c->name != NULL)
			element(i, c);
		else if (!c->blank)
			docbook_stray(i->b, group(i, c), c);
	}
	i->in_series = false;
}

static void read_copyright(struct info *i, const struct src *s)
{
	struct buf years, holders;

	buf_init(&years);
	buf_init(&holders);
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		struct buf *to = src_is(c, "year") ? &years : src_is(c, "holder") ? &holders : NULL;

		if (to == &holders && to->len == 0 && i->f->rights == NULL)
			i->f->lang_of[INFO_RIGHTS] = foreign(i, c);
		if (to != NULL && to->len > 0)
			buf_puts(to, ", ");
		if (to != NULL)
			buf_puts(to, docbook_string(i->b, c));
	}
	if (years.len > 0 || holders.len > 0)
		set(&i->f->rights, arena_printf(&i->b->d->arena, "\xc2\xa9 %s", spaced(i->b, years.data, holders.data)));
	buf_free(&years);
	buf_free(&holders);
}

/* One that is for catalogues only (role="description") goes before one to be read. */
static bool read_abstract(struct info *i, const struct src *s)
{
	const char *text = docbook_string(i->b, s);

	if (!docbook_attr_is(s, "role", "description") || i->described) {
		set_words(i, &i->f->abstract, INFO_ABSTRACT, s);
		return false;
	}
	i->f->abstract = text;
	i->f->lang_of[INFO_ABSTRACT] = foreign(i, s);
	i->described = true;
	return true;
}

/* Metadata that the page does not show (it says the same elsewhere, in the imprint say). */
static bool for_catalogues(const struct src *c)
{
	return docbook_attr_is(c, "role", "description");
}

/* Fields of the document; true if nothing of c is left to be set. */
static bool fields(struct info *i, const struct src *c)
{
	struct builder *b = i->b;
	struct doc_info *f = i->f;
	const struct src *name;

	if (i->in_series && src_form(c) == F_TITLE && f->series == NULL) {
		set_words(i, &f->series, INFO_SERIES, c);
		return true;
	}
	if (is_number(c) && f->number == NULL) {
		set(&f->number, docbook_string(b, c));
		return true;
	}
	if (src_is(c, "productnumber") && i->in_series && f->number == NULL) {
		set(&f->number, docbook_string(b, c));
		return true;
	}
	if (src_is(c, "bibliomisc") && docbook_attr_is(c, "role", "motto") && f->motto == NULL) {
		set_words(i, &f->motto, INFO_MOTTO, c);
		return true;
	}
	if (src_is(c, "author") || src_is(c, "editor") || src_is(c, "othercredit"))
		return read_person(i, c);
	if (src_is(c, "orgname"))
		return read_org(i, c);
	if (src_is(c, "date") || src_is(c, "pubdate"))
		return read_date(i, c);
	if (src_is(c, "abstract")) {
		return read_abstract(i, c);
	}
	if (src_is(c, "publisher") || src_is(c, "publishername")) {
		name = docbook_child(c, "publishername");
		set_words(i, &f->publisher, INFO_PUBLISHER, name != NULL ? name : c);
	} else if (src_is(c, "copyright")) {
		read_copyright(i, c);
	} else if (src_is(c, "edition")) {
		set(&f->edition, docbook_string(b, c));
	} else if (src_is(c, "biblioid")) {
		if (docbook_attr_is(c, "class", "isbn") && f->isbn == NULL)
			f->isbn_pos = c->pos;
		set(docbook_attr_is(c, "class", "isbn") ? &f->isbn : &f->identifier, docbook_string(b, c));
	} else if (src_is(c, "legalnotice") && for_catalogues(c)) {
		set_words(i, &f->rights, INFO_RIGHTS, c);
	}
	return for_catalogues(c);
}

static void side_datum(struct info *i, const struct src *c)
{
	docbook_inline_block(i->b, i->into, N_SIDEDATA, c);
}

static void authorgroup(struct info *i, const struct src *s)
{
	docbook_alias(i->b, i->into, s);
	for (const struct src *c = s->first; c != NULL; c = c->next) {
		if (c->name != NULL)
			element(i, c);
		else if (!c->blank)
			docbook_stray(i->b, group(i, c), c);
	}
}

static void element(struct info *i, const struct src *c)
{
	if (src_form(c) == F_NOTHING) {
		read_keywords(i, c);
		docbook_alias(i->b, i->into, c);
	} else if (src_is(c, "authorgroup")) {
		authorgroup(i, c);
	} else if (src_is(c, "biblioset") && docbook_attr_is(c, "relation", "series") && i->f != NULL) {
		read_series(i, c);
	} else if (i->into->kind == N_SIDEBAR && src_is(c, "bibliomisc")) {
		side_datum(i, c);
	} else if (i->f != NULL && fields(i, c)) {
		docbook_alias(i->b, i->into, c);
	} else {
		words(i, c);
	}
}

static void read_info(struct info *i, const struct src *info, const struct heads *h)
{
	for (const struct src *c = info->first; c != NULL; c = c->next) {
		if (c == h->title || c == h->subtitle || c == h->abbrev)
			continue;
		if (c->name != NULL) {
			element(i, c);
		} else if (!c->blank) {
			docbook_stray(i->b, group(i, c), c);
		}
	}
	if (i->group != NULL && i->group->first != NULL)
		doc_append(i->into, i->group);
	else
		i->group = NULL;
}

void docbook_front(struct builder *b, struct node *parent, const struct heads *set)
{
	struct info i = { .b = b, .into = parent };

	read_info(&i, set->info, set);
}

void docbook_info(struct builder *b, const struct src *s)
{
	const struct heads h = docbook_heads(s);
	struct node *n = b->d->root;
	struct doc_info *f = &b->d->info;
	struct info i = { .b = b, .f = f, .into = n };

	if (h.title != NULL) {
		struct node *t = docbook_inline_block(b, n, N_TITLE, h.title);

		set(&f->title, doc_plain_text(&b->d->arena, t, false));
	}
	if (h.subtitle != NULL && docbook_has_words(h.subtitle)) {
		struct node *t = docbook_inline_block(b, n, N_SUBTITLE, h.subtitle);

		set(&f->subtitle, doc_plain_text(&b->d->arena, t, false));
	}
	if (h.abbrev != NULL) {
		set(&f->short_title, docbook_string(b, h.abbrev));
		docbook_alias(b, n, h.abbrev);
	}
	if (h.info == NULL)
		return;
	docbook_alias(b, n, h.info);
	read_info(&i, h.info, &h);
	if (i.group != NULL)
		sort_words(i.group);
	f->front = i.group;
}
