#include "preflight/pf_qpdf.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

/* A function's address as POSIX hands it out: data of its size. */
static bool find(void *lib, const char *name, void *to, size_t size)
{
	void *at = dlsym(lib, name);

	if (at == NULL || size != sizeof at)
		return false;
	memcpy(to, &at, size);
	return true;
}

bool pf_qpdf_load(struct pf_qpdf *q)
{
	void *lib = dlopen(PF_QPDF_FILE, RTLD_NOW | RTLD_LOCAL);
	bool ok = lib != NULL;

#define FIND(name) ok = ok && find(lib, "qpdf_" #name, &q->name, sizeof q->name);
	PF_QPDF_CALLS(FIND)
#undef FIND
	return ok;
}
