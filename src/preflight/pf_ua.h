/* A screen file under examination: can it be heard? The rules of PDF/UA-1 and PDF/A-2a that a program can tell, A-nn in
 * docs/PREFLIGHT.md. pf_struct.c looks at the tree, pf_archive.c at what may not be there, pf_ua2.c at what PDF 2.0 brought, pf_ua.c
 * at the rest. */
#ifndef VERSTKA_PREFLIGHT_PF_UA_H
#define VERSTKA_PREFLIGHT_PF_UA_H

#include "preflight/pf.h"

/* One structure element. Parents stand before their children, children in reading order. */
struct pf_element {
	int id;                 /* object, 0: direct */
	int parent;             /* index, -1: the root */
	const char *type;       /* as it stands there: "/Aside" */
	const char *standard;   /* what the role map makes of it; "" if nothing known */
	int kids, content;      /* elements; marked content and objects */
	int columns, rows;      /* a cell's span, 1 at least */
	bool scope, named;      /* has a Scope, an ID */
	bool numbering;         /* says how its items are numbered, and not "None" */
	bool note_type;
};

/* A leaf of the parent tree: one element of an annotation, or those of a page's marked content. */
struct pf_parents {
	int key;
	int first, n;           /* in ids; n -1: one element, first is its object */
};

struct pf_struct {
	struct pf_element *v;
	size_t n, cap;
	struct pf_parents *parents; /* sorted by key */
	size_t n_parents, cap_parents;
	int *ids;
	size_t n_ids, cap_ids;
	struct strmap types;    /* object number as text -> its standard type */
};

/* Rule A-`item` is broken. */
#define pf_ua_fail(p, item, ...) pf_say(p, 'A', true, item, __VA_ARGS__)
void pf_ua_check(struct pf *p);

/* What no archive holds, in the file and on a page (pf_archive.c). */
void pf_archive_file(struct pf *p);
void pf_archive_page(struct pf *p, pf_obj page, pf_obj resources);

/* Reads the tree and says what is wrong with it; pf_struct_free afterwards, whatever it found. */
void pf_struct_check(struct pf *p, struct pf_struct *s);
void pf_struct_free(struct pf_struct *s);
/* What PDF/UA-2 (ISO 14289-2) asks beyond the first part (pf_ua2.c). */
void pf_ua2_check(struct pf *p, const struct pf_struct *s);
const struct pf_parents *pf_struct_parents(const struct pf_struct *s, int key); /* NULL: no such key */
const char *pf_struct_type(const struct pf_struct *s, int object); /* standard type; "" if it is no element */

#endif
