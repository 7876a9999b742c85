# verstka: DocBook 5 in, print PDF, screen PDF and EPUB out.  GNU make; `make help` lists the targets.
#
#   CC=clang        another compiler          CI=true       warnings are errors
#   CFLAGS=...      instead of -O2 -g         VARIANT=NAME  objects in out/obj/NAME (release, san, ...)

VERSION := 0.1.0
SHELL   := /bin/sh
.SHELLFLAGS := -ec
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := all

VARIANT ?= release
PREFIX  ?= /usr/local
ifeq ($(origin CC),default)
CC := gcc
endif
ifeq ($(origin AR),default)
AR := ar
endif
CFLAGS  ?= -O2 -g
PKG_CONFIG ?= pkg-config

obj := out/obj/$(VARIANT)
ifeq ($(VARIANT),release)
bin := out/bin/verstka
else
bin := $(obj)/verstka
endif
lib := $(obj)/libverstka.a

# ---- parts from outside ------------------------------------------------------------------------

PACKAGES := libxml-2.0 harfbuzz harfbuzz-subset freetype2 icu-uc icu-i18n lcms2 libpng libjpeg \
            libdeflate zlib nettle
# Loaded when they are wanted (preflight; the EPUB's container), by the name that a program linked to them would look for.
LOADED := libqpdf libzip
soname  = $(shell objdump -p $(shell $(PKG_CONFIG) --variable=libdir $(1) 2>/dev/null)/$(1).so 2>/dev/null | sed -n 's/^ *SONAME *//p')
QPDF_SONAME := $(call soname,libqpdf)
ZIP_SONAME  := $(call soname,libzip)
pkg_cflags := $(shell $(PKG_CONFIG) --cflags $(PACKAGES) $(LOADED) 2>/dev/null)
pkg_libs   := $(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null)
# Debian's packages of these have no .pc file.
HPDF_CFLAGS   ?=
HPDF_LIBS     ?= -lhpdf
HYPHEN_CFLAGS ?=
HYPHEN_LIBS   ?= -lhyphen
GETTEXT_LIBS  ?= -lgettextpo
# Foreign headers are not ours to warn about.
foreign := $(patsubst -I%,-isystem %,$(pkg_cflags) $(HPDF_CFLAGS) $(HYPHEN_CFLAGS))
libs    := $(pkg_libs) $(HPDF_LIBS) $(HYPHEN_LIBS) $(GETTEXT_LIBS) -lm -ldl -pthread

# ---- flags -------------------------------------------------------------------------------------

warnings := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wundef
ifeq ($(CI),true)
warnings += -Werror
endif
ifeq ($(VARIANT),fuzz)
CC := clang
sanitize := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -DVERSTKA_SANITIZED
endif
ifeq ($(VARIANT),afl)
CC := afl-clang-fast
endif
ifeq ($(VARIANT),tsan)
sanitize := -fsanitize=thread -fno-omit-frame-pointer -DVERSTKA_SANITIZED
endif
ifeq ($(VARIANT),san)
sanitize := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -DVERSTKA_SANITIZED
endif
compile := $(CC) -std=c11 -Isrc $(foreign) -DVERSTKA_VERSION='"$(VERSION)"' $(if $(QPDF_SONAME),-DPF_QPDF_FILE='"$(QPDF_SONAME)"') \
	$(if $(ZIP_SONAME),-DZIP_LIB_FILE='"$(ZIP_SONAME)"') $(CPPFLAGS) $(warnings) $(CFLAGS) $(sanitize)
link    := $(CC) $(CFLAGS) $(sanitize) $(LDFLAGS)

# ---- our own parts -----------------------------------------------------------------------------

sources      := $(sort $(shell find src -name '*.c' 2>/dev/null))
cli_sources  := $(filter src/main.c src/cli/%,$(sources))
lib_sources  := $(filter-out $(cli_sources),$(sources))
lib_objects  := $(lib_sources:src/%.c=$(obj)/%.o) $(obj)/resources.o
cli_objects  := $(cli_sources:src/%.c=$(obj)/%.o)
unit_sources := $(sort $(wildcard tests/unit/test_*.c))
unit_helpers := $(filter-out $(unit_sources),$(sort $(wildcard tests/unit/*.c)))
units        := $(unit_sources:tests/unit/%.c=$(obj)/unit/%)
tools        := $(patsubst tests/tools/%.c,$(obj)/tools/%,$(wildcard tests/tools/*.c))

fuzz_sources := $(sort $(wildcard tests/fuzz/fuzz_*.c))
fuzzers      := $(fuzz_sources:tests/fuzz/fuzz_%.c=$(obj)/fuzz/%)
# libFuzzer has a main of its own; everywhere else the corpus is played to the targets.
fuzz_main    := $(if $(filter fuzz,$(VARIANT)),-fsanitize=fuzzer,tests/fuzz/replay.c)

# Programs that know verstka by src/verstka.h alone.
api_sources  := $(sort $(wildcard tests/api/*.c))
api          := $(api_sources:tests/api/%.c=$(obj)/api/%)

# Files carried inside the program: symbol resource_NAME for each (src/base/resource.c).
RESOURCES := source/theme.xml fonts/fonts.xml src/read/schema/brief.rng

brief    := source/brief08/brief08.ru.xml
languages := ru $(shell sed 's/\#.*//; s/_/-/' source/brief08/po/LINGUAS 2>/dev/null)
editions := $(foreach kind,print.pdf screen.pdf epub,$(languages:%=out/brief08.%.$(kind)))
brief_parts := $(shell find source fonts -type f 2>/dev/null)

.PHONY: all bin lib objs unit tools fuzzers fuzz fuzz-program api starve editions test check-san check-threads check-memory check-valgrind check-same prove lint pictures conformance bless bench bench-peers clean install uninstall help FORCE

all: bin editions
bin: $(bin)
lib: $(lib)
objs: $(lib_objects) $(cli_objects)
unit: $(units)
tools: $(tools)
fuzzers: $(fuzzers)
api: $(api)
starve: $(obj)/starve.so

# Objects are made anew when the compiler or its flags change, not only when a source does.
$(obj)/flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' "$$FLAGS" | cmp -s - $@ || printf '%s\n' "$$FLAGS" >$@
$(obj)/flags: export FLAGS = $(compile) | $(link) | $(libs)

$(obj)/%.o: src/%.c $(obj)/flags
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(compile) -MMD -MP -c -o $@ $<

$(obj)/resources.S: Makefile
	@mkdir -p $(@D)
	@{ echo '	.section .rodata'; \
	for f in $(RESOURCES); do \
		s=resource_$$(basename $$f | tr .- __); \
		printf '\t.balign 16\n\t.global %s, %s_end\n%s:\n\t.incbin "%s"\n%s_end:\n\t.byte 0\n' $$s $$s $$s $$f $$s; \
	done; \
	printf '\t.section .note.GNU-stack,"",%%progbits\n'; } >$@

$(obj)/resources.o: $(obj)/resources.S $(RESOURCES) $(obj)/flags
	@$(CC) -c -o $@ $<

$(lib): $(lib_objects)
	@rm -f $@
	@echo "  AR    $@"
	@$(AR) rcs $@ $(lib_objects)

$(bin): $(cli_objects) $(lib)
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	@$(link) -o $@ $(cli_objects) $(lib) $(libs)

$(obj)/unit/%: tests/unit/%.c $(unit_helpers) $(lib) $(obj)/flags
	@mkdir -p $(@D)
	@echo "  UNIT  $<"
	@$(compile) -Itests/unit -MMD -MP -MT $@ -MF $@.d -o $@ $< $(unit_helpers) $(LDFLAGS) $(lib) $(libs) -lcmocka -lzip

$(obj)/tools/%: tests/tools/%.c $(lib) $(obj)/flags
	@mkdir -p $(@D)
	@echo "  TOOL  $<"
	@$(compile) -MMD -MP -MT $@ -MF $@.d -o $@ $< $(LDFLAGS) $(lib) $(libs)

$(obj)/api/include/verstka.h: src/verstka.h
	@mkdir -p $(@D)
	@cp $< $@

$(obj)/api/%: tests/api/%.c $(obj)/api/include/verstka.h $(lib) $(obj)/flags
	@mkdir -p $(@D)
	@echo "  API   $<"
	@$(CC) -std=c11 -I$(obj)/api/include $(warnings) $(CFLAGS) $(sanitize) -o $@ $< $(LDFLAGS) $(lib) $(libs) $(api_link)

# It counts and refuses what the library asks for.
$(obj)/api/memory: api_link := -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc

$(obj)/starve.so: tests/starve/starve.c
	@mkdir -p $(@D)
	@$(CC) -std=gnu11 $(warnings) -O1 -fPIC -shared -o $@ $<

$(obj)/fuzz/%: tests/fuzz/fuzz_%.c tests/fuzz/fuzz.c tests/fuzz/fuzz.h tests/fuzz/replay.c $(lib) $(obj)/flags
	@mkdir -p $(@D)
	@echo "  FUZZ  $<"
	@$(compile) -Itests/fuzz -MMD -MP -MT $@ -MF $@.d -o $@ $< tests/fuzz/fuzz.c $(fuzz_main) $(LDFLAGS) $(lib) $(libs)

-include $(lib_objects:.o=.d) $(cli_objects:.o=.d) $(addsuffix .d,$(units) $(tools) $(fuzzers))

# ---- editions ----------------------------------------------------------------------------------

# An edition that fails takes no other with it.
.PRECIOUS: $(editions)
editions: $(editions)
$(editions) &: $(bin) $(brief_parts)
	$(bin) build $(brief) --all-languages -o out

# ---- checks ------------------------------------------------------------------------------------

test: bin unit tools fuzzers api starve editions
	@tests/run

# Pages and paragraphs against all layouts there are, for hundreds of documents; real ones paginated in three ways (fetched from Debian
# packages into out/corpus). ORACLE: how much longer than in `make test`
ORACLE ?= 20
prove: bin unit
	VERSTKA_SEEDS=8000 $(obj)/unit/test_linebreak
	VERSTKA_ORACLE=$(ORACLE) $(obj)/unit/test_paginate
	tests/tools/check-order --corpus out/corpus $(brief) $(sort $(wildcard tests/docs/*.xml))

check-san:
	@$(MAKE) --no-print-directory VARIANT=san bin unit tools fuzzers api
	@tests/run --variant san

# The library from four threads, under ThreadSanitizer.
check-threads:
	@$(MAKE) --no-print-directory VARIANT=tsan api
	@tests/run --variant tsan --only api

# Every allocation refused once, the library's own and those of the libraries below it.
check-memory: bin api starve
	@tests/run --every --only memory

# A slice of the tests under valgrind.
check-valgrind: bin
	@tests/run --only valgrind

# The same bytes from other compilers and without optimisation.
check-same: bin
	@$(MAKE) --no-print-directory VARIANT=plain CC=gcc CFLAGS='-O0 -g' bin
	@$(MAKE) --no-print-directory VARIANT=clang CC=clang bin
	@tests/run --only same

# TIME: seconds for each target; TARGETS: some of them only
TIME ?= 60
fuzz:
	@$(MAKE) --no-print-directory VARIANT=fuzz fuzzers
	@tests/fuzz/run $(TIME) $(TARGETS)

# AFL++ (Debian: afl++) on the whole program, for TIME seconds
fuzz-program:
	@$(MAKE) --no-print-directory VARIANT=afl bin
	@tests/fuzz/afl $(TIME)

lint:
	@tests/run --only lint

bless: bin tools
	@test -n "$(CASE)" || { echo 'usage: make bless CASE=tests/golden/STAGE/NAME.xml' >&2; exit 2; }
	@tests/run --bless "$(CASE)"

pictures: editions
	@tests/tools/pictures out docs/pictures
	@tests/tools/pictures --devices out/brief08.ru.epub out/pictures

conformance: bin
	@tests/conformance/run

bench: bin
	@tests/perf/bench

bench-peers:
	@tests/perf/install-peers

# ---- the rest ----------------------------------------------------------------------------------

install: bin lib
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(PREFIX)/lib/pkgconfig
	install -m 755 $(bin) $(DESTDIR)$(PREFIX)/bin/verstka
	install -m 644 src/verstka.h $(DESTDIR)$(PREFIX)/include/verstka.h
	install -m 644 $(lib) $(DESTDIR)$(PREFIX)/lib/libverstka.a
	printf '%s\n' 'prefix=$(PREFIX)' 'Name: verstka' 'Description: DocBook to print PDF, screen PDF and EPUB' \
		'Version: $(VERSION)' 'Requires: $(PACKAGES)' 'Cflags: -I$${prefix}/include' \
		'Libs: -L$${prefix}/lib -lverstka $(HPDF_LIBS) $(HYPHEN_LIBS) $(GETTEXT_LIBS) -lm -ldl' \
		>$(DESTDIR)$(PREFIX)/lib/pkgconfig/verstka.pc
	chmod 644 $(DESTDIR)$(PREFIX)/lib/pkgconfig/verstka.pc

uninstall:
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/,bin/verstka include/verstka.h lib/libverstka.a lib/pkgconfig/verstka.pc)

clean:
	rm -rf out

help:
	@echo 'make              the program (out/bin/verstka) and the editions of the brief in all its languages (out/brief08.LANG.*)'
	@echo 'make test         every test; the closing line counts them'
	@echo 'make check-san    unit tests and documents under ASan and UBSan'
	@echo 'make check-threads the library in several threads under ThreadSanitizer'
	@echo 'make check-memory  every allocation refused once; check-valgrind; check-same: gcc and clang, -O0 and -O2'
	@echo 'make fuzz TIME=   libFuzzer on each target for so many seconds (clang); TARGETS= for some of them'
	@echo 'make fuzz-program TIME=  AFL++ on the whole program'
	@echo 'make prove        paragraphs and pages against every layout there is, hundreds of documents (hours; ORACLE=)'
	@echo 'make lint         the rules of the house (layers, headers, lengths)'
	@echo 'make bless CASE=  renew one golden; shows the difference and asks'
	@echo 'make conformance  PDFs and EPUB by judges from outside (veraPDF ...), fetched once into out/tools'
	@echo 'make bench        CPU time and memory beside the peers: docs/PERFORMANCE.md (make bench-peers installs them)'
	@echo 'make pictures     docs/pictures from the editions; out/pictures: the EPUB on phone, tablet, e-ink, wide screen'
	@echo 'make bin, editions, unit, objs, install PREFIX=, uninstall, clean'
	@echo 'CC=clang  CI=true (warnings are errors)  CFLAGS=  VARIANT='
