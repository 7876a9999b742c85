/* libqpdf, loaded when a file is judged: linked in, it and what it brings along would cost every run of verstka a third of
 * its start. */
#ifndef VERSTKA_PREFLIGHT_PF_QPDF_H
#define VERSTKA_PREFLIGHT_PF_QPDF_H

#include <stdbool.h>

#include <qpdf/qpdf-c.h>

#ifndef PF_QPDF_FILE /* the Makefile asks the linker */
#define PF_QPDF_FILE "libqpdf.so"
#endif

#define PF_QPDF_CALLS(F) \
	F(cleanup) F(get_error) F(get_error_code) F(get_error_message_detail) F(get_num_pages) F(get_object_by_id) \
	F(get_page_n) F(get_root) F(get_trailer) F(has_error) F(init) F(is_encrypted) F(more_warnings) \
	F(next_warning) F(oh_begin_dict_key_iter) F(oh_dict_more_keys) F(oh_dict_next_key) F(oh_get_array_item) \
	F(oh_get_array_n_items) F(oh_get_binary_string_value) F(oh_get_bool_value) F(oh_get_dict) F(oh_get_key) \
	F(oh_get_name) F(oh_get_numeric_value) F(oh_get_object_id) F(oh_get_page_content_data) \
	F(oh_get_stream_data) F(oh_get_utf8_value) F(oh_is_array) F(oh_is_bool) F(oh_is_dictionary) \
	F(oh_is_indirect) F(oh_is_name) F(oh_is_null) F(oh_is_number) F(oh_is_stream) F(oh_is_string) \
	F(oh_new_null) F(oh_release_all) F(oh_unparse_resolved) F(read_memory) F(set_suppress_warnings) \
	F(silence_errors)

/* qpdf_NAME as member NAME. */
struct pf_qpdf {
#define PF_QPDF_MEMBER(name) __typeof__(&qpdf_##name) name;
	PF_QPDF_CALLS(PF_QPDF_MEMBER)
#undef PF_QPDF_MEMBER
};

/* False: it is not there, or lacks a call; why: loaded_fault(). */
bool pf_qpdf_load(struct pf_qpdf *q);

#endif
