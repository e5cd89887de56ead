import ExactArithmetic
import PropertyTesting

/// Numbers of all sizes, a matrix and an interval: enough to state the laws on.
private struct ArithmeticCase: Sendable {
  let numbers: [Rational]
  let left: Matrix
  let right: Matrix
  let vector: [Rational]
}

extension Property {
  /// The laws that everything else rests on, across the border between 64 bits and GMP.
  public static let arithmeticLaws = Property(
    id: "arithmetic-laws",
    statement: "rationals are an ordered field that prints and rounds exactly; matrices compose; "
      + "intervals contain what they should",
    limits: "numbers of up to 400 bits, matrices of up to 5×5",
    of: Generator<ArithmeticCase> { choices in
      let size = 1 + choices.index(below: 5)
      let middle = 1 + choices.index(below: 5)
      return ArithmeticCase(
        numbers: (0..<3).map { _ in choices.numberOfAnySize() },
        left: choices.matrix(size, middle), right: choices.matrix(middle, size),
        vector: choices.vector(size))
    },
    describedBy: { "\($0.numbers), \($0.left) · \($0.right) · \($0.vector)" },
    check: { laws in
      let failure =
        laws.brokenFieldLaw ?? laws.brokenRepresentation ?? laws.brokenMatrixLaw
        ?? laws.brokenInclusion
      return Examination(failure.map { .refuted(kind: $0, explanation: "\(laws)") } ?? .holds)
    })
}

extension Choices {
  /// Small numbers, numbers about the border of 64 bits, and far beyond it.
  fileprivate mutating func numberOfAnySize() -> Rational {
    let scale = Rational(2).raised(to: UInt(element(of: [0, 1, 30, 61, 62, 63, 64, 65, 130])))
    let numerator = number() * scale + number()
    let divisor = Rational(2).raised(to: UInt(element(of: [0, 1, 31, 62, 63, 64, 128]))) + number()
    return divisor == 0 ? numerator : numerator / divisor
  }
}

extension ArithmeticCase {
  fileprivate var brokenFieldLaw: String? {
    let (a, b, c) = (numbers[0], numbers[1], numbers[2])
    if a + b != b + a || (a + b) + c != a + (b + c) { return "addition" }
    if a * b != b * a || (a * b) * c != a * (b * c) { return "multiplication" }
    if a * (b + c) != a * b + a * c { return "distribution" }
    if a - a != 0 || a + 0 != a || a * 1 != a { return "neutral elements" }
    if a != 0, a * a.reciprocal != 1 { return "reciprocals" }
    if (a < b) != (0 < b - a) || (a < b && b < a) { return "order" }
    if a.floor > a || a.floor + 1 <= a || !a.floor.isInteger { return "floor" }
    return a.numerator / a.denominator == a ? nil : "numerator and denominator"
  }

  fileprivate var brokenRepresentation: String? {
    for number in numbers {
      if (try? Rational(parsing: "\(number)")) != number { return "reading what was printed" }
      let double = Double(nearest: number)
      guard double.isFinite, let back = Rational(exactly: double) else { continue }
      if Double(nearest: back) != double { return "rounding what was rounded" }
      for neighbour in [double.nextUp, double.nextDown] {
        guard let other = Rational(exactly: neighbour) else { continue }
        if (other - number).magnitude < (back - number).magnitude { return "nearest binary64" }
      }
      let float = Float(nearest: number)
      for neighbour in [float.nextUp, float.nextDown] {
        guard let other = Rational(exactly: Double(neighbour)),
          let back = Rational(exactly: Double(float))
        else { continue }
        if (other - number).magnitude < (back - number).magnitude { return "nearest binary32" }
      }
    }
    return nil
  }

  fileprivate var brokenMatrixLaw: String? {
    let once = AffineMap(left)(AffineMap(right)(vector))
    if AffineMap(left.multiplied(by: right))(vector) != once { return "matrix products" }
    if left.multiplied(by: .identity(left.columnCount)) != left { return "the identity matrix" }
    return nil
  }

  fileprivate var brokenInclusion: String? {
    let (a, b, c) = (numbers[0], numbers[1], numbers[2])
    let first = Interval(min(a, b), max(a, b))
    for second in [Interval(min(b, c), max(b, c)), Interval(c, nil), Interval(nil, c)] {
      let member = second.contains(b) ? b : c
      if !(first + second).contains(a + member) || !(first - second).contains(a - member) {
        return "sums of intervals"
      }
      if !(first * second).contains(a * member) || !(second * first).contains(a * member) {
        return "products of intervals"
      }
      if !second.positivePart.contains(member.positivePart) { return "positive parts of intervals" }
    }
    return nil
  }
}
