/* A workload over the rationals with C FLINT: integers over one common denominator for each vector.
 *
 *   flint WORKLOAD REPETITIONS
 *
 * Weights are scaled to integers once. After each operation common factors of the vector and its
 * denominator are divided out. */

#include <flint/fmpq.h>
#include <flint/fmpz.h>
#include <flint/fmpz_vec.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
  slong rows, columns, *starts, *places;
  fmpz *weights;
} matrix;

typedef struct {
  slong size;
  fmpz *numbers;
  fmpz_t denominator;
} vector;

typedef struct {
  enum { LINEAR, STATE, RELU, MULTIPLY } kind;
  matrix first, second;
  vector offset, initial, state;
  fmpz_t scale; /* what the matrices and the offset were multiplied by */
} operation;

static FILE *file;

static void *room(size_t count, size_t size) {
  void *memory = calloc(count + 1, size);
  if (!memory) exit(70);
  return memory;
}

static const char *word(void) {
  static char *buffer = NULL;
  static size_t capacity = 0;
  size_t length = 0;
  int c = fgetc(file);
  while (c == ' ' || c == '\n') c = fgetc(file);
  for (; c != EOF && c != ' ' && c != '\n'; c = fgetc(file)) {
    if (length + 1 >= capacity) buffer = realloc(buffer, capacity = 2 * capacity + 64);
    buffer[length++] = (char)c;
  }
  if (length == 0) exit(65);
  buffer[length] = 0;
  return buffer;
}

static slong count(void) { return atol(word()); }

static void ratio(fmpq_t number) {
  if (fmpq_set_str(number, word(), 10) != 0) exit(65);
}

/* Reads fractions into `numbers`, and makes `scale` a multiple of all their denominators. */
static matrix read_matrix(fmpq **fractions, fmpz_t scale) {
  matrix m;
  slong stored = 0, capacity = 16;
  m.rows = count();
  m.columns = count();
  m.starts = room(m.rows + 1, sizeof(slong));
  m.places = room(capacity, sizeof(slong));
  *fractions = room(capacity, sizeof(fmpq));
  for (slong i = 0; i < m.rows; i++) {
    slong entries = count();
    while (stored + entries > capacity) {
      m.places = realloc(m.places, 2 * capacity * sizeof(slong));
      *fractions = realloc(*fractions, 2 * capacity * sizeof(fmpq));
      capacity *= 2;
    }
    for (slong k = 0; k < entries; k++, stored++) {
      m.places[stored] = count();
      fmpq_init(*fractions + stored);
      ratio(*fractions + stored);
      fmpz_lcm(scale, scale, fmpq_denref(*fractions + stored));
    }
    m.starts[i + 1] = stored;
  }
  return m;
}

static void scale_matrix(matrix *m, fmpq *fractions, const fmpz_t scale) {
  m->weights = _fmpz_vec_init(m->starts[m->rows]);
  for (slong k = 0; k < m->starts[m->rows]; k++) {
    fmpz_divexact(m->weights + k, scale, fmpq_denref(fractions + k));
    fmpz_mul(m->weights + k, m->weights + k, fmpq_numref(fractions + k));
  }
}

static vector new_vector(slong size) {
  vector v;
  v.size = size;
  v.numbers = _fmpz_vec_init(size);
  fmpz_init_set_ui(v.denominator, 1);
  return v;
}

static vector read_vector(void) {
  slong size = count();
  vector v = new_vector(size);
  fmpq *fractions = room(size, sizeof(fmpq));
  for (slong i = 0; i < size; i++) {
    fmpq_init(fractions + i);
    ratio(fractions + i);
    fmpz_lcm(v.denominator, v.denominator, fmpq_denref(fractions + i));
  }
  for (slong i = 0; i < size; i++) {
    fmpz_divexact(v.numbers + i, v.denominator, fmpq_denref(fractions + i));
    fmpz_mul(v.numbers + i, v.numbers + i, fmpq_numref(fractions + i));
  }
  return v;
}

static void reduce(vector *v) {
  fmpz_t common;
  if (fmpz_is_one(v->denominator)) return;
  fmpz_init_set(common, v->denominator);
  for (slong i = 0; i < v->size && !fmpz_is_one(common); i++)
    fmpz_gcd(common, common, v->numbers + i);
  if (!fmpz_is_one(common)) {
    _fmpz_vec_scalar_divexact_fmpz(v->numbers, v->numbers, v->size, common);
    fmpz_divexact(v->denominator, v->denominator, common);
  }
  fmpz_clear(common);
}

static void add_row(fmpz_t sum, const matrix *m, slong row, const vector *v, const fmpz_t factor) {
  fmpz_t part;
  fmpz_init(part);
  for (slong k = m->starts[row]; k < m->starts[row + 1]; k++)
    fmpz_addmul(part, m->weights + k, v->numbers + m->places[k]);
  fmpz_addmul(sum, part, factor);
  fmpz_clear(part);
}

/* result = (first old + second value + offset), the old state and the value over one denominator */
static void apply(operation *o, const vector *old, const vector *value, vector *result) {
  fmpz_t common, old_factor, value_factor, one;
  fmpz_init(common);
  fmpz_init(old_factor);
  fmpz_init(value_factor);
  fmpz_init_set_ui(one, 1);
  fmpz_lcm(common, value->denominator, old ? old->denominator : one);
  fmpz_divexact(value_factor, common, value->denominator);
  if (old) fmpz_divexact(old_factor, common, old->denominator);
  for (slong i = 0; i < result->size; i++) {
    fmpz_mul(result->numbers + i, o->offset.numbers + i, common);
    if (old) add_row(result->numbers + i, &o->first, i, old, old_factor);
    add_row(result->numbers + i, &o->second, i, value, value_factor);
  }
  fmpz_mul(result->denominator, common, o->scale);
  reduce(result);
  fmpz_clear(common);
  fmpz_clear(old_factor);
  fmpz_clear(value_factor);
  fmpz_clear(one);
}

static void read_operation(operation *o) {
  const char *name = word();
  fmpq *first = NULL, *second = NULL;
  memset(o, 0, sizeof *o);
  fmpz_init_set_ui(o->scale, 1);
  if (!strcmp(name, "relu")) { o->kind = RELU; return; }
  if (!strcmp(name, "multiply")) { o->kind = MULTIPLY; return; }
  o->kind = !strcmp(name, "state") ? STATE : LINEAR;
  if (o->kind == STATE) o->first = read_matrix(&first, o->scale);
  o->second = read_matrix(&second, o->scale);
  o->offset = read_vector();
  fmpz_lcm(o->scale, o->scale, o->offset.denominator);
  if (o->kind == STATE) {
    o->initial = read_vector();
    o->state = new_vector(o->initial.size);
    scale_matrix(&o->first, first, o->scale);
  }
  scale_matrix(&o->second, second, o->scale);
  fmpz_t factor;
  fmpz_init(factor);
  fmpz_divexact(factor, o->scale, o->offset.denominator);
  _fmpz_vec_scalar_mul_fmpz(o->offset.numbers, o->offset.numbers, o->offset.size, factor);
  fmpz_clear(factor);
}

static void step(operation *o, vector *value, vector *result) {
  switch (o->kind) {
    case LINEAR: apply(o, NULL, value, result); break;
    case STATE:
      apply(o, &o->state, value, result);
      _fmpz_vec_set(o->state.numbers, result->numbers, result->size);
      fmpz_set(o->state.denominator, result->denominator);
      break;
    case RELU:
      for (slong i = 0; i < value->size; i++)
        if (fmpz_sgn(value->numbers + i) > 0) fmpz_set(result->numbers + i, value->numbers + i);
        else fmpz_zero(result->numbers + i);
      fmpz_set(result->denominator, value->denominator);
      break;
    case MULTIPLY:
      for (slong i = 0; i < result->size; i++)
        fmpz_mul(result->numbers + i, value->numbers + i, value->numbers + result->size + i);
      fmpz_mul(result->denominator, value->denominator, value->denominator);
      reduce(result);
      break;
  }
}

int main(int argc, char **argv) {
  if (argc != 3 || !(file = fopen(argv[1], "r"))) return 64;
  slong operations = count();
  operation *program = room(operations, sizeof(operation));
  for (slong i = 0; i < operations; i++) read_operation(program + i);
  slong tokens = count();
  vector *inputs = room(tokens, sizeof(vector));
  for (slong t = 0; t < tokens; t++) inputs[t] = read_vector();
  vector *results = room(operations, sizeof(vector));
  slong size = tokens ? inputs[0].size : 0;
  for (slong i = 0; i < operations; i++) {
    if (program[i].kind == LINEAR || program[i].kind == STATE) size = program[i].second.rows;
    if (program[i].kind == MULTIPLY) size /= 2;
    results[i] = new_vector(size);
  }
  vector *last = NULL;
  for (int repetition = atoi(argv[2]); repetition > 0; repetition--) {
    struct timespec start, end;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    for (slong i = 0; i < operations; i++)
      if (program[i].kind == STATE) {
        _fmpz_vec_set(program[i].state.numbers, program[i].initial.numbers, program[i].state.size);
        fmpz_set(program[i].state.denominator, program[i].initial.denominator);
      }
    for (slong t = 0; t < tokens; t++) {
      last = inputs + t;
      for (slong i = 0; i < operations; i++) {
        step(program + i, last, results + i);
        last = results + i;
      }
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    printf("seconds %.9f\n", end.tv_sec - start.tv_sec + 1e-9 * (end.tv_nsec - start.tv_nsec));
  }
  printf("numbers");
  for (slong i = 0; last && i < last->size; i++) {
    fmpq_t number;
    fmpq_init(number);
    fmpq_set_fmpz_frac(number, last->numbers + i, last->denominator);
    printf(" ");
    fmpq_print(number);
  }
  printf("\n");
  return 0;
}
