/// Arithmetic modulo the prime 2⁶¹ − 1.
enum Prime {
  static let modulus: UInt64 = (1 << 61) - 1

  static func sum(_ left: UInt64, _ right: UInt64) -> UInt64 { (left + right) % modulus }

  static func product(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let (high, low) = left.multipliedFullWidth(by: right)
    return sum(low & modulus, (high << 3) | (low >> 61))
  }

  /// x^(p − 2), by Fermat; zero for zero.
  static func reciprocal(_ value: UInt64) -> UInt64 {
    var result: UInt64 = 1
    var square = value
    var exponent = modulus - 2
    while exponent > 0 {
      if exponent & 1 == 1 { result = product(result, square) }
      square = product(square, square)
      exponent >>= 1
    }
    return result
  }

  /// A fixed number for each index that has nothing to do with its neighbours' (SplitMix64's mix).
  static func random(_ index: UInt64) -> UInt64 {
    var z = (index &+ 1) &* 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return (z ^ (z >> 31)) % modulus
  }
}
