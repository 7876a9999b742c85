/* Words of the interface in Persian, Hebrew and Urdu; Arabic has its own in strings.c. */
#include "lang/rules.h"

const char *const strings_fa[W_COUNT] = {
	[W_FIGURE] = "شکل", [W_TABLE] = "جدول", [W_CHAPTER] = "فصل", [W_SECTION] = "بخش", [W_APPENDIX] = "پیوست",
	[W_PART] = "قسمت", [W_NOTE] = "یادداشت", [W_PAGE] = "صفحه", [W_FIGURE_REF] = "شکل", [W_TABLE_REF] = "جدول",
	[W_CHAPTER_REF] = "فصل", [W_SECTION_REF] = "بخش", [W_APPENDIX_REF] = "پیوست", [W_PART_REF] = "قسمت",
	[W_NOTE_REF] = "یادداشت", [W_PAGE_REF] = "ص", [W_CONTENTS] = "فهرست مطالب", [W_IN_THIS_PAPER] = "در این نوشته",
	[W_COVER] = "جلد", [W_TITLE_PAGE] = "صفحهٔ عنوان", [W_START] = "آغاز متن", [W_NOTES] = "یادداشت‌ها",
	[W_BACK_TO_TEXT] = "بازگشت به متن، یادداشت", [W_PAGE_LIST] = "صفحه‌های نسخهٔ چاپی", [W_LANDMARKS] = "نشانه‌ها",
	[W_PULLQUOTE] = "نقل‌قول برجسته", [W_SIDEBAR] = "کادر", [W_CONTINUED] = "ادامه", [W_ADM_NOTE] = "یادداشت",
	[W_ADM_TIP] = "نکته", [W_ADM_IMPORTANT] = "مهم", [W_ADM_WARNING] = "هشدار", [W_ADM_CAUTION] = "احتیاط",
	[W_ADM_DANGER] = "خطر", [W_SOURCE] = "منبع", [W_BY] = "متن:", [W_NUMBER_SIGN] = "شمارهٔ",
	[W_ABOVE] = "بالا", [W_BELOW] = "پایین",
	[W_ACCESS_MARKUP] = "عنوان‌ها، فهرست‌ها، جدول‌ها و یادداشت‌ها بر پایهٔ معنایشان نشانه‌گذاری شده‌اند.",
	[W_ACCESS_PICTURES] = "تصویرها با واژه‌ها توصیف شده‌اند.",
	[W_ACCESS_PAGES] = "صفحه‌های نسخهٔ چاپی در متن نشانه‌گذاری و فهرست شده‌اند."
};

const char *const strings_he[W_COUNT] = {
	[W_FIGURE] = "איור", [W_TABLE] = "טבלה", [W_CHAPTER] = "פרק", [W_SECTION] = "סעיף", [W_APPENDIX] = "נספח",
	[W_PART] = "חלק", [W_NOTE] = "הערה", [W_PAGE] = "עמוד", [W_FIGURE_REF] = "איור", [W_TABLE_REF] = "טבלה",
	[W_CHAPTER_REF] = "פרק", [W_SECTION_REF] = "סעיף", [W_APPENDIX_REF] = "נספח", [W_PART_REF] = "חלק",
	[W_NOTE_REF] = "הערה", [W_PAGE_REF] = "עמ׳", [W_CONTENTS] = "תוכן העניינים", [W_IN_THIS_PAPER] = "בנייר זה",
	[W_COVER] = "כריכה", [W_TITLE_PAGE] = "שער", [W_START] = "תחילת הטקסט", [W_NOTES] = "הערות",
	[W_BACK_TO_TEXT] = "חזרה לטקסט, הערה", [W_PAGE_LIST] = "עמודי המהדורה המודפסת", [W_LANDMARKS] = "ציוני דרך",
	[W_PULLQUOTE] = "ציטוט מובלט", [W_SIDEBAR] = "מסגרת", [W_CONTINUED] = "המשך", [W_ADM_NOTE] = "הערה",
	[W_ADM_TIP] = "עצה", [W_ADM_IMPORTANT] = "חשוב", [W_ADM_WARNING] = "אזהרה", [W_ADM_CAUTION] = "זהירות",
	[W_ADM_DANGER] = "סכנה", [W_SOURCE] = "מקור", [W_BY] = "טקסט:", [W_NUMBER_SIGN] = "מס׳",
	[W_ABOVE] = "לעיל", [W_BELOW] = "להלן",
	[W_ACCESS_MARKUP] = "כותרות, רשימות, טבלאות והערות מסומנות לפי משמעותן.",
	[W_ACCESS_PICTURES] = "התמונות מתוארות במילים.",
	[W_ACCESS_PAGES] = "עמודי המהדורה המודפסת מסומנים בטקסט ומרוכזים ברשימה."
};

const char *const strings_ur[W_COUNT] = {
	[W_FIGURE] = "شکل", [W_TABLE] = "جدول", [W_CHAPTER] = "باب", [W_SECTION] = "فصل", [W_APPENDIX] = "ضمیمہ",
	[W_PART] = "حصہ", [W_NOTE] = "نوٹ", [W_PAGE] = "صفحہ", [W_FIGURE_REF] = "شکل", [W_TABLE_REF] = "جدول",
	[W_CHAPTER_REF] = "باب", [W_SECTION_REF] = "فصل", [W_APPENDIX_REF] = "ضمیمہ", [W_PART_REF] = "حصہ",
	[W_NOTE_REF] = "حاشیہ", [W_PAGE_REF] = "ص", [W_CONTENTS] = "فہرست", [W_IN_THIS_PAPER] = "اس پرچے میں",
	[W_COVER] = "سرورق", [W_TITLE_PAGE] = "صفحۂ عنوان", [W_START] = "متن کا آغاز", [W_NOTES] = "حواشی",
	[W_BACK_TO_TEXT] = "متن کی طرف واپسی، حاشیہ", [W_PAGE_LIST] = "مطبوعہ نسخے کے صفحات", [W_LANDMARKS] = "نشانات",
	[W_PULLQUOTE] = "نمایاں اقتباس", [W_SIDEBAR] = "خانہ", [W_CONTINUED] = "جاری", [W_ADM_NOTE] = "نوٹ",
	[W_ADM_TIP] = "مشورہ", [W_ADM_IMPORTANT] = "اہم", [W_ADM_WARNING] = "انتباہ", [W_ADM_CAUTION] = "احتیاط",
	[W_ADM_DANGER] = "خطرہ", [W_SOURCE] = "ماخذ", [W_BY] = "تحریر:", [W_NUMBER_SIGN] = "نمبر",
	[W_ABOVE] = "اوپر", [W_BELOW] = "نیچے",
	[W_ACCESS_MARKUP] = "عنوانات، فہرستیں، جدول اور حواشی اپنے معنی کے مطابق نشان زد ہیں۔",
	[W_ACCESS_PICTURES] = "تصویریں لفظوں میں بیان کی گئی ہیں۔",
	[W_ACCESS_PAGES] = "مطبوعہ نسخے کے صفحات متن میں نشان زد اور ایک فہرست میں جمع ہیں۔"
};
