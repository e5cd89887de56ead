import ExactArithmetic
import Testing

@testable import ErrorAnalysis

@Suite("Directed arithmetic")
struct DirectedArithmeticTests {
  /// Doubles of all kinds: ordinary, huge, tiny, subnormal, powers of two, neighbours of them.
  static func numbers(_ count: Int) -> [Double] {
    var generator = SeededGenerator(seed: 5)
    let special = [0, 1, -1, 0.5, 1e10, -1e10, 0x1p-1074, -0x1p-1022, 1.0.nextUp, 8.0.nextDown]
    return special
      + (0..<count).map { _ in
        let exponent = Int.random(in: -60...60, using: &generator)
        let scale = [0, 0, 0, 400, -500][Int.random(in: 0..<5, using: &generator)]
        return Double(
          sign: Bool.random(using: &generator) ? .plus : .minus, exponent: exponent + scale,
          significand: Double.random(in: 1..<2, using: &generator))
      }
  }

  private func exact(_ value: Double) throws -> Rational {
    try #require(Rational(exactly: value))
  }

  @Test("Sums are the nearest doubles on the right side")
  func sums() throws {
    for (a, b) in zip(Self.numbers(400), Self.numbers(400).reversed()) {
      let sum = try exact(a) + exact(b)
      let (up, down) = (Directed.sumUp(a, b), Directed.sumDown(a, b))
      #expect(try exact(up) >= sum && exact(down) <= sum)
      #expect(try exact(up.nextDown) < sum && exact(down.nextUp) > sum, "\(a) + \(b)")
    }
  }

  @Test("Products and quotients are on the right side, and nearest far from underflow")
  func products() throws {
    for (a, b) in zip(Self.numbers(400), Self.numbers(400).reversed()) where b != 0 {
      for (value, up, down) in [
        (try exact(a) * exact(b), Directed.productUp(a, b), Directed.productDown(a, b)),
        (try exact(a) / exact(b), Directed.quotientUp(a, b), Directed.quotientDown(a, b)),
      ] where up.isFinite && down.isFinite {
        #expect(try exact(up) >= value && exact(down) <= value, "\(a), \(b)")
        guard a.magnitude > 0x1p-800, up.magnitude > 0x1p-800, down.magnitude > 0x1p-800 else {
          continue
        }
        #expect(try exact(up.nextDown) < value && exact(down.nextUp) > value, "\(a), \(b)")
      }
      let below = Directed.largestBelow(quotient: a, b)
      if below.isFinite { #expect(try exact(below.nextUp) > exact(a) / exact(b)) }
    }
  }

  @Test("Nothing overflows to the wrong side, and 0 times no bound is 0")
  func extremes() {
    let largest = Double.greatestFiniteMagnitude
    #expect(Directed.sumUp(largest, largest) == .infinity)
    #expect(Directed.sumDown(largest, largest) == largest)
    #expect(Directed.sumUp(-largest, -largest) == -largest)
    #expect(Directed.productUp(-largest, 2) == -largest)
    #expect(Directed.productDown(largest, 2) == largest)
    #expect(Directed.productUp(0, .infinity) == 0)
    #expect(Directed.sumUp(-.infinity, 1) == -.infinity)
    #expect(Directed.sumUp(.infinity, -.infinity) == .infinity)
  }

  @Test("Formats round doubles as they round rationals", arguments: FloatFormat.catalogue)
  func formats(format: FloatFormat) throws {
    let rounding = FormatRounding(format)
    let edges = [rounding.largest, -rounding.largest, rounding.largest * 1.0001, 0x1p-25, 0x1p-134]
    for value in Self.numbers(400) + edges where value.isFinite {
      let number = try exact(value)
      let rounded = format.rounded(number)
      let nearest = rounding.nearest(value)
      #expect(Rational(exactly: nearest) == rounded.value, "\(value) to \(nearest)")
      let (up, down) = (rounding.up(value), rounding.down(value))
      #expect(down <= value && value <= up)
      #expect(down == up || rounding.below(up) == down, "\(value): \(down), \(up)")
      guard let inside = rounded.value, inside != 0 else { continue }
      #expect(try exact(rounding.halfPlace(upTo: value.magnitude)) >= (inside - number).magnitude)
      #expect(try exact(rounding.reach(of: nearest)) >= (inside - number).magnitude)
      let unit = Rational.powerOfTwo(rounding.grid(from: nearest.magnitude))
      #expect((inside / unit).isInteger)
      #expect((inside / Rational.powerOfTwo(dyadicExponent(nearest))).isInteger)
    }
  }
}

/// The same numbers in every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
