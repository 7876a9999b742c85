/* All elements of DocBook 5.0 and 5.1 and what becomes of each. */
#ifndef VERSTKA_READ_ELEMENTS_H
#define VERSTKA_READ_ELEMENTS_H

#include <stdbool.h>
#include <stddef.h>

enum form {
	/* blocks */
	F_ROOT,        /* article, book, set */
	F_DIVISION,    /* arg: enum division */
	F_INDEX,       /* an empty one waits for a generated index: skipped; else a division */
	F_TOC,         /* likewise: the contents are made by the pipeline */
	F_COLOPHON,    /* division, or N_IMPRINT by its role */
	F_PARA,
	F_FORMALPARA,
	F_ITEMIZED,
	F_ORDERED,
	F_VARIABLE,    /* variablelist, glosslist */
	F_SIMPLELIST,  /* also inline, by its type */
	F_SEGMENTED,
	F_CALLOUTS,
	F_PROCEDURE,
	F_SUBSTEPS,    /* lettered */
	F_QANDA,
	F_VERBATIM,    /* arg: 1 monospaced, 0 not */
	F_ADDRESS,     /* lines kept, words flow */
	F_FIGURE,
	F_GROUP,       /* titled or not, its blocks as they are: example, equation ... */
	F_MEDIA,
	F_ADMONITION,  /* arg: enum admonition */
	F_BLOCKQUOTE,
	F_EPIGRAPH,
	F_SIDEBAR,
	F_TABLE,
	F_BRIDGEHEAD,
	F_GLOSSENTRY,
	F_BIBLIOENTRY,
	F_CMDSYNOPSIS,
	F_FUNCSYNOPSIS,
	F_REFMETA,
	F_REFNAMEDIV,
	F_PLAIN_BLOCK, /* no form: warned of once */
	F_LAST_BLOCK = F_PLAIN_BLOCK,
	/* inlines */
	F_SPAN,        /* arg: enum span_kind */
	F_EMPHASIS,    /* by its role */
	F_LINK,
	F_ULINK,       /* DocBook 4, read with a fault */
	F_XREF,
	F_OLINK,
	F_FOOTNOTE,
	F_FOOTNOTEREF,
	F_ANCHOR,
	F_INLINE_MEDIA,
	F_KEYCOMBO,
	F_MENUCHOICE,
	F_EMAIL,
	F_CITATION,
	F_CITEREFENTRY,
	F_CO,
	F_OPTIONAL,
	F_TAG,         /* <name>, &name; ... by its class */
	F_TRADEMARK,
	F_EQUATION,    /* inlineequation */
	F_META,        /* what info and bibliographies hold: parts joined with commas */
	F_PLAIN_INLINE,
	F_LAST_INLINE = F_PLAIN_INLINE,
	/* meant only inside a certain parent, which looks for them */
	F_TITLE,
	F_SUBTITLE,
	F_TITLEABBREV,
	F_INFO,
	F_PART,
	/* without printed text by nature: index terms, keywords, column specifications */
	F_NOTHING
};

struct element {
	const char *name;
	enum form form;
	int arg;
};

/* NULL: DocBook has no such element. */
const struct element *elements_lookup(const char *name);
size_t elements_all(const struct element **all); /* how many there are */

static inline bool element_is_block(const struct element *e)
{
	return e->form <= F_LAST_BLOCK;
}

static inline bool element_is_inline(const struct element *e)
{
	return e->form > F_LAST_BLOCK && e->form <= F_LAST_INLINE;
}

#endif
