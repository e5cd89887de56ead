import ExactArithmetic
import Testing

@Suite("Square roots and softmax")
struct RootTests {
  @Test("Rational roots of rationals, of any size; no others")
  func rationals() {
    for top in 0..<40 {
      for bottom in 1..<20 {
        let root = Rational(top, bottom)
        #expect((root * root).root == root)
        if top > 0 {
          #expect((root * root + Rational(1, 10_000)).root.map { $0 > root } ?? true)
          #expect((root * root * 2).root == nil, "√2 times \(root)")
        }
      }
    }
    #expect(Rational(-4).root == nil)
    let long = Rational(7).raised(to: 200) / Rational(10).raised(to: 77)
    #expect((long * long).root == long && (long * long * 3).root == nil)
    // Around the largest squares of 64 bits, where estimates by floats are off.
    for root in [3_037_000_498, 3_037_000_499, 94_906_267, 4_294_967] {
      let square = Rational(root) * Rational(root)
      #expect(square.root == Rational(root))
      #expect((square + 1).root == nil && (square - 1).root == nil)
    }
  }

  @Test("Floats round; intervals have roots of points only")
  func others() {
    #expect((2.0 as Double).root == 2.0.squareRoot() && (9 as Float).root == 3)
    #expect(Interval(Rational(9, 4)).root == Interval(Rational(3, 2)))
    #expect(Interval(0, 1).root == nil)
  }

  @Test("Softmax is for floats")
  func softmax() throws {
    #expect(Rational.softmax([1, 2], dimension: 1) == nil)
    #expect(Interval.softmax([1, 2], dimension: 1) == nil)
    #expect(Double.softmax([3, 3, 3, 3], dimension: 7) == [0.25, 0.25, 0.25, 0.25])
    // e² to 1, in proportion: scores 4 and 0, over √4.
    let weights = try #require(Double.softmax([4, 0], dimension: 4))
    #expect(
      abs(weights[0] - 0.8807970779778823) < 1e-15 && abs(weights[0] + weights[1] - 1) < 1e-15)
    let large = try #require(Float.softmax([1e30, 1e30], dimension: 1))
    #expect(large == [0.5, 0.5], "without overflow")
  }
}
