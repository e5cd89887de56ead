// Integers in two's complement of one, two, or any number of limbs. Results wrap: whoever calls has
// proved a bound on them, so intermediate sums may overflow, and the last one is right.

#include "fixed.h"

#include <gmp.h>
#include <string.h>

_Static_assert(sizeof(mp_limb_t) == 8, "limbs of 64 bits");

typedef unsigned __int128 wide_t;

static inline int is_negative(const uint64_t *x, int k) { return (int64_t)x[k - 1] < 0; }

// One or two limbs, sign extended.
static inline wide_t load(const uint64_t *x, int k) {
  return k == 1 ? (wide_t)(__int128)(int64_t)x[0] : ((wide_t)x[1] << 64) | x[0];
}

static inline wide_t load_scale(const uint64_t *scale, int m) {
  return m == 1 ? scale[0] : ((wide_t)scale[1] << 64) | scale[0];
}

static inline void store(uint64_t *y, wide_t value) {
  y[0] = (uint64_t)value;
  y[1] = (uint64_t)(value >> 64);
}

// sum += by * limbs, or sum -= by * limbs: n limbs and `count` limbs, none with a sign.
static inline __attribute__((always_inline)) void accumulate_limb(
  mp_limb_t *sum, int n, const mp_limb_t *limbs, int count, mp_limb_t by, int negative
) {
  int length = count < n ? count : n, rest = n - length;
  mp_limb_t carry;
  if (by == 1)
    carry = negative ? mpn_sub_n(sum, sum, limbs, length) : mpn_add_n(sum, sum, limbs, length);
  else
    carry = negative ? mpn_submul_1(sum, limbs, length, by) : mpn_addmul_1(sum, limbs, length, by);
  if (rest == 0 || carry == 0) return;
  mp_limb_t *high = sum + length;
  if (negative) mpn_sub_1(high, high, rest, carry); else mpn_add_1(high, high, rest, carry);
}

// The magnitude of x, in k limbs.
static void absolute(const uint64_t *x, int k, uint64_t *magnitude) {
  if (is_negative(x, k)) mpn_neg((mp_limb_t *)magnitude, (const mp_limb_t *)x, k);
  else memcpy(magnitude, x, sizeof *x * k);
}

enum { FEW_LIMBS = 16 };

// y += factor * x, or y -= factor * x; y has n >= kx limbs, factor m limbs and no sign.
//
// One of x and the factor is gone through limb by limb, best the shorter one. x as an unsigned
// number is x + 2^(64 kx) if x is negative, so that much is taken back.
static void accumulate(
  uint64_t *y, int n, const uint64_t *x, int kx, const uint64_t *factor, int m, int negative
) {
  mp_limb_t *sum = (mp_limb_t *)y;
  const mp_limb_t *limbs = (const mp_limb_t *)x, *by = (const mp_limb_t *)factor;
  if (kx < m && kx <= FEW_LIMBS) {
    uint64_t magnitude[FEW_LIMBS];
    absolute(x, kx, magnitude);
    int sign = negative != is_negative(x, kx);
    for (int j = 0; j < kx && j < n; j++)
      if (magnitude[j]) accumulate_limb(sum + j, n - j, by, m, magnitude[j], sign);
    return;
  }
  for (int j = 0; j < m && j < n; j++)
    accumulate_limb(sum + j, n - j, limbs, kx, by[j], negative);
  if (is_negative(x, kx) && kx < n) accumulate_limb(sum + kx, n - kx, by, m, 1, !negative);
}

// y = value, in n >= 2 limbs.
static inline void spread(uint64_t *y, int n, __int128 value) {
  store(y, (wide_t)value);
  for (int j = 2; j < n; j++) y[j] = (uint64_t)(value >> 127);
}

// y += value, in n limbs.
static inline void add_wide(uint64_t *y, int n, __int128 value) {
  uint64_t sign = (uint64_t)(value >> 127), carry = 0;
  for (int j = 0; j < n; j++) {
    uint64_t limb = j == 0 ? (uint64_t)value : j == 1 ? (uint64_t)(value >> 64) : sign;
    wide_t sum = (wide_t)y[j] + limb + carry;
    y[j] = (uint64_t)sum;
    carry = (uint64_t)(sum >> 64);
  }
}

// Row i of A x where it and all of x fit in one limb.
static inline uint64_t row_of_one(const ck_matrix *a, long i, const uint64_t *x) {
  uint64_t sum = 0;
  for (int32_t k = a->starts[i]; k < a->starts[i + 1]; k++)
    sum += (uint64_t)a->small[k] * x[a->columns[k]];
  return sum;
}

// y += scale * A x for such.
static void rows_of_one(const ck_matrix *a, const uint64_t *x, uint64_t scale, uint64_t *y, int n) {
  for (long i = 0; i < a->rows; i++) {
    uint64_t sum = row_of_one(a, i, x);
    if (sum) add_wide(y + i * n, n, (__int128)(int64_t)sum * scale);
  }
}

void ck_scale_1(long count, const uint64_t *x, uint64_t scale, uint64_t *y) {
  for (long i = 0; i < count; i++) y[i] = scale * x[i];
}

void ck_scale_2(long count, const uint64_t *x, int kx, const uint64_t *scale, int m, uint64_t *y) {
  wide_t factor = load_scale(scale, m);
  for (long i = 0; i < count; i++) store(y + 2 * i, factor * load(x + kx * i, kx));
}

void ck_scale_n(
  long count, const uint64_t *x, int kx, const uint64_t *scale, int m, uint64_t *y, int n
) {
  if (kx == 1 && m == 1) {
    for (long i = 0; i < count; i++) spread(y + i * n, n, (__int128)(int64_t)x[i] * scale[0]);
    return;
  }
  memset(y, 0, sizeof *y * count * n);
  for (long i = 0; i < count; i++) accumulate(y + i * n, n, x + i * kx, kx, scale, m, 0);
}

void ck_rows_1(const ck_matrix *a, const uint64_t *x, uint64_t scale, uint64_t *y) {
  for (long i = 0; i < a->rows; i++) {
    uint64_t sum = 0;
    for (int32_t k = a->starts[i]; k < a->starts[i + 1]; k++)
      sum += (uint64_t)a->small[k] * x[a->columns[k]];
    y[i] += scale * sum;
  }
}

void ck_rows_2(
  const ck_matrix *a, const uint64_t *x, int kx, const uint64_t *scale, int m, uint64_t *y
) {
  if (m == 1) return ck_rows_fixed(a, x, kx, scale[0], y, 2);
  wide_t factor = load_scale(scale, m);
  for (long i = 0; i < a->rows; i++) {
    wide_t sum = 0;
    for (int32_t k = a->starts[i]; k < a->starts[i + 1]; k++)
      sum += (wide_t)(__int128)a->small[k] * load(x + (int64_t)a->columns[k] * kx, kx);
    store(y + 2 * i, load(y + 2 * i, 2) + factor * sum);
  }
}

// sum += row i of A x
static void add_row(
  const ck_matrix *a, long i, const uint64_t *x, int kx, uint64_t *sum, int n
) {
  for (int32_t k = a->starts[i]; k < a->starts[i + 1]; k++) {
    const uint64_t *value = x + (int64_t)a->columns[k] * kx;
    if (a->small) {
      int negative = a->small[k] < 0;
      uint64_t weight = negative ? 0 - (uint64_t)a->small[k] : (uint64_t)a->small[k];
      // As many limbs as the sum has: no sign to extend.
      if (kx == n)
        accumulate_limb((mp_limb_t *)sum, n, (const mp_limb_t *)value, n, weight, negative);
      else
        accumulate(sum, n, value, kx, &weight, 1, negative);
    } else {
      int64_t start = a->wide_starts[k];
      accumulate(
        sum, n, value, kx, a->wide + start, (int)(a->wide_starts[k + 1] - start), a->negative[k]);
    }
  }
}

void ck_rows_n(
  const ck_matrix *a, const uint64_t *x, int kx, const uint64_t *scale, int m, uint64_t *y, int n,
  uint64_t *scratch, int ks
) {
  int is_one = m == 1 && scale[0] == 1;
  if (a->small && m == 1 && kx == 1 && ks == 1) return rows_of_one(a, x, scale[0], y, n);
  if (a->small && m == 1 && n >= 2 && n <= CK_FIXED_LIMBS)
    return ck_rows_fixed(a, x, kx, scale[0], y, n);
  for (long i = 0; i < a->rows; i++) {
    if (is_one) {
      add_row(a, i, x, kx, y + i * n, n);
    } else if (a->small && kx == 1 && ks == 1) {
      uint64_t sum = row_of_one(a, i, x);
      if (sum) accumulate(y + i * n, n, &sum, 1, scale, m, 0);
    } else if (a->starts[i] < a->starts[i + 1]) {
      memset(scratch, 0, sizeof *scratch * ks);
      add_row(a, i, x, kx, scratch, ks);
      accumulate(y + i * n, n, scratch, ks, scale, m, 0);
    }
  }
}

void ck_products_1(long count, const uint64_t *a, const uint64_t *b, uint64_t *y) {
  for (long i = 0; i < count; i++) y[i] = a[i] * b[i];
}

void ck_products_2(
  long count, const uint64_t *a, int ka, const uint64_t *b, int kb, uint64_t *y
) {
  for (long i = 0; i < count; i++) store(y + 2 * i, load(a + i * ka, ka) * load(b + i * kb, kb));
}

void ck_products_n(
  long count, const uint64_t *a, int ka, const uint64_t *b, int kb, uint64_t *y, int n,
  uint64_t *scratch
) {
  uint64_t *left = scratch, *right = left + ka, *product = right + kb;
  for (long i = 0; i < count; i++) {
    absolute(a + i * ka, ka, left);
    absolute(b + i * kb, kb, right);
    if (ka >= kb)
      mpn_mul((mp_limb_t *)product, (mp_limb_t *)left, ka, (mp_limb_t *)right, kb);
    else
      mpn_mul((mp_limb_t *)product, (mp_limb_t *)right, kb, (mp_limb_t *)left, ka);
    if (is_negative(a + i * ka, ka) != is_negative(b + i * kb, kb))
      mpn_neg((mp_limb_t *)(y + i * n), (mp_limb_t *)product, n);
    else
      memcpy(y + i * n, product, sizeof *y * n);
  }
}

void ck_positive(long count, const uint64_t *x, int k, uint64_t *y) {
  for (long i = 0; i < count; i++) {
    if (is_negative(x + i * k, k)) memset(y + i * k, 0, sizeof *y * k);
    else memcpy(y + i * k, x + i * k, sizeof *y * k);
  }
}

long ck_bits(long count, const uint64_t *x, int k) {
  // The highest limb in which some integer is more than sign, and what is there.
  int top = 0;
  uint64_t union_there = 0;
  for (long i = 0; i < count; i++) {
    const uint64_t *limbs = x + i * k;
    uint64_t sign = (uint64_t)((int64_t)limbs[k - 1] >> 63);
    int j = k - 1;
    while (j > top && limbs[j] == sign) j--;
    if (j > top) {
      top = j;
      union_there = 0;
    }
    union_there |= limbs[j] ^ sign;
  }
  return 64L * top + (union_there ? 64 - __builtin_clzll(union_there) : 0);
}

void ck_narrow(long count, uint64_t *x, int k, int n) {
  for (long i = 0; i < count; i++) memmove(x + i * n, x + i * k, sizeof *x * n);
}

long ck_magnitude(const uint64_t *x, int k, uint64_t *magnitude) {
  absolute(x, k, magnitude);
  long size = k;
  while (size > 0 && magnitude[size - 1] == 0) size--;
  return is_negative(x, k) ? -size : size;
}

void ck_set(uint64_t *x, int k, const uint64_t *magnitude, long size, int negative) {
  memset(x, 0, sizeof *x * k);
  memcpy(x, magnitude, sizeof *x * (size < k ? size : k));
  if (negative) mpn_neg((mp_limb_t *)x, (mp_limb_t *)x, k);
}
