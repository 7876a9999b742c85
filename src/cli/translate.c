#include "cli/translate.h"

#include "i18n/project.h"
#include "read/source.h"

static bool run(const struct options *o, const struct units *u, struct project *p, struct diag_log *log)
{
	switch (o->i18n) {
	case I18N_ADD:
		return project_add(p, o->lang, u->lang, log) && project_update(p, u, log);
	case I18N_UPDATE:
		return project_update(p, u, log);
	}
	return false;
}

bool translate_run(const struct options *o, struct diag_log *log)
{
	struct source *s = source_open(o->source, o->edition.lenient, log);
	struct units *u = s != NULL ? units_open(s, log) : NULL;
	struct project p;
	bool ok = false;

	if (u != NULL) {
		ok = project_open(&p, o->source, u->lang, log) && run(o, u, &p, log);
		project_close(&p);
	}
	units_close(u);
	source_close(s);
	return ok;
}
