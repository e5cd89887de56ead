#ifndef CK_KERNEL_H
#define CK_KERNEL_H

#include "CKernels.h"

// One version for each generation of x86-64 vectors, picked when the program is loaded. That needs
// indirect functions, which other systems lack; they get the plain version.
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__has_attribute)
#if __has_attribute(target_clones)
#define CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#endif
#endif
#ifndef CLONES
#define CLONES
#endif

#define INLINE static inline __attribute__((always_inline))

#endif
