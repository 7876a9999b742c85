/* A PO file in libgettextpo's own form, for i18n/po.c. Threads wait for each other. */
#ifndef VERSTKA_I18N_PO_OPEN_H
#define VERSTKA_I18N_PO_OPEN_H

#include <gettext-po.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

/* To the library a header with "charset=" means that every character goes through iconv, also from UTF-8 to UTF-8: three
 * quarters of its time. Without it bytes are taken as they are, which is right for UTF-8, and the library warns. */
enum po_charset {
	PO_CHARSET_TOLD,  /* the library reads the file at path */
	PO_CHARSET_HIDDEN /* it reads what is in memory, its header's "charset" in capitals, without the notes on where an entry
	                     is from, which it would read letter by letter; false, with nothing logged, if that is not
	                     sure to come to the same: the file is at fault, no header stands first, it names no UTF-8 */
};

/* data: what is in the file at path, UTF-8, a NUL behind it. It is changed for a while, and is as before when the call returns.
 * Faults are logged ("po-syntax", "io"). *file: po_file_free, if true is returned. */
bool po_open(enum po_charset how, const char *path, char *data, size_t len, po_file_t *file, struct diag_log *log);

#endif
