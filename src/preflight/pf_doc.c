#include "preflight/pf_doc.h"

#include <string.h>

#include "base/loaded.h"
#include "base/mem.h"
#include "preflight/pf_qpdf.h"

#define MOST_PACKED (8 << 20) /* [byte] of a stream: what unpacks from more is no page but a trap */

struct pf_doc {
	struct pf_qpdf f;
	qpdf_data q;
	struct arena *arena;
};

struct pf_doc *pf_doc_open(const char *name, const void *data, size_t len, struct arena *a, const char **reason)
{
	struct pf_doc *d = mem_zalloc(1, sizeof *d);

	d->arena = a;
	if (!pf_qpdf_load(&d->f)) {
		*reason = arena_printf(a, "libqpdf cannot be loaded: %s", loaded_fault());
		mem_free(d);
		return NULL;
	}
	d->q = d->f.init();
	if (d->q == NULL)
		mem_fail();
	d->f.silence_errors(d->q);
	d->f.set_suppress_warnings(d->q, QPDF_TRUE);
	if (d->f.read_memory(d->q, name, data, len, NULL) < QPDF_ERRORS && d->f.get_num_pages(d->q) >= 0 &&
	    !d->f.has_error(d->q))
		return d;
	*reason = "it cannot be read";
	if (d->f.has_error(d->q)) {
		qpdf_error e = d->f.get_error(d->q);

		*reason = d->f.get_error_code(d->q, e) == qpdf_e_password
		              ? "it asks for a password" : arena_strdup(a, d->f.get_error_message_detail(d->q, e));
	}
	pf_doc_close(d);
	return NULL;
}

void pf_doc_close(struct pf_doc *d)
{
	if (d == NULL)
		return;
	while (d->f.has_error(d->q))
		d->f.get_error(d->q);
	d->f.cleanup(&d->q);
	mem_free(d);
}

bool pf_doc_is_encrypted(const struct pf_doc *d)
{
	return d->f.is_encrypted(d->q) != QPDF_FALSE;
}

const char *pf_doc_warning(struct pf_doc *d)
{
	if (!d->f.more_warnings(d->q))
		return NULL;
	return arena_strdup(d->arena, d->f.get_error_message_detail(d->q, d->f.next_warning(d->q)));
}

pf_obj pf_doc_trailer(struct pf_doc *d)
{
	return d->f.get_trailer(d->q);
}

pf_obj pf_doc_root(struct pf_doc *d)
{
	return d->f.get_root(d->q);
}

int pf_doc_pages(struct pf_doc *d)
{
	return d->f.get_num_pages(d->q);
}

pf_obj pf_doc_page(struct pf_doc *d, int index)
{
	return d->f.get_page_n(d->q, (size_t)index);
}

pf_obj pf_doc_object(struct pf_doc *d, int id)
{
	return d->f.get_object_by_id(d->q, id, 0);
}

void pf_doc_forget(struct pf_doc *d)
{
	d->f.oh_release_all(d->q);
}

static pf_obj dict_of(struct pf_doc *d, pf_obj o)
{
	return d->f.oh_is_stream(d->q, o) ? d->f.oh_get_dict(d->q, o) : o;
}

bool pf_doc_is_null(struct pf_doc *d, pf_obj o)
{
	return d->f.oh_is_null(d->q, o) != QPDF_FALSE;
}

bool pf_doc_is_dict(struct pf_doc *d, pf_obj o)
{
	return d->f.oh_is_dictionary(d->q, dict_of(d, o)) != QPDF_FALSE;
}

bool pf_doc_is_stream(struct pf_doc *d, pf_obj o)
{
	return d->f.oh_is_stream(d->q, o) != QPDF_FALSE;
}

bool pf_doc_is_array(struct pf_doc *d, pf_obj o)
{
	return d->f.oh_is_array(d->q, o) != QPDF_FALSE;
}

bool pf_doc_is_string(struct pf_doc *d, pf_obj o)
{
	return d->f.oh_is_string(d->q, o) != QPDF_FALSE;
}

bool pf_doc_is_true(struct pf_doc *d, pf_obj o)
{
	return d->f.oh_is_bool(d->q, o) && d->f.oh_get_bool_value(d->q, o);
}

int pf_doc_id(struct pf_doc *d, pf_obj o)
{
	return d->f.oh_is_indirect(d->q, o) ? d->f.oh_get_object_id(d->q, o) : 0;
}

bool pf_doc_has(struct pf_doc *d, pf_obj o, const char *key)
{
	return pf_doc_is_dict(d, o) && !pf_doc_is_null(d, pf_doc_key(d, o, key));
}

pf_obj pf_doc_key(struct pf_doc *d, pf_obj o, const char *key)
{
	pf_obj dict = dict_of(d, o);

	return d->f.oh_is_dictionary(d->q, dict) ? d->f.oh_get_key(d->q, dict, key) : d->f.oh_new_null(d->q);
}

int pf_doc_count(struct pf_doc *d, pf_obj array)
{
	return pf_doc_is_array(d, array) ? d->f.oh_get_array_n_items(d->q, array) : 0;
}

pf_obj pf_doc_item(struct pf_doc *d, pf_obj array, int i)
{
	return i >= 0 && i < pf_doc_count(d, array) ? d->f.oh_get_array_item(d->q, array, i) : d->f.oh_new_null(d->q);
}

const char **pf_doc_keys(struct pf_doc *d, pf_obj o, int *n)
{
	const char **keys;
	size_t count = 0, at = 0;

	*n = 0;
	if (!pf_doc_is_dict(d, o))
		return NULL;
	for (d->f.oh_begin_dict_key_iter(d->q, dict_of(d, o)); d->f.oh_dict_more_keys(d->q); d->f.oh_dict_next_key(d->q))
		count++;
	keys = arena_array(d->arena, count + 1, sizeof *keys);
	for (d->f.oh_begin_dict_key_iter(d->q, dict_of(d, o)); at < count && d->f.oh_dict_more_keys(d->q); at++)
		keys[at] = arena_strdup(d->arena, d->f.oh_dict_next_key(d->q));
	*n = (int)at;
	return keys;
}

const char *pf_doc_name(struct pf_doc *d, pf_obj o)
{
	return d->f.oh_is_name(d->q, o) ? arena_strdup(d->arena, d->f.oh_get_name(d->q, o)) : "";
}

bool pf_doc_is(struct pf_doc *d, pf_obj o, const char *name)
{
	return d->f.oh_is_name(d->q, o) && strcmp(d->f.oh_get_name(d->q, o), name) == 0;
}

bool pf_doc_number(struct pf_doc *d, pf_obj o, double *out)
{
	*out = 0;
	if (!d->f.oh_is_number(d->q, o))
		return false;
	*out = d->f.oh_get_numeric_value(d->q, o);
	return true;
}

const char *pf_doc_text(struct pf_doc *d, pf_obj o)
{
	return d->f.oh_is_string(d->q, o) ? arena_strdup(d->arena, d->f.oh_get_utf8_value(d->q, o)) : "";
}

size_t pf_doc_text_bytes(struct pf_doc *d, pf_obj o)
{
	size_t len = 0;

	if (d->f.oh_is_string(d->q, o))
		d->f.oh_get_binary_string_value(d->q, o, &len);
	return len;
}

const char *pf_doc_unparse(struct pf_doc *d, pf_obj o)
{
	return arena_strdup(d->arena, d->f.oh_unparse_resolved(d->q, o));
}

bool pf_doc_stream(struct pf_doc *d, pf_obj o, bool decode, unsigned char **data, size_t *len)
{
	QPDF_BOOL filtered = QPDF_FALSE;
	double packed = 0;

	*data = NULL;
	*len = 0;
	if (!pf_doc_is_stream(d, o) || (pf_doc_number(d, pf_doc_key(d, o, "/Length"), &packed) && packed > MOST_PACKED))
		return false;
	if (d->f.oh_get_stream_data(d->q, o, decode ? qpdf_dl_generalized : qpdf_dl_none, &filtered, data, len) < QPDF_ERRORS &&
	    (filtered || !decode))
		return true;
	mem_free(*data);
	*data = NULL;
	return false;
}

bool pf_doc_content(struct pf_doc *d, pf_obj page, unsigned char **data, size_t *len)
{
	pf_obj c = pf_doc_key(d, page, "/Contents");
	double packed = 0, all = 0;

	*data = NULL;
	*len = 0;
	if (pf_doc_is_stream(d, c))
		pf_doc_number(d, pf_doc_key(d, c, "/Length"), &all);
	for (int i = 0; i < pf_doc_count(d, c); i++) {
		pf_doc_number(d, pf_doc_key(d, pf_doc_item(d, c, i), "/Length"), &packed);
		all += packed;
	}
	return all <= MOST_PACKED && d->f.oh_get_page_content_data(d->q, page, data, len) < QPDF_ERRORS;
}
