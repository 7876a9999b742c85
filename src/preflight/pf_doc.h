/* A PDF's objects by libqpdf's C interface; the one file that knows it. Handles are numbers; what is not there, or not of the
 * wanted kind, is null, never an error. Strings are copied to the arena. */
#ifndef VERSTKA_PREFLIGHT_PF_DOC_H
#define VERSTKA_PREFLIGHT_PF_DOC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

typedef unsigned pf_obj;
struct pf_doc;

/* data: the whole file, kept by the caller. NULL and a reason in the arena if it is no PDF that can be read. */
struct pf_doc *pf_doc_open(const char *name, const void *data, size_t len, struct arena *a, const char **reason);
void pf_doc_close(struct pf_doc *d);
bool pf_doc_is_encrypted(const struct pf_doc *d);
const char *pf_doc_warning(struct pf_doc *d); /* the next thing libqpdf had to repair, or NULL */

pf_obj pf_doc_trailer(struct pf_doc *d);
pf_obj pf_doc_root(struct pf_doc *d);
int pf_doc_pages(struct pf_doc *d);
pf_obj pf_doc_page(struct pf_doc *d, int index); /* from 0 */
pf_obj pf_doc_object(struct pf_doc *d, int id);  /* generation 0 */
void pf_doc_forget(struct pf_doc *d); /* all handles become invalid */

bool pf_doc_is_null(struct pf_doc *d, pf_obj o);
bool pf_doc_is_dict(struct pf_doc *d, pf_obj o); /* or a stream, whose dictionary is then meant */
bool pf_doc_is_stream(struct pf_doc *d, pf_obj o);
bool pf_doc_is_array(struct pf_doc *d, pf_obj o);
bool pf_doc_is_string(struct pf_doc *d, pf_obj o);
bool pf_doc_is_true(struct pf_doc *d, pf_obj o);
int pf_doc_id(struct pf_doc *d, pf_obj o);       /* object number, 0: direct */

bool pf_doc_has(struct pf_doc *d, pf_obj o, const char *key);
pf_obj pf_doc_key(struct pf_doc *d, pf_obj o, const char *key); /* "/Type" */
int pf_doc_count(struct pf_doc *d, pf_obj array);
pf_obj pf_doc_item(struct pf_doc *d, pf_obj array, int i);
/* The keys of a dictionary, in order; *n of them. */
const char **pf_doc_keys(struct pf_doc *d, pf_obj o, int *n);

const char *pf_doc_name(struct pf_doc *d, pf_obj o);  /* "/DeviceRGB"; "" if it is none */
bool pf_doc_is(struct pf_doc *d, pf_obj o, const char *name);
bool pf_doc_number(struct pf_doc *d, pf_obj o, double *out);
const char *pf_doc_text(struct pf_doc *d, pf_obj o);  /* a string as UTF-8; "" if it is none */
size_t pf_doc_text_bytes(struct pf_doc *d, pf_obj o); /* [byte] of a string as it stands there */
const char *pf_doc_unparse(struct pf_doc *d, pf_obj o); /* as PDF text, references followed once */

/* A stream's bytes (mem_free), unfiltered if `decode`; false if that cannot be done, or it is over 8 MB packed. */
bool pf_doc_stream(struct pf_doc *d, pf_obj o, bool decode, unsigned char **data, size_t *len);
bool pf_doc_content(struct pf_doc *d, pf_obj page, unsigned char **data, size_t *len);

#endif
