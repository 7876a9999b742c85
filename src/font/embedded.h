/* A font program as it lies in a PDF: TrueType or OpenType with few tables, a bare CFF table, Type 1. For looking at files
 * of others: nothing in it is trusted. */
#ifndef VERSTKA_FONT_EMBEDDED_H
#define VERSTKA_FONT_EMBEDDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct embedded;

/* data: kept by the caller until embedded_close. NULL: it is no font that FreeType can read. */
struct embedded *embedded_open(const void *data, size_t len);
void embedded_close(struct embedded *e); /* NULL: nothing */
/* The glyph that a CID means: by the program's own list if it has one (CFF by CID), else the number itself. 0: none. */
uint32_t embedded_glyph(const struct embedded *e, uint32_t cid);
/* [1/1000 em], rounded; -1: there is no such glyph, or it cannot be read. */
long embedded_advance(const struct embedded *e, uint32_t glyph);
/* What OS/2 (fsType) or the Type 1 dictionary says of embedding; true, too, if the program says nothing. */
bool embedded_may_embed(const struct embedded *e);
bool embedded_may_subset(const struct embedded *e);

#endif
