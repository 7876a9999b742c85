#include "write/epub/zip_lib.h"

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

const char *zip_lib_fault(void)
{
	const char *fault = dlerror();

	return fault != NULL ? fault : ZIP_LIB_FILE ": not the library it was built for";
}

bool zip_lib_load(struct zip_lib *z)
{
	void *lib = dlopen(ZIP_LIB_FILE, RTLD_NOW | RTLD_LOCAL);
	bool ok = lib != NULL;

#define FIND(name) ok = ok && find(lib, "zip_" #name, &z->name, sizeof z->name);
	ZIP_LIB_CALLS(FIND)
#undef FIND
	return ok;
}
