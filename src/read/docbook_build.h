/* Inside of the DocBook reader: what its files share. */
#ifndef VERSTKA_READ_DOCBOOK_BUILD_H
#define VERSTKA_READ_DOCBOOK_BUILD_H

#include "base/buf.h"
#include "doc/doc.h"
#include "read/elements.h"
#include "read/xmlsource.h"

struct late_reference {
	struct node *xref;
	const char *endterm; /* or NULL */
};

struct builder {
	struct doc *d;
	struct diag_log *log;
	bool lenient;
	struct arena scratch;     /* until the tree is built */
	struct strmap told;       /* "no-form programlisting": warned of */
	struct strmap labels;     /* id -> its xreflabel */
	struct strmap guesses, unguessed; /* misspelt names: the element meant; those that nothing is like */
	int n_guesses;
	struct strmap callouts;   /* id of a co -> its number, as text */
	struct buf text;          /* characters not yet in a node */
	struct pos text_pos;
	bool text_generated;
	bool keep_lines;          /* address: a newline is a break */
	bool verbatim;            /* nothing collapses */
	int n_callouts;           /* in this listing */
	int notes;                /* footnotes open */
	int next_number[8];       /* that a continued list at this depth starts with */
	int list_depth;
	struct late_reference *late;
	size_t n_late, cap_late;
};

/* An error, or with --lenient a warning. */
#define FAULT(B, ...) ((B)->lenient ? diag_warn((B)->log, __VA_ARGS__) : diag_error((B)->log, __VA_ARGS__))

/* Names, nodes, titles (docbook_node.c) */
static inline bool src_is(const struct src *s, const char *name)
{
	const char *a = s->name;

	if (a == NULL)
		return false;
	while (*a != '\0' && *a == *name)
		a++, name++;
	return *a == *name;
}
/* In an element that DocBook does not have: what is wrong with the place of things in it has been said. */
static inline bool src_in_unknown(const struct src *s)
{
	return s->parent != NULL && s->parent->name != NULL && s->parent->element == NULL;
}
static inline enum form src_form(const struct src *s) /* text and foreign elements: plain */
{
	return s->element != NULL ? s->element->form : F_PLAIN_INLINE;
}
const char *docbook_attr(const struct src *s, const char *name); /* in no namespace; NULL: not there */
bool docbook_attr_is(const struct src *s, const char *name, const char *value);
const struct src *docbook_child(const struct src *s, const char *name); /* first child element so named */
/* All its text, collapsed; "" if none of it is seen; document's arena. */
char *docbook_string(struct builder *b, const struct src *s);
bool docbook_has_content(const struct src *s);                          /* text, or elements other than ignored ones */
bool docbook_has_words(const struct src *s);   /* text that is seen, or a picture, anywhere below */
bool docbook_tell_once(struct builder *b, const char *code, const char *name); /* true the first time */

struct node *docbook_node(struct builder *b, struct node *parent, enum node_kind kind, const struct src *s);
void docbook_common(struct builder *b, struct node *n, const struct src *s); /* id, language, role */
void docbook_alias(struct builder *b, struct node *n, const struct src *s);  /* s has no node: its id means n */
void docbook_no_form(struct builder *b, const struct src *s);
struct heads {
	const struct src *title, *subtitle, *abbrev, *info;
};
struct heads docbook_heads(const struct src *s);
struct node *docbook_titles(struct builder *b, struct node *n, const struct src *s); /* N_TITLE or NULL */
static inline bool heads_hold(const struct heads *h, const struct src *c)
{
	return c == h->title || c == h->subtitle || c == h->abbrev || c == h->info;
}

/* Text and its white space (docbook_text.c) */
void docbook_text(struct builder *b, struct node *parent, const char *s, size_t len, struct pos pos, bool generated);
void docbook_made(struct builder *b, struct node *parent, const char *s, struct pos pos); /* generated text */
void docbook_flush(struct builder *b, struct node *parent);
void docbook_collapse(struct builder *b, struct node *block);   /* white space; see doc/doc.h */
void docbook_merge(struct builder *b, struct node *block); /* neighbouring texts become one */
void docbook_trim_breaks(struct node *block);

/* Inlines (docbook_inline.c) */
bool docbook_is_block(const struct src *s);  /* in mixed content */
void docbook_inline(struct builder *b, struct node *parent, const struct src *s);
void docbook_inlines(struct builder *b, struct node *parent, const struct src *first);
/* A whole block of inlines from s's children, collapsed and appended. */
struct node *docbook_inline_block(struct builder *b, struct node *parent, enum node_kind kind, const struct src *s);

/* Blocks (docbook_block.c) */
void docbook_block(struct builder *b, struct node *parent, const struct src *s);
/* A para-like s whose inlines and blocks stand side by side: paragraphs, the first with s's id, language and
 * role, and the blocks that cut them. docbook_content: the same for the children of s when n is s. */
void docbook_mixed(struct builder *b, struct node *parent, const struct src *s);
void docbook_content(struct builder *b, struct node *n, const struct src *s);
/* Text or an inline where only blocks may be: a fault, and a paragraph of its own. */
void docbook_stray(struct builder *b, struct node *parent, const struct src *c);
/* A child that its parent's form has no place for: whatever it is, in its turn. */
void docbook_other(struct builder *b, struct node *parent, const struct src *c);
/* The blocks of s; `set` (or NULL) are the heads that have been set already. */
void docbook_blocks(struct builder *b, struct node *parent, const struct src *s, const struct heads *set);

/* Lists (docbook_list.c) */
void docbook_list(struct builder *b, struct node *parent, const struct src *s);
void docbook_glossentry(struct builder *b, struct node *parent, const struct src *s);
void docbook_qanda(struct builder *b, struct node *parent, const struct src *s);

/* Tables (docbook_table.c) */
void docbook_table(struct builder *b, struct node *parent, const struct src *s);
void docbook_segmented(struct builder *b, struct node *parent, const struct src *s);
void docbook_chart(struct builder *b, struct node *n); /* n: a table or figure with role="bars" */

/* Pictures (docbook_media.c) */
/* A reference from where `from` is (xmlsource_base), as a path to open; NULL (logged at pos, an error or what
 * FAULT makes of it) unless it is a regular file below the document's folder. */
const char *docbook_path(struct builder *b, const char *from, const char *href, const char *code, struct pos pos);
void docbook_media(struct builder *b, struct node *parent, const struct src *s);
void docbook_inline_media(struct builder *b, struct node *parent, const struct src *s);

/* What a document says about itself (docbook_info.c) */
void docbook_info(struct builder *b, const struct src *root);
/* The words in the info of anything but the root; `set`: its heads that have been set already. */
void docbook_front(struct builder *b, struct node *parent, const struct heads *set);

/* Bibliographies, references, synopses (docbook_ref.c) */
void docbook_meta(struct builder *b, struct node *parent, const struct src *s);  /* inline: parts joined */
void docbook_meta_parts(struct builder *b, struct node *n, const struct src *s); /* the same into n */
void docbook_biblioentry(struct builder *b, struct node *parent, const struct src *s);
void docbook_refmeta(struct builder *b, struct node *parent, const struct src *s);
void docbook_refnamediv(struct builder *b, struct node *parent, const struct src *s);
void docbook_synopsis(struct builder *b, struct node *parent, const struct src *s);

#endif
