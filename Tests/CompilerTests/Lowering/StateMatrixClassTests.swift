import Compiler
import ExactArithmetic
import Testing

@Suite("State matrices")
struct StateMatrixClassTests {
  private static func kinds(_ matrix: Matrix) -> [StateMatrixClass] {
    StateMatrixClass.components(of: matrix).map(\.kind)
  }

  private static func obstacles(_ matrix: Matrix) -> [StateObstacle.Kind] {
    kinds(matrix).flatMap { kind -> [StateObstacle.Kind] in
      guard case .beyond(let obstacles) = kind else { return [] }
      return obstacles.map(\.kind)
    }
  }

  @Test("Components are connected in either direction")
  func components() {
    let matrix: Matrix = [[0, 0, 0, 1], [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]]
    let components = StateMatrixClass.components(of: matrix)
    #expect(components.map(\.coordinates) == [[0, 2, 3], [1]])
    #expect(components.map(\.kind) == [.nilpotent(index: 2), .triangular])
  }

  @Test("Nilpotent matrices have their index")
  func nilpotent() {
    #expect(Self.kinds([[0]]) == [.nilpotent(index: 1)])
    #expect(Self.kinds([[0, 0, 1], [5, 0, 0], [0, 0, 0]]) == [.nilpotent(index: 3)])
    #expect(Self.kinds([[1, -1], [1, -1]]) == [.nilpotent(index: 2)])
    #expect(Self.kinds([[2, -1], [4, -2]]) == [.nilpotent(index: 2)])
    #expect(Self.kinds([[0, 0], [0, 0]]) == [.nilpotent(index: 1), .nilpotent(index: 1)])
  }

  @Test("Triangular matrices need their diagonal in [0, 1]")
  func triangular() {
    #expect(Self.kinds([[1, 0], [5, 1]]) == [.triangular])
    #expect(Self.kinds([[0, -7], [0, Rational(2, 3)]]) == [.triangular])
    #expect(Self.obstacles([[1, 0], [5, Rational(3, 2)]]) == [.eigenvalueAboveOne(Rational(3, 2))])
    let negative = Rational(-1, 9)
    #expect(Self.obstacles([[negative, 0], [5, 1]]) == [.negativeEigenvalue(negative)])
  }

  @Test("A basis makes a matrix triangular")
  func triangularisable() throws {
    for seed in 0..<200 {
      var dice = Dice(seed: seed)
      let matrix = dice.matrix(.conjugated, dice.roll(2...6), [1, 2, 3, 5])
      for component in StateMatrixClass.components(of: matrix) {
        guard case .triangularisable(let basis) = component.kind else { continue }
        let size = component.matrix.rowCount
        #expect(basis.matrix.multiplied(by: basis.inverse) == .identity(size))
        let triangle = basis.inverse.multiplied(by: component.matrix).multiplied(by: basis.matrix)
        for part in StateMatrixClass.components(of: triangle) {
          #expect(part.kind != .nilpotent(index: 1) || part.coordinates.count == 1)
          if case .triangularisable = part.kind { Issue.record("not a triangle, seed \(seed)") }
          if case .beyond = part.kind { Issue.record("beyond, seed \(seed)") }
        }
      }
    }
  }

  @Test("Eigenvalues with long denominators are found")
  func longDenominators() {
    let a = Rational(1, 1_000_003)
    let b = Rational(999_983, 999_999_937)
    // The companion matrix of (x − a)(x − b).
    let matrix = Matrix(dense: [[0, -(a * b)], [1, a + b]])
    guard case .triangularisable(let basis) = Self.kinds(matrix).first else {
      Issue.record("\(Self.kinds(matrix))")
      return
    }
    let triangle = basis.inverse.multiplied(by: matrix).multiplied(by: basis.matrix)
    #expect(triangle == .diagonal([a, b]))
  }

  @Test("Cycles of any size are named without looking for roots")
  func cycles() {
    func cycle(_ weights: [Rational]) -> Matrix {
      Matrix(
        columnCount: weights.count,
        rows: weights.enumerated().map {
          [.init(column: ($0.offset + 1) % weights.count, value: $0.element)]
        })
    }
    #expect(Self.obstacles(cycle([1, 1])) == [.negativeEigenvalue(-1)])
    #expect(Self.obstacles(cycle([4, 1])) == [.negativeEigenvalue(nil), .eigenvalueAboveOne(nil)])
    #expect(Self.obstacles(cycle([-1, 1])) == [.complexEigenvalues])
    #expect(Self.obstacles(cycle([1, 1, 1])) == [.complexEigenvalues])
    #expect(Self.obstacles(cycle([1, -1, 1])) == [.negativeEigenvalue(-1), .complexEigenvalues])
    let large = cycle(Array(repeating: 1, count: 5000))
    #expect(Self.obstacles(large) == [.negativeEigenvalue(-1), .complexEigenvalues])
  }

  /// Two ways to the same facts: cycles by their product, and the same matrices with a coordinate
  /// added that makes them no single cycle, by Sturm's theorem.
  @Test("Roots are counted as the cycles say", arguments: 2...7)
  func sturmAgreesWithCycles(size: Int) {
    for product in [Rational(1, 3), 1, 5, -1, Rational(-7, 2)] {
      var numbers = [[Rational]](repeating: Array(repeating: 0, count: size), count: size)
      for index in 0..<size { numbers[index][(index + 1) % size] = index == 0 ? product : 1 }
      let cycle = Matrix(dense: numbers)
      // A shear changes the matrix, not its eigenvalues.
      let sheared = Matrix.shear(size, 0, size - 1, 1).multiplied(by: cycle)
        .multiplied(by: .shear(size, 0, size - 1, -1))
      #expect(Set(Self.obstacles(cycle)) == Set(Self.obstacles(sheared)), "\(size), \(product)")
    }
  }

  /// x² − t x + d by its discriminant and its values at 0 and 1.
  @Test("Two by two matrices are judged as by the formula for quadratic equations")
  func quadratic() {
    func isSquare(_ value: Rational) -> Bool {
      (0...200).contains { Rational($0 * $0) == value * 144 }
    }
    for seed in 0..<2000 {
      var dice = Dice(seed: seed)
      let (a, b, c, d) = (
        Rational(dice.roll(-3...6), 6), Rational(dice.pick([-2, -1, 1, 2]), 6),
        Rational(dice.pick([-3, -1, 1, 3]), 6), Rational(dice.roll(-3...6), 6)
      )
      let (trace, determinant) = (a + d, a * d - b * c)
      let discriminant = trace * trace - 4 * determinant
      let atOne = 1 - trace + determinant
      var expected: Set<String> = []
      if discriminant < 0 {
        expected = ["complex"]
      } else {
        if determinant < 0 || trace < 0 { expected.insert("negative") }
        if atOne < 0 || trace > 2 { expected.insert("above") }
        if expected.isEmpty && !isSquare(discriminant) { expected = ["irrational"] }
      }
      let found = Self.obstacles([[a, b], [c, d]]).map(Self.name)
      #expect(Set(found) == expected, "\([[a, b], [c, d]])")
    }
  }

  @Test("Matrices with known eigenvalues are judged by them")
  func known() {
    for seed in 0..<300 {
      var dice = Dice(seed: seed)
      let size = dice.roll(2...6)
      var numbers = dice.matrix(.triangular, size, [1, 2, 3]).dense
      var expected: Set<String> = []
      for index in 0..<dice.roll(0...2) {
        numbers[index][index] = dice.pick([Rational(-1, 3), -2, Rational(4, 3), 3, 1])
        if numbers[index][index] < 0 { expected.insert("negative") }
        if numbers[index][index] > 1 { expected.insert("above") }
      }
      var product = Matrix(dense: numbers)
      if dice.roll(0...3) == 0 {
        product = .blockDiagonal([product, [[0, -1], [1, 0]]])
        expected.insert("complex")
      }
      let sheared = dice.conjugated(product)
      let found = Self.obstacles(Matrix(dense: sheared)).map(Self.name)
      #expect(Set(found) == expected, "seed \(seed)")
    }
  }

  private static func name(_ kind: StateObstacle.Kind) -> String {
    switch kind {
    case .negativeEigenvalue: "negative"
    case .eigenvalueAboveOne: "above"
    case .complexEigenvalues: "complex"
    case .irrationalEigenvalue: "irrational"
    case .notAnalysed: "not analysed"
    case .integrator, .irrationalMultiplier: "of Hawk's"
    }
  }

  @Test("Blocks too large to analyse are said to be")
  func large() {
    let size = StateMatrixClass.largestAnalysedBlock + 1
    func projector(_ size: Int) -> Matrix {
      let row = Array(repeating: Rational(1, size), count: size)
      return Matrix(dense: Array(repeating: row, count: size))
    }
    let full = projector(size)
    #expect(Self.obstacles(full) == [.notAnalysed(dimension: size)])
    let long = Rational(1) / Rational(10).raised(to: 1_000_000)
    #expect(Self.obstacles([[long, 1], [1, 0]]) == [.notAnalysed(dimension: 2)])
    guard case .triangularisable = Self.kinds(projector(size - 1)).first else {
      Issue.record("\(Self.kinds(projector(size - 1)))")
      return
    }
  }

  @Test("The largest blocks are analysed in bounded time")
  func time() {
    let size = StateMatrixClass.largestAnalysedBlock
    var dice = Dice(seed: 5)
    let full = Matrix(dense: (0..<size).map { _ in dice.vector(size, [1, 2]) })
    let found = Self.obstacles(full)
    #expect(found.contains(.complexEigenvalues) && !found.contains(.notAnalysed(dimension: size)))
  }
}
