/* Words of the interface in Japanese. */
#include "lang/rules.h"

const char *const strings_ja[W_COUNT] = {
	[W_FIGURE] = "図", [W_TABLE] = "表", [W_CHAPTER] = "章", [W_SECTION] = "節", [W_APPENDIX] = "付録",
	[W_PART] = "部", [W_NOTE] = "注", [W_PAGE] = "ページ", [W_FIGURE_REF] = "図", [W_TABLE_REF] = "表",
	[W_CHAPTER_REF] = "章", [W_SECTION_REF] = "節", [W_APPENDIX_REF] = "付録", [W_PART_REF] = "部",
	[W_NOTE_REF] = "注", [W_PAGE_REF] = "ページ", [W_CONTENTS] = "目次", [W_IN_THIS_PAPER] = "この文書の内容",
	[W_COVER] = "表紙", [W_TITLE_PAGE] = "扉", [W_START] = "本文の始まり", [W_NOTES] = "注",
	[W_BACK_TO_TEXT] = "本文に戻る、注", [W_PAGE_LIST] = "印刷版のページ", [W_LANDMARKS] = "目印",
	[W_PULLQUOTE] = "抜き書き", [W_SIDEBAR] = "囲み記事", [W_CONTINUED] = "続き", [W_ADM_NOTE] = "注記",
	[W_ADM_TIP] = "ヒント", [W_ADM_IMPORTANT] = "重要", [W_ADM_WARNING] = "警告", [W_ADM_CAUTION] = "注意",
	[W_ADM_DANGER] = "危険", [W_SOURCE] = "出典", [W_BY] = "文：", [W_NUMBER_SIGN] = "第",
	[W_ABOVE] = "上", [W_BELOW] = "下",
	[W_ACCESS_MARKUP] = "見出し、箇条書き、表、注は、その意味に従って印が付いています。",
	[W_ACCESS_PICTURES] = "図は言葉で説明されています。",
	[W_ACCESS_PAGES] = "印刷版のページは本文の中に示され、一覧になっています。"
};
