// Steps on integers of D digits. Included for each D, with UP: what shuffles digits of a vector one
// up, with a zero of another one below.

#define PASTE(A, B) A##_##B
#define EXPAND(A, B) PASTE(A, B)
#define OF(A) EXPAND(A, D)

typedef int64_t OF(digits) __attribute__((vector_size(8 * D)));
#define DIGITS OF(digits)
#define AT(PLACE) (*(const DIGITS *)(x + (uint64_t)(PLACE) * (D / 2)))

// The highest digit an integer may have has 62 bits and a sign.
enum { OF(most_bits) = DIGIT * (D - 1) + 61 };

// Takes up carries once: from each digit to the next.
INLINE void OF(fold)(DIGITS *sum) {
  static const int64_t masks[] = {
    DIGIT_MASK, DIGIT_MASK, DIGIT_MASK, DIGIT_MASK, DIGIT_MASK, DIGIT_MASK, DIGIT_MASK, -1,
  };
  DIGITS mask, zero = {0}, up = *sum >> DIGIT;
  memcpy(&mask, masks + 8 - D, sizeof mask);
  *sum = (*sum & mask) + __builtin_shufflevector(up, zero, UP);
}

INLINE void OF(finish)(const DIGITS *sum, int32_t row, DIGITS *y, DIGITS *all) {
  y[row] = *sum;
  *all |= *sum ^ (*sum + *sum);
}

// The sum of these registers. Four at a time, so that few additions wait for each other.
INLINE void OF(gather)(const place_t *read, int32_t count, const char *x, DIGITS *result) {
  DIGITS sum = {0};
  const place_t *end = read + count;
  for (; end - read >= 4; read += 4)
    sum += (AT(read[0]) + AT(read[1])) + (AT(read[2]) + AT(read[3]));
  while (read < end) sum += AT(*read++);
  *result = sum;
}

// Rows of one shape, of up to LONGEST registers.
INLINE const place_t *OF(short_rows)(
  int32_t rows, const int plus, const int minus, const int64_t (*offsets)[2],
  const int32_t *order, const place_t *read, const char *x, DIGITS *y, DIGITS *high
) {
  DIGITS all = *high;
  for (int32_t i = 0; i < rows; i++, read += plus + minus) {
    DIGITS sum = {0}, added, subtracted;
    memcpy(&sum, offsets[i], sizeof *offsets);
    OF(gather)(read, plus, x, &added);
    OF(gather)(read + plus, minus, x, &subtracted);
    sum += added - subtracted;
    OF(fold)(&sum);
    OF(finish)(&sum, order[i], y, &all);
  }
  *high = all;
  return read;
}

INLINE const place_t *OF(long_row)(
  const struct shape *shape, const place_t *read, const char *x, DIGITS *result
) {
  DIGITS sum = *result, part;
  const place_t *middle = read + shape->plus, *end = middle + shape->minus;
  for (int32_t count; read < middle; read += count) {
    count = middle - read < LONGEST ? (int32_t)(middle - read) : LONGEST;
    OF(gather)(read, count, x, &part);
    sum += part;
    OF(fold)(&sum);
  }
  for (int32_t count; read < end; read += count) {
    count = end - read < LONGEST ? (int32_t)(end - read) : LONGEST;
    OF(gather)(read, count, x, &part);
    sum -= part;
    OF(fold)(&sum);
  }
  *result = sum;
  return read;
}

// Products of digits are added up with nothing carried on the way: weights have 53 bits, all those
// of a row together 62.
INLINE const place_t *OF(weighted_row)(
  const int64_t *offset, const double *weights, int32_t count, const place_t *read,
  const char *x, DIGITS *result
) {
  wide_t sums[D] = {offset[0], offset[1]};
  for (int32_t k = 0; k < count; k++) {
    int64_t weight = (int64_t)weights[k];
    const int64_t *digits = (const int64_t *)&AT(*read++);
#pragma clang loop unroll(full)
    for (int j = 0; j < D; j++) sums[j] += (wide_t)weight * digits[j];
  }
  carry_wide(sums, (int64_t *)result, D);
  return read;
}

#define SHORT(PLUS, MINUS) \
  case PLUS * 8 + MINUS: \
    read = OF(short_rows)( \
      shape->rows, PLUS, MINUS, offsets, order, read, x, y, &high); \
    break;

// Answers what the highest digits are more than signs.
INLINE uint64_t OF(affine)(
  const struct step *step, const place_t *read, const char *x, DIGITS *y, int64_t *room
) {
  const int64_t (*offsets)[2] = step->offsets;
  const int32_t *order = step->order;
  DIGITS high = {0};
  const struct shape *shape = step->shapes, *last = shape + step->shape_count;
  for (; shape < last; offsets += shape->rows, order += shape->rows, shape++) {
    int32_t plus = shape->plus, minus = shape->minus;
    switch (plus + minus <= 4 ? plus * 8 + minus : -1) {
      SHORT(0, 0) SHORT(0, 1) SHORT(0, 2) SHORT(0, 3) SHORT(0, 4)
      SHORT(1, 0) SHORT(1, 1) SHORT(1, 2) SHORT(1, 3)
      SHORT(2, 0) SHORT(2, 1) SHORT(2, 2)
      SHORT(3, 0) SHORT(3, 1)
      SHORT(4, 0)
    default:
      if (plus + minus <= LONGEST) {
        read = OF(short_rows)(shape->rows, plus, minus, offsets, order, read, x, y, &high);
        break;
      }
      for (int32_t i = 0; i < shape->rows; i++) {
        DIGITS sum = {0};
        memcpy(&sum, offsets[i], sizeof *offsets);
        read = OF(long_row)(shape, read, x, &sum);
        OF(finish)(&sum, order[i], y, &high);
      }
    }
  }
  const double *weights = step->weights;
  for (int32_t i = 0; i < step->weighted_rows; i++) {
    int32_t count = (int32_t)*weights++;
    DIGITS sum;
    read = OF(weighted_row)(offsets[i], weights, count, read, x, &sum);
    weights += count;
    OF(finish)(&sum, order[i], y, &high);
  }
  // All of it, or the compiler takes vectors apart for the highest digits.
  memcpy(room, &high, sizeof high);
  return (uint64_t)room[D - 1];
}

INLINE uint64_t OF(relu)(int32_t rows, const place_t *read, const char *x, DIGITS *y) {
  uint64_t high = 0;
  for (int32_t i = 0; i < rows; i++) {
    int64_t digits[D];
    carry((const int64_t *)&AT(read[i]), digits, D);
    int64_t keep = ~(digits[D - 1] >> 63);
#pragma clang loop unroll(full)
    for (int j = 0; j < D; j++) digits[j] &= keep;
    high |= excess(digits[D - 1]);
    memcpy(y + i, digits, sizeof digits);
  }
  return high;
}

// Of an integer without carries: -2^b <= x < 2^b.
INLINE int OF(bits)(const int64_t *digits) {
  int64_t sign = digits[D - 1] >> 63;
  int j = D - 1;
  if (digits[j] != sign) return DIGIT * j + bit_count((uint64_t)(digits[j] ^ sign));
  while (--j > 0 && digits[j] == (sign & DIGIT_MASK)) {}
  return DIGIT * j + bit_count((uint64_t)(digits[j] ^ (sign & DIGIT_MASK)));
}

// False if the product might not fit.
INLINE int OF(product)(const DIGITS *left, const DIGITS *right, DIGITS *product) {
  int64_t a[D], b[D];
  carry((const int64_t *)left, a, D);
  carry((const int64_t *)right, b, D);
  if (OF(bits)(a) + OF(bits)(b) > OF(most_bits)) return 0;
  // Digits above D are multiples of 2^116 there, so nothing of them is left in a word.
  uwide_t sums[2 * D] = {0};
  for (int i = 0; i < D; i++) {
    if (a[i] == 0) continue;
    for (int j = 0; j < D && i + j <= D; j++) sums[i + j] += (uwide_t)((wide_t)a[i] * b[j]);
  }
  int64_t digits[D];
  carry_wide((const wide_t *)sums, digits, D);
  digits[D - 1] = (int64_t)((uint64_t)digits[D - 1] + ((uint64_t)sums[D] << DIGIT));
  memcpy(product, digits, sizeof digits);
  return 1;
}

// Runs steps from `position` on. Answers where it stopped: results of that one might not fit.
CLONES static long OF(run)(const ck_whole *whole, long position, ck_digits *state) {
  const char *x = (const char *)state->words;
  int phase = state->is_odd;
  for (; position < whole->count; position++) {
    const struct step *step = whole->steps + position;
    const place_t *read = step->read[phase];
    DIGITS *y = (DIGITS *)&AT(step->target[phase]);
    uint64_t high = 0;
    switch (step->kind) {
    case CK_AFFINE:
      if (state->bits + step->norm > 62) return position;
      high = OF(affine)(step, read, x, y, state->room);
      break;
    case CK_RELU: high = OF(relu)(step->rows, read, x, y); break;
    case CK_MULTIPLY:
      for (int32_t i = 0; i < step->rows; i++) {
        if (!OF(product)(&AT(read[i]), &AT(read[step->rows + i]), y + i)) return position;
        high |= excess(((int64_t *)(y + i))[D - 1]);
      }
      break;
    default:
      if (step->is_run) memmove(y, &AT(read[0]), sizeof *y * (size_t)step->rows);
      else
        for (int32_t i = 0; i < step->rows; i++) y[i] = AT(read[i]);
    }
    int bits = bit_count(high >> 1);
    if (bits > state->bits) state->bits = bits;
  }
  return position;
}

#undef SHORT
#undef AT
#undef DIGITS
#undef OF
#undef EXPAND
#undef PASTE
