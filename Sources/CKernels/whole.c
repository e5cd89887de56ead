// Whole numbers in place of floats: how to tell that floats never rounded, and the same programs in
// 128 bits.

#include "CKernels.h"

#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#include <xmmintrin.h>

// The flags of invalid operation, division by zero, overflow, underflow and inexact result.
#define RAISED (0x01 | 0x04 | 0x08 | 0x10 | 0x20)

void ck_forget_rounding(void) { _mm_setcsr(_mm_getcsr() & ~RAISED); }

int ck_has_rounded(void) { return (_mm_getcsr() & RAISED) != 0; }
#else
#include <fenv.h>

void ck_forget_rounding(void) { feclearexcept(FE_ALL_EXCEPT); }

int ck_has_rounded(void) { return fetestexcept(FE_ALL_EXCEPT) != 0; }
#endif

typedef __int128 wide_t;
typedef unsigned __int128 uwide_t;

// Bits of the magnitude.
static int bits(wide_t x) {
  uwide_t magnitude = x < 0 ? -(uwide_t)x : (uwide_t)x;
  uint64_t high = (uint64_t)(magnitude >> 64), low = (uint64_t)magnitude;
  return high ? 128 - __builtin_clzll(high) : low ? 64 - __builtin_clzll(low) : 0;
}

// False if the product may not fit.
static inline int multiply(wide_t x, wide_t y, wide_t *product) {
  if ((int64_t)x == x && (int64_t)y == y) {
    *product = (wide_t)(int64_t)x * (int64_t)y;
    return 1;
  }
  if (bits(x) + bits(y) > 126) return 0;
  *product = x * y;
  return 1;
}

// The same for a weight: the product's upper words, with all carries, must fit in one.
static inline int weigh(wide_t x, int64_t weight, wide_t *product) {
  wide_t low = (wide_t)(uint64_t)x * weight;
  wide_t high = (wide_t)(int64_t)(x >> 64) * weight + (low >> 64);
  *product = (wide_t)((uwide_t)high << 64 | (uint64_t)low);
  return (int64_t)high == high;
}

// A row of weights 1 and -1: so many columns are added, then so many subtracted.
struct unit_row {
  int32_t row, plus, minus;
};

// A program prepared: weights and offsets as integers.
//
// A weight is f or -f, and -f x = f (~x) + f: so what is subtracted is flipped and added, and the
// sum of all such f is part of the offset.
//
// If all weights are 1 and -1, there are no flips: rows lie in an order of their own, those with as
// many columns to add and to subtract together, so that the processor foresees the ends of loops.
struct ck_whole {
  long count;
  const ck_instruction *instructions;
  struct affine {
    const uint64_t *factors;
    const uint64_t *flips;
    const wide_t *offsets;
    const struct unit_row *units;  // NULL if there are other weights
    const int32_t *columns;        // of units, one row behind the other
    int norm;  // bits of the largest row, magnitudes added up
    int is_run;  // of other instructions: whether they read registers that lie side by side
  } affine[];
};

static long weight_count(const ck_instruction *in) { return in->starts[in->rows]; }

static wide_t magnitude(double x) { return x < 0 ? -(wide_t)x : (wide_t)x; }

static int compare_units(const void *left, const void *right) {
  const struct unit_row *a = left, *b = right;
  if (a->plus != b->plus) return a->plus < b->plus ? -1 : 1;
  if (a->minus != b->minus) return a->minus < b->minus ? -1 : 1;
  return a->row < b->row ? -1 : a->row > b->row;
}

static int are_units(const double *weights, long count) {
  for (long k = 0; k < count; k++)
    if (weights[k] != 1 && weights[k] != -1) return 0;
  return 1;
}

static void prepare_units(
  const ck_instruction *in, wide_t *offsets, struct unit_row *units, int32_t *columns
) {
  const double *weights = in->weights, *offset = in->offset;
  for (int32_t i = 0; i < in->rows; i++) {
    units[i] = (struct unit_row){i, 0, 0};
    for (int32_t k = in->starts[i]; k < in->starts[i + 1]; k++)
      if (weights[k] > 0) units[i].plus++; else units[i].minus++;
    offsets[i] = (wide_t)(int64_t)offset[i];
  }
  qsort(units, (size_t)in->rows, sizeof *units, compare_units);
  for (int32_t i = 0; i < in->rows; i++)
    for (int pass = 0; pass < 2; pass++)
      for (int32_t k = in->starts[units[i].row]; k < in->starts[units[i].row + 1]; k++)
        if ((weights[k] < 0) == pass) *columns++ = in->columns[k];
}

static void prepare_weights(
  const ck_instruction *in, wide_t *offsets, uint64_t *factors, uint64_t *flips
) {
  const double *weights = in->weights, *offset = in->offset;
  for (int32_t i = 0; i < in->rows; i++) {
    wide_t rest = 0;
    for (int32_t k = in->starts[i]; k < in->starts[i + 1]; k++) {
      factors[k] = (uint64_t)magnitude(weights[k]);
      flips[k] = weights[k] < 0 ? ~(uint64_t)0 : 0;
      if (flips[k]) rest += factors[k];
    }
    offsets[i] = (wide_t)(int64_t)offset[i] + rest;
  }
}

static int norm_of(const ck_instruction *in) {
  const double *weights = in->weights, *offset = in->offset;
  int norm = 0;
  for (int32_t i = 0; i < in->rows; i++) {
    wide_t sum = magnitude(offset[i]);
    for (int32_t k = in->starts[i]; k < in->starts[i + 1]; k++) sum += magnitude(weights[k]);
    if (bits(sum) > norm) norm = bits(sum);
  }
  return norm;
}

static int is_run(const int32_t *columns, int32_t count) {
  for (int32_t i = 1; i < count; i++)
    if (columns[i] != columns[0] + i) return 0;
  return 1;
}

ck_whole *ck_whole_make(const ck_instruction *instructions, long count) {
  long weights = 0, rows = 0;
  for (long position = 0; position < count; position++)
    if (instructions[position].kind == CK_AFFINE) {
      weights += weight_count(instructions + position);
      rows += instructions[position].rows;
    }
  size_t head = sizeof(ck_whole) + sizeof(struct affine) * (size_t)count;
  head = (head + 15) / 16 * 16;
  // Units take less room than factors and flips.
  ck_whole *whole = malloc(
    head + (size_t)rows * (sizeof(wide_t) + sizeof(struct unit_row)) + (size_t)weights * 20);
  if (!whole) return NULL;
  whole->count = count;
  whole->instructions = instructions;
  wide_t *offsets = (wide_t *)((char *)whole + head);
  uint64_t *factors = (uint64_t *)(offsets + rows), *flips = factors + weights;
  struct unit_row *units = (struct unit_row *)(flips + weights);
  int32_t *columns = (int32_t *)(units + rows);
  for (long position = 0; position < count; position++) {
    const ck_instruction *in = instructions + position;
    struct affine *affine = whole->affine + position;
    *affine = (struct affine){.is_run = in->kind == CK_COPY && is_run(in->columns, in->rows)};
    if (in->kind != CK_AFFINE) continue;
    *affine = (struct affine){factors, flips, offsets, NULL, columns, norm_of(in), 0};
    if (are_units(in->weights, weight_count(in))) {
      prepare_units(in, offsets, units, columns);
      affine->units = units;
    } else {
      prepare_weights(in, offsets, factors, flips);
    }
    offsets += in->rows;
    units += in->rows;
    factors += weight_count(in);
    flips += weight_count(in);
    columns += weight_count(in);
  }
  return whole;
}

void ck_whole_free(ck_whole *whole) { free(whole); }

static int run_affine_checked(const ck_instruction *in, const wide_t *x, wide_t *y) {
  const double *weights = in->weights, *offset = in->offset;
  for (int32_t i = 0; i < in->rows; i++) {
    wide_t sum = (int64_t)offset[i];
    for (int32_t k = in->starts[i]; k < in->starts[i + 1]; k++) {
      wide_t product;
      if (!weigh(x[in->columns[k]], (int64_t)weights[k], &product)
          || __builtin_add_overflow(sum, product, &sum))
        return 0;
    }
    y[i] = sum;
  }
  return 1;
}

// What of x is more than a sign, in its upper word.
static inline uint64_t excess(wide_t x) { return (uint64_t)((x >> 64) ^ (x >> 127)); }

// The least b >= 64 with -2^b <= x < 2^b for all x that `excess` is of.
static int bits_of(uint64_t excess) { return 64 + (excess ? 64 - __builtin_clzll(excess) : 0); }

// Where sums are known to fit; answers the excess of the results.
static uint64_t run_units(
  const ck_instruction *in, const struct affine *affine, const wide_t *x, wide_t *y
) {
  const int32_t *columns = affine->columns;
  uint64_t high = 0;
  for (const struct unit_row *unit = affine->units; unit < affine->units + in->rows; unit++) {
    uwide_t sum = (uwide_t)affine->offsets[unit->row];
    const int32_t *middle = columns + unit->plus, *end = middle + unit->minus;
    while (columns < middle) sum += (uwide_t)x[*columns++];
    while (columns < end) sum -= (uwide_t)x[*columns++];
    y[unit->row] = (wide_t)sum;
    high |= excess((wide_t)sum);
  }
  return high;
}

static uint64_t run_affine(
  const ck_instruction *in, const struct affine *affine, const wide_t *x, wide_t *y
) {
  if (affine->units) return run_units(in, affine, x, y);
  const uint64_t *flips = affine->flips, *factors = affine->factors;
  const int32_t *columns = in->columns;
  uint64_t high = 0;
  int32_t k = 0;
  for (int32_t i = 0; i < in->rows; i++) {
    uwide_t sum = (uwide_t)affine->offsets[i];
    int32_t end = in->starts[i + 1];
    for (; k < end; k++) {
      uwide_t value = (uwide_t)x[columns[k]];
      uint64_t low = (uint64_t)value ^ flips[k], upper = (uint64_t)(value >> 64) ^ flips[k];
      sum += (uwide_t)low * factors[k] + ((uwide_t)(upper * factors[k]) << 64);
    }
    y[i] = (wide_t)sum;
    high |= excess(y[i]);
  }
  return high;
}

int ck_whole_run(const ck_whole *whole, int bound, uint64_t *words) {
  wide_t *registers = (wide_t *)words;
  for (long position = 0; position < whole->count; position++) {
    const ck_instruction *in = whole->instructions + position;
    wide_t *y = registers + in->target;
    const int32_t *columns = in->columns;
    uint64_t high = 0;
    switch (in->kind) {
    case CK_AFFINE:
      if (bound + whole->affine[position].norm <= 126) {
        high = run_affine(in, whole->affine + position, registers, y);
        break;
      }
      if (!run_affine_checked(in, registers, y)) return 0;
      for (int32_t i = 0; i < in->rows; i++) high |= excess(y[i]);
      break;
    case CK_RELU:
      for (int32_t i = 0; i < in->rows; i++) {
        wide_t value = registers[columns[i]];
        y[i] = value < 0 ? 0 : value;
      }
      break;
    case CK_MULTIPLY:
      for (int32_t i = 0; i < in->rows; i++) {
        if (!multiply(registers[columns[i]], registers[columns[in->rows + i]], y + i)) return 0;
        high |= excess(y[i]);
      }
      break;
    default:
      if (whole->affine[position].is_run)
        memmove(y, registers + columns[0], sizeof *y * (size_t)in->rows);
      else
        for (int32_t i = 0; i < in->rows; i++) y[i] = registers[columns[i]];
    }
    if (bits_of(high) > bound) bound = bits_of(high);
  }
  return bound;
}
