// What `digits.c` prepares, and `digits_of.h` runs.

#ifndef CK_DIGITS_H
#define CK_DIGITS_H

#include "kernel.h"

#include <string.h>

typedef __int128 wide_t;
typedef unsigned __int128 uwide_t;

// An integer is the sum of its digits times 2^(58 j). Digits are signed words, so sums of integers,
// up to LONGEST of them and an offset, need no carries: those are taken up at the end of a row, all
// at once. After that, digits are in -32 ..< 2^58 + 32, the highest one in whatever the integer asks
// for.
enum { DIGIT = 58, LONGEST = 30 };
#define DIGIT_MASK (((int64_t)1 << DIGIT) - 1)

// Where registers are, in bytes of two digits each.
typedef uint32_t place_t;
enum { PLACE = 16 };

// Rows of weights 1 and -1, one behind the other: in each, so many registers are added, then so many
// subtracted.
struct shape {
  int32_t rows, plus, minus;
};

// An instruction. Rows lie in an order of their own, alike together, so that the processor foresees
// the ends of loops; those with other weights come last.
//
// A state that is computed beside the old one and copied over it is not copied: it has two places,
// and what is read and written depends on whether the token's number is odd.
struct step {
  int32_t kind, rows;
  place_t target[2];
  const place_t *read[2];
  const struct shape *shapes;
  const int32_t *order;         // the rows of the instruction
  const int64_t (*offsets)[2];  // digits, in that order
  const double *weights;        // of rows with other weights, each its number first
  int32_t shape_count, weighted_rows;
  int norm;    // bits of the largest row, magnitudes added up
  int is_run;  // of copies: whether they read registers that lie side by side
};

// A state's two places.
struct twin {
  int64_t first, rows, second;
};

struct ck_whole {
  long count, registers, twin_count;
  const struct twin *twins;
  struct step steps[];
};

// x and so many bits of it, -2^b <= x < 2^b: all x ^ 2 x together, without the lowest bit.
INLINE uint64_t excess(int64_t x) { return (uint64_t)x ^ ((uint64_t)x << 1); }

INLINE int bit_count(uint64_t x) { return x ? 64 - __builtin_clzll(x) : 0; }

// Takes up all carries: digits in 0 ..< 2^58, the highest one has the sign.
INLINE void carry(const int64_t *x, int64_t *y, const int digits) {
  int64_t up = 0;
#pragma clang loop unroll(full)
  for (int j = 0; j < digits - 1; j++) {
    up += x[j];
    y[j] = up & DIGIT_MASK;
    up >>= DIGIT;
  }
  y[digits - 1] = x[digits - 1] + up;
}

// The same for sums of products; of the highest only a word is kept.
INLINE void carry_wide(const wide_t *x, int64_t *y, const int digits) {
  wide_t up = 0;
#pragma clang loop unroll(full)
  for (int j = 0; j < digits - 1; j++) {
    up += x[j];
    y[j] = (int64_t)up & DIGIT_MASK;
    up >>= DIGIT;
  }
  y[digits - 1] = (int64_t)((uwide_t)up + (uwide_t)x[digits - 1]);
}

#endif
