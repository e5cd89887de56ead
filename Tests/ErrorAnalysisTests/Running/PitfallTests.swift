import ErrorAnalysis
import ExactArithmetic
import LSRL
import Testing

/// What has made bounds wrong before, here or in prototypes.
@Suite("A bound is never wrong")
struct PitfallTests {
  private static func linear(_ rows: [[Rational]], _ offset: [Rational]? = nil) -> LSRL.Operation {
    let matrix = Matrix(dense: rows)
    return .linear(AffineMap(matrix, offset: offset ?? rows.map { _ in 0 }))
  }

  @Test("An overflow to −∞ that a ReLU turns into 0 is unbounded")
  func hiddenOverflow() throws {
    for format in FloatFormat.catalogue {
      let large = Rational.powerOfTwo(format.maximumExponent)
      // ReLU(−4 large + 6 large) is 2 large; in floats −∞, hidden, and then 1.
      let run = try BoundedRun(
        1, [Self.linear([[-4 * large], [0]]), .relu, Self.linear([[1, 1]], [1])], [[1]])
      for mode in BoundMode.allCases {
        let value = try run.values(format, mode)[0]
        #expect(value.value == 1 && value.bound == .infinity, "\(format.name) \(mode)")
      }
      let state = LinState(recurrence: [[2]], input: AffineMap([[-1]]), initial: [0])
      let growing = try BoundedRun(
        1, [.linState(state), .relu], Array(repeating: [large], count: 4))
      for mode in BoundMode.allCases {
        #expect(
          try growing.values(format, mode).map(\.bound) == [0, .infinity, .infinity, .infinity])
      }
    }
  }

  @Test("A token beyond the greatest float is unbounded, also behind a ReLU")
  func overflowingToken() throws {
    for format in FloatFormat.catalogue {
      let huge = Rational.powerOfTwo(format.maximumExponent + 1)
      for mode in BoundMode.allCases {
        let run = try BoundedRun(2, [.relu], [[huge, -huge]])
        #expect(try run.values(format, mode).map(\.bound) == [.infinity, .infinity])
        let product = try BoundedRun(2, [.multiply], [[huge, 0]])
        #expect(try product.values(format, mode)[0].value.isNaN)
      }
    }
  }

  @Test("A weight's error may be too small for a float and still count")
  func vanishingDeviation() throws {
    for format in FloatFormat.catalogue {
      let weight = format.leastNonzero * Rational(5, 4)
      let factor = Rational.powerOfTwo(format.maximumExponent - 1)
      let run = try BoundedRun(1, [Self.linear([[weight]])], [[factor]])
      for mode in BoundMode.allCases {
        #expect(try run.values(format, mode)[0].bound > 0, "\(format.name) \(mode)")
      }
    }
  }

  @Test("A float of 0 may have an error, and pass it on")
  func zeroWithError() throws {
    for format in FloatFormat.catalogue {
      let tiny = format.leastNonzero * Rational(1, 8)
      let large = Rational.powerOfTwo(format.maximumExponent - 1)
      for operations in [
        [Self.linear([[large]])], [.relu, Self.linear([[large]])],
        [Self.linear([[1], [0]], [0, large]), .multiply],
      ] {
        let run = try BoundedRun(1, operations, [[tiny]])
        for mode in BoundMode.allCases {
          let value = try run.values(format, mode)[0]
          #expect(value.value == 0 && value.bound > 0, "\(format.name) \(mode)")
        }
      }
    }
  }

  @Test("Products that vanish are bounded by what vanishes")
  func underflow() throws {
    for format in FloatFormat.catalogue {
      let small = Rational.powerOfTwo(format.minimumExponent / 2 - 2) * Rational(5, 4)
      let large = Rational.powerOfTwo(format.maximumExponent - 1)
      for operations in [
        [Self.linear([[small]]), Self.linear([[large]])],
        [Self.linear([[1], [1]]), .multiply, Self.linear([[large]])],
      ] {
        let run = try BoundedRun(1, operations, [[small]])
        for mode in BoundMode.allCases {
          let value = try run.values(format, mode)[0]
          #expect(value.value == 0 && value.bound > 0 && value.bound < .infinity)
        }
      }
    }
  }

  @Test("Subnormal products of powers of two lose bits, too")
  func subnormalPowers() throws {
    for format in FloatFormat.catalogue {
      // 1 + 2^(1 − p) has a last bit that falls off when it is scaled below the least normal one.
      let odd = 1 + Rational.powerOfTwo(1 - format.precision)
      let scale = format.leastNormal * Rational(1, 2)
      let run = try BoundedRun(1, [Self.linear([[scale]])], [[odd], [-odd]])
      for mode in BoundMode.allCases {
        #expect(try run.values(format, mode).allSatisfy { $0.bound > 0 })
      }
      // Rounded up to the least normal number, which no longer looks subnormal.
      let ones = 2 - Rational.powerOfTwo(1 - format.precision)
      try BoundedRun(1, [Self.linear([[scale]])], [[ones]]).everywhere { _, _, _ in }
    }
  }

  @Test("No number at all is unbounded")
  func noNumber() throws {
    for format in FloatFormat.catalogue {
      let large = Rational.powerOfTwo(format.maximumExponent)
      let both = [Self.linear([[4 * large], [-4 * large]]), Self.linear([[1, 1]])]
      let run = try BoundedRun(1, both + [.relu], [[1]])
      let vanishing = format.leastNonzero * Rational(1, 8)
      let zeroTimesInfinity = try BoundedRun(
        1, [Self.linear([[4 * large]]), Self.linear([[vanishing]]), .relu], [[1]])
      for mode in BoundMode.allCases {
        let values = try run.values(format, mode) + zeroTimesInfinity.values(format, mode)
        #expect(values.allSatisfy { $0.value.isNaN && $0.bound == .infinity })
      }
    }
  }

  @Test("A multiple of ReLUs that cannot be negative may be so in floats")
  func passing() throws {
    for format in FloatFormat.catalogue {
      let unit = format.unitRoundoff
      let part = unit * Rational(9, 10)
      // Five copies of ReLU(x): exactly 0.7 u x, in floats −2 u x. Less the same without ReLU.
      let row: [Rational] = [1, part, part, part, -1 - 2 * unit]
      let copies = Self.linear(Array(repeating: [1], count: 5))
      let difference = [
        Self.linear([row, row.map { -$0 }]), LSRL.Operation.relu, Self.linear([[1, 1]]),
      ]
      try BoundedRun(1, [copies, .relu] + difference, [[1], [3], [Rational(1, 3)]])
        .everywhere { _, _, _ in }
      let text = """
        ForEach:
          x = Input(dim=1)
          a = ReLU(Linear(input=x, A=[[1],[1],[1],[1],[1]], b=[0,0,0,0,0]))
          r = Linear(input=a, A=[[1, \(part), \(part), \(part), -\(1 + 2 * unit)]], b=[0])
          return ReLU(r) - r
        """
      try BoundedRun(text, [[1], [3]]).everywhere { values, used, _ in
        if used == format { #expect(values[0].value > 0, "\(values)") }
      }
    }
  }

  @Test("An exact guard of 0 keeps its product exact, whatever it guards")
  func exactGuard() throws {
    let run = try BoundedRun(2, [.multiply], [[0, Rational(1, 3)], [Rational(1, 3), 0]])
    try run.everywhere { values, _, _ in #expect(values.map(\.bound) == [0, 0]) }
  }
}
