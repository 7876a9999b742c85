#include "pages/lines.h"

static const struct { const char *name, *text; } faults[LINE_FAULTS] = {
	[FAULT_SOFT_BIND] = { "soft-bind", "ends after a short word, or between a number and its noun" },
	[FAULT_HARD_BIND] = { "hard-bind", "ends after a one-letter word, or before a particle" },
	[FAULT_CLOSED] = { "closed", "ends where no line should" },
	[FAULT_DEAR_HYPHEN] = { "dear-hyphen", "divides a foreign word, or a part of a compound" },
	[FAULT_LADDER] = { "ladder", "third hyphen in a row" },
	[FAULT_STACK] = { "stack", "the same word under itself" },
	[FAULT_WIDE] = { "wide", "spaces wider than one and a half" },
	[FAULT_SPACED] = { "spaced", "letters spaced" },
	[FAULT_OVERFULL] = { "overfull", "sticks out" },
	[FAULT_SHORT_LAST] = { "short-last", "last line too short" },
	[FAULT_SCRAP_LAST] = { "scrap-last", "last line begins with a scrap of a word" },
	[FAULT_RAGGED] = { "ragged", "left short: its words would have stood too far apart" },
	[FAULT_RIVER] = { "river", "gaps under each other through four lines" },
	[FAULT_LAKE] = { "lake", "three lines more white than a fifth" },
};

const char *line_fault_name(enum line_fault f)
{
	return faults[f].name;
}

const char *line_fault_text(enum line_fault f)
{
	return faults[f].text;
}
