// Rows of small weights times integers of a few limbs: the number of limbs is known to the compiler,
// so each sum stays in registers, and no branch depends on a sign.

#include "fixed.h"

#include <string.h>

#define INLINE static inline __attribute__((always_inline))

typedef unsigned __int128 wide_t;

INLINE uint64_t add(uint64_t a, uint64_t b, uint64_t *carry) {
#if defined(__has_builtin) && __has_builtin(__builtin_addcll)
  unsigned long long out, sum = __builtin_addcll(a, b, *carry, &out);
  *carry = out;
  return sum;
#else
  wide_t sum = (wide_t)a + b + *carry;
  *carry = (uint64_t)(sum >> 64);
  return (uint64_t)sum;
#endif
}

INLINE uint64_t subtract(uint64_t a, uint64_t b, uint64_t *borrow) {
#if defined(__has_builtin) && __has_builtin(__builtin_subcll)
  unsigned long long out, rest = __builtin_subcll(a, b, *borrow, &out);
  *borrow = out;
  return rest;
#else
  wide_t rest = (wide_t)a - b - *borrow;
  *borrow = (uint64_t)(rest >> 64) & 1;
  return (uint64_t)rest;
#endif
}

// sum += factor * (x ^ flip)
INLINE void add_product(
  uint64_t *sum, const uint64_t *x, uint64_t flip, uint64_t factor, const int n
) {
  uint64_t carry = 0;
#pragma clang loop unroll(full)
  for (int j = 0; j < n; j++) {
    wide_t product = (wide_t)factor * (x[j] ^ flip) + sum[j] + carry;
    sum[j] = (uint64_t)product;
    carry = (uint64_t)(product >> 64);
  }
}

INLINE void add_one(uint64_t *sum, const uint64_t *x, const int n) {
  uint64_t carry = 0;
#pragma clang loop unroll(full)
  for (int j = 0; j < n; j++) sum[j] = add(sum[j], x[j], &carry);
}

INLINE void subtract_one(uint64_t *sum, const uint64_t *x, const int n) {
  uint64_t borrow = 0;
#pragma clang loop unroll(full)
  for (int j = 0; j < n; j++) sum[j] = subtract(sum[j], x[j], &borrow);
}

// The integer at x, in n limbs.
INLINE const uint64_t *widened(const uint64_t *x, int kx, uint64_t *room, const int n) {
  if (kx == n) return x;
  uint64_t sign = (uint64_t)((int64_t)x[kx - 1] >> 63);
#pragma clang loop unroll(full)
  for (int j = 0; j < n; j++) room[j] = j < kx ? x[j] : sign;
  return room;
}

// A weight is f or -f, and -f x = f (~x) + f: so what is subtracted is flipped and added, and the
// sum of all such f comes last.
INLINE void rows(
  const ck_matrix *a, const uint64_t *x, int kx, uint64_t scale, uint64_t *y, const int n
) {
  uint64_t room[CK_FIXED_LIMBS];
  for (long i = 0; i < a->rows; i++, y += n) {
    int32_t k = a->starts[i], end = a->starts[i + 1];
    if (k == end) continue;
    uint64_t sum[CK_FIXED_LIMBS];
    if (scale == 1) memcpy(sum, y, sizeof *y * n);
    else memset(sum, 0, sizeof *y * n);
    int32_t middle = a->minus[i];
    if (middle >= 0) {
      for (; k < middle; k++)
        add_one(sum, widened(x + (int64_t)a->columns[k] * kx, kx, room, n), n);
      for (; k < end; k++)
        subtract_one(sum, widened(x + (int64_t)a->columns[k] * kx, kx, room, n), n);
    } else {
      wide_t rest = 0;
      for (; k < end; k++) {
        uint64_t flip = (uint64_t)(a->small[k] >> 63);
        uint64_t factor = ((uint64_t)a->small[k] ^ flip) - flip;
        const uint64_t *value = widened(x + (int64_t)a->columns[k] * kx, kx, room, n);
        add_product(sum, value, flip, factor, n);
        rest += factor & flip;
      }
      uint64_t carry = 0;
      sum[0] = add(sum[0], (uint64_t)rest, &carry);
      sum[1] = add(sum[1], (uint64_t)(rest >> 64), &carry);
#pragma clang loop unroll(full)
      for (int j = 2; j < n; j++) sum[j] = add(sum[j], 0, &carry);
    }
    if (scale == 1) memcpy(y, sum, sizeof *y * n);
    else add_product(y, sum, 0, scale, n);
  }
}

#define CASE(N) \
  case N: \
    if (kx == N) rows(a, x, N, scale, y, N); \
    else if (kx == N - 1) rows(a, x, N - 1, scale, y, N); \
    else rows(a, x, kx, scale, y, N); \
    break;

void ck_rows_fixed(
  const ck_matrix *a, const uint64_t *x, int kx, uint64_t scale, uint64_t *y, int n
) {
  switch (n) {
    CASE(2) CASE(3) CASE(4) CASE(5) CASE(6) CASE(7) CASE(8)
  }
}
