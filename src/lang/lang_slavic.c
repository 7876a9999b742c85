/* Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Polish, Czech, Slovak; and Kyrgyz and Kazakh, which take
 * their rules for numbers and abbreviations from Russian. */
#include "lang/rules.h"

/* ---- Russian (T-21..T-27) --------------------------------------------------------------------- */

static const uint16_t ru_one[] = { 0x430, 0x432, 0x438, 0x43a, 0x43e, 0x441, 0x443, 0 }; /* а в и к о с у */
static const char *const ru_two[] = {
	"во", "до", "за", "из", "ко", "на", "не", "ни", "но", "об", "от", "по", "со", NULL
};
static const char *const ru_particles[] = { "ли", "же", "бы", "б", "ж", "ль", NULL };
static const char *const ru_abbr_any[] = { "см", "ср", "напр", NULL };
static const char *const ru_abbr_name[] = {
	"г", "ул", "им", "пл", "пер", "просп", "наб", "обл", "пос", "с", "д", "о", "оз", "р", "акад", "проф", "доц", "св",
	"тов", "гр", "ред", NULL
};
static const char *const ru_abbr_number[] = {
	"с", "стр", "рис", "табл", "ст", "п", "пп", "подп", "гл", "разд", "ч", "т", "тт", "кн", "вып", "д", "кв", "корп",
	"стр", "илл", "ил", "прим", "прил", "сх", "тел", "цит", "ок", "каб", "ауд", "лит", "изд", "ед", "N", NULL
};
static const char *const ru_titles[] = { "г-н", "г-жа", "г‑н", "г‑жа", "д-р", "д‑р", NULL };
static const char *const ru_abbr_after[] = { "г", "гг", "в", "вв", "стр", "с", "л", "экз", "тыс", "руб", "коп", "чел", NULL };
static const char *const ru_abbr_tail[] = { "др", "пр", "т", "п", NULL };
static const char *const ru_conjunctions[] = { "и", NULL };
static const char *const ru_units[] = {
	"кг", "г", "мг", "т", "км", "м", "дм", "см", "мм", "мкм", "нм", "л", "мл", "га", "с", "сек", "мин", "ч", "мс", "руб",
	"коп", "долл", "евро", "сом", "сома", "сомов", "тенге", "тг", "грн", "чел", "экз", "шт", "ед", "квт", "вт", "мвт", "в", "а",
	"гц", "мгц", "ггц", "кб", "мб", "гб", "тб", "бит", "байт", "байта", "пт", "пк", "па", "кпа", "дж", "н", "ом", "град",
	"кв", "куб", "м²", "м³", "км²", "см²", "см³", "км/ч", "м/с", "дб", "дба", "кгц", "мпа", "гпа", "кдж", "мдж", "ккал", "кал",
	"гвт", "ма", "мв", "ква", "лк", "лм", "кд", "мкг", "мм²", "мкс", "нс", "сут", "мес", "атм", "бар", "°c", "°с", "px", "pt",
	"mm", "cm", "mb", "gb", "kb", "кбайт", "мбайт", "гбайт", "dpi", NULL
};
static const char *const ru_multiples[] = { "тыс", "млн", "млрд", "трлн", NULL };
static const char *const ru_months[] = {
	"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
	NULL
};
static const char *const ru_years[] = {
	"год", "года", "году", "годом", "годе", "годы", "годов", "годах", "годам", "век", "века", "веке", "веков", NULL
};
static const char *const ru_parts[] = {
	"глав", "раздел", "част", "том", "пункт", "подпункт", "стать", "рисун", "таблиц", "приложени", "страниц", "параграф",
	"номер", "№", "сноск", "примечани", "шаг", "урок", "верси", NULL
};
static const char *const ru_tails[] = { "таки", NULL };
static const struct bind_words ru_words = {
	.one_letter = ru_one, .two_letter = ru_two, .particles = ru_particles, .abbr_any = ru_abbr_any,
	.abbr_name = ru_abbr_name, .abbr_number = ru_abbr_number, .titles = ru_titles, .abbr_after = ru_abbr_after,
	.abbr_tail = ru_abbr_tail, .conjunctions = ru_conjunctions, .units = ru_units, .multiples = ru_multiples,
	.months = ru_months, .years = ru_years, .parts = ru_parts, .tails = ru_tails, .number_noun = true
};

/* ---- Ukrainian (T-58) ------------------------------------------------------------------------- */

static const uint16_t uk_one[] = { 0x430, 0x432, 0x437, 0x456, 0x439, 0x43e, 0x443, 0 }; /* а в з і й о у */
static const char *const uk_two[] = {
	"та", "на", "до", "не", "за", "із", "зі", "зо", "ні", "по", "об", "що", "як", "бо", "чи", "це", NULL
};
static const char *const uk_particles[] = { "ж", "же", "би", "б", NULL };
static const char *const uk_abbr_any[] = { "див", "пор", "напр", NULL };
static const char *const uk_abbr_name[] = {
	"м", "вул", "ім", "пл", "пров", "просп", "обл", "с", "смт", "о", "оз", "р", "акад", "проф", "доц", "св", "ред", NULL
};
static const char *const uk_abbr_number[] = {
	"с", "стор", "рис", "мал", "табл", "ст", "п", "пп", "гл", "розд", "ч", "т", "кн", "вип", "буд", "кв", "прим", "дод", NULL
};
static const char *const uk_titles[] = { "п", "д-р", "д‑р", NULL };
static const char *const uk_abbr_after[] = { "р", "рр", "ст", "с", "прим", "тис", "грн", "коп", "ос", NULL };
static const char *const uk_abbr_tail[] = { "ін", "др", "т", "под", NULL };
static const char *const uk_conjunctions[] = { "і", "й", "та", NULL };
static const char *const uk_units[] = {
	"кг", "г", "мг", "т", "км", "м", "дм", "см", "мм", "л", "мл", "га", "с", "сек", "хв", "год", "грн", "коп", "дол", "євро",
	"сом", "осіб", "ос", "шт", "квт", "вт", "в", "а", "гц", "мгц", "ггц", "кб", "мб", "гб", "тб", "біт", "байт", "байтів",
	"пт", "м²", "м³", "км²", "см²", "см³", "км/год", "м/с", "дб", "дба", "кгц", "кпа", "мпа", "гпа", "дж", "кдж",
	"ккал", "ма", "мв", "мкг", "°c", "°с", "px", "pt", "mm", "cm", "dpi", NULL
};
static const char *const uk_multiples[] = { "тис", "млн", "млрд", "трлн", NULL };
static const char *const uk_months[] = {
	"січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада",
	"грудня", NULL
};
static const char *const uk_years[] = {
	"рік", "року", "році", "роком", "роки", "років", "роках", "рокам", "століття", "столітті", "століть", NULL
};
static const char *const uk_parts[] = {
	"глав", "розділ", "част", "том", "пункт", "стат", "рисун", "таблиц", "додат", "сторін", "параграф", "номер",
	"приміт", "крок", "версі", NULL
};
static const char *const uk_tails[] = { "таки", NULL };
static const struct bind_words uk_words = {
	.one_letter = uk_one, .two_letter = uk_two, .particles = uk_particles, .abbr_any = uk_abbr_any,
	.abbr_name = uk_abbr_name, .abbr_number = uk_abbr_number, .titles = uk_titles, .abbr_after = uk_abbr_after,
	.abbr_tail = uk_abbr_tail, .conjunctions = uk_conjunctions, .units = uk_units, .multiples = uk_multiples,
	.months = uk_months, .years = uk_years, .parts = uk_parts, .tails = uk_tails, .number_noun = true
};

/* ---- Belarusian, Bulgarian, Serbian: their small words and months ------------------------------- */

static const uint16_t be_one[] = { 0x430, 0x443, 0x45e, 0x437, 0x456, 0x439, 0 }; /* а у ў з і й */
static const char *const be_two[] = { "на", "да", "не", "за", "са", "ад", "па", "аб", "ня", "ды", NULL };
static const char *const be_particles[] = { "ж", "бы", "б", "жа", NULL };
static const char *const be_abbr_number[] = { "с", "стар", "мал", "табл", "арт", "п", "гл", "ч", "т", "кн", NULL };
static const char *const be_abbr_after[] = { "г", "гг", "ст", "стст", "с", NULL };
static const char *const be_abbr_tail[] = { "інш", "г", "д", NULL };
static const char *const be_conjunctions[] = { "і", NULL };
static const char *const be_months[] = {
	"студзеня", "лютага", "сакавіка", "красавіка", "мая", "чэрвеня", "ліпеня", "жніўня", "верасня", "кастрычніка",
	"лістапада", "снежня", NULL
};
static const char *const be_years[] = { "год", "года", "годзе", "гадоў", "гады", NULL };
static const struct bind_words be_words = {
	.one_letter = be_one, .two_letter = be_two, .particles = be_particles, .abbr_number = be_abbr_number,
	.abbr_after = be_abbr_after, .abbr_tail = be_abbr_tail, .conjunctions = be_conjunctions, .units = ru_units,
	.multiples = ru_multiples, .months = be_months, .years = be_years, .number_noun = true
};

static const uint16_t bg_one[] = { 0x430, 0x432, 0x438, 0x43e, 0x441, 0x443, 0 }; /* а в и о с у */
static const char *const bg_two[] = { "на", "не", "за", "до", "от", "по", "да", "се", "ще", "си", "ни", NULL };
static const char *const bg_abbr_number[] = { "с", "стр", "фиг", "табл", "чл", "ал", "т", "гл", "ч", NULL };
static const char *const bg_abbr_after[] = { "г", "в", "лв", "ст", NULL };
static const char *const bg_months[] = {
	"януари", "февруари", "март", "април", "май", "юни", "юли", "август", "септември", "октомври", "ноември",
	"декември", NULL
};
static const struct bind_words bg_words = {
	.one_letter = bg_one, .two_letter = bg_two, .abbr_number = bg_abbr_number, .abbr_after = bg_abbr_after,
	.units = ru_units, .multiples = ru_multiples, .months = bg_months, .number_noun = true
};

static const uint16_t sr_one[] = { 0x430, 0x438, 0x43a, 0x43e, 0x441, 0x443, 'a', 'i', 'k', 'o', 's', 'u', 0 };
static const char *const sr_abbr_number[] = { "стр", "бр", "сл", "таб", "чл", "ст", "str", "br", "sl", "tab", "čl", NULL };
static const char *const sr_abbr_after[] = { "г", "год", "в", "g", "god", NULL };
static const struct bind_words sr_words = {
	.one_letter = sr_one, .abbr_number = sr_abbr_number, .abbr_after = sr_abbr_after, .units = ru_units,
	.number_noun = true
};

/* ---- Polish, Czech, Slovak: no one-letter word ends a line there either ------------------------- */

static const uint16_t pl_one[] = { 'a', 'i', 'o', 'u', 'w', 'z', 0 };
static const char *const pl_two[] = { "do", "na", "od", "po", "za", "ze", "we", "ku", "ni", NULL };
static const char *const pl_abbr_any[] = { "np", "tzw", "tj", "por", "zob", NULL };
static const char *const pl_abbr_name[] = { "ul", "al", "pl", "prof", "im", "św", "ks", "inż", "red", "hab", NULL };
static const char *const pl_abbr_number[] = {
	"s", "str", "rys", "tab", "zał", "cz", "przyp", "podrozdz", "art", "ust", "pkt", "poz", "t", "rozdz", "ok", "tel", NULL
};
static const char *const pl_titles[] = { "dr", "mgr", "nr", NULL };
static const char *const pl_abbr_after[] = { "r", "w", "ww", "s", "godz", NULL };
static const char *const pl_units[] = {
	"kg", "g", "mg", "t", "km", "m", "dm", "cm", "mm", "l", "ml", "ha", "s", "min", "h", "zł", "gr", "euro", "kw", "w",
	"v", "hz", "kb", "mb", "gb", "tb", "pt", "px", "°c", "osób", "szt", NULL
};
static const char *const pl_multiples[] = { "tys", "mln", "mld", NULL };
static const char *const pl_months[] = {
	"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października",
	"listopada", "grudnia", NULL
};
static const char *const pl_years[] = { "rok", "roku", "rokiem", "lat", "lata", "latach", NULL };
static const char *const pl_parts[] = {
	"rozdział", "częś", "tom", "punkt", "artykuł", "rysun", "tabel", "załącznik", "stron", "paragraf", "numer", "nr",
	"wersj", NULL
};
static const struct bind_words pl_words = {
	.one_letter = pl_one, .two_letter = pl_two, .abbr_any = pl_abbr_any, .abbr_name = pl_abbr_name,
	.abbr_number = pl_abbr_number, .titles = pl_titles, .abbr_after = pl_abbr_after, .units = pl_units,
	.multiples = pl_multiples, .months = pl_months, .years = pl_years, .parts = pl_parts, .number_noun = true
};

static const uint16_t cs_one[] = { 'a', 'i', 'k', 'o', 's', 'u', 'v', 'z', 0 };
static const char *const cs_abbr_name[] = { "ul", "nám", "prof", "ing", "mgr", "sv", "dr", NULL };
static const char *const cs_abbr_number[] = { "s", "str", "obr", "tab", "č", "čl", "odst", "kap", "roč", "cca", NULL };
static const char *const cs_parts[] = { "kapitol", "část", "obráz", "tabulk", "příloh", "stran", "článek", "článk", "číslo", NULL };
static const struct bind_words cs_words = {
	.one_letter = cs_one, .abbr_name = cs_abbr_name, .abbr_number = cs_abbr_number, .units = pl_units,
	.multiples = pl_multiples, .parts = cs_parts, .number_noun = true
};

/* ---- Kyrgyz, Kazakh ----------------------------------------------------------------------------- */

static const char *const ky_abbr_number[] = { "б", "бб", "табл", "сүр", "к", "т", "ст", "п", NULL };
static const char *const ky_abbr_after[] = { "ж", "жж", "к", "кк", "б", NULL };
static const char *const ky_years[] = {
	"жыл", "жылы", "жылдын", "жылга", "жылдан", "жылдары", "кылым", "кылымдын", "жылдың", "жылға", "ғасыр", NULL
};
static const char *const ky_months[] = {
	"январь", "январда", "февраль", "февралда", "март", "мартта", "апрель", "апрелде", "май", "майда", "июнь", "июнда",
	"июль", "июлда", "август", "августта", "сентябрь", "сентябрда", "октябрь", "октябрда", "ноябрь", "ноябрда",
	"декабрь", "декабрда", NULL
};
static const char *const kk_months[] = {
	"қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан",
	NULL
};
static const struct bind_words ky_words = {
	.abbr_number = ky_abbr_number, .abbr_after = ky_abbr_after, .units = ru_units, .multiples = ru_multiples,
	.months = ky_months, .years = ky_years, .number_noun = true
};
static const struct bind_words kk_words = {
	.abbr_number = ky_abbr_number, .abbr_after = ky_abbr_after, .units = ru_units, .multiples = ru_multiples,
	.months = kk_months, .years = ky_years, .number_noun = true
};

/* ---- hyphenation: what no pattern may do (T-32, T-58) ------------------------------------------- */

static bool cyrillic_judge(const uint32_t *word, size_t n, size_t at)
{
	uint32_t next = word[at];

	(void)n;
	return next != 0x44a && next != 0x44c && next != 0x439 && next != '\''; /* ъ ь й */
}

static bool uk_judge(const uint32_t *word, size_t n, size_t at)
{
	bool affricate = word[at - 1] == 0x434 && (word[at] == 0x436 || word[at] == 0x437); /* дж, дз */

	return !affricate && cyrillic_judge(word, n, at);
}

static bind_rule *const slavic_list[] = {
	rules_signs, rules_dash, rules_thousands, rules_telephone, rules_initials, rules_abbreviations, rules_dates, rules_units,
	rules_one_letter, rules_particles, rules_parts, rules_two_letter, rules_number_noun, NULL
};

const struct lang_rules lang_slavic_rules[] = {
	{ .code = "ru", .name = "Russian", .left_min = 2, .right_min = 3, .dictionary = "hyph_ru_RU.dic",
	  .package = "hyphen-ru", .raw_patterns = true, .judge = cyrillic_judge, .rules = slavic_list, .words = &ru_words },
	{ .code = "uk", .name = "Ukrainian", .left_min = 2, .right_min = 3, .dictionary = "hyph_uk_UA.dic",
	  .package = "hyphen-uk", .raw_patterns = true, .judge = uk_judge, .rules = slavic_list, .words = &uk_words },
	{ .code = "be", .name = "Belarusian", .left_min = 2, .right_min = 3, .dictionary = "hyph_be_BY.dic",
	  .package = "hyphen-be", .judge = cyrillic_judge, .rules = slavic_list, .words = &be_words },
	{ .code = "bg", .name = "Bulgarian", .left_min = 2, .right_min = 3, .dictionary = "hyph_bg_BG.dic",
	  .package = "hyphen-bg", .judge = cyrillic_judge, .rules = slavic_list, .words = &bg_words },
	{ .code = "sr", .name = "Serbian", .left_min = 2, .right_min = 2, .dictionary = "hyph_sr.dic",
	  .package = "hyphen-sr", .rules = slavic_list, .words = &sr_words },
	{ .code = "pl", .name = "Polish", .left_min = 2, .right_min = 3, .dictionary = "hyph_pl_PL.dic",
	  .package = "hyphen-pl", .latin = true, .rules = slavic_list, .words = &pl_words },
	{ .code = "cs", .name = "Czech", .left_min = 2, .right_min = 3, .dictionary = "hyph_cs_CZ.dic",
	  .package = "hyphen-cs", .raw_patterns = true, .latin = true, .rules = slavic_list, .words = &cs_words },
	{ .code = "sk", .name = "Slovak", .left_min = 2, .right_min = 3, .dictionary = "hyph_sk_SK.dic",
	  .package = "hyphen-sk", .raw_patterns = true, .latin = true, .rules = slavic_list, .words = &cs_words },
	/* T-59: no patterns exist for Kyrgyz, and Kazakh ones are useless on it. */
	{ .code = "ky", .name = "Kyrgyz", .left_min = 2, .right_min = 3, .rules = slavic_list, .words = &ky_words },
	{ .code = "kk", .name = "Kazakh", .left_min = 2, .right_min = 3, .rules = slavic_list, .words = &kk_words },
	{ .code = NULL }
};
