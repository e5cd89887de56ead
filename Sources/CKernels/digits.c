// Programs in whole numbers, on integers of 2, 4 or 8 digits of 58 bits.

#include "digits.h"

#include <gmp.h>

#define D 2
#define UP 2, 0
#include "digits_of.h"
#undef D
#undef UP

#define D 4
#define UP 4, 0, 1, 2
#include "digits_of.h"
#undef D
#undef UP

#define D 8
#define UP 8, 0, 1, 2, 3, 4, 5, 6
#include "digits_of.h"
#undef D
#undef UP

long ck_whole_words(const ck_whole *whole) { return whole->registers * CK_DIGITS; }

void ck_digits_start(const ck_whole *whole, ck_digits *state) {
  state->digits = 2;
  // Of a word over 2^58.
  state->bits = 64 - DIGIT;
  state->is_odd = 0;
  memset(state->words, 0, sizeof *state->words * 2 * (size_t)whole->registers);
}

void ck_digits_set(ck_digits *state, long place, int64_t value) {
  int64_t *words = state->words + place * state->digits;
  words[0] = value & DIGIT_MASK;
  words[1] = value >> DIGIT;
  for (int j = 2; j < state->digits; j++) words[j] = 0;
}

// Twice as many digits; the highest ones are zero then.
static int widen(const ck_whole *whole, ck_digits *state) {
  int old = state->digits;
  if (old == CK_DIGITS) return 0;
  state->digits = 2 * old;
  state->bits = 0;
  for (long i = whole->registers - 1; i >= 0; i--) {
    int64_t digits[CK_DIGITS] = {0};
    memcpy(digits, state->words + i * old, sizeof *digits * (size_t)old);
    digits[old] = digits[old - 1] >> DIGIT;
    digits[old - 1] &= DIGIT_MASK;
    memcpy(state->words + i * 2 * old, digits, sizeof *digits * 2 * (size_t)old);
  }
  return 1;
}

int ck_whole_run(const ck_whole *whole, ck_digits *state) {
  long position = 0;
  while (1) {
    switch (state->digits) {
    case 2: position = run_2(whole, position, state); break;
    case 4: position = run_4(whole, position, state); break;
    default: position = run_8(whole, position, state);
    }
    if (position == whole->count) break;
    if (!widen(whole, state)) return 0;
  }
  state->is_odd ^= 1;
  return 1;
}

// Packs digits into limbs.
INLINE long pack(const int64_t *words, uint64_t *limbs, const int count) {
  int64_t digits[CK_DIGITS];
  carry(words, digits, count);
  int negative = digits[count - 1] < 0;
  if (negative) {
    for (int j = 0; j < count; j++) digits[j] = -digits[j];
    carry(digits, digits, count);
  }
  uwide_t rest = 0;
  long size = 0;
  int have = 0;
#pragma clang loop unroll(full)
  for (int j = 0; j < count; j++) {
    rest |= (uwide_t)(uint64_t)digits[j] << have;
    have += DIGIT;
    if (have < 64) continue;
    limbs[size++] = (uint64_t)rest;
    rest >>= 64;
    have -= 64;
  }
  limbs[size++] = (uint64_t)rest;
  while (size > 0 && limbs[size - 1] == 0) size--;
  return negative ? -size : size;
}

long ck_digits_get(const ck_whole *whole, const ck_digits *state, long place, uint64_t *limbs) {
  for (const struct twin *twin = whole->twins; twin < whole->twins + whole->twin_count; twin++)
    if (state->is_odd && place >= twin->first && place < twin->first + twin->rows) {
      place += twin->second - twin->first;
      break;
    }
  const int64_t *words = state->words + place * state->digits;
  switch (state->digits) {
  case 2: return pack(words, limbs, 2);
  case 4: return pack(words, limbs, 4);
  default: return pack(words, limbs, 8);
  }
}

uint64_t ck_divide_shared(uint64_t *limbs, long *size, uint64_t divisor) {
  if (*size == 0) return 1;
  if (divisor == 1) return 1;
  mp_limb_t *number = (mp_limb_t *)limbs;
  mp_limb_t shared = mpn_gcd_1(number, *size, divisor);
  if (shared == 1) return divisor;
  mpn_divrem_1(number, 0, number, *size, shared);
  if (limbs[*size - 1] == 0) --*size;
  return divisor / shared;
}
