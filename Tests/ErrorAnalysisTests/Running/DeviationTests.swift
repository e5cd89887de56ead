import ExactArithmetic
import Testing

@testable import ErrorAnalysis

@Suite("Arithmetic of deviations encloses")
struct DeviationTests {
  private static let numbers: [Double] = [
    0, 1, -1, 1.0 / 3, -Double.leastNonzeroMagnitude, 3 * Double.leastNonzeroMagnitude, 1e300,
    -1e-300, 0x1p-500, 1e10, -3.5e-17, 1e-160,
  ]
  private static let radii: [Double] = [
    0, Double.leastNonzeroMagnitude, 2024 * Double.leastNonzeroMagnitude, 1e-17, 0.1, 1e200,
  ]

  private static var deviations: [Deviation] {
    numbers.flatMap { number in radii.map { Deviation(number, $0) } }
  }

  /// Both ends of what `deviation` says.
  private func ends(_ deviation: Deviation) -> [Rational] {
    guard let center = Rational(exactly: deviation.center),
      let radius = Rational(exactly: deviation.radius)
    else { return [] }
    return [center - radius, center + radius]
  }

  private func expect(
    _ deviation: Deviation, contains value: Rational,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let ends = ends(deviation)
    #expect(
      deviation.isUnknown || (ends[0] <= value && value <= ends[1]), "\(deviation) \(value)",
      sourceLocation: sourceLocation)
  }

  @Test("sums, and multiples by floats and by rationals")
  func arithmetic() {
    let factors: [Rational] = [1, -1, Rational(1, 3), 1000, Rational(2).raised(to: 400), 0]
    for left in Self.deviations {
      for end in ends(left) {
        for right in Self.deviations.enumerated().filter({ $0.offset % 5 == 0 }).map(\.element) {
          for other in ends(right) { expect(left + right, contains: end + other) }
        }
        for number in Self.numbers {
          expect(left.scaled(by: number), contains: end * (Rational(exactly: number) ?? 0))
        }
        for factor in factors { expect(Factor(factor).times(left), contains: end * factor) }
      }
    }
  }

  @Test("what a ReLU does")
  func relu() {
    for float in Self.numbers {
      guard let value = Rational(exactly: float) else { continue }
      for deviation in Self.deviations {
        for error in ends(deviation) {
          let after = value.positivePart - (value - error).positivePart
          expect(deviation.throughReLU(of: float), contains: after)
        }
      }
    }
  }

  @Test("Zero stays zero, and nothing known stays nothing known")
  func borders() {
    for deviation in Self.deviations {
      #expect(deviation + .zero == deviation)
      #expect((deviation + .unknown).isUnknown && (Deviation.unknown + deviation).isUnknown)
    }
    #expect(Deviation.unknown.scaled(by: 0).isZero && Factor(0).times(.unknown).isZero)
    #expect(Factor(2).times(.unknown).isUnknown && Deviation.unknown.scaled(by: 2).isUnknown)
    #expect(Deviation.zero.throughReLU(of: -1).isZero)
    #expect(Deviation(.nan, 0).isUnknown && Deviation(0, .nan).isUnknown)
    #expect(Deviation.unknown.bound == .infinity && Deviation.zero.bound == 0)
  }

  @Test("What products and sums lose is known exactly, or enclosed where it underflows")
  func transforms() {
    func check<Number: FormattedNumber>(_ number: Number.Type) {
      typealias Model = NearestEven<Number>
      let samples = Self.numbers.map { Number.round($0) }.filter(\.isFinite)
      for left in samples {
        for right in samples {
          guard let a = Rational(exactly: left), let b = Rational(exactly: right) else { continue }
          let product = Number.round(left * right)
          if let rounded = Rational(exactly: product) {
            expect(Model.productDeviation(left, right, product), contains: rounded - a * b)
          }
          let sum = Number.round(left + right)
          if let rounded = Rational(exactly: sum) {
            expect(Model.sumDeviation(left, right, sum), contains: rounded - (a + b))
          }
        }
      }
    }
    check(Double.self)
    check(Float.self)
    check(Binary16.self)
    check(BFloat16.self)
  }
}
