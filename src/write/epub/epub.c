#include "write/epub/epub.h"

#include <string.h>

#include "base/mem.h"
#include "image/image_write.h"
#include "write/cover.h"
#include "write/epub/audit.h"
#include "write/epub/book.h"
#include "write/epub/container.h"
#include "write/epub/css.h"
#include "write/epub/nav.h"
#include "write/epub/package.h"
#include "write/epub/plan.h"
#include "write/epub/xhtml.h"

/* ---- pictures ----------------------------------------------------------------------------------------- */

/* "007-graf.png": a number that is unique, and what is left of the source's name in [a-z0-9-]. */
static const char *image_path(struct book *b, const struct image *img, bool as_png)
{
	const char *name = img->name != NULL ? img->name : "", *slash = strrchr(name, '/');
	struct buf stem;
	const char *path;

	buf_init(&stem);
	for (const char *c = slash != NULL ? slash + 1 : name; *c != '\0' && *c != '.' && stem.len < 40; c++) {
		char l = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;

		if ((l >= 'a' && l <= 'z') || (l >= '0' && l <= '9'))
			buf_putc(&stem, l);
		else if (stem.len > 0 && stem.data[stem.len - 1] != '-')
			buf_putc(&stem, '-');
	}
	path = arena_printf(&b->arena, "images/%03d-%s.%s", img->index + 1, stem.len > 0 ? stem.data : "picture",
	                    img->format == IMAGE_PNG || as_png ? "png" : "jpg");
	buf_free(&stem);
	return path;
}

/* Readers show no CMYK: the picture goes in as RGB. Without a profile at hand, by the plain rule. */
static bool cmyk_to_png(struct book *b, const struct image *img, struct buf *out)
{
	struct image_pixels px;
	bool ok;

	memset(&px, 0, sizeof px);
	if (!image_decode(img, &px, b->log))
		return false;
	if (px.channels == 4) {
		size_t n = (size_t)px.width * px.height;

		for (size_t i = 0; i < n; i++) {
			const unsigned char *in = px.data + i * 4;
			unsigned k = 255u - in[3];

			for (size_t c = 0; c < 3; c++)
				px.data[i * 3 + c] = (unsigned char)((255u - in[c]) * k / 255u);
		}
		px.channels = 3;
	}
	ok = image_write_png(px.data, px.width, px.height, px.channels, out, b->log);
	image_pixels_free(&px);
	return ok;
}

static void plan_images(struct book *b)
{
	const struct doc *d = b->doc;
	const struct node *tops[2] = { d->root, d->info.front };

	b->image_paths = arena_array(&b->arena, d->images.n + 1, sizeof *b->image_paths);
	for (int t = 0; t < 2; t++)
		for (const struct node *n = tops[t]; n != NULL; n = doc_next(tops[t], n)) {
			const struct image *img = n->kind == N_IMAGE || n->kind == N_INLINE_IMAGE ? n->u.image.image : NULL;

			if (img != NULL && img->index >= 0 && (size_t)img->index < d->images.n)
				b->image_paths[img->index] = image_path(b, img, img->channels == 4);
		}
}

static bool add_images(struct book *b)
{
	for (size_t i = 0; i < b->doc->images.n; i++) {
		const struct image *img = b->doc->images.v[i];
		struct book_file *f;

		if (b->image_paths[i] == NULL)
			continue;
		f = book_add(b, b->image_paths[i], arena_printf(&b->arena, "image-%zu", i + 1),
		             img->format == IMAGE_PNG || img->channels == 4 ? "image/png" : "image/jpeg");
		f->store = true;
		if (img->channels != 4)
			buf_put(&f->data, img->data, img->len);
		else if (!cmyk_to_png(b, img, &f->data))
			return false;
	}
	return true;
}

/* ---- cover ---------------------------------------------------------------------------------------------- */

static const char *cover_alt(struct book *b)
{
	const struct doc_info *i = &b->doc->info;
	const char *org = i->org_short != NULL ? i->org_short : i->org, *stop = lang_stop(b->lang);

	return arena_printf(&b->arena, "%s%s%s%s%s%s%s", i->series != NULL ? i->series : "",
	                    i->series != NULL && i->number != NULL ? " " : "", i->number != NULL ? i->number : "",
	                    i->series != NULL || i->number != NULL ? stop : "", b->title, org != NULL ? stop : "", org != NULL ? org : "");
}

static bool draw_cover(struct book *b, struct buf *png)
{
	struct cover_text text;
	struct image_drawing picture;
	struct arena arena;
	bool ok;

	arena_init(&arena);
	cover_text_of(b->doc, b->title, &text);
	text.number = book_digits(b, text.number);
	text.year = book_digits(b, text.year);
	ok = cover_draw(&text, b->theme, b->fonts, b->lang, &arena, &picture, b->log) && image_write_drawing(&picture, png, b->log);
	arena_free(&arena);
	return ok;
}

static void add_cover_page(struct book *b)
{
	struct book_file *f = book_add(b, "text/cover.xhtml", "cover-page", "application/xhtml+xml");
	struct buf *out = &f->data;

	f->spine = true;
	buf_printf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n"
	                "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" "
	                "xml:lang=\"%s\" lang=\"%s\">\n<head>\n<title>", b->tag, b->tag);
	book_put_text(out, lang_word(b->lang, W_COVER));
	buf_puts(out, "</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"../css/book.css\"/>\n</head>\n<body>\n"
	              "<section class=\"cover\" epub:type=\"cover\" id=\"cover\">"
	              "<img src=\"../images/cover.png\" role=\"doc-cover\"");
	book_put_lang(b, out, b->title_lang, true);
	buf_puts(out, " alt=\"");
	book_put_text(out, cover_alt(b));
	buf_puts(out, "\"/></section>\n</body>\n</html>\n");
}

/* ---- fonts ------------------------------------------------------------------------------------------------ */

static void add_fonts(struct book *b)
{
	bookfont_complete(&b->faces);
	for (size_t i = 0; i < b->faces.n; i++) {
		struct bookfont *font = &b->faces.v[i];
		const struct face *face = font->face;
		struct book_file *f;
		struct buf data;

		buf_init(&data);
		if (!bookfont_subset(&b->faces, font, css_family(b, face->family), &data, b->log)) {
			buf_free(&data);
			continue;
		}
		font->path = arena_printf(&b->arena, "fonts/font-%02zu.%s", i + 1, face->is_cff ? "otf" : "ttf");
		f = book_add(b, font->path, arena_printf(&b->arena, "font-%zu", i + 1), face->is_cff ? "font/otf" : "font/ttf");
		f->data = data;
	}
}

/* ---- the container -------------------------------------------------------------------------------------- */

static const char container_xml[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n<rootfiles>\n"
	"<rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>\n</rootfiles>\n"
	"</container>\n";

static bool audit(const struct book *b, const struct buf *package)
{
	struct audit_file *v = mem_zalloc(b->n_files + 1, sizeof *v);
	bool ok;

	v[0] = (struct audit_file){ "package.opf", package->data, package->len };
	for (size_t i = 0; i < b->n_files; i++) {
		const struct book_file *f = &b->files[i];

		v[i + 1] = (struct audit_file){ f->path, f->data.data != NULL ? f->data.data : "", f->data.len };
	}
	ok = audit_files(v, b->n_files + 1, b->log);
	mem_free(v);
	return ok;
}

static bool pack(struct book *b, struct buf *out)
{
	struct container_entry *entries = mem_zalloc(b->n_files + 2, sizeof *entries);
	struct buf package;
	size_t n = 0;
	bool ok;

	buf_init(&package);
	package_write(b, &package);
	entries[n++] = (struct container_entry){ "META-INF/container.xml", container_xml, sizeof container_xml - 1, false };
	entries[n++] = (struct container_entry){ "EPUB/package.opf", package.data, package.len, false };
	for (size_t i = 0; i < b->n_files; i++) {
		const struct book_file *f = &b->files[i];

		entries[n++] = (struct container_entry){ arena_printf(&b->arena, "EPUB/%s", f->path),
		                                         f->data.data != NULL ? f->data.data : "", f->data.len, f->store };
	}
	ok = audit(b, &package) && container_write(entries, n, b->modified, out, b->log);
	mem_free(entries);
	buf_free(&package);
	return ok;
}

/* Files stand in the container in this order (E-02): navigation, text, style sheets, fonts, pictures. The
 * style sheets are written after the fonts they name, and the navigation after the text it lists. */
static bool assemble(struct book *b, struct buf *cover)
{
	size_t nav, ncx, css;

	book_add(b, "nav.xhtml", "nav", "application/xhtml+xml");
	nav = b->n_files - 1;
	b->files[nav].properties = "nav";
	book_add(b, "toc.ncx", "ncx", "application/x-dtbncx+xml");
	ncx = b->n_files - 1;
	if (b->cover_path != NULL)
		add_cover_page(b);
	for (int i = 0; i < b->n_texts; i++) {
		struct book_file *f = book_add(b, b->texts[i].path, b->texts[i].id, b->texts[i].media_type);

		f->spine = true;
		f->data = b->texts[i].data;
		buf_init(&b->texts[i].data);
	}
	book_add(b, "css/book.css", "css", "text/css");
	css = b->n_files - 1;
	book_add(b, "css/modern.css", "css-modern", "text/css");
	add_fonts(b);
	css_write(b, &b->files[css].data);
	css_write_modern(b, &b->files[css + 1].data);
	nav_write(b, &b->files[nav].data);
	nav_write_ncx(b, &b->files[ncx].data);
	if (!add_images(b))
		return false;
	if (b->cover_path != NULL) {
		struct book_file *f = book_add(b, b->cover_path, "cover-image", "image/png");

		f->properties = "cover-image";
		f->store = true;
		f->data = *cover;
		buf_init(cover);
	}
	return true;
}

bool epub_write(const struct doc *d, const struct theme *t, const struct pages *p, struct fonts *f,
                const struct lang *lang, struct langs *langs, const struct epub_options *o, struct buf *out,
                struct diag_log *log)
{
	struct book b;
	struct buf cover;
	size_t errors = log->errors;
	bool ok = false;

	book_init(&b);
	buf_init(&cover);
	b.doc = d;
	b.theme = t;
	b.pages = p;
	b.fonts = f;
	b.lang = lang;
	b.langs = langs;
	b.options = o;
	b.log = log;
	plan_book(&b);
	plan_images(&b);
	if (!xhtml_book(&b))
		goto out;
	if (f != NULL && t->epub.cover != NULL && draw_cover(&b, &cover))
		b.cover_path = "images/cover.png";
	ok = assemble(&b, &cover) && log->errors == errors && pack(&b, out);
out:
	buf_free(&cover);
	book_free(&b);
	return ok;
}
