import ExactArithmetic

/// What the library functions are, said once more without ReLUs: by cases, over plain rationals.
enum Definition {
  static func step(_ x: Rational, mu: Rational) -> Rational {
    if x <= 0 { return 0 }
    return x * mu >= 1 ? 1 : x * mu
  }

  static func bump(_ x: Rational, _ l: Rational, _ u: Rational, mu: Rational) -> Rational {
    let entered = x <= l ? 0 : min(1, (x - l) * mu)
    let left = x <= u ? 0 : min(1, (x - u) * mu)
    return entered - left
  }

  static func and(_ x: Rational, _ y: Rational, mu: Rational) -> Rational {
    let excess = step(x, mu: mu) + step(y, mu: mu) - 1
    return excess < 0 ? 0 : excess
  }

  /// By the distance alone.
  static func equal(_ x: Rational, _ y: Rational, mu: Rational) -> Rational {
    let distance = x < y ? y - x : x - y
    let nearness = 1 - (distance * mu >= 1 ? 1 : distance * mu)
    // One of the two sides is never larger, so its NOT is 1 and its step min(1, μ).
    let other = min(1, mu)
    let sum = min(1, mu * nearness) + other - 1
    return sum < 0 ? 0 : sum
  }

  static func unequal(_ x: Rational, _ y: Rational, mu: Rational) -> Rational {
    let distance = x < y ? y - x : x - y
    let larger = distance * mu >= 1 ? 1 : distance * mu
    return larger * mu >= 1 ? 1 : larger * mu
  }

  /// `value` behind a guard: all of it at 0, nothing from −|value| downwards, twice from |value|
  /// upwards.
  static func guarded(_ value: Rational, by opening: Rational) -> Rational {
    let size = value < 0 ? -value : value
    let sign: Rational = value < 0 ? -1 : 1
    if opening <= -size { return 0 }
    return opening >= size ? 2 * value : sign * (opening + size)
  }

  static func direct(
    _ c: Rational, _ t: Rational, _ f: Rational, lambda: Rational
  ) -> Rational {
    guarded(f, by: -lambda * c) + guarded(t, by: lambda * (c - 1))
  }

  static func stepped(
    _ c: Rational, _ t: Rational, _ f: Rational, lambda: Rational, mu: Rational
  ) -> Rational {
    let half = Rational(1, 2)
    return guarded(f, by: lambda * (step(half - c, mu: mu) - 1))
      + guarded(t, by: lambda * (step(c - half, mu: mu) - 1))
  }

  static func mean(_ c: Rational, _ t: Rational, _ f: Rational) -> Rational { f + c * (t - f) }
}
