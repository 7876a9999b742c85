/* Chinese, Japanese, Korean, Thai; Arabic, Persian, Hebrew, Urdu. Their break places come from ICU, their
 * bindings are the ones of numbers and signs; none is hyphenated (T-57, T-61). Last: what we know nothing of. */
#include "lang/rules.h"

static const char *const latin_units[] = {
	"kg", "g", "mg", "t", "km", "m", "cm", "mm", "l", "ml", "ha", "kb", "mb", "gb", "tb", "hz", "mhz", "ghz", "w", "kw", "v",
	"pt", "px", "°c", NULL
};
static const struct bind_words words = { .units = latin_units };
/* With the article, and behind "and", "in", "to" */
static const char *const ar_parts[] = {
	"الشكل", "والشكل", "بالشكل", "للشكل", "الجدول", "والجدول", "بالجدول", "للجدول", "جدول", "الفصل", "والفصل", "القسم", "والقسم",
	"الجزء", "الملحق", "الصفحة", "صفحة", "المادة", "الحاشية", "رقم", "سنة", "عام", "ص", NULL
};

/* T-27 */
static struct bind arabic_parts(const struct gap *g)
{
	uint32_t c = g->v[g->i].first;
	bool figure = (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9);

	return figure && rules_core_is(g, &g->v[g->i - 1], ar_parts) ? (struct bind){ BIND_HARD, PRICE_ONE_LETTER }
	                                                              : (struct bind){ BIND_NONE, 0 };
}

static const struct bind_words no_words = { .units = NULL };

static bind_rule *const list[] = { rules_signs, rules_thousands, rules_telephone, rules_initials, rules_units, NULL };
static bind_rule *const list_dash[] = { rules_signs, rules_dash, rules_thousands, rules_telephone, rules_initials, rules_units, NULL };
static bind_rule *const list_arabic[] = { rules_signs, rules_dash, rules_thousands, rules_telephone, rules_initials, rules_units,
	                                  arabic_parts, NULL };
static bind_rule *const list_plain[] = { rules_signs, rules_thousands, rules_telephone, NULL };

const struct lang_rules lang_eastern_rules[] = {
	{ .code = "zh", .name = "Chinese", .han = true, .latin = true, .rules = list, .words = &words },
	{ .code = "ja", .name = "Japanese", .han = true, .latin = true, .rules = list, .words = &words },
	{ .code = "ko", .name = "Korean", .latin = true, .rules = list, .words = &words },
	{ .code = "th", .name = "Thai", .latin = true, .rules = list, .words = &words },
	{ .code = "ar", .name = "Arabic", .rtl = true, .latin = true, .rules = list_arabic, .words = &words },
	{ .code = "fa", .name = "Persian", .rtl = true, .latin = true, .rules = list_dash, .words = &words },
	{ .code = "ur", .name = "Urdu", .rtl = true, .latin = true, .rules = list_dash, .words = &words },
	{ .code = "he", .name = "Hebrew", .rtl = true, .latin = true, .rules = list_dash, .words = &words },
	{ .code = "und", .name = "unknown", .latin = true, .left_min = 2, .right_min = 3, .rules = list_plain,
	  .words = &no_words },
	{ .code = NULL }
};
