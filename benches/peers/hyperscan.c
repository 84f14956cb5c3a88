/* Hyperscan's side of the matching: all regular expressions at once, one text a line. Prints the seconds that the
   search takes on one core, without reading and compiling; with a third argument, in how many texts each matches. */
#include <hs/hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static unsigned *counts;

static int found(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context) {
    (void)from, (void)to, (void)flags, (void)context;
    counts[id]++;
    return 0;
}

static char *read_all(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (!file) { perror(path); exit(1); }
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*length + 1);
    if (!bytes || fread(bytes, 1, *length, file) != *length) { perror(path); exit(1); }
    bytes[*length] = 0;
    fclose(file);
    return bytes;
}

int main(int argc, char **argv) {
    if (argc < 3) { fprintf(stderr, "expected REGEXES TEXTS [counts]\n"); return 2; }
    size_t length, texts_length;
    char *patterns = read_all(argv[1], &length), *texts = read_all(argv[2], &texts_length);
    size_t n = 0;
    for (size_t i = 0; i < length; i++) n += patterns[i] == '\n';
    const char **regexes = malloc(n * sizeof *regexes);
    unsigned *ids = malloc(n * sizeof *ids), *flags = malloc(n * sizeof *flags);
    counts = calloc(n, sizeof *counts);
    char *line = patterns;
    for (size_t i = 0; i < n; i++) {
        char *end = strchr(line, '\n');
        *end = 0;
        char *tab = strchr(line, '\t'); /* issue, tab, regular expression */
        regexes[i] = tab ? tab + 1 : line;
        ids[i] = (unsigned)i;
        /* a text counts once, and where it matched is not asked */
        flags[i] = HS_FLAG_CASELESS | HS_FLAG_SINGLEMATCH;
        line = end + 1;
    }
    hs_database_t *database;
    hs_compile_error_t *error;
    if (hs_compile_multi(regexes, flags, ids, (unsigned)n, HS_MODE_BLOCK, NULL, &database, &error) != HS_SUCCESS) {
        fprintf(stderr, "%d: %s\n", error->expression, error->message);
        return 1;
    }
    hs_scratch_t *scratch = NULL;
    if (hs_alloc_scratch(database, &scratch) != HS_SUCCESS) return 1;
    struct timespec begun, ended;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    for (char *text = texts; text < texts + texts_length;) {
        char *end = memchr(text, '\n', (size_t)(texts + texts_length - text));
        if (!end) end = texts + texts_length;
        if (hs_scan(database, text, (unsigned)(end - text), 0, scratch, found, NULL) != HS_SUCCESS) return 1;
        text = end + 1;
    }
    clock_gettime(CLOCK_MONOTONIC, &ended);
    if (argc > 3)
        for (size_t i = 0; i < n; i++) printf("%u\n", counts[i]);
    else
        printf("%f\n", (double)(ended.tv_sec - begun.tv_sec) + (double)(ended.tv_nsec - begun.tv_nsec) / 1e9);
    return 0;
}
