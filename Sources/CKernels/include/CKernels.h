// What Swift cannot say as fast: loops over lanes of floats, and over integers of many limbs.

#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdint.h>

// MARK: - Floats, many sequences side by side

// A lane is a sequence. Coordinate c of lane l is at registers[c * lanes + l].
enum {
  CK_AFFINE = 0,    // y[i] = offset[i] + sum of weights[k] * x[columns[k]], k in starts[i]..<starts[i+1]
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
void ck_load_f64(const double *tokens, const int64_t *places, int lanes, long size, double *registers);
void ck_load_f32(const float *tokens, const int64_t *places, int lanes, long size, float *registers);

// Lane l of the coordinates `columns` goes to outputs + places[l], unless places[l] is negative.
void ck_store_f64(
  const double *registers, const int32_t *columns, int lanes, long size, const int64_t *places,
  double *outputs);
void ck_store_f32(
  const float *registers, const int32_t *columns, int lanes, long size, const int64_t *places,
  float *outputs);

#endif
