#include "base/loaded.h"

#include <dlfcn.h>
#include <string.h>

void *loaded_open(const char *file)
{
	return dlopen(file, RTLD_NOW | RTLD_LOCAL);
}

/* A function's address as POSIX hands it out: data of its size. */
bool loaded_find(void *lib, const char *name, void *to, size_t size)
{
	void *at = lib != NULL ? dlsym(lib, name) : NULL;

	if (at == NULL || size != sizeof at)
		return false;
	memcpy(to, &at, size);
	return true;
}

const char *loaded_fault(void)
{
	const char *fault = dlerror();

	return fault != NULL ? fault : "not the library it was built for";
}
