// Whole numbers in place of floats: how to tell that floats never rounded, and the same programs in
// 128 bits.

#include "CKernels.h"

#include <stdlib.h>

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

// A program prepared: weights and offsets as integers.
//
// A weight is f or -f, and -f x = f (~x) + f: so what is subtracted is flipped and added, and the
// sum of all such f is part of the offset.
struct ck_whole {
  long count;
  const ck_instruction *instructions;
  struct affine {
    const uint64_t *factors;  // NULL: all are 1
    const uint64_t *flips;
    const wide_t *offsets;
    int norm;  // bits of the largest row, magnitudes added up
  } affine[];
};

static long weight_count(const ck_instruction *in) { return in->starts[in->rows]; }

static wide_t magnitude(double x) { return x < 0 ? -(wide_t)x : (wide_t)x; }

ck_whole *ck_whole_make(const ck_instruction *instructions, long count) {
  long weights = 0, rows = 0;
  for (long position = 0; position < count; position++)
    if (instructions[position].kind == CK_AFFINE) {
      weights += weight_count(instructions + position);
      rows += instructions[position].rows;
    }
  size_t head = sizeof(ck_whole) + sizeof(struct affine) * (size_t)count;
  head = (head + 15) / 16 * 16;
  ck_whole *whole = malloc(head + (size_t)rows * sizeof(wide_t) + (size_t)weights * 16);
  if (!whole) return NULL;
  whole->count = count;
  whole->instructions = instructions;
  wide_t *offsets = (wide_t *)((char *)whole + head);
  uint64_t *factors = (uint64_t *)(offsets + rows), *flips = factors + weights;
  for (long position = 0; position < count; position++) {
    const ck_instruction *in = instructions + position;
    if (in->kind != CK_AFFINE) continue;
    const double *weight = in->weights, *offset = in->offset;
    struct affine *affine = whole->affine + position;
    *affine = (struct affine){NULL, flips, offsets, 0};
    for (int32_t i = 0; i < in->rows; i++) {
      wide_t sum = magnitude(offset[i]), rest = 0;
      for (int32_t k = in->starts[i]; k < in->starts[i + 1]; k++) {
        factors[k] = (uint64_t)magnitude(weight[k]);
        flips[k] = weight[k] < 0 ? ~(uint64_t)0 : 0;
        if (factors[k] != 1) affine->factors = factors;
        if (flips[k]) rest += factors[k];
        sum += factors[k];
      }
      *offsets++ = (wide_t)(int64_t)offset[i] + rest;
      if (bits(sum) > affine->norm) affine->norm = bits(sum);
    }
    factors += weight_count(in);
    flips += weight_count(in);
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

// The same where sums are known to fit; answers their excess.
static uint64_t run_affine(
  const ck_instruction *in, const struct affine *affine, const wide_t *x, wide_t *y
) {
  const uint64_t *flips = affine->flips, *factors = affine->factors;
  const int32_t *columns = in->columns;
  uint64_t high = 0;
  int32_t k = 0;
  for (int32_t i = 0; i < in->rows; i++) {
    uwide_t sum = (uwide_t)affine->offsets[i];
    int32_t end = in->starts[i + 1];
    if (!factors) {
      for (; k < end; k++) sum += (uwide_t)x[columns[k]] ^ (uwide_t)(wide_t)(int64_t)flips[k];
    } else {
      for (; k < end; k++) {
        uwide_t value = (uwide_t)x[columns[k]];
        uint64_t low = (uint64_t)value ^ flips[k], upper = (uint64_t)(value >> 64) ^ flips[k];
        sum += (uwide_t)low * factors[k] + ((uwide_t)(upper * factors[k]) << 64);
      }
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
      for (int32_t i = 0; i < in->rows; i++) y[i] = registers[columns[i]];
    }
    if (bits_of(high) > bound) bound = bits_of(high);
  }
  return bound;
}
