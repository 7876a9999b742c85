/* libzip, loaded when an EPUB is packed: linked in it would bring libcrypto along, which costs every run of verstka a fifth of
 * its start. */
#ifndef VERSTKA_WRITE_EPUB_ZIP_LIB_H
#define VERSTKA_WRITE_EPUB_ZIP_LIB_H

#include <stdbool.h>

#include <zip.h>

#ifndef ZIP_LIB_FILE /* the Makefile asks the linker */
#define ZIP_LIB_FILE "libzip.so"
#endif

#define ZIP_LIB_CALLS(F) \
	F(close) F(discard) F(error_fini) F(error_init) F(error_set) F(error_strerror) F(error_to_data) F(file_add) \
	F(file_set_dostime) F(file_set_external_attributes) F(open_from_source) F(set_file_compression) \
	F(source_buffer_create) F(source_close) F(source_free) F(source_function) F(source_keep) \
	F(source_make_command_bitmap) F(source_open) F(source_read) F(source_stat) F(stat_init) F(strerror)

/* zip_NAME as member NAME. */
struct zip_lib {
#define ZIP_LIB_MEMBER(name) __typeof__(&zip_##name) name;
	ZIP_LIB_CALLS(ZIP_LIB_MEMBER)
#undef ZIP_LIB_MEMBER
};

/* False: it is not there, or lacks a call; why: loaded_fault(). */
bool zip_lib_load(struct zip_lib *z);

#endif
