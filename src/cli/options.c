#define _POSIX_C_SOURCE 200809L
#include "cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

static const char help[] =
	"verstka - makes print PDF, screen PDF and EPUB from a DocBook 5 source\n"
	"\n"
	"usage: verstka build SOURCE.xml [-o FOLDER] [options]    write NAME.print.pdf with its NAME.job.json,\n"
	"                                                         NAME.screen.pdf, NAME.epub\n"
	"       verstka check SOURCE.xml [options]                read, lay out, report; write nothing\n"
	"       verstka pages SOURCE.xml [options]                print every page as text: each line and picture with its\n"
	"                                                         place, to see or compare (diff) what changed\n"
	"       verstka proof SOURCE.xml [-o FOLDER] [options]    write NAME.proof.pdf: spreads, and over them how each line\n"
	"                                                         came out, which rules were relaxed, where it is in the source\n"
	"       verstka preflight FILE.pdf [--pdfx=4|1a]          what a printing house would find wrong in any PDF\n"
	"       verstka preflight --ua FILE.pdf                   what keeps any PDF from being heard (PDF/UA-1, PDF/A-2a)\n"
	"       verstka i18n add SOURCE.xml LANG                  begin a translation: po/LANG.po beside the source\n"
	"       verstka i18n update SOURCE.xml                    bring po/NAME.pot and all translations up to the source\n"
	"       verstka i18n check SOURCE.xml                     what is untranslated, stale, copied, broken; write nothing\n"
	"       verstka i18n status SOURCE.xml [--json]           the same as a table of numbers, a line each language\n"
	"       verstka i18n merge SOURCE.xml LANG                the source in another language, as DocBook on standard output\n"
	"       verstka i18n compare SOURCE.xml [--json|--html FILE]  the editions side by side: on which page each section, quote,\n"
	"                                                         box, note, table and figure begins, and how far they drift\n"
	"       verstka i18n forecast SOURCE.xml [--json]         before there are translations: how many pages each edition will have,\n"
	"                                                         which pull quotes and tables will not fit\n"
	"       verstka --help | --version\n"
	"\n"
	"  -o, --output FOLDER       where the editions go (default: the current folder); made if missing\n"
	"      --only KINDS          some of print,screen,epub (default: all)\n"
	"      --no-page-list        EPUB without the page numbers of the print edition; with --only epub no pages are set then,\n"
	"                            which is most of the work (and what only the setting would tell of a document is not told)\n"
	"      --lang LANG           the translation into LANG (po/LANG.po beside the source) in the source's place, in files with\n"
	"                            LANG in their names; the source's own language is the source itself, and named as that is\n"
	"      --all-languages       the source and every translation that po/LINGUAS names\n"
	"      --align[=ID,ID...]    with --all-languages, i18n compare: these places (default: sections of the first level) begin on\n"
	"                            the same pages in all editions; else says by how many lines they cannot\n"
	"      --jobs N              with --all-languages: so many editions at a time (default: one a processor)\n"
	"      --min PERCENT         no edition if less of it is translated (exit status 3)\n"
	"      --stale KIND          text whose source has changed: source (default: the source's words, and said so), keep (the\n"
	"                            old translation; not for print), refuse (an error)\n"
	"      --allow-stale         print even what --stale keep kept, and translations that lag behind the source\n"
	"      --credit-translator   name in the EPUB whom the PO file names as its last translator\n"
	"      --theme FILE          the look; else the nearest theme.xml in the source's folder or above it,\n"
	"                            else the house style carried inside verstka\n"
	"      --fonts FILE          the map of fonts; else the nearest fonts.xml or fonts/fonts.xml, likewise\n"
	"      --lenient             set foreign documents: what can be set is a warning, links to nowhere\n"
	"                            become plain text\n"
	"      --strict              warnings count as errors: nothing is written\n"
	"      --allow-missing-glyphs  a character that no face has is shown as its number, with a warning\n"
	"      --no-marks            print PDF without crop marks\n"
	"      --output-profile FILE.icc, --output-condition NAME\n"
	"                            the printing condition (a profile, its name in the ICC's registry);\n"
	"                            default: the theme's. Without one the print PDF claims no PDF/X\n"
	"      --pdf-standard=NAME   screen PDF: ua-1 (default: PDF/UA-1 and PDF/A-2a) or ua-2 (PDF 2.0, PDF/UA-2)\n"
	"      --pdfx=4|1a           PDF/X-4 (default) or PDF/X-1a:2003, without transparency\n"
	"      --pages N             make just so many pages; 4k: a multiple of 4. By paragraphs a line longer or shorter and\n"
	"                            the theme's slack (leading, letterspacing, quotes); else says how many lines it misses\n"
	"      --report[=FILE]       say how the pages were chosen, where each begins, what was wanting: on standard output,\n"
	"                            or in a file; FILE.json as JSON\n"
	"      --paginate=KIND       exact: the cheapest layout of pages there is; beam: the best of many; greedy: page by\n"
	"                            page; default: by the document's length\n"
	"      --ink-limit=280%      preflight: the most ink in one place (default: 300%)\n"
	"      --safe=5mm            preflight: type nearer to the trim is an error (default: not looked at)\n"
	"      --booklet[=a4|a3]     also NAME.booklet.pdf: two pages a side, to fold and stitch, on the least of A4 and A3\n"
	"                            that holds them, or on that one (A5 on A4 from A4 pages: --booklet=a4)\n"
	"      --sandbox             fail where the kernel has no Landlock; by default a note. With it, all that is read lies\n"
	"                            beside the source, the theme, the fonts, or is the system's; no network\n"
	"      --no-sandbox          do not confine the process\n"
	"      --diagnostics=KIND    text (default) or json, one object a line, on standard error\n"
	"  -q, --quiet               only errors\n"
	"\n"
	"Environment: SOURCE_DATE_EPOCH (seconds) dates the files, else the document's own date does;\n"
	"NO_COLOR turns colours off.\n"
	"Exit status: 0 done, 1 the document (or a theme, a translation) is at fault, 2 usage, 3 the environment (font, disk,\n"
	"library), or less is translated than --min asks for; of several the largest.\n";

void options_help(void)
{
	fputs(help, stdout);
}

static bool usage(struct diag_log *log, const char *fmt, const char *what)
{
	diag_error(log, "usage", DIAG_NOWHERE, fmt, what);
	diag_hint(log, "verstka --help says how");
	log->v[log->n - 1].fault = DIAG_USAGE;
	log->worst = DIAG_USAGE;
	return false;
}

static bool parse_only(struct options *o, const char *kinds, struct diag_log *log)
{
	static const char *const names[] = { "print", "screen", "epub" };
	const char *p = kinds;

	o->kinds = 0;
	while (*p != '\0') {
		size_t n = strcspn(p, ",");
		bool known = false;

		for (int i = 0; i < 3; i++) {
			if (strlen(names[i]) == n && memcmp(names[i], p, n) == 0) {
				o->kinds |= 1 << i;
				known = true;
			}
		}
		if (!known)
			return usage(log, "--only takes print, screen, epub, joined by commas; not '%s'", kinds);
		p += n;
		if (*p == ',')
			p++;
	}
	return o->kinds != 0 || usage(log, "--only takes print, screen, epub, joined by commas; not '%s'", kinds);
}

static bool parse_diagnostics(struct options *o, const char *kind, struct diag_log *log)
{
	if (strcmp(kind, "json") == 0)
		o->diagnostics = DIAG_JSON;
	else if (strcmp(kind, "text") != 0)
		return usage(log, "--diagnostics takes text or json, not '%s'", kind);
	return true;
}

static bool parse_pdfx(struct options *o, const char *level, struct diag_log *log)
{
	o->pdfx = level;
	o->edition.pdfx1a = strcmp(level, "1a") == 0;
	return o->edition.pdfx1a || strcmp(level, "4") == 0 || usage(log, "--pdfx takes 4 or 1a, not '%s'", level);
}

static bool parse_standard(struct options *o, const char *name, struct diag_log *log)
{
	o->edition.ua2 = strcmp(name, "ua-2") == 0;
	return o->edition.ua2 || strcmp(name, "ua-1") == 0 || usage(log, "--pdf-standard takes ua-1 or ua-2, not '%s'", name);
}

static bool parse_paginate(struct options *o, const char *kind, struct diag_log *log)
{
	static const char *const names[] = { [PAGINATE_EXACT] = "exact", [PAGINATE_BEAM] = "beam", [PAGINATE_GREEDY] = "greedy" };

	for (int i = PAGINATE_EXACT; i <= PAGINATE_GREEDY; i++) {
		if (strcmp(kind, names[i]) == 0) {
			o->edition.paginate = (enum paginate)i;
			return true;
		}
	}
	return usage(log, "--paginate takes exact, beam or greedy, not '%s'", kind);
}

static bool parse_min(struct options *o, const char *percent, struct diag_log *log)
{
	const char *p = percent;
	int n = 0;

	while (*p >= '0' && *p <= '9' && n <= 100)
		n = n * 10 + *p++ - '0';
	o->edition.min_percent = n;
	return (p > percent && n <= 100 && (*p == '\0' || strcmp(p, "%") == 0)) ||
	       usage(log, "--min takes 0 to 100 percent, not '%s'", percent);
}

static bool parse_stale(struct options *o, const char *kind, struct diag_log *log)
{
	static const char *const names[] = { [STALE_SOURCE] = "source", [STALE_KEEP] = "keep", [STALE_REFUSE] = "refuse" };

	for (int i = STALE_SOURCE; i <= STALE_REFUSE; i++) {
		if (strcmp(kind, names[i]) == 0) {
			o->edition.stale = (enum stale_policy)i;
			return true;
		}
	}
	return usage(log, "--stale takes source, keep or refuse, not '%s'", kind);
}

static bool parse_ink_limit(struct options *o, const char *percent, struct diag_log *log)
{
	int32_t milli;
	char number[16] = "";
	size_t n = strlen(percent);

	n -= n > 0 && percent[n - 1] == '%';
	if (n < sizeof number)
		memcpy(number, percent, n);
	if (!unit_parse_milli(number, &milli) || milli < 100000 || milli > 400000 || milli % 1000 != 0)
		return usage(log, "--ink-limit takes 100 to 400 percent, not '%s'", percent);
	o->ink_limit = milli / 1000;
	return true;
}

static bool parse_safe(struct options *o, const char *length, struct diag_log *log)
{
	return (unit_parse_length(length, &o->safe) && o->safe >= 0 && o->safe <= SP_PT(142)) ||
	       usage(log, "--safe takes a length up to 50mm, not '%s'", length);
}

static bool parse_booklet(struct options *o, const char *sheet, struct diag_log *log)
{
	o->booklet = true;
	o->edition.sheet = sheet;
	return strcmp(sheet, "a4") == 0 || strcmp(sheet, "a3") == 0 || usage(log, "--booklet takes a4 or a3, not '%s'", sheet);
}

/* "12", or "4k": any multiple. */
static bool parse_pages(struct options *o, const char *s, struct diag_log *log)
{
	int n = 0;
	const char *p = s;

	while (*p >= '0' && *p <= '9' && n < 100000)
		n = n * 10 + *p++ - '0';
	o->edition.pages = (struct page_wish){ n, *p == 'k' };
	p += *p == 'k';
	return (n > 0 && n < 100000 && *p == '\0') ||
	       usage(log, "--pages takes a number of pages, or a number and k for its multiples; not '%s'", s);
}

static bool parse_jobs(struct options *o, const char *s, struct diag_log *log)
{
	for (const char *p = s; *p >= '0' && *p <= '9' && o->jobs < 100; p++)
		o->jobs = o->jobs * 10 + *p - '0';
	return (o->jobs > 0 && o->jobs < 100 && s[strspn(s, "0123456789")] == '\0') ||
	       usage(log, "--jobs takes a number from 1 to 99, not '%s'", s);
}

/* An option with a value: "--name VALUE" or "--name=VALUE". Returns the value; *used counts arguments. */
static const char *value_of(const char *name, int argc, char **argv, int *i)
{
	size_t n = strlen(name);

	if (strncmp(argv[*i], name, n) != 0)
		return NULL;
	if (argv[*i][n] == '=' && name[1] == '-')
		return argv[*i] + n + 1;
	if (argv[*i][n] != '\0')
		return NULL;
	return *i + 1 < argc ? argv[++*i] : NULL;
}

/* The name of a file or folder: an empty one would mean the root's folder, or nothing. */
static bool set_name(const char **to, const char *name, const char *option, struct diag_log *log)
{
	*to = name;
	return *name != '\0' || usage(log, "%s needs a name", option);
}

static bool parse_option(struct options *o, int argc, char **argv, int *i, struct diag_log *log)
{
	static const struct { const char *name; size_t offset; } switches[] = {
		{ "--lenient", offsetof(struct options, edition.lenient) }, { "--strict", offsetof(struct options, strict) },
		{ "--allow-missing-glyphs", offsetof(struct options, edition.allow_missing_glyphs) },
		{ "--no-marks", offsetof(struct options, edition.no_marks) }, { "--quiet", offsetof(struct options, quiet) },
		{ "-q", offsetof(struct options, quiet) }, { "--json", offsetof(struct options, json) },
		{ "--all-languages", offsetof(struct options, all_languages) },
		{ "--credit-translator", offsetof(struct options, edition.credit_translator) },
		{ "--no-page-list", offsetof(struct options, edition.no_page_list) },
		{ "--allow-stale", offsetof(struct options, edition.allow_stale) },
	};
	const char *v, *arg = argv[*i];

	for (size_t k = 0; k < sizeof switches / sizeof *switches; k++) {
		if (strcmp(arg, switches[k].name) == 0) {
			*(bool *)((char *)o + switches[k].offset) = true;
			return true;
		}
	}
	if ((v = value_of("-o", argc, argv, i)) != NULL || (v = value_of("--output", argc, argv, i)) != NULL)
		return set_name(&o->folder, v, "--output", log);
	if ((v = value_of("--theme", argc, argv, i)) != NULL)
		return set_name(&o->edition.theme, v, "--theme", log);
	if ((v = value_of("--fonts", argc, argv, i)) != NULL)
		return set_name(&o->edition.fonts, v, "--fonts", log);
	if (strcmp(arg, "--booklet") == 0) {
		o->booklet = true;
		return true;
	}
	if (strncmp(arg, "--booklet=", 10) == 0)
		return parse_booklet(o, arg + 10, log);
	if ((v = value_of("--output-profile", argc, argv, i)) != NULL)
		return set_name(&o->edition.output_profile, v, "--output-profile", log);
	if ((v = value_of("--output-condition", argc, argv, i)) != NULL)
		return set_name(&o->edition.output_condition, v, "--output-condition", log);
	if ((v = value_of("--pdfx", argc, argv, i)) != NULL)
		return parse_pdfx(o, v, log);
	if ((v = value_of("--pdf-standard", argc, argv, i)) != NULL)
		return parse_standard(o, v, log);
	if ((v = value_of("--only", argc, argv, i)) != NULL)
		return parse_only(o, v, log);
	if ((v = value_of("--ink-limit", argc, argv, i)) != NULL)
		return parse_ink_limit(o, v, log);
	if ((v = value_of("--safe", argc, argv, i)) != NULL)
		return parse_safe(o, v, log);
	if (strcmp(arg, "--sandbox") == 0 || strcmp(arg, "--no-sandbox") == 0) {
		o->sandbox = arg[2] == 's' ? SANDBOX_ON : SANDBOX_OFF;
		return true;
	}
	if (strcmp(arg, "--ua") == 0) {
		o->ua = true;
		return true;
	}
	if (strcmp(arg, "--report") == 0) {
		o->report = true;
		return true;
	}
	if (strcmp(arg, "--align") == 0 || strncmp(arg, "--align=", 8) == 0) {
		o->align = arg[7] == '=' ? arg + 8 : "";
		return true;
	}
	if ((v = value_of("--jobs", argc, argv, i)) != NULL)
		return parse_jobs(o, v, log);
	if (strncmp(arg, "--report=", 9) == 0) {
		o->report = true;
		return set_name(&o->report_file, arg + 9, "--report", log);
	}
	if ((v = value_of("--html", argc, argv, i)) != NULL)
		return set_name(&o->html, v, "--html", log);
	if ((v = value_of("--lang", argc, argv, i)) != NULL)
		return set_name(&o->edition.lang, v, "--lang", log);
	if ((v = value_of("--min", argc, argv, i)) != NULL)
		return parse_min(o, v, log);
	if ((v = value_of("--stale", argc, argv, i)) != NULL)
		return parse_stale(o, v, log);
	if ((v = value_of("--pages", argc, argv, i)) != NULL)
		return parse_pages(o, v, log);
	if ((v = value_of("--paginate", argc, argv, i)) != NULL)
		return parse_paginate(o, v, log);
	if ((v = value_of("--diagnostics", argc, argv, i)) != NULL)
		return parse_diagnostics(o, v, log);
	return usage(log, "unknown option, or one without its value: %s", arg);
}

static bool parse_command(struct options *o, const char *word, struct diag_log *log)
{
	static const struct { const char *name; enum command command; } commands[] = {
		{ "build", CMD_BUILD }, { "check", CMD_CHECK }, { "pages", CMD_PAGES }, { "proof", CMD_PROOF },
		{ "preflight", CMD_PREFLIGHT }, { "i18n", CMD_I18N }, { "help", CMD_HELP }, { "--help", CMD_HELP }, { "-h", CMD_HELP },
		{ "version", CMD_VERSION }, { "--version", CMD_VERSION },
	};

	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		if (strcmp(word, commands[i].name) == 0) {
			o->command = commands[i].command;
			return true;
		}
	}
	return usage(log, "no command '%s'", word);
}

static bool parse_i18n(struct options *o, const char *word, struct diag_log *log)
{
	static const char *const names[] = { [I18N_ADD] = "add", [I18N_UPDATE] = "update", [I18N_CHECK] = "check",
		                                  [I18N_STATUS] = "status", [I18N_MERGE] = "merge", [I18N_COMPARE] = "compare",
		                                  [I18N_FORECAST] = "forecast" };

	for (size_t i = 0; word != NULL && i < sizeof names / sizeof *names; i++) {
		if (strcmp(word, names[i]) == 0) {
			o->i18n = (enum i18n_command)i;
			return true;
		}
	}
	if (word == NULL)
		return usage(log, "%s what? add, update, check, status, merge, compare or forecast", "i18n");
	return usage(log, "i18n takes add, update, check, status, merge, compare or forecast, not '%s'", word);
}

static bool takes_lang(const struct options *o)
{
	return o->command == CMD_I18N && (o->i18n == I18N_ADD || o->i18n == I18N_MERGE);
}

static bool parse_word(struct options *o, const char *word, struct diag_log *log)
{
	if (o->source == NULL)
		o->source = word;
	else if (takes_lang(o) && o->lang == NULL)
		o->lang = word;
	else
		return usage(log, "one source at a time: what is '%s'?", word);
	return true;
}

/* A slip of the hand must not cost the source. */
static bool spares_inputs(const struct options *o, struct diag_log *log)
{
	const char *const to[] = { o->report_file, o->html };
	const char *const from[] = { o->source, o->edition.theme, o->edition.fonts, o->edition.output_profile };

	for (size_t i = 0; i < sizeof to / sizeof *to; i++)
		for (size_t k = 0; k < sizeof from / sizeof *from; k++)
			if (to[i] != NULL && from[k] != NULL && file_is_same(to[i], from[k]))
				return usage(log, "a report into %s would overwrite what is read", to[i]);
	return true;
}

bool options_parse(struct options *o, int argc, char **argv, struct diag_log *log)
{
	const char *no_color = getenv("NO_COLOR");
	bool plain = false;

	*o = (struct options){ .folder = ".", .kinds = EDITION_ALL };
	o->diagnostics = isatty(2) && (no_color == NULL || *no_color == '\0') ? DIAG_COLOUR : DIAG_TEXT;
	if (argc < 2)
		return usage(log, "%s", "which command? build, check, pages, proof, preflight or i18n");
	if (!parse_command(o, argv[1], log))
		return false;
	if (o->command == CMD_I18N && argc > 2 && strcmp(argv[2], "--help") == 0) {
		o->command = CMD_HELP;
		return true;
	}
	if (o->command == CMD_I18N && !parse_i18n(o, argv[2], log))
		return false;
	for (int i = o->command == CMD_I18N ? 3 : 2; i < argc; i++) {
		if (!plain && strcmp(argv[i], "--") == 0) {
			plain = true;
		} else if (!plain && strcmp(argv[i], "--help") == 0) {
			o->command = CMD_HELP;
			return true;
		} else if (!plain && argv[i][0] == '-' && argv[i][1] != '\0') {
			if (!parse_option(o, argc, argv, &i, log))
				return false;
		} else if (!parse_word(o, argv[i], log)) {
			return false;
		}
	}
	if (o->booklet && (o->kinds & EDITION_PRINT) == 0)
		return usage(log, "%s", "--booklet is of the print edition: --only must have print");
	if (o->booklet)
		o->kinds |= EDITION_BOOKLET;
	o->edition.no_layout = o->command == CMD_BUILD && o->kinds == EDITION_EPUB && o->edition.no_page_list && !o->report &&
	                       o->align == NULL && o->edition.pages.n == 0;
	o->edition.for_proof = o->command == CMD_PROOF;
	o->edition.for_press = o->command == CMD_CHECK || (o->command == CMD_BUILD && (o->kinds & EDITION_PRINT) != 0);
	if (o->source == NULL && o->command != CMD_HELP && o->command != CMD_VERSION)
		return usage(log, "%s", "no source is named");
	if (takes_lang(o) && o->lang == NULL)
		return usage(log, "%s", "i18n add and i18n merge need a source and a language");
	if (o->all_languages && (o->edition.lang != NULL || o->command == CMD_PAGES || o->report_file != NULL))
		return usage(log, "%s", "--all-languages goes neither with --lang nor with pages nor with --report=FILE");
	if (!spares_inputs(o, log))
		return false;
	if (o->align != NULL && !o->all_languages && !(o->command == CMD_I18N && o->i18n == I18N_COMPARE))
		return usage(log, "%s", "--align is about all editions: it needs --all-languages, or i18n compare");
	return true;
}
