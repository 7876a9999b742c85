/* The symbols come from an assembler file that the Makefile writes: .incbin of each resource. */
#include "base/resource.h"

#include <string.h>

extern const char resource_theme_xml[], resource_theme_xml_end[];
extern const char resource_fonts_xml[], resource_fonts_xml_end[];
extern const char resource_brief_rng[], resource_brief_rng_end[];

struct resource
resource_lookup(const char *name)
{
	static const struct {
		const char *name, *data, *end;
	} table[] = {
		{ "theme.xml", resource_theme_xml, resource_theme_xml_end },
		{ "fonts.xml", resource_fonts_xml, resource_fonts_xml_end },
		{ "brief.rng", resource_brief_rng, resource_brief_rng_end },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (strcmp(table[i].name, name) == 0)
			return (struct resource){ table[i].data, (size_t)(table[i].end - table[i].data) };
	return (struct resource){ NULL, 0 };
}
