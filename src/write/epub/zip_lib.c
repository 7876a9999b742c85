#include "write/epub/zip_lib.h"

#include "base/loaded.h"

bool zip_lib_load(struct zip_lib *z)
{
	void *lib = loaded_open(ZIP_LIB_FILE);
	bool ok = lib != NULL;

#define FIND(name) ok = ok && loaded_find(lib, "zip_" #name, &z->name, sizeof z->name);
	ZIP_LIB_CALLS(FIND)
#undef FIND
	return ok;
}
