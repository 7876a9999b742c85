/* Words of the interface and quotation marks, by language. Quotation marks: T-08, T-36, T-43, T-47, T-56,
 * T-58, T-60; CLDR (through ICU) for languages not in the table. */
#include <string.h>

#include <unicode/ulocdata.h>
#include <unicode/ustring.h>

#include "lang/rules.h"

static const char *const words_en[W_COUNT] = {
	[W_FIGURE] = "Figure", [W_TABLE] = "Table", [W_CHAPTER] = "Chapter", [W_SECTION] = "Section",
	[W_APPENDIX] = "Appendix", [W_PART] = "Part", [W_NOTE] = "Note", [W_PAGE] = "Page",
	[W_FIGURE_REF] = "fig.", [W_TABLE_REF] = "table", [W_CHAPTER_REF] = "chapter", [W_SECTION_REF] = "section",
	[W_APPENDIX_REF] = "appendix", [W_PART_REF] = "part", [W_NOTE_REF] = "note", [W_PAGE_REF] = "p.",
	[W_CONTENTS] = "Contents", [W_IN_THIS_PAPER] = "In this paper", [W_COVER] = "Cover",
	[W_TITLE_PAGE] = "Title page", [W_START] = "Start of the text", [W_NOTES] = "Notes",
	[W_BACK_TO_TEXT] = "Back to the text, note", [W_PAGE_LIST] = "Pages of the printed edition",
	[W_LANDMARKS] = "Landmarks", [W_PULLQUOTE] = "Pull quote", [W_SIDEBAR] = "Box", [W_CONTINUED] = "continued",
	[W_ADM_NOTE] = "Note", [W_ADM_TIP] = "Tip", [W_ADM_IMPORTANT] = "Important", [W_ADM_WARNING] = "Warning",
	[W_ADM_CAUTION] = "Caution", [W_ADM_DANGER] = "Danger", [W_SOURCE] = "Source", [W_BY] = "text by",
	[W_NUMBER_SIGN] = "No.",
	[W_ABOVE] = "above", [W_BELOW] = "below",
	[W_ACCESS_MARKUP] = "Headings, lists, tables and notes are marked up as what they are.",
	[W_ACCESS_PICTURES] = "Pictures are described in words.",
	[W_ACCESS_PAGES] = "The pages of the printed edition are marked in the text and listed."
};

static const char *const words_ru[W_COUNT] = {
	[W_FIGURE] = "Рисунок", [W_TABLE] = "Таблица", [W_CHAPTER] = "Глава", [W_SECTION] = "Раздел",
	[W_APPENDIX] = "Приложение", [W_PART] = "Часть", [W_NOTE] = "Примечание", [W_PAGE] = "Страница",
	[W_FIGURE_REF] = "рис.", [W_TABLE_REF] = "табл.", [W_CHAPTER_REF] = "гл.", [W_SECTION_REF] = "разд.",
	[W_APPENDIX_REF] = "прил.", [W_PART_REF] = "ч.", [W_NOTE_REF] = "прим.", [W_PAGE_REF] = "с.",
	[W_CONTENTS] = "Содержание", [W_IN_THIS_PAPER] = "В этой статье", [W_COVER] = "Обложка",
	[W_TITLE_PAGE] = "Титульный лист", [W_START] = "Начало текста", [W_NOTES] = "Примечания",
	[W_BACK_TO_TEXT] = "Назад к тексту, примечание", [W_PAGE_LIST] = "Страницы печатного издания",
	[W_LANDMARKS] = "Ориентиры", [W_PULLQUOTE] = "Выноска", [W_SIDEBAR] = "Врезка", [W_CONTINUED] = "продолжение",
	[W_ADM_NOTE] = "Примечание", [W_ADM_TIP] = "Совет", [W_ADM_IMPORTANT] = "Важно", [W_ADM_WARNING] = "Внимание",
	[W_ADM_CAUTION] = "Осторожно", [W_ADM_DANGER] = "Опасно", [W_SOURCE] = "Источник", [W_BY] = "текст:",
	[W_NUMBER_SIGN] = "№",
	[W_ABOVE] = "выше", [W_BELOW] = "ниже",
	[W_ACCESS_MARKUP] = "Заголовки, списки, таблицы и примечания размечены по их смыслу.",
	[W_ACCESS_PICTURES] = "Рисунки описаны словами.",
	[W_ACCESS_PAGES] = "Страницы печатного издания отмечены в тексте и собраны в указатель."
};

static const char *const words_uk[W_COUNT] = {
	[W_FIGURE] = "Рисунок", [W_TABLE] = "Таблиця", [W_CHAPTER] = "Глава", [W_SECTION] = "Розділ",
	[W_APPENDIX] = "Додаток", [W_PART] = "Частина", [W_NOTE] = "Примітка", [W_PAGE] = "Сторінка",
	[W_FIGURE_REF] = "рис.", [W_TABLE_REF] = "табл.", [W_CHAPTER_REF] = "гл.", [W_SECTION_REF] = "розд.",
	[W_APPENDIX_REF] = "дод.", [W_PART_REF] = "ч.", [W_NOTE_REF] = "прим.", [W_PAGE_REF] = "с.",
	[W_CONTENTS] = "Зміст", [W_IN_THIS_PAPER] = "У цій статті", [W_COVER] = "Обкладинка",
	[W_TITLE_PAGE] = "Титульна сторінка", [W_START] = "Початок тексту", [W_NOTES] = "Примітки",
	[W_BACK_TO_TEXT] = "Назад до тексту, примітка", [W_PAGE_LIST] = "Сторінки друкованого видання",
	[W_LANDMARKS] = "Орієнтири", [W_PULLQUOTE] = "Виноска", [W_SIDEBAR] = "Врізка", [W_CONTINUED] = "продовження",
	[W_ADM_NOTE] = "Примітка", [W_ADM_TIP] = "Порада", [W_ADM_IMPORTANT] = "Важливо",
	[W_ADM_WARNING] = "Попередження", [W_ADM_CAUTION] = "Обережно", [W_ADM_DANGER] = "Небезпечно",
	[W_SOURCE] = "Джерело", [W_BY] = "текст:", [W_NUMBER_SIGN] = "№",
	[W_ABOVE] = "вище", [W_BELOW] = "нижче",
	[W_ACCESS_MARKUP] = "Заголовки, списки, таблиці та примітки розмічено за їхнім змістом.",
	[W_ACCESS_PICTURES] = "Рисунки описано словами.",
	[W_ACCESS_PAGES] = "Сторінки друкованого видання позначено в тексті й зібрано в покажчик."
};

static const char *const words_fr[W_COUNT] = {
	[W_FIGURE] = "Figure", [W_TABLE] = "Tableau", [W_CHAPTER] = "Chapitre", [W_SECTION] = "Section",
	[W_APPENDIX] = "Annexe", [W_PART] = "Partie", [W_NOTE] = "Note", [W_PAGE] = "Page",
	[W_FIGURE_REF] = "fig.", [W_TABLE_REF] = "tabl.", [W_CHAPTER_REF] = "chap.", [W_SECTION_REF] = "sect.",
	[W_APPENDIX_REF] = "annexe", [W_PART_REF] = "partie", [W_NOTE_REF] = "note", [W_PAGE_REF] = "p.",
	[W_CONTENTS] = "Sommaire", [W_IN_THIS_PAPER] = "Dans ce document", [W_COVER] = "Couverture",
	[W_TITLE_PAGE] = "Page de titre", [W_START] = "Début du texte", [W_NOTES] = "Notes",
	[W_BACK_TO_TEXT] = "Retour au texte, note", [W_PAGE_LIST] = "Pages de l’édition imprimée",
	[W_LANDMARKS] = "Repères", [W_PULLQUOTE] = "Citation en exergue", [W_SIDEBAR] = "Encadré", [W_CONTINUED] = "suite",
	[W_ADM_NOTE] = "Remarque", [W_ADM_TIP] = "Conseil", [W_ADM_IMPORTANT] = "Important",
	[W_ADM_WARNING] = "Avertissement", [W_ADM_CAUTION] = "Attention", [W_ADM_DANGER] = "Danger",
	[W_SOURCE] = "Source", [W_BY] = "texte de", [W_NUMBER_SIGN] = "n°",
	[W_ABOVE] = "ci-dessus", [W_BELOW] = "ci-dessous",
	[W_ACCESS_MARKUP] = "Les titres, les listes, les tableaux et les notes sont balisés selon leur nature.",
	[W_ACCESS_PICTURES] = "Les images sont décrites par des mots.",
	[W_ACCESS_PAGES] = "Les pages de l’édition imprimée sont signalées dans le texte et répertoriées."
};

static const char *const words_es[W_COUNT] = {
	[W_FIGURE] = "Figura", [W_TABLE] = "Tabla", [W_CHAPTER] = "Capítulo", [W_SECTION] = "Sección",
	[W_APPENDIX] = "Apéndice", [W_PART] = "Parte", [W_NOTE] = "Nota", [W_PAGE] = "Página",
	[W_FIGURE_REF] = "fig.", [W_TABLE_REF] = "tabla", [W_CHAPTER_REF] = "cap.", [W_SECTION_REF] = "secc.",
	[W_APPENDIX_REF] = "apéndice", [W_PART_REF] = "parte", [W_NOTE_REF] = "nota", [W_PAGE_REF] = "pág.",
	[W_CONTENTS] = "Índice", [W_IN_THIS_PAPER] = "En este documento", [W_COVER] = "Cubierta",
	[W_TITLE_PAGE] = "Portada", [W_START] = "Comienzo del texto", [W_NOTES] = "Notas",
	[W_BACK_TO_TEXT] = "Volver al texto, nota", [W_PAGE_LIST] = "Páginas de la edición impresa",
	[W_LANDMARKS] = "Puntos de referencia", [W_PULLQUOTE] = "Cita destacada", [W_SIDEBAR] = "Recuadro",
	[W_CONTINUED] = "continuación", [W_ADM_NOTE] = "Nota", [W_ADM_TIP] = "Consejo", [W_ADM_IMPORTANT] = "Importante",
	[W_ADM_WARNING] = "Advertencia", [W_ADM_CAUTION] = "Precaución", [W_ADM_DANGER] = "Peligro",
	[W_SOURCE] = "Fuente", [W_BY] = "texto de", [W_NUMBER_SIGN] = "n.º",
	[W_ABOVE] = "más arriba", [W_BELOW] = "más abajo",
	[W_ACCESS_MARKUP] = "Los títulos, las listas, las tablas y las notas están marcados como lo que son.",
	[W_ACCESS_PICTURES] = "Las imágenes se describen con palabras.",
	[W_ACCESS_PAGES] = "Las páginas de la edición impresa están señaladas en el texto y en una lista."
};

static const char *const words_de[W_COUNT] = {
	[W_FIGURE] = "Abbildung", [W_TABLE] = "Tabelle", [W_CHAPTER] = "Kapitel", [W_SECTION] = "Abschnitt",
	[W_APPENDIX] = "Anhang", [W_PART] = "Teil", [W_NOTE] = "Anmerkung", [W_PAGE] = "Seite",
	[W_FIGURE_REF] = "Abb.", [W_TABLE_REF] = "Tab.", [W_CHAPTER_REF] = "Kap.",
	[W_SECTION_REF] = "Abschn.", [W_APPENDIX_REF] = "Anhang", [W_PART_REF] = "Teil", [W_NOTE_REF] = "Anm.",
	[W_PAGE_REF] = "S.", [W_CONTENTS] = "Inhalt", [W_IN_THIS_PAPER] = "In diesem Heft", [W_COVER] = "Umschlag",
	[W_TITLE_PAGE] = "Titelseite", [W_START] = "Textbeginn", [W_NOTES] = "Anmerkungen",
	[W_BACK_TO_TEXT] = "Zurück zum Text, Anmerkung", [W_PAGE_LIST] = "Seiten der Druckausgabe",
	[W_LANDMARKS] = "Orientierungspunkte", [W_PULLQUOTE] = "Hervorgehobenes Zitat", [W_SIDEBAR] = "Kasten",
	[W_CONTINUED] = "Fortsetzung", [W_ADM_NOTE] = "Hinweis", [W_ADM_TIP] = "Tipp", [W_ADM_IMPORTANT] = "Wichtig",
	[W_ADM_WARNING] = "Warnung", [W_ADM_CAUTION] = "Vorsicht", [W_ADM_DANGER] = "Gefahr", [W_SOURCE] = "Quelle",
	[W_BY] = "Text von", [W_NUMBER_SIGN] = "Nr.",
	[W_ABOVE] = "oben", [W_BELOW] = "unten",
	[W_ACCESS_MARKUP] = "Überschriften, Listen, Tabellen und Anmerkungen sind als solche ausgezeichnet.",
	[W_ACCESS_PICTURES] = "Bilder sind in Worten beschrieben.",
	[W_ACCESS_PAGES] = "Die Seiten der Druckausgabe sind im Text markiert und in einer Liste verzeichnet."
};

static const char *const words_pl[W_COUNT] = {
	[W_FIGURE] = "Rysunek", [W_TABLE] = "Tabela", [W_CHAPTER] = "Rozdział", [W_SECTION] = "Podrozdział",
	[W_APPENDIX] = "Załącznik", [W_PART] = "Część", [W_NOTE] = "Przypis", [W_PAGE] = "Strona",
	[W_FIGURE_REF] = "rys.", [W_TABLE_REF] = "tab.", [W_CHAPTER_REF] = "rozdz.", [W_SECTION_REF] = "podrozdz.",
	[W_APPENDIX_REF] = "zał.", [W_PART_REF] = "cz.", [W_NOTE_REF] = "przyp.", [W_PAGE_REF] = "s.",
	[W_CONTENTS] = "Spis treści", [W_IN_THIS_PAPER] = "W tym numerze", [W_COVER] = "Okładka",
	[W_TITLE_PAGE] = "Strona tytułowa", [W_START] = "Początek tekstu", [W_NOTES] = "Przypisy",
	[W_BACK_TO_TEXT] = "Powrót do tekstu, przypis", [W_PAGE_LIST] = "Strony wydania drukowanego",
	[W_LANDMARKS] = "Punkty orientacyjne", [W_PULLQUOTE] = "Wyróżniony cytat", [W_SIDEBAR] = "Ramka",
	[W_CONTINUED] = "ciąg dalszy", [W_ADM_NOTE] = "Uwaga", [W_ADM_TIP] = "Wskazówka", [W_ADM_IMPORTANT] = "Ważne",
	[W_ADM_WARNING] = "Ostrzeżenie", [W_ADM_CAUTION] = "Ostrożnie", [W_ADM_DANGER] = "Niebezpieczeństwo",
	[W_SOURCE] = "Źródło", [W_BY] = "tekst:", [W_NUMBER_SIGN] = "nr",
	[W_ABOVE] = "powyżej", [W_BELOW] = "poniżej",
	[W_ACCESS_MARKUP] = "Nagłówki, listy, tabele i przypisy są oznaczone zgodnie z ich znaczeniem.",
	[W_ACCESS_PICTURES] = "Ilustracje są opisane słowami.",
	[W_ACCESS_PAGES] = "Strony wydania drukowanego są zaznaczone w tekście i zebrane w spisie."
};

static const char *const words_el[W_COUNT] = {
	[W_FIGURE] = "Εικόνα", [W_TABLE] = "Πίνακας", [W_CHAPTER] = "Κεφάλαιο", [W_SECTION] = "Ενότητα",
	[W_APPENDIX] = "Παράρτημα", [W_PART] = "Μέρος", [W_NOTE] = "Σημείωση", [W_PAGE] = "Σελίδα",
	[W_FIGURE_REF] = "εικ.", [W_TABLE_REF] = "πίν.", [W_CHAPTER_REF] = "κεφ.", [W_SECTION_REF] = "ενότ.",
	[W_APPENDIX_REF] = "παράρτ.", [W_PART_REF] = "μέρος", [W_NOTE_REF] = "σημ.", [W_PAGE_REF] = "σ.",
	[W_CONTENTS] = "Περιεχόμενα", [W_IN_THIS_PAPER] = "Σε αυτό το κείμενο", [W_COVER] = "Εξώφυλλο",
	[W_TITLE_PAGE] = "Σελίδα τίτλου", [W_START] = "Αρχή του κειμένου", [W_NOTES] = "Σημειώσεις",
	[W_BACK_TO_TEXT] = "Πίσω στο κείμενο, σημείωση", [W_PAGE_LIST] = "Σελίδες της έντυπης έκδοσης",
	[W_LANDMARKS] = "Ορόσημα", [W_PULLQUOTE] = "Απόσπασμα", [W_SIDEBAR] = "Πλαίσιο", [W_CONTINUED] = "συνέχεια",
	[W_ADM_NOTE] = "Σημείωση", [W_ADM_TIP] = "Συμβουλή", [W_ADM_IMPORTANT] = "Σημαντικό",
	[W_ADM_WARNING] = "Προειδοποίηση", [W_ADM_CAUTION] = "Προσοχή", [W_ADM_DANGER] = "Κίνδυνος",
	[W_SOURCE] = "Πηγή", [W_BY] = "κείμενο:", [W_NUMBER_SIGN] = "αρ.",
	[W_ABOVE] = "παραπάνω", [W_BELOW] = "παρακάτω",
	[W_ACCESS_MARKUP] = "Οι τίτλοι, οι λίστες, οι πίνακες και οι σημειώσεις έχουν επισημανθεί ανάλογα με το είδος τους.",
	[W_ACCESS_PICTURES] = "Οι εικόνες περιγράφονται με λόγια.",
	[W_ACCESS_PAGES] = "Οι σελίδες της έντυπης έκδοσης σημειώνονται στο κείμενο και σε κατάλογο."
};

static const char *const words_zh[W_COUNT] = {
	[W_FIGURE] = "图#", [W_TABLE] = "表#", [W_CHAPTER] = "第#章", [W_SECTION] = "第#节", [W_APPENDIX] = "附录#",
	[W_PART] = "第#部分", [W_NOTE] = "注", [W_PAGE] = "页", [W_FIGURE_REF] = "图#", [W_TABLE_REF] = "表#",
	[W_CHAPTER_REF] = "第#章", [W_SECTION_REF] = "第#节", [W_APPENDIX_REF] = "附录#", [W_PART_REF] = "第#部分",
	[W_NOTE_REF] = "注#", [W_PAGE_REF] = "第#页", [W_CONTENTS] = "目录", [W_IN_THIS_PAPER] = "本文内容", [W_COVER] = "封面",
	[W_TITLE_PAGE] = "书名页", [W_START] = "正文开始", [W_NOTES] = "注释", [W_BACK_TO_TEXT] = "返回正文，注",
	[W_PAGE_LIST] = "印刷版页码", [W_LANDMARKS] = "导航标记", [W_PULLQUOTE] = "引文", [W_SIDEBAR] = "专栏",
	[W_CONTINUED] = "续", [W_ADM_NOTE] = "注意", [W_ADM_TIP] = "提示", [W_ADM_IMPORTANT] = "重要",
	[W_ADM_WARNING] = "警告", [W_ADM_CAUTION] = "小心", [W_ADM_DANGER] = "危险", [W_SOURCE] = "来源", [W_BY] = "撰文：",
	[W_NUMBER_SIGN] = "第",
	[W_ABOVE] = "上文", [W_BELOW] = "下文",
	[W_ACCESS_MARKUP] = "标题、列表、表格和注释均按其含义标记。",
	[W_ACCESS_PICTURES] = "图片配有文字说明。",
	[W_ACCESS_PAGES] = "文中标有印刷版的页码，并附页码列表。"
};

static const char *const words_ar[W_COUNT] = {
	[W_FIGURE] = "الشكل", [W_TABLE] = "الجدول", [W_CHAPTER] = "الفصل", [W_SECTION] = "القسم", [W_APPENDIX] = "الملحق",
	[W_PART] = "الجزء", [W_NOTE] = "ملاحظة", [W_PAGE] = "الصفحة", [W_FIGURE_REF] = "الشكل", [W_TABLE_REF] = "الجدول",
	[W_CHAPTER_REF] = "الفصل", [W_SECTION_REF] = "القسم", [W_APPENDIX_REF] = "الملحق", [W_PART_REF] = "الجزء",
	[W_NOTE_REF] = "الحاشية", [W_PAGE_REF] = "ص", [W_CONTENTS] = "المحتويات", [W_IN_THIS_PAPER] = "في هذه الورقة",
	[W_COVER] = "الغلاف", [W_TITLE_PAGE] = "صفحة العنوان", [W_START] = "بداية النص", [W_NOTES] = "الحواشي",
	[W_BACK_TO_TEXT] = "العودة إلى النص، الحاشية", [W_PAGE_LIST] = "صفحات النسخة المطبوعة", [W_LANDMARKS] = "المعالم",
	[W_PULLQUOTE] = "اقتباس بارز", [W_SIDEBAR] = "إطار", [W_CONTINUED] = "تتمة", [W_ADM_NOTE] = "ملاحظة",
	[W_ADM_TIP] = "نصيحة", [W_ADM_IMPORTANT] = "مهم", [W_ADM_WARNING] = "تحذير", [W_ADM_CAUTION] = "تنبيه",
	[W_ADM_DANGER] = "خطر", [W_SOURCE] = "المصدر", [W_BY] = "النص:", [W_NUMBER_SIGN] = "رقم",
	[W_ABOVE] = "أعلاه", [W_BELOW] = "أدناه",
	[W_ACCESS_MARKUP] = "العناوين والقوائم والجداول والحواشي معلَّمة بحسب معناها.",
	[W_ACCESS_PICTURES] = "الصور موصوفة بالكلمات.",
	[W_ACCESS_PAGES] = "صفحات النسخة المطبوعة معلَّمة في النص ومجموعة في قائمة."
};

static const char *const words_ky[W_COUNT] = {
	[W_FIGURE] = "#-сүрөт", [W_TABLE] = "#-таблица", [W_CHAPTER] = "#-бап", [W_SECTION] = "Бөлүм", [W_APPENDIX] = "#-тиркеме",
	[W_PART] = "#-бөлүк", [W_NOTE] = "Эскертүү", [W_PAGE] = "Бет", [W_FIGURE_REF] = "#-сүрөт", [W_TABLE_REF] = "#-таблица",
	[W_CHAPTER_REF] = "#-бап", [W_SECTION_REF] = "#-бөлүм", [W_APPENDIX_REF] = "#-тиркеме", [W_PART_REF] = "#-бөлүк",
	[W_NOTE_REF] = "#-эскертүү", [W_PAGE_REF] = "#-бет", [W_CONTENTS] = "Мазмуну", [W_IN_THIS_PAPER] = "Бул макалада",
	[W_COVER] = "Мукаба", [W_TITLE_PAGE] = "Титулдук барак", [W_START] = "Тексттин башталышы", [W_NOTES] = "Эскертүүлөр",
	[W_BACK_TO_TEXT] = "Текстке кайтуу, эскертүү", [W_PAGE_LIST] = "Басма чыгарылыштын беттери",
	[W_LANDMARKS] = "Багыттар", [W_PULLQUOTE] = "Үзүндү", [W_SIDEBAR] = "Кошумча", [W_CONTINUED] = "уландысы",
	[W_ADM_NOTE] = "Эскертүү", [W_ADM_TIP] = "Кеңеш", [W_ADM_IMPORTANT] = "Маанилүү", [W_ADM_WARNING] = "Көңүл буруңуз",
	[W_ADM_CAUTION] = "Этият болуңуз", [W_ADM_DANGER] = "Коркунучтуу", [W_SOURCE] = "Булак", [W_BY] = "текст:",
	[W_NUMBER_SIGN] = "№",
	[W_ABOVE] = "жогоруда", [W_BELOW] = "төмөндө",
	[W_ACCESS_MARKUP] = "Аталыштар, тизмелер, таблицалар жана эскертүүлөр маанисине жараша белгиленген.",
	[W_ACCESS_PICTURES] = "Сүрөттөр сөз менен баяндалган.",
	[W_ACCESS_PAGES] = "Басма чыгарылыштын беттери текстте белгиленип, тизмеге чогултулган."
};

struct named_words {
	const char *code;
	const char *const *words;
};

/* "en-us" has the code "en": a code and then the end or a '-'. */
static bool tag_has_code(const char *tag, const char *code)
{
	size_t len = strlen(code);

	return strncmp(tag, code, len) == 0 && (tag[len] == '\0' || tag[len] == '-');
}

const char *const *strings_for(const char *tag)
{
	static const struct named_words all[] = {
		{ "ru", words_ru }, { "uk", words_uk }, { "fr", words_fr }, { "es", words_es }, { "de", words_de },
		{ "pl", words_pl }, { "el", words_el }, { "zh", words_zh }, { "ja", strings_ja }, { "ar", words_ar },
		{ "fa", strings_fa }, { "he", strings_he }, { "ur", strings_ur }, { "ky", words_ky }
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (tag_has_code(tag, all[i].code))
			return all[i].words;
	}
	return words_en;
}

/* Appendices in Cyrillic leave out the letters that may be taken for others (GOST 2.105, 4.3.8: Ё З Й О Ч Ь Ы Ъ; likewise
 * the Ukrainian and Belarusian standards, with their own letters); Kyrgyz and Kazakh papers follow the Russian. */
const char *strings_capitals(const char *tag)
{
	static const struct { const char *code, *capitals; } all[] = {
		{ "ru", "АБВГДЕЖИКЛМНПРСТУФХЦШЩЭЮЯ" }, { "ky", "АБВГДЕЖИКЛМНПРСТУФХЦШЩЭЮЯ" },
		{ "kk", "АБВГДЕЖИКЛМНПРСТУФХЦШЩЭЮЯ" }, { "uk", "АБВГДЕЖИКЛМНПРСТУФХЦШЩЮЯ" },
		{ "be", "АБВГДЕЖКЛМНПРСТУФХЦШЭЮЯ" }, { "bg", "АБВГДЕЖЗИКЛМНПРСТУФХЦЧШЩЮЯ" },
		{ "el", "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ" },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (tag_has_code(tag, all[i].code))
			return all[i].capitals;
	}
	return "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
}

/* ---- quotation marks -------------------------------------------------------------------------- */

struct named_quotes {
	const char *code;
	const char *quotes[4];
};

/* Longer codes first. French: the thin no-break spaces are part of the mark (T-43). */
static const struct named_quotes quotes_of[] = {
	{ "en-us", { "“", "”", "‘", "’" } }, { "en", { "‘", "’", "“", "”" } },
	{ "ru", { "«", "»", "„", "“" } }, { "uk", { "«", "»", "„", "“" } }, { "be", { "«", "»", "„", "“" } },
	{ "ky", { "«", "»", "„", "“" } }, { "kk", { "«", "»", "„", "“" } },
	{ "fr-ch", { "«\xe2\x80\xaf", "\xe2\x80\xaf»", "‹\xe2\x80\xaf", "\xe2\x80\xaf›" } },
	{ "fr-ca", { "«\xc2\xa0", "\xc2\xa0»", "“", "”" } },
	{ "fr", { "«\xe2\x80\xaf", "\xe2\x80\xaf»", "“", "”" } },
	{ "es-419", { "“", "”", "‘", "’" } }, { "es-mx", { "“", "”", "‘", "’" } }, { "es", { "«", "»", "“", "”" } },
	{ "de-ch", { "«", "»", "‹", "›" } }, { "de", { "„", "“", "‚", "‘" } },
	{ "pl", { "„", "”", "«", "»" } }, { "el", { "«", "»", "“", "”" } }, { "zh", { "“", "”", "‘", "’" } },
	{ "ar", { "«", "»", "”", "“" } }, { "und", { "“", "”", "‘", "’" } }
};

/* One mark from CLDR; false: CLDR has none of its own for this language. */
static bool cldr_mark(ULocaleData *data, ULocaleDataDelimiterType type, char *out, int32_t size)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar mark[16];
	int32_t n = ulocdata_getDelimiter(data, type, mark, 16, &status);

	if (U_FAILURE(status) || n <= 0 || n >= 16)
		return false;
	u_strToUTF8(out, size, NULL, mark, n, &status);
	return U_SUCCESS(status);
}

static bool cldr_quotes(const char *tag, const char *quotes[4], struct arena *a)
{
	static const ULocaleDataDelimiterType types[4] = {
		ULOCDATA_QUOTATION_START, ULOCDATA_QUOTATION_END, ULOCDATA_ALT_QUOTATION_START, ULOCDATA_ALT_QUOTATION_END
	};
	UErrorCode status = U_ZERO_ERROR;
	ULocaleData *data = ulocdata_open(tag, &status);
	bool ok = U_SUCCESS(status) && status != U_USING_DEFAULT_WARNING; /* never the machine's own locale */

	for (int i = 0; ok && i < 4; i++) {
		char mark[64];

		ok = cldr_mark(data, types[i], mark, sizeof mark);
		if (ok)
			quotes[i] = arena_strdup(a, mark);
	}
	if (data != NULL)
		ulocdata_close(data);
	return ok;
}

void strings_quotes(const char *tag, const char *quotes[4], struct arena *a)
{
	size_t n = sizeof quotes_of / sizeof *quotes_of;

	for (size_t i = 0; i < n; i++) {
		if (tag_has_code(tag, quotes_of[i].code)) {
			memcpy(quotes, quotes_of[i].quotes, sizeof quotes_of[i].quotes);
			return;
		}
	}
	if (!cldr_quotes(tag, quotes, a))
		memcpy(quotes, quotes_of[n - 1].quotes, sizeof quotes_of[n - 1].quotes);
}
