/* The words of a content stream: numbers and names are gathered as operands until an operator comes; strings, arrays and
 * dictionaries are passed over (numbers in them do not count). */
#ifndef VERSTKA_PREFLIGHT_PF_TOKEN_H
#define VERSTKA_PREFLIGHT_PF_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

struct pf_lexer {
	const unsigned char *data;
	size_t len, at;
};
struct pf_operands {
	double v[33];   /* the last of them */
	int n;
	char name[128]; /* the last name, with its slash, #xx resolved; "" */
	char tag[32];   /* the name before a dictionary, cut to this length */
	bool has_mcid;  /* the dictionary has /MCID */
	bool has_actual; /* and /ActualText */
	long mcid;
};
struct pf_token {
	char text[8];   /* an operator; longer words are none */
};

/* The next operator, its operands in *a (cleared by the caller). False: the stream is at its end. */
bool pf_token_next(struct pf_lexer *x, struct pf_token *t, struct pf_operands *a);

#endif
