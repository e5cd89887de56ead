extension BoxAnalysis {
  /// What an operation yields before it is rounded.
  private struct Unrounded {
    var exact: Span

    /// The nearest numbers of the format to the least and the largest result on floats.
    var rounded: Span

    /// The results on floats.
    var float: Span

    /// What the operands' errors make of themselves.
    var carried: Double

    /// Results on floats are multiples of 2^grid.
    var grid: Int

    /// The error of rounding, where more is known than the size of the result.
    var rounding: Double?
  }

  /// Sharpens the value at `place` by what it reads. False if there is no such input.
  func compute(_ place: Int, in values: inout [Enclosure]) -> Bool {
    let instruction = line.instructions[place]
    var value = values[place]
    switch instruction.kind {
    case .leaf: break
    case .constant:
      let weight = line.weights[instruction.left]
      value = .unknown
      value.exact = weight.exact
      guard weight.error.isFinite else { break }
      value.float = Span(weight.rounded)
      value.error = weight.error
      value.grid = weight.exponent
    case .relu: rectify(values[instruction.left], &value)
    case .scale:
      let weight = line.weights[instruction.left]
      round(scaled(values[instruction.right], by: weight), &value)
    case .sum: round(sum(values[instruction.left], values[instruction.right]), &value)
    case .product: round(product(values[instruction.left], values[instruction.right]), &value)
    }
    guard value.settle(line.rounding, rules) else { return false }
    values[place] = value
    return true
  }

  private func rectify(_ argument: Enclosure, _ value: inout Enclosure) {
    value.exact.meet(low: max(argument.exact.low, 0), high: max(argument.exact.high, 0))
    value.grid = max(value.grid, argument.grid)
    guard argument.error.isFinite else { return }
    value.float.meet(low: max(argument.float.low, 0), high: max(argument.float.high, 0))
    let isOff = argument.float.high <= 0 && argument.exact.high <= 0
    value.error = min(value.error, isOff ? 0 : argument.error)
  }

  /// Rounds a result to the format.
  private func round(_ result: Unrounded, _ value: inout Enclosure) {
    let rounding = line.rounding
    value.exact.meet(low: result.exact.low, high: result.exact.high)
    guard result.carried.isFinite, result.rounded.low.isFinite, result.rounded.high.isFinite else {
      return
    }
    // Results that do not round to what the float is known to be do not occur.
    var float = result.float
    if value.float.low.isFinite {
      float.meet(
        low: Directed.sumDown(value.float.low, -rounding.reach(of: value.float.low)),
        high: Directed.sumUp(value.float.high, rounding.reach(of: value.float.high)))
      if float.isEmpty { float = result.float }
    }
    let size = float.largestMagnitude
    let isOnGrid =
      result.grid >= rounding.minimumExponent
      && (size == 0 || result.grid > 1100
        || size <= FormatRounding.power(min(result.grid + rounding.precision, 1023)))
    let error =
      isOnGrid
      ? 0 : min(result.rounding ?? .infinity, rounding.halfPlace(upTo: size))
    value.float.meet(low: result.rounded.low, high: result.rounded.high)
    value.error = min(
      value.error, Directed.sumUp(result.carried, error * rules.roundingErrorScale))
    value.grid = max(
      value.grid, max(result.grid, rounding.minimumExponent),
      rounding.grid(from: value.float.leastMagnitude))
    if value.float.isZero { value.grid = Enclosure.everyGrid }
  }
}

// MARK: - The operations

extension BoxAnalysis {
  private func scaled(_ x: Enclosure, by weight: RoundedLine.Weight) -> Unrounded {
    // c^ x^ − c x = c^ (x^ − x) + (c^ − c) x
    // Infinite floats stay so: times 0 they are no number.
    let isBounded = x.error.isFinite && weight.error.isFinite
    let carried =
      isBounded
      ? Directed.sumUp(
        Directed.productUp(weight.rounded.magnitude, x.error),
        Directed.productUp(weight.error, x.exact.largestMagnitude)) : .infinity
    let factor = Span(weight.rounded)
    var result = Unrounded(
      exact: x.exact.times(weight.exact), rounded: nearest(x.float, times: factor),
      float: x.float.times(factor), carried: carried, grid: x.grid + weight.exponent)
    if weight.isPowerOfTwo { result.rounding = shiftError(x, by: weight.exponent) }
    if x.float.isPoint {
      result.rounding = productError(x.float.low, weight.rounded) ?? result.rounding
    }
    return result
  }

  private func sum(_ x: Enclosure, _ y: Enclosure) -> Unrounded {
    var result = Unrounded(
      exact: x.exact.plus(y.exact),
      rounded: Span(
        low: line.rounding.nearest(x.float.low + y.float.low),
        high: line.rounding.nearest(x.float.high + y.float.high)),
      float: x.float.plus(y.float), carried: Directed.sumUp(x.error, y.error),
      grid: min(x.grid, y.grid))
    if x.float.isZero || y.float.isZero || x.float.cancels(y.float) {
      result.rounding = 0
    } else if x.float.isPoint && y.float.isPoint {
      let sum = x.float.low + y.float.low
      let rounded = line.rounding.nearest(sum)
      // Both differences are exact, and the error of the sum is (rounded − sum) − rest.
      let rest = Directed.sumError(x.float.low, y.float.low, sum)
      result.rounding = magnitudeUp(rounded - sum, -rest)
    }
    return result
  }

  private func product(_ x: Enclosure, _ y: Enclosure) -> Unrounded {
    // x^ y^ − x y = x^ (y^ − y) + y (x^ − x), or with x and y exchanged.
    func carried(_ x: Enclosure, _ y: Enclosure) -> Double {
      Directed.sumUp(
        Directed.productUp(x.float.largestMagnitude, y.error),
        Directed.productUp(y.exact.largestMagnitude, x.error))
    }
    let isBounded = x.error.isFinite && y.error.isFinite
    var result = Unrounded(
      exact: x.exact.times(y.exact), rounded: nearest(x.float, times: y.float),
      float: x.float.times(y.float),
      carried: isBounded ? min(carried(x, y), carried(y, x)) : .infinity, grid: x.grid + y.grid)
    for (factor, other) in [(x, y), (y, x)] where factor.float.isPoint {
      let point = factor.float.low
      if FormatRounding.isPowerOfTwo(point) {
        result.rounding = shiftError(other, by: dyadicExponent(point))
      }
      if other.float.isPoint {
        result.rounding = productError(point, other.float.low) ?? result.rounding
      }
    }
    return result
  }

  /// 0 if a number of the format times 2^exponent is one too, short of underflow.
  private func shiftError(_ x: Enclosure, by exponent: Int) -> Double? {
    x.grid + exponent >= line.rounding.minimumExponent ? 0 : nil
  }

  /// The error of rounding the product of two numbers of the format.
  private func productError(_ x: Double, _ y: Double) -> Double? {
    let product = x * y
    if x == 0 || y == 0 { return 0 }
    guard product.isFinite, product.magnitude > 0x1p-900 else { return nil }
    let rest = (-product).addingProduct(x, y)
    return magnitudeUp(line.rounding.nearest(product) - product, -rest)
  }

  private func magnitudeUp(_ x: Double, _ y: Double) -> Double {
    max(Directed.sumUp(x, y), Directed.sumUp(-x, -y))
  }

  /// The nearest numbers of the format to the least and the largest product.
  private func nearest(_ x: Span, times y: Span) -> Span {
    func round(_ a: Double, _ b: Double) -> Double {
      a == 0 || b == 0 ? 0 : line.rounding.nearest(a * b)
    }
    if y.isPoint {
      let ends = (round(x.low, y.low), round(x.high, y.low))
      return Span(low: min(ends.0, ends.1), high: max(ends.0, ends.1))
    }
    let a = round(x.low, y.low)
    let b = round(x.low, y.high)
    let c = round(x.high, y.low)
    let d = round(x.high, y.high)
    return Span(low: min(a, b, c, d), high: max(a, b, c, d))
  }
}

extension Span {
  func plus(_ other: Span) -> Span {
    Span(
      low: Directed.sumDown(low, other.low), high: Directed.sumUp(high, other.high))
  }

  func minus(_ other: Span) -> Span {
    Span(
      low: Directed.sumDown(low, -other.high), high: Directed.sumUp(high, -other.low))
  }

  func times(_ other: Span) -> Span {
    if other.isPoint {
      let factor = other.low
      return factor >= 0
        ? Span(low: Directed.productDown(low, factor), high: Directed.productUp(high, factor))
        : Span(low: Directed.productDown(high, factor), high: Directed.productUp(low, factor))
    }
    if isPoint { return other.times(self) }
    func ends(_ product: (Double, Double) -> Double) -> [Double] {
      [
        product(low, other.low), product(low, other.high), product(high, other.low),
        product(high, other.high),
      ]
    }
    return Span(
      low: ends(Directed.productDown).min() ?? -.infinity,
      high: ends(Directed.productUp).max() ?? .infinity)
  }

  /// Whether any member and any of `other` have opposite signs and are within a factor of 2 of each
  /// other: then their sum is exact (Sterbenz).
  func cancels(_ other: Span) -> Bool {
    if low > 0, other.high < 0 { return high <= -2 * other.high && -other.low <= 2 * low }
    if other.low > 0, high < 0 { return other.cancels(self) }
    return false
  }
}
