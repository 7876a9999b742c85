#include "i18n/forecast.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "lang/chars.h"

enum { MOST_LETTERS = 4000, SEED = 20140609 };

/* Rules of thumb of the trade for running prose: characters for 100 of English, letters of a hundred, mean length of a word.
 * What is measured on a language's own translations goes before all of it. */
static const struct custom {
	const char *lang, *letters;
	int size, word;
} customs[] = {
	{ "ar", "االلليمنوترهبعفدسكقحجشصطذخ", 85, 4 },
	{ "de", "eeeeeeeeeeeeeeeeennnnnnnnnniiiiiiiisssssssrrrrrrraaaaaattttttdddddhhhhhuuuulllcccgggmmooobbwwffkzpvjü", 120, 6 },
	{ "en", "eeeeeeeeeeeetttttttttaaaaaaaaooooooooiiiiiiinnnnnnnsssssshhhhhhrrrrrrddddllllcccuuummwwffggyyppbvk", 100, 5 },
	{ "es", "eeeeeeeeeeeeeaaaaaaaaaaaaoooooooosssssssrrrrrrrnnnnnnniiiiiiddddddllllcccctttuuuummmpppbgvyqhfzjñóí", 118, 5 },
	{ "fr", "eeeeeeeeeeeeeeeaaaaaaaassssssssiiiiiiinnnnnnntttttttrrrrrrruuuuuullllloooooddddcccmmmpppéévqfbghjàx", 120, 5 },
	{ "ru", "ооооооооооеееееееееааааааааиииииииннннннтттттттсссссррррвввввллллккккмммдддпппуууяяыььгзбчйхжшюцщ", 108, 6 },
	{ "uk", "оооооооооаааааааааиииииинннннннвввввіііііееееерррртттттсссскккккллллмммдддпппуууяязьгбчйхжшюцщїє", 106, 6 },
	{ "zh", "的一是不了人我在有他这中大来上个国说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都", 33, 0 },
};
static const struct custom unknown = { "", NULL, 115, 6 };

struct filler {
	uint32_t letter[MOST_LETTERS]; /* one is drawn by lot: as often as it is here */
	size_t n;
	int word;                      /* [character] mean; 0: words are not parted */
	int expansion;                 /* [%] */
	uint64_t seed;
};

static const struct custom *custom_of(const char *lang)
{
	size_t n = strcspn(lang, "-");

	for (size_t i = 0; i < sizeof customs / sizeof *customs; i++) {
		if (strlen(customs[i].lang) == n && memcmp(customs[i].lang, lang, n) == 0)
			return &customs[i];
	}
	return &unknown;
}

static uint32_t draw(struct filler *x, uint32_t below)
{
	x->seed = x->seed * 6364136223846793005U + 1442695040888963407U;
	return (uint32_t)(x->seed >> 33) % below;
}

/* ---- measuring ---- */

struct measure {
	size_t letters, words; /* tags and references left out; a word is a run of letters */
};

static struct measure measure(const char *s, struct filler *take)
{
	struct measure m = { 0, 0 };
	size_t len = strlen(s), n;
	bool tag = false, in = false;

	for (size_t i = 0; i < len; i += n) {
		uint32_t c = utf8_decode(s + i, len - i, &n);
		bool letter;

		if (c == '<' || c == '>') {
			tag = c == '<';
			continue;
		}
		letter = !tag && chars_is_letter(c);
		m.letters += letter;
		m.words += letter && !in;
		in = letter;
		if (letter && take != NULL && take->n < MOST_LETTERS && !(c >= 'A' && c <= 'Z'))
			take->letter[take->n++] = c;
	}
	return m;
}

static void measure_language(struct filler *x, const struct units *u, const struct translation *t, const char *lang,
                             struct forecast *f)
{
	const struct custom *to = custom_of(lang), *from = custom_of(u->lang);
	struct measure old = { 0, 0 }, new = { 0, 0 };

	*f = (struct forecast){ .expansion = to->size * 100 / from->size };
	x->word = to->word;
	for (size_t i = 0; t != NULL && i < u->n; i++) {
		struct measure a, b;

		if (t->v[i].state != UNIT_TRANSLATED)
			continue;
		a = measure(u->v[i].text, NULL);
		b = measure(t->v[i].entry->msgstr, x);
		old = (struct measure){ old.letters + a.letters, old.words + a.words };
		new = (struct measure){ new.letters + b.letters, new.words + b.words };
		f->units++;
	}
	f->measured = f->units >= FORECAST_ENOUGH && old.letters > 0 && new.words > 0;
	if (f->measured) {
		f->expansion = (int)(new.letters * 100 / old.letters);
		x->word = to->word == 0 ? 0 : (int)(new.letters / new.words);
	} else {
		x->n = 0;
		if (to->letters != NULL)
			measure(to->letters, x);
		for (size_t i = 0; to->letters == NULL && i < u->n; i++)
			measure(u->v[i].text, x); /* no other letters are known */
	}
	x->expansion = f->expansion;
}

/* ---- filling ---- */

/* Letters by lot for `room` letters of the source; what parts the words of the source (a comma, a dash) comes once a word. */
static void put_words(struct filler *x, size_t room, struct buf *out)
{
	size_t left = room * (size_t)x->expansion / 100 + (room > 0);

	while (left > 0 && x->n > 0) {
		size_t word = x->word == 0 ? left : (size_t)x->word / 2 + 1 + draw(x, (uint32_t)x->word);

		word = word < left ? word : left;
		left -= word;
		while (word-- > 0)
			buf_put_utf8(out, x->letter[draw(x, (uint32_t)x->n)]);
		if (left > 0)
			buf_putc(out, ' ');
	}
}

/* A run of the source's letters and spaces becomes filler; tags, references, figures and signs stay. */
static char *fill(struct filler *x, struct arena *a, const char *s)
{
	size_t len = strlen(s), n, room = 0;
	bool tag = false, owed = false;
	struct buf out;
	char *text;

	buf_init(&out);
	for (size_t i = 0; i < len; i += n) {
		uint32_t c = utf8_decode(s + i, len - i, &n);

		if (!tag && chars_is_letter(c) && !(i > 0 && s[i - 1] == '&')) {
			room++;
			owed = false;
			continue;
		}
		if (!tag && c == ' ' && room > 0) {
			owed = true; /* within the run, or behind it */
			continue;
		}
		if (c == '&') { /* a reference is no letters */
			size_t end = strcspn(s + i, ";") + 1;

			put_words(x, room, &out);
			room = 0;
			buf_put(&out, s + i, end);
			n = end;
			continue;
		}
		put_words(x, room, &out);
		if (owed && x->word > 0)
			buf_putc(&out, ' ');
		room = 0;
		owed = false;
		tag = c == '<' || (tag && c != '>');
		buf_put(&out, s + i, n);
	}
	put_words(x, room, &out);
	text = arena_dup(a, out.len > 0 ? out.data : "", out.len);
	buf_free(&out);
	return text;
}

struct translation *forecast_make(const struct units *u, const struct translation *t, const char *lang, struct forecast *f,
                                  struct diag_log *log)
{
	struct filler *x = mem_zalloc(1, sizeof *x);
	struct po *po = po_new("forecast", u->n);

	x->seed = SEED;
	measure_language(x, u, t, lang, f);
	for (size_t i = 0; i < u->n; i++)
		po_add(po, u->v[i].text, fill(x, &po->arena, u->v[i].text));
	mem_free(x);
	return translation_of(u, lang, po, log);
}
