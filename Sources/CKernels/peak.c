#include "kernel.h"

/* What a core can do at most: sums that do not wait for each other, kept in registers. */

#if defined(__clang__)
#pragma clang fp contract(fast)
#endif

#define WIDTH 192

int64_t ck_peak_width_f32(void) { return WIDTH; }

CLONES float ck_peak_f32(int64_t rounds) {
  float sums[WIDTH];
  for (int i = 0; i < WIDTH; i++) sums[i] = (float)i;
  for (int64_t round = 0; round < rounds; round++)
    for (int i = 0; i < WIDTH; i++) sums[i] = sums[i] * 0.999f + 0.001f;
  float total = 0;
  for (int i = 0; i < WIDTH; i++) total += sums[i];
  return total;
}
