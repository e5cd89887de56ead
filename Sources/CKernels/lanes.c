// Sparse rows times lanes of sequences, in the order of operations that `Tape` promises: from the
// offset on, columns ascending, multiply, then add. Contraction into fused operations is off, and
// no flag lets the compiler reorder, so every lane is what one sequence alone would give.

#include "kernel.h"

#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#elif defined(__GNUC__)
#pragma GCC optimize("fp-contract=off")
#endif

#define DEFINE_RUN(NAME, T, LANES) \
  INLINE void NAME##_affine(const ck_instruction *in, const T *restrict x, T *restrict y) { \
    const int32_t *restrict starts = in->starts, *restrict columns = in->columns; \
    const T *restrict weights = in->weights, *restrict offset = in->offset; \
    for (int32_t i = 0; i < in->rows; i++) { \
      T sum[LANES]; \
      for (int l = 0; l < LANES; l++) sum[l] = offset[i]; \
      for (int32_t k = starts[i]; k < starts[i + 1]; k++) { \
        const T weight = weights[k]; \
        const T *restrict factor = x + (int64_t)columns[k] * LANES; \
        for (int l = 0; l < LANES; l++) { \
          T product = weight * factor[l]; \
          sum[l] = sum[l] + product; \
        } \
      } \
      for (int l = 0; l < LANES; l++) y[(int64_t)i * LANES + l] = sum[l]; \
    } \
  } \
  CLONES void NAME(const ck_instruction *instructions, long count, T *registers) { \
    for (const ck_instruction *in = instructions; in < instructions + count; in++) { \
      T *restrict y = registers + in->target * LANES; \
      const T *restrict x = registers; \
      const int32_t *columns = in->columns; \
      switch (in->kind) { \
      case CK_AFFINE: NAME##_affine(in, x, y); break; \
      case CK_RELU: \
        for (int32_t i = 0; i < in->rows; i++) \
          for (int l = 0; l < LANES; l++) { \
            T value = x[(int64_t)columns[i] * LANES + l]; \
            y[(int64_t)i * LANES + l] = value <= 0 ? 0 : value; /* a NaN is not <= 0 */ \
          } \
        break; \
      case CK_MULTIPLY: \
        for (int32_t i = 0; i < in->rows; i++) \
          for (int l = 0; l < LANES; l++) \
            y[(int64_t)i * LANES + l] = x[(int64_t)columns[i] * LANES + l] \
              * x[(int64_t)columns[in->rows + i] * LANES + l]; \
        break; \
      default: \
        for (int32_t i = 0; i < in->rows; i++) \
          for (int l = 0; l < LANES; l++) \
            y[(int64_t)i * LANES + l] = x[(int64_t)columns[i] * LANES + l]; \
      } \
    } \
  }

DEFINE_RUN(ck_run_one_f64, double, 1)
DEFINE_RUN(ck_run_many_f64, double, CK_LANES_F64)
DEFINE_RUN(ck_run_one_f32, float, 1)
DEFINE_RUN(ck_run_many_f32, float, CK_LANES_F32)

#define DEFINE_MOVES(SUFFIX, T) \
  void ck_load_##SUFFIX( \
    const T *tokens, const int64_t *places, int lanes, long size, T *registers) { \
    for (int l = 0; l < lanes; l++) \
      for (long i = 0; i < size; i++) \
        registers[i * lanes + l] = places[l] < 0 ? 0 : tokens[places[l] + i]; \
  } \
  void ck_store_##SUFFIX( \
    const T *registers, const int32_t *columns, int lanes, long size, const int64_t *places, \
    T *outputs) { \
    for (int l = 0; l < lanes; l++) \
      for (long i = 0; i < size && places[l] >= 0; i++) \
        outputs[places[l] + i] = registers[(int64_t)columns[i] * lanes + l]; \
  }

DEFINE_MOVES(f64, double)
DEFINE_MOVES(f32, float)
