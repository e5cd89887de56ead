import ExactArithmetic

/// The eigenvalues of a strongly connected block, as far as decaying channels care.
enum Spectrum: Equatable {
  /// All are rational and in [0, 1]; here they are, ascending, each once.
  case decaying([Rational])

  /// What is wrong with them; not empty.
  case beyond([StateObstacle.Kind])

  init(of block: Matrix) {
    let size = block.rowCount
    if size == 1 {
      self.init(eigenvalue: block.row(0).first?.value ?? 0)
    } else if block.rows.allSatisfy({ $0.count == 1 }) {
      self = .beyond(Spectrum.kinds(ofCycle: block))
    } else if !Spectrum.isWithinReach(block) {
      self = .beyond([.notAnalysed(dimension: size)])
    } else {
      self.init(rootsOf: Polynomial.characteristic(of: block.dense).squareFree)
    }
  }

  /// Whether the analysis takes a few seconds at most. Of order n³ operations, on numbers of order
  /// n times the bits of the matrix's.
  private static func isWithinReach(_ block: Matrix) -> Bool {
    let size = block.rowCount
    guard size <= StateMatrixClass.largestAnalysedBlock else { return false }
    let work =
      Double(size * size * size) * (1 + Double(size) * MatrixPowers.bitGrowth(of: block) / 64)
    return work <= Double(1 << 20)
  }

  private init(eigenvalue: Rational) {
    if eigenvalue < 0 {
      self = .beyond([.negativeEigenvalue(eigenvalue)])
    } else if eigenvalue > 1 {
      self = .beyond([.eigenvalueAboveOne(eigenvalue)])
    } else {
      self = .decaying([eigenvalue])
    }
  }

  /// A single cycle of n ≥ 2 coordinates: the eigenvalues are the n-th roots of the product p of
  /// its weights. With n ≥ 3 some are complex. With n = 2 they are ±√p: one negative, or both
  /// imaginary.
  private static func kinds(ofCycle block: Matrix) -> [StateObstacle.Kind] {
    let product = block.rows.reduce(Rational(1)) { product, row in
      row.reduce(product) { $0 * $1.value }
    }
    var kinds: [StateObstacle.Kind] = []
    let isEven = block.rowCount.isMultiple(of: 2)
    if isEven ? product > 0 : product < 0 {
      kinds.append(.negativeEigenvalue(product == 1 || product == -1 ? -1 : nil))
    }
    if product > 1 { kinds.append(.eigenvalueAboveOne(nil)) }
    if block.rowCount > 2 || product < 0 { kinds.append(.complexEigenvalues) }
    return kinds
  }

  /// Precondition: square-free, not constant.
  private init(rootsOf polynomial: Polynomial) {
    let chain = SturmChain(polynomial)
    let isZeroRoot = polynomial(0) == 0
    let negative = chain.rootCount(upTo: 0) - (isZeroRoot ? 1 : 0)
    let upToOne = chain.rootCount(upTo: 1)
    var kinds: [StateObstacle.Kind] = []
    if negative > 0 {
      kinds.append(.negativeEigenvalue(polynomial.onlyRoot(if: negative, -1)))
    }
    if chain.rootCount > upToOne { kinds.append(.eigenvalueAboveOne(nil)) }
    if polynomial.degree > chain.rootCount { kinds.append(.complexEigenvalues) }
    guard kinds.isEmpty else {
      self = .beyond(kinds)
      return
    }
    let roots = polynomial.rationalRootsInUnitInterval(chain)
    self = roots.count < polynomial.degree ? .beyond([.irrationalEigenvalue]) : .decaying(roots)
  }
}

extension Polynomial {
  /// det(x I − A), for A by rows.
  ///
  /// A is brought to upper Hessenberg form by similarities; the polynomials of its leading blocks
  /// then follow one from the other. Cubic.
  ///
  /// Source: H. Cohen, *A Course in Computational Algebraic Number Theory*, 1993, algorithm 2.2.9.
  static func characteristic(of matrix: [[Rational]]) -> Polynomial {
    let h = hessenberg(matrix)
    var blocks = [Polynomial([1])]
    for size in 1...h.count {
      let last = size - 1
      var sum = [Rational](repeating: 0, count: size + 1)
      func add(_ polynomial: Polynomial, times factor: Rational, shift: Int = 0) {
        for (power, coefficient) in polynomial.coefficients.enumerated() {
          sum[power + shift] += factor * coefficient
        }
      }
      add(blocks[last], times: 1, shift: 1)
      add(blocks[last], times: -h[last][last])
      var product: Rational = 1
      for row in stride(from: last - 1, through: 0, by: -1) {
        product = product * h[row + 1][row]
        if product == 0 { break }
        add(blocks[row], times: -(h[row][last] * product))
      }
      blocks.append(Polynomial(sum))
    }
    return blocks[h.count]
  }

  private static func hessenberg(_ matrix: [[Rational]]) -> [[Rational]] {
    var h = matrix
    let size = h.count
    for column in 0..<max(0, size - 2) {
      let target = column + 1
      guard let pivot = (target..<size).first(where: { h[$0][column] != 0 }) else { continue }
      if pivot != target {
        h.swapAt(pivot, target)
        for row in 0..<size { h[row].swapAt(pivot, target) }
      }
      for row in (target + 1)..<size where h[row][column] != 0 {
        let factor = h[row][column] / h[target][column]
        for index in 0..<size { h[row][index] = h[row][index] - factor * h[target][index] }
        for index in 0..<size { h[index][target] += factor * h[index][row] }
      }
    }
    return h
  }

  /// `candidate`, if there is one root of the kind asked for and it is the candidate.
  fileprivate func onlyRoot(if count: Int, _ candidate: Rational) -> Rational? {
    count == 1 && self(candidate) == 0 ? candidate : nil
  }

  /// The rational roots in [0, 1], ascending, up to the first root that is irrational.
  /// Precondition: square-free, all roots in [0, 1], `chain` its Sturm chain.
  fileprivate func rationalRootsInUnitInterval(_ chain: SturmChain) -> [Rational] {
    // A root p/q in lowest terms has q | D, where D times the monic polynomial is integral.
    let monic = scaled(by: leading.reciprocal)
    var limit: Rational = 1
    for coefficient in monic.coefficients {
      limit = limit * (limit * coefficient).denominator
    }
    var roots: [Rational] = []
    for rank in 1...degree {
      guard let root = rationalRoot(rank, chain, largestDenominator: limit) else { break }
      roots.append(root)
    }
    return roots
  }

  /// The root number `rank` from below, if it is rational with a denominator within the limit: a
  /// walk down the Stern–Brocot tree, doubling the stride as long as it keeps to one side.
  private func rationalRoot(
    _ rank: Int, _ chain: SturmChain, largestDenominator: Rational
  ) -> Rational? {
    func side(_ x: Rational) -> Int {  // −1: the root is below x; 0: it is x; 1: above
      let count = chain.rootCount(upTo: x)
      if count < rank { return 1 }
      return count == rank && self(x) == 0 ? 0 : -1
    }
    for end: Rational in [0, 1] where side(end) == 0 { return end }
    var low = (top: Rational(0), bottom: Rational(1))
    var high = (top: Rational(1), bottom: Rational(1))
    var direction = 1
    while true {
      var reach: Rational = 0  // the largest number of steps known to stay on this side
      var stride: Rational = 1
      var isGrowing = true
      let (fixed, moving) = direction > 0 ? (high, low) : (low, high)
      while stride >= 1 {
        let steps = reach + stride
        let bottom = moving.bottom + steps * fixed.bottom
        let x = (moving.top + steps * fixed.top) / bottom
        let place = bottom > largestDenominator ? -direction : side(x)
        if place == 0 { return x }
        if place == direction {
          reach = steps
          stride = isGrowing ? stride * 2 : stride / 2
        } else {
          isGrowing = false
          stride = stride / 2
        }
      }
      let moved = (
        top: moving.top + reach * fixed.top, bottom: moving.bottom + reach * fixed.bottom
      )
      if direction > 0 { low = moved } else { high = moved }
      if low.bottom + high.bottom > largestDenominator { return nil }
      direction = -direction
    }
  }
}
