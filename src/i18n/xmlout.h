/* A source's tree as XML again: one namespace declaration each, at the root; references, CDATA, inclusions and comments
 * are resolved or gone. */
#ifndef VERSTKA_I18N_XMLOUT_H
#define VERSTKA_I18N_XMLOUT_H

#include "base/buf.h"
#include "read/xmlsource.h"

/* False: more namespaces than it has names for. */
bool xmlout_put(const struct src *root, struct buf *out);

#endif
