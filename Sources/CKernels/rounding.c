// How to tell that floats never rounded.

#include "CKernels.h"

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
