// Instructions for lanes, prepared for integers of many digits.

#include "digits.h"

#include <stdlib.h>

static long read_count(const ck_instruction *in) {
  switch (in->kind) {
  case CK_AFFINE: return in->starts[in->rows];
  case CK_MULTIPLY: return 2L * in->rows;
  default: return in->rows;
  }
}

static int is_run(const int32_t *columns, int32_t count) {
  for (int32_t i = 1; i < count; i++)
    if (columns[i] != columns[0] + i) return 0;
  return 1;
}

// MARK: - Rows

// A row with its number of columns to add and to subtract; other weights: minus < 0.
struct row {
  int32_t row, plus, minus;
};

static struct row row_of(const ck_instruction *in, int32_t i) {
  const double *weights = in->weights;
  struct row row = {i, 0, 0};
  for (int32_t k = in->starts[i]; k < in->starts[i + 1]; k++) {
    if (weights[k] == 1) row.plus++;
    else if (weights[k] == -1) row.minus++;
    else return (struct row){i, 0, -1};
  }
  return row;
}

static int compare_rows(const void *left, const void *right) {
  const struct row *a = left, *b = right;
  if ((a->minus < 0) != (b->minus < 0)) return a->minus < 0 ? 1 : -1;
  if (a->plus != b->plus) return a->plus < b->plus ? -1 : 1;
  if (a->minus != b->minus) return a->minus < b->minus ? -1 : 1;
  return a->row < b->row ? -1 : a->row > b->row;
}

static wide_t magnitude(double x) { return x < 0 ? -(wide_t)x : (wide_t)x; }

static int norm_of(const ck_instruction *in) {
  const double *weights = in->weights, *offset = in->offset;
  wide_t all = 0;
  for (int32_t i = 0; i < in->rows; i++) {
    wide_t sum = magnitude(offset[i]);
    for (int32_t k = in->starts[i]; k < in->starts[i + 1]; k++) sum += magnitude(weights[k]);
    all |= sum;
  }
  return all >> 63 ? 128 : bit_count((uint64_t)all);
}

// MARK: - Memory

// All that steps point to, in one block.
struct room {
  struct row *rows;
  int64_t (*offsets)[2];
  double *weights;
  int32_t *order;
  place_t *places;
  struct shape *shapes;
  uint8_t *marks;
};

// MARK: - States without copies

enum { READ = 1, WRITTEN = 2, WRITTEN_AGAIN = 4 };

// Whether the second of two instructions does nothing but copy what the first has computed.
static int is_pair(const ck_instruction *in, const ck_instruction *end) {
  return in + 1 < end && in->kind == CK_AFFINE && in[1].kind == CK_COPY && in->rows > 0
    && in->rows == in[1].rows && in[1].columns[0] == in->target
    && is_run(in[1].columns, in[1].rows);
}

// Which registers are read, other than by copies of pairs, and written, how often.
static void mark(const ck_instruction *instructions, long count, uint8_t *marks) {
  const ck_instruction *end = instructions + count;
  for (const ck_instruction *in = instructions; in < end; in++) {
    for (int32_t i = 0; i < in->rows; i++) {
      uint8_t *place = marks + in->target + i;
      *place |= *place & WRITTEN ? WRITTEN_AGAIN : WRITTEN;
    }
    if (in > instructions && is_pair(in - 1, end)) continue;
    for (long k = 0; k < read_count(in); k++) marks[in->columns[k]] |= READ;
  }
}

// Whether nobody else needs what is between, and nobody else writes to the state.
static int is_twin(const ck_instruction *in, const ck_instruction *end, const uint8_t *marks) {
  if (!is_pair(in, end)) return 0;
  for (int32_t i = 0; i < in->rows; i++)
    if (marks[in->target + i] & READ || marks[in[1].target + i] & WRITTEN_AGAIN) return 0;
  return 1;
}

// MARK: - Steps

// Where a register is: of states that have been computed for this token, the new place.
static place_t place(const int64_t *current, int64_t column) {
  return (place_t)(current[column] * PLACE);
}

static void prepare_affine(
  const ck_instruction *in, struct step *step, struct room *room, const int64_t *current[2]
) {
  const double *weights = in->weights, *offset = in->offset;
  struct row *rows = room->rows;
  for (int32_t i = 0; i < in->rows; i++) rows[i] = row_of(in, i);
  qsort(rows, (size_t)in->rows, sizeof *rows, compare_rows);
  step->norm = norm_of(in);
  step->order = room->order;
  step->offsets = (const int64_t (*)[2])room->offsets;
  step->shapes = room->shapes;
  step->weights = room->weights;
  place_t *read[2] = {(place_t *)step->read[0], (place_t *)step->read[1]};
  for (int32_t i = 0; i < in->rows; i++) {
    struct row row = rows[i];
    *room->order++ = row.row;
    (*room->offsets)[0] = (int64_t)offset[row.row] & DIGIT_MASK;
    (*room->offsets++)[1] = (int64_t)offset[row.row] >> DIGIT;
    int32_t start = in->starts[row.row], end = in->starts[row.row + 1];
    if (row.minus < 0) {
      step->weighted_rows++;
      *room->weights++ = end - start;
      for (int32_t k = start; k < end; k++) *room->weights++ = weights[k];
    } else if (i > 0 && rows[i - 1].plus == row.plus && rows[i - 1].minus == row.minus) {
      room->shapes[-1].rows++;
    } else {
      *room->shapes++ = (struct shape){1, row.plus, row.minus};
      step->shape_count++;
    }
    for (int pass = row.minus < 0 ? -1 : 0; pass < (row.minus < 0 ? 0 : 2); pass++)
      for (int32_t k = start; k < end; k++)
        for (int phase = 0; phase < 2; phase++)
          if (pass < 0 || (weights[k] < 0) == pass)
            *read[phase]++ = place(current[phase], in->columns[k]);
  }
}

static void prepare(
  const ck_instruction *in, struct step *step, struct room *room, const int64_t *current[2]
) {
  long reads = read_count(in);
  *step = (struct step){.kind = in->kind, .rows = in->rows};
  for (int phase = 0; phase < 2; phase++) {
    step->target[phase] = (place_t)(in->target * PLACE);
    step->read[phase] = room->places;
    room->places += reads;
  }
  if (in->kind == CK_AFFINE) {
    prepare_affine(in, step, room, current);
    return;
  }
  step->is_run = in->kind == CK_COPY && in->rows > 0 && is_run(in->columns, in->rows);
  for (int phase = 0; phase < 2; phase++)
    for (long k = 0; k < reads; k++)
      ((place_t *)step->read[phase])[k] = place(current[phase], in->columns[k]);
  // States may have moved.
  for (int phase = 0; phase < 2 && step->is_run; phase++)
    for (long k = 1; k < reads; k++)
      if (step->read[phase][k] != step->read[phase][0] + (place_t)k * PLACE) step->is_run = 0;
}

// MARK: - Programs

ck_whole *ck_whole_make(const ck_instruction *instructions, long count, long registers) {
  const ck_instruction *end = instructions + count;
  long reads = 0, weights = 0, rows = 0, most_rows = 0, pairs = 0, extra = 0;
  for (const ck_instruction *in = instructions; in < end; in++) {
    reads += read_count(in);
    if (in->kind != CK_AFFINE) continue;
    weights += read_count(in) + in->rows;
    rows += in->rows;
    if (in->rows > most_rows) most_rows = in->rows;
    if (is_pair(in, end)) {
      pairs++;
      extra += in->rows;
    }
  }
  if ((registers + extra) > UINT32_MAX / PLACE) return NULL;
  size_t size = sizeof(ck_whole) + sizeof(struct step) * (size_t)count;
  size = (size + 15) / 16 * 16;
  size_t offsets = size;
  size += sizeof(int64_t[2]) * (size_t)rows;
  size_t weight_start = size;
  size += sizeof(double) * (size_t)weights;
  size_t twins = size;
  size += sizeof(struct twin) * (size_t)pairs;
  size_t shapes = size;
  size += (sizeof(struct shape) + sizeof(int32_t)) * (size_t)rows;
  size += sizeof(place_t) * 2 * (size_t)reads;
  ck_whole *whole = malloc(size);
  // What is needed only here.
  int64_t *current[2] = {malloc(sizeof **current * 2 * (size_t)registers + 1), NULL};
  uint8_t *marks = calloc((size_t)registers + 1, 1);
  struct row *sorted = malloc(sizeof *sorted * (size_t)most_rows + 1);
  if (!whole || !current[0] || !marks || !sorted) {
    free(whole);
    whole = NULL;
  } else {
    current[1] = current[0] + registers;
    for (long i = 0; i < registers; i++) current[0][i] = current[1][i] = i;
    mark(instructions, count, marks);
    char *block = (char *)whole;
    struct room room = {
      .rows = sorted, .offsets = (int64_t (*)[2])(block + offsets),
      .weights = (double *)(block + weight_start), .shapes = (struct shape *)(block + shapes),
    };
    room.order = (int32_t *)(room.shapes + rows);
    room.places = (place_t *)(room.order + rows);
    struct twin *twin = (struct twin *)(block + twins);
    *whole = (ck_whole){0, registers, 0, twin};
    // Odd tokens find states at their second places. All places first: an instruction may read a
    // state before it is computed.
    for (const ck_instruction *in = instructions; in < end; in++) {
      if (!is_twin(in, end, marks)) continue;
      twin[whole->twin_count++] = (struct twin){in[1].target, in->rows, whole->registers};
      for (int32_t i = 0; i < in->rows; i++) current[1][in[1].target + i] = whole->registers++;
    }
    for (const ck_instruction *in = instructions; in < end; in++) {
      struct step *step = whole->steps + whole->count++;
      prepare(in, step, &room, (const int64_t **)current);
      if (!is_twin(in, end, marks)) continue;
      for (int32_t i = 0; i < in->rows; i++) {
        int64_t *first = current[0] + in[1].target + i, *second = current[1] + in[1].target + i;
        int64_t old = *first;
        *first = *second;
        *second = old;
      }
      for (int phase = 0; phase < 2; phase++)
        step->target[phase] = place(current[phase], in[1].target);
      in++;
    }
  }
  free(current[0]);
  free(marks);
  free(sorted);
  return whole;
}

void ck_whole_free(ck_whole *whole) { free(whole); }
