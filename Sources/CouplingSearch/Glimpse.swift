import ExactArithmetic

/// What can be seen of a rational at a glance, in three words however long it is: its residue and
/// about where it lies. Enough to see affine relations and signs of what a program computes, at a
/// fraction of the cost of the rationals themselves.
///
/// Like everything that a search sees it is for guessing: the error is followed to first order.
struct Glimpse: Sendable {
  var residue: Residue
  var value: Double

  /// About how far `value` may be from the number.
  var error: Double

  static let zero = Glimpse(residue: .zero, value: 0, error: 0)

  /// Roundings of a term, and of some dozens of sums that it goes into.
  private static let rounding = 0x1p-46

  init(residue: Residue, value: Double, error: Double) {
    self.residue = residue
    self.value = value
    self.error = error
  }

  init(_ number: Rational) {
    let value = Double(nearest: number)
    self.init(residue: Residue(number), value: value, error: value.magnitude * 0x1p-52)
  }

  /// Adds a product; its own error grows by that of its terms, which include their sum's.
  @inline(__always)
  mutating func add(_ weight: Glimpse, times factor: Glimpse) {
    residue = residue + weight.residue * factor.residue
    let product = weight.value * factor.value
    value += product
    error +=
      weight.value.magnitude * factor.error + product.magnitude * Glimpse.rounding
  }

  static func * (left: Glimpse, right: Glimpse) -> Glimpse {
    let value = left.value * right.value
    return Glimpse(
      residue: left.residue * right.residue, value: value,
      error: left.value.magnitude * right.error + right.value.magnitude * left.error
        + left.error * right.error + value.magnitude * rounding)
  }

  static func - (left: Glimpse, right: Glimpse) -> Glimpse {
    let value = left.value - right.value
    return Glimpse(
      residue: left.residue - right.residue, value: value,
      error: left.error + right.error + value.magnitude * rounding)
  }

  /// −1, 0 or 1; nil if it is not seen. A number that may be zero and has the residue of zero is.
  @inline(__always)
  var signum: Int? {
    if value > error { return 1 }
    if value < -error { return -1 }
    return residue == .zero ? 0 : nil
  }

  /// Beyond this, products soon leave the range of floats.
  var isFar: Bool { !(value.magnitude < 0x1p500) }
}
