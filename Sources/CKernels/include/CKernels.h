// What Swift cannot say as fast: loops over lanes of floats, and over integers of many limbs.

#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdint.h>

// MARK: - Floats, many sequences side by side

// A lane is a sequence. Coordinate c of lane l is at registers[c * lanes + l].
enum {
  CK_AFFINE = 0,    // y[i] = offset[i] + sum of weights[k] * x[columns[k]], k from starts[i] on
  CK_RELU = 1,      // y[i] = max(0, x[columns[i]])
  CK_MULTIPLY = 2,  // y[i] = x[columns[i]] * x[columns[rows + i]]
  CK_COPY = 3       // y[i] = x[columns[i]]
};

// One instruction, on registers: y are the coordinates from `target` on, none of which it reads.
typedef struct {
  int32_t kind;
  int32_t rows;
  int64_t target;
  const int32_t *starts;
  const int32_t *columns;
  const void *weights;  // of the type of the registers, as `offset`
  const void *offset;
} ck_instruction;

// Runs `count` instructions on 1 lane, or on CK_LANES_F64 or CK_LANES_F32 of them.
#define CK_LANES_F64 16
#define CK_LANES_F32 32
void ck_run_one_f64(const ck_instruction *instructions, long count, double *registers);
void ck_run_many_f64(const ck_instruction *instructions, long count, double *registers);
void ck_run_one_f32(const ck_instruction *instructions, long count, float *registers);
void ck_run_many_f32(const ck_instruction *instructions, long count, float *registers);

// Lane l of the coordinates from `registers` on becomes the `size` numbers from tokens + places[l]
// on; zeros if places[l] is negative.
void ck_load_f64(
  const double *tokens, const int64_t *places, int lanes, long size, double *registers);
void ck_load_f32(
  const float *tokens, const int64_t *places, int lanes, long size, float *registers);

// Lane l of the coordinates `columns` goes to outputs + places[l], unless places[l] is negative.
void ck_store_f64(
  const double *registers, const int32_t *columns, int lanes, long size, const int64_t *places,
  double *outputs);
void ck_store_f32(
  const float *registers, const int32_t *columns, int lanes, long size, const int64_t *places,
  float *outputs);

// MARK: - Whole numbers

// If no operation on floats has rounded, overflowed or been invalid on this thread since the first
// call, their results are those of exact arithmetic. The processor keeps the flags (IEEE 754,
// section 7); both calls are to code that the compiler does not look into.
void ck_forget_rounding(void);
int ck_has_rounded(void);

// Instructions whose weights and offsets are doubles, whole and below 2^63, prepared for registers
// of integers. NULL if there is no memory. Registers that nobody but an instruction `CK_COPY` right
// behind reads may be left out.
typedef struct ck_whole ck_whole;
ck_whole *ck_whole_make(const ck_instruction *instructions, long count, long registers);
void ck_whole_free(ck_whole *whole);

// Registers of one sequence: integers of so many digits of 58 bits each, now 2, 4 or 8 of them. The
// caller provides so many words, aligned to 64 bytes.
#define CK_DIGITS 8
typedef struct {
  int digits;
  int bits;  // -2^b <= x < 2^b for the highest digits x of all registers
  int is_odd;
  int64_t *words;
  int64_t room[CK_DIGITS];
} ck_digits;
long ck_whole_words(const ck_whole *whole);

// All registers become 0.
void ck_digits_start(const ck_whole *whole, ck_digits *state);

// Before the first run; later only registers that no instruction writes to.
void ck_digits_set(ck_digits *state, long place, int64_t value);

// Runs the instructions once. Where results might not fit, all registers get more digits. False if
// even 8 might be too few; the registers are good for nothing then.
int ck_whole_run(const ck_whole *whole, ck_digits *state);

// Writes the magnitude of a register, up to 8 limbs, and answers their number, negated if the
// integer is negative. The highest limb is not zero.
long ck_digits_get(const ck_whole *whole, const ck_digits *state, long place, uint64_t *limbs);

// Divides the integer by what it has in common with the divisor, which is not 0. Answers what is
// left of that one; 1 for the integer 0.
uint64_t ck_divide_shared(uint64_t *limbs, long *size, uint64_t divisor);

// MARK: - Integers of k limbs

// A vector of `count` integers, each k limbs in two's complement, the lowest limb first. All
// arithmetic is modulo 2^(64 n) for results of n limbs: the caller has proved that results fit.
// `scale` is never negative and has `m` limbs.

// A sparse matrix of integers, by rows. Either `small` holds the weights, or `wide` does: weight k
// is the limbs wide_starts[k]..<wide_starts[k + 1], negated if negative[k]. Rows with minus[i] >= 0
// have no other weights than 1, and from weight minus[i] on, -1.
typedef struct {
  long rows;
  const int32_t *starts;
  const int32_t *columns;
  const int64_t *small;
  const uint64_t *wide;
  const int64_t *wide_starts;
  const uint8_t *negative;
  const int32_t *minus;
} ck_matrix;

// y = scale * x, for as many integers as `count` says.
void ck_scale_1(long count, const uint64_t *x, uint64_t scale, uint64_t *y);
void ck_scale_2(long count, const uint64_t *x, int kx, const uint64_t *scale, int m, uint64_t *y);
void ck_scale_n(
  long count, const uint64_t *x, int kx, const uint64_t *scale, int m, uint64_t *y, int n);

// y += scale * A x. The first two take small weights. `scratch` has room for ks limbs, enough for
// any row of A x.
void ck_rows_1(const ck_matrix *a, const uint64_t *x, uint64_t scale, uint64_t *y);
void ck_rows_2(
  const ck_matrix *a, const uint64_t *x, int kx, const uint64_t *scale, int m, uint64_t *y);
void ck_rows_n(
  const ck_matrix *a, const uint64_t *x, int kx, const uint64_t *scale, int m, uint64_t *y, int n,
  uint64_t *scratch, int ks);

// y = a * b, elementwise. `scratch` has room for 2 (ka + kb) limbs; n <= ka + kb.
void ck_products_1(long count, const uint64_t *a, const uint64_t *b, uint64_t *y);
void ck_products_2(
  long count, const uint64_t *a, int ka, const uint64_t *b, int kb, uint64_t *y);
void ck_products_n(
  long count, const uint64_t *a, int ka, const uint64_t *b, int kb, uint64_t *y, int n,
  uint64_t *scratch);

// y = max(0, x), elementwise, both of k limbs.
void ck_positive(long count, const uint64_t *x, int k, uint64_t *y);

// The least b with -2^b <= x < 2^b for all of x.
long ck_bits(long count, const uint64_t *x, int k);

// Keeps the lowest n limbs of each, in place.
void ck_narrow(long count, uint64_t *x, int k, int n);

// To and from a sign and `size` limbs of magnitude. The first answers the signed size.
long ck_magnitude(const uint64_t *x, int k, uint64_t *magnitude);
void ck_set(uint64_t *x, int k, const uint64_t *magnitude, long size, int negative);

// What one core can do at most: `rounds` multiply-adds on each of `ck_peak_width_f32()` numbers.
int64_t ck_peak_width_f32(void);
float ck_peak_f32(int64_t rounds);

#endif
