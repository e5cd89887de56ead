#ifndef CK_FIXED_H
#define CK_FIXED_H

#include "CKernels.h"

// y += scale * A x for integers of up to so many limbs; `a` has small weights, 2 <= n.
enum { CK_FIXED_LIMBS = 8 };

__attribute__((visibility("hidden"))) void ck_rows_fixed(
  const ck_matrix *a, const uint64_t *x, int kx, uint64_t scale, uint64_t *y, int n);

#endif
