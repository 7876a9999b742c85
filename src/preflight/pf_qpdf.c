#include "preflight/pf_qpdf.h"

#include "base/loaded.h"

bool pf_qpdf_load(struct pf_qpdf *q)
{
	void *lib = loaded_open(PF_QPDF_FILE);
	bool ok = lib != NULL;

#define FIND(name) ok = ok && loaded_find(lib, "qpdf_" #name, &q->name, sizeof q->name);
	PF_QPDF_CALLS(FIND)
#undef FIND
	return ok;
}
