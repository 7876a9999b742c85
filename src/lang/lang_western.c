/* English, French, Spanish, German, Greek; others with their dictionaries and no words of their own. */
#include "lang/rules.h"

/* ---- English (T-36..T-41) --------------------------------------------------------------------- */

static const char *const en_abbr_any[] = { "cf", "viz", NULL };
static const char *const en_abbr_name[] = { "mr", "mrs", "ms", "dr", "prof", "st", "rev", "gen", "sen", "gov", "capt", "lt", "col", NULL };
static const char *const en_abbr_number[] = {
	"p", "pp", "no", "nos", "vol", "vols", "fig", "figs", "ch", "chap", "sec", "sect", "art", "eq", "n", "nn", "c", "ca",
	"para", "ed", "tab", "app", "v", "f", "ff", NULL
};
static const char *const en_titles[] = { "mr", "mrs", "ms", "dr", "prof", "st", "rev", NULL };
static const char *const en_abbr_tail[] = { "al", NULL };
static const char *const en_conjunctions[] = { "et", NULL };
static const char *const en_units[] = {
	"kg", "g", "mg", "t", "km", "m", "dm", "cm", "mm", "µm", "nm", "l", "ml", "ha", "s", "ms", "min", "h", "lb", "oz",
	"ft", "in", "mi", "mph", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "hz", "khz", "mhz", "ghz", "w", "kw", "mw", "v",
	"a", "pt", "px", "dpi", "ppi", "°c", "°f", "k", "pa", "kpa", "am", "pm", "a.m", "p.m", "usd", "eur", "gbp", "som",
	"bytes", "bits", "m²", "m³", "km²", "cm²", "km/h", "m/s", "db", "dba", "kj", "kcal", "mpa", "hpa", "µg", "mcg",
	"mm²", "ft²", NULL
};
static const char *const en_multiples[] = { "million", "billion", "trillion", "thousand", NULL };
static const char *const en_months[] = {
	"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
	"december", NULL
};
static const char *const en_parts[] = {
	"chapter", "section", "figure", "table", "appendix", "part", "page", "volume", "article", "number", "step", "version",
	"note", "footnote", "item", NULL
};
static const struct bind_words en_words = {
	.abbr_any = en_abbr_any, .abbr_name = en_abbr_name, .abbr_number = en_abbr_number, .titles = en_titles,
	.abbr_tail = en_abbr_tail, .conjunctions = en_conjunctions, .units = en_units, .multiples = en_multiples,
	.months = en_months, .parts = en_parts
};

/* Month and day: "November 23", as "23 November" in rules_dates. */
static struct bind en_month_day(const struct gap *g)
{
	const struct chunk *a = &g->v[g->i - 1], *b = &g->v[g->i];

	if (b->digits == 0 || b->digits > 2 || !rules_is_number(b) || a->to != a->core_to || a->upper != 1 ||
	    !rules_core_is(g, a, en_months))
		return (struct bind){ BIND_NONE, 0 };
	return (struct bind){ BIND_HARD, PRICE_ONE_LETTER };
}

/* ---- French (T-42..T-46) ------------------------------------------------------------------------ */

static const char *const fr_abbr_any[] = { "cf", NULL };
static const char *const fr_abbr_name[] = { "m", "mm", "pr", "st", "ste", NULL };
static const char *const fr_abbr_number[] = {
	"p", "pp", "chap", "tabl", "sect", "ann", "fig", "vol", "art", "t", "v", "éd", "env", "al", "tab", NULL
};
static const char *const fr_titles[] = { "mme", "mmes", "mlle", "mlles", "dr", "me", "mgr", "n°", "nº", "nos", "saint", NULL };
static const char *const fr_sign[] = { "n°", "nº", "n", NULL };
static const char *const fr_units[] = {
	"kg", "g", "mg", "t", "km", "m", "dm", "cm", "mm", "l", "ml", "ha", "s", "min", "h", "o", "ko", "mo", "go", "to", "hz",
	"mhz", "ghz", "w", "kw", "v", "pt", "px", "°c", "euros", "francs", "dollars", "soms", "octets",
	"m²", "m³", "km²", "cm²", "km/h", "m/s", "db", "dba", "khz", "kpa", "kj", "kcal", "µg", NULL
};
static const char *const fr_multiples[] = { "mille", "million", "millions", "milliard", "milliards", NULL };
static const char *const fr_months[] = {
	"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
	"décembre", NULL
};
static const char *const fr_parts[] = {
	"chapitre", "section", "figure", "tableau", "annexe", "partie", "page", "tome", "article", "numéro", "étape",
	"version", "note", NULL
};
static const struct bind_words fr_words = {
	.abbr_any = fr_abbr_any, .abbr_name = fr_abbr_name, .abbr_number = fr_abbr_number, .titles = fr_titles,
	.units = fr_units, .multiples = fr_multiples, .months = fr_months, .parts = fr_parts
};

/* T-45: "n° 5", "XXe siècle". */
static struct bind fr_number_sign(const struct gap *g)
{
	const struct chunk *a = &g->v[g->i - 1], *b = &g->v[g->i];
	static const char *const century[] = { "siècle", "siècles", NULL };

	if (b->digits > 0 && a->to - a->from <= 5 && (a->core_mask & C_BIT(C_PERCENT) || a->last == 0xba) &&
	    rules_core_is(g, a, fr_sign))
		return (struct bind){ BIND_CLOSED, 0 };
	if (a->upper > 0 && a->letters <= 8 && a->to == a->core_to && rules_core_is(g, b, century))
		return (struct bind){ BIND_CLOSED, 0 };
	return (struct bind){ BIND_NONE, 0 };
}

/* ---- Spanish (T-47..T-51) ----------------------------------------------------------------------- */

static const char *const es_abbr_any[] = { "p", "pp", "cf", NULL };
static const char *const es_abbr_name[] = { "sr", "sra", "srta", "sres", "dr", "dra", "d", "dña", "prof", "profa", "avda", "ud", NULL };
static const char *const es_abbr_number[] = {
	"pág", "págs", "n.º", "núm", "fig", "cap", "secc", "apénd", "art", "vol", "s", "ss", "apdo", "tabla", "ed", "t", NULL
};
static const char *const es_titles[] = { "n.º", "n.ᵒ", "nº", NULL };
static const char *const es_units[] = {
	"kg", "g", "mg", "t", "km", "m", "dm", "cm", "mm", "l", "ml", "ha", "s", "min", "h", "kb", "mb", "gb", "tb", "hz", "mhz",
	"ghz", "w", "kw", "v", "pt", "px", "°c", "euros", "dólares", "pesos", "bytes", NULL
};
static const char *const es_multiples[] = { "mil", "millón", "millones", NULL };
static const char *const es_months[] = { "de", NULL }; /* "23 de noviembre" */
static const char *const es_parts[] = {
	"capítulo", "sección", "figura", "tabla", "apéndice", "anexo", "parte", "página", "tomo", "artículo", "número",
	"siglo", "versión", "nota", "paso", NULL
};
static const struct bind_words es_words = {
	.abbr_any = es_abbr_any, .abbr_name = es_abbr_name, .abbr_number = es_abbr_number, .titles = es_titles,
	.units = es_units, .multiples = es_multiples, .months = es_months, .parts = es_parts
};

/* T-50: "EE. UU.", "FF. AA.", "n.º 5". */
static struct bind es_doubled(const struct gap *g)
{
	const struct chunk *a = &g->v[g->i - 1], *b = &g->v[g->i];

	if (b->digits > 0 && a->last == 0xba && a->letters <= 2 && a->to == a->core_to)
		return (struct bind){ BIND_CLOSED, 0 };
	if (a->letters == 2 && a->upper == 2 && b->letters == 2 && b->upper == 2 && a->to == a->core_to + 1 &&
	    g->text[a->core_to] == '.' && g->text[b->core_to] == '.' && b->to > b->core_to)
		return (struct bind){ BIND_CLOSED, 0 };
	return (struct bind){ BIND_NONE, 0 };
}

/* ---- German --------------------------------------------------------------------------------------- */

static const char *const de_abbr_any[] = { "vgl", "bzw", "ca", "sog", NULL };
static const char *const de_abbr_name[] = { "dr", "prof", "hr", "fr", "st", "hrsg", NULL };
static const char *const de_abbr_number[] = {
	"s", "nr", "abb", "tab", "kap", "abschn", "anh", "bd", "art", "abs", "ziff", "anm", "aufl", "jg", NULL
};
static const char *const de_abbr_tail[] = { "a", NULL };
static const char *const de_conjunctions[] = { "u", NULL };
static const char *const de_units[] = {
	"kg", "g", "mg", "t", "km", "m", "dm", "cm", "mm", "l", "ml", "ha", "s", "min", "h", "uhr", "kb", "mb", "gb", "tb", "hz",
	"mhz", "ghz", "w", "kw", "v", "pt", "px", "°c", "euro", "franken", "dollar", "byte", NULL
};
static const char *const de_multiples[] = { "mio", "mrd", "tsd", "millionen", "milliarden", NULL };
static const char *const de_months[] = {
	"januar", "jänner", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
	"dezember", "jahrhundert", "jahrhunderts", NULL
};
static const char *const de_parts[] = {
	"kapitel", "abschnitt", "abbildung", "tabelle", "anhang", "teil", "seite", "band", "artikel", "nummer", "schritt",
	"version", "fußnote", "anmerkung", NULL
};
static const struct bind_words de_words = {
	.abbr_any = de_abbr_any, .abbr_name = de_abbr_name, .abbr_number = de_abbr_number, .abbr_tail = de_abbr_tail,
	.conjunctions = de_conjunctions, .units = de_units, .multiples = de_multiples, .months = de_months,
	.parts = de_parts
};

/* "z. B.": a small letter and a capital, each with its point (the small ones: rules_abbreviations). */
static struct bind de_two_letters(const struct gap *g)
{
	const struct chunk *a = &g->v[g->i - 1], *b = &g->v[g->i];

	if (a->chars != 1 || b->chars != 1 || a->letters != 1 || b->letters != 1 || a->upper != 0)
		return (struct bind){ BIND_NONE, 0 };
	if (a->to != a->core_to + 1 || g->text[a->core_to] != '.' || b->to == b->core_to || g->text[b->core_to] != '.')
		return (struct bind){ BIND_NONE, 0 };
	return (struct bind){ BIND_CLOSED, 0 };
}

/* ---- Greek ---------------------------------------------------------------------------------------- */

static const char *const el_abbr_any[] = { "βλ", "πρβλ", "λ.χ", "π.χ", NULL };
static const char *const el_abbr_name[] = { "κ", "κα", "κκ", "δρ", "καθ", "αγ", "οδ", "λεωφ", NULL };
static const char *const el_abbr_number[] = {
	"σ", "σσ", "σελ", "αρ", "κεφ", "εικ", "πίν", "ενότ", "παράρτ", "σημ", "σχ", "τ", "τόμ", "άρθρ", "παρ", NULL
};
static const char *const el_units[] = {
	"kg", "g", "mg", "km", "m", "cm", "mm", "l", "ml", "kb", "mb", "gb", "tb", "hz", "mhz", "ghz", "w", "v", "pt", "px", "°c",
	"χλμ", "μ", "εκ", "χιλ", "κιλά", "γρ", "ευρώ", "δολάρια", "bytes", NULL
};
static const char *const el_multiples[] = { "χιλ", "εκατ", "δισ", "χιλιάδες", "εκατομμύρια", NULL };
static const char *const el_months[] = {
	"ιανουαρίου", "φεβρουαρίου", "μαρτίου", "απριλίου", "μαΐου", "ιουνίου", "ιουλίου", "αυγούστου", "σεπτεμβρίου",
	"οκτωβρίου", "νοεμβρίου", "δεκεμβρίου", NULL
};
static const char *const el_parts[] = {
	"κεφάλαι", "ενότητα", "εικόνα", "πίνακα", "παράρτημα", "μέρος", "σελίδα", "τόμος", "άρθρο", "αριθμ", "βήμα",
	"έκδοση", "σημείωση", NULL
};
static const struct bind_words el_words = {
	.abbr_any = el_abbr_any, .abbr_name = el_abbr_name, .abbr_number = el_abbr_number, .units = el_units,
	.multiples = el_multiples, .months = el_months, .parts = el_parts
};

/* ---- the families --------------------------------------------------------------------------------- */

static const struct bind_words plain_words = { .units = en_units };

#define SHARED rules_signs, rules_dash, rules_thousands, rules_telephone, rules_initials, rules_abbreviations, rules_dates, rules_units, \
	rules_parts

static bind_rule *const plain_list[] = { rules_signs, rules_dash, rules_thousands, rules_telephone, rules_initials, rules_units, NULL };
static bind_rule *const en_list[] = { SHARED, en_month_day, NULL };
static bind_rule *const fr_list[] = { fr_number_sign, SHARED, NULL };
static bind_rule *const es_list[] = { es_doubled, SHARED, NULL };
static bind_rule *const de_list[] = { de_two_letters, SHARED, NULL };
static bind_rule *const el_list[] = { SHARED, NULL };

#define PLAIN(CODE, NAME, LEFT, RIGHT, DIC, PACKAGE) \
	{ .code = CODE, .name = NAME, .left_min = LEFT, .right_min = RIGHT, .dictionary = DIC, .package = PACKAGE, \
	  .latin = true, .rules = plain_list, .words = &plain_words }

const struct lang_rules lang_western_rules[] = {
	{ .code = "en-us", .name = "English (US)", .left_min = 2, .right_min = 3, .dictionary = "hyph_en_US.dic",
	  .package = "hyphen-en-us", .latin = true, .rules = en_list, .words = &en_words },
	{ .code = "en", .name = "English", .left_min = 3, .right_min = 3, .dictionary = "hyph_en_GB.dic",
	  .package = "hyphen-en-gb", .latin = true, .rules = en_list, .words = &en_words },
	{ .code = "fr", .name = "French", .paired_dashes = true, .left_min = 2, .right_min = 3, .dictionary = "hyph_fr.dic",
	  .package = "hyphen-fr", .latin = true, .rules = fr_list, .words = &fr_words },
	{ .code = "es", .name = "Spanish", .left_min = 2, .right_min = 3, .dictionary = "hyph_es_ES.dic",
	  .package = "hyphen-es", .latin = true, .rules = es_list, .words = &es_words },
	{ .code = "de", .name = "German", .left_min = 2, .right_min = 3, .dictionary = "hyph_de_DE.dic",
	  .package = "hyphen-de", .latin = true, .rules = de_list, .words = &de_words },
	{ .code = "el", .name = "Greek", .left_min = 2, .right_min = 3, .dictionary = "hyph_el_GR.dic",
	  .package = "hyphen-el", .rules = el_list, .words = &el_words },
	PLAIN("it", "Italian", 2, 3, "hyph_it_IT.dic", "hyphen-it"),
	PLAIN("pt-br", "Portuguese (Brazil)", 2, 3, "hyph_pt_BR.dic", "hyphen-pt-br"),
	PLAIN("pt", "Portuguese", 2, 3, "hyph_pt_PT.dic", "hyphen-pt-pt"),
	PLAIN("nl", "Dutch", 2, 3, "hyph_nl_NL.dic", "hyphen-nl"),
	PLAIN("sv", "Swedish", 2, 3, "hyph_sv.dic", "hyphen-sv"),
	PLAIN("da", "Danish", 2, 3, "hyph_da_DK.dic", "hyphen-da"),
	PLAIN("no", "Norwegian", 2, 3, "hyph_no_NO.dic", "hyphen-no"),
	PLAIN("nb", "Norwegian", 2, 3, "hyph_no_NO.dic", "hyphen-no"),
	PLAIN("hu", "Hungarian", 2, 3, "hyph_hu_HU.dic", "hyphen-hu"),
	PLAIN("ro", "Romanian", 2, 3, "hyph_ro_RO.dic", "hyphen-ro"),
	PLAIN("hr", "Croatian", 2, 3, "hyph_hr_HR.dic", "hyphen-hr"),
	PLAIN("sl", "Slovene", 2, 3, "hyph_sl_SI.dic", "hyphen-sl"),
	PLAIN("lt", "Lithuanian", 2, 3, "hyph_lt.dic", "hyphen-lt"),
	PLAIN("lv", "Latvian", 2, 3, "hyph_lv_LV.dic", "hyphen-lv"),
	PLAIN("ca", "Catalan", 2, 3, "hyph_ca.dic", "hyphen-ca"),
	PLAIN("gl", "Galician", 2, 3, "hyph_gl.dic", "hyphen-gl"),
	{ .code = NULL }
};
