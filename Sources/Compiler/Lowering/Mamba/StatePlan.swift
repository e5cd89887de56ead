import ExactArithmetic

/// How a component of a state, s ← A s + w from s = 0, is computed by stages of channels that
/// convolve and decay. Stage by stage, each signal is a sum of terms
///
///     h ← decay · h + (row · signals of the stage before, `lag` tokens ago)
///
/// The first stage reads w; s is `readOut` times the signals of the last stage.
struct StatePlan: Hashable {
  struct Term: Hashable {
    let row: [Matrix.Entry]
    let lag: Int
    let decay: Rational
  }

  /// By signal, its terms.
  var stages: [[[Term]]]
  var readOut: Matrix

  /// What a channel's convolution reaches back to.
  static let longestLag = 3

  /// Nil if it takes more than `limit` signals. Precondition: `component` is not beyond decaying
  /// channels.
  init?(for component: StateComponent, limit: Int) {
    let size = component.matrix.rowCount
    switch component.kind {
    case .nilpotent(let index):
      guard let powers = StatePlan.powers(of: component.matrix, upTo: index - 1, limit: limit)
      else { return nil }
      self.init(powers: powers, dimension: size)
    case .triangular:
      self.init(triangle: component.matrix, entering: .identity(size), limit: limit)
    case .triangularisable(let basis):
      let triangle = basis.inverse.multiplied(by: component.matrix).multiplied(by: basis.matrix)
      self.init(triangle: triangle, entering: basis.inverse, limit: limit)
      readOut = basis.matrix.multiplied(by: readOut)
    case .beyond:
      preconditionFailure("no plan for a state that does not decay")
    }
  }

  /// Any matrix, right for sequences of up to `length` tokens: the convolution by Aⁱ, i < length.
  /// Nil if the powers are too many or too large, or it takes more than `limit` signals.
  init?(unrolling matrix: Matrix, toLength length: Int, limit: Int) {
    guard length <= LoweringOptions.longestBound,
      let powers = StatePlan.powers(of: matrix, upTo: max(1, length) - 1, limit: limit)
    else { return nil }
    self.init(powers: powers, dimension: matrix.rowCount)
  }
}

// MARK: - Powers

extension StatePlan {
  /// A, A², …: at least as many as `count`, and as many as fill the stages.
  private static func powers(of matrix: Matrix, upTo count: Int, limit: Int) -> [Matrix]? {
    let stages = max(1, (count + longestLag - 1) / longestLag)
    guard stages * 2 * matrix.rowCount <= limit else { return nil }
    var powers = MatrixPowers(of: matrix)
    var list: [Matrix] = []
    for _ in 0..<stages * longestLag {
      guard let power = powers.next() else { return nil }
      list.append(power)
    }
    return list
  }

  /// s = Σᵢ Aⁱ w_{t−i}, three powers a stage. Between stages pass the sum so far, and w delayed by
  /// three tokens more.
  private init(powers: [Matrix], dimension: Int) {
    stages = []
    let count = powers.count / StatePlan.longestLag
    // Coordinates of the delayed w that stage l and those after it still read.
    var isRead = [Set<Int>](repeating: [], count: count + 1)
    for stage in (1..<max(1, count)).reversed() {
      isRead[stage] = isRead[stage + 1]
      for power in powers[stage * StatePlan.longestLag..<(stage + 1) * StatePlan.longestLag] {
        for row in power.rows { isRead[stage].formUnion(row.lazy.map(\.column)) }
      }
    }
    var delayed = Array(0..<dimension)
    for stage in 0..<count {
      let shift = stage == 0 ? 0 : dimension
      var place: [Int: Int] = [:]
      for (position, coordinate) in delayed.enumerated() { place[coordinate] = shift + position }
      func terms(_ row: ArraySlice<Matrix.Entry>, lag: Int) -> [Term] {
        let read = row.compactMap { entry in
          place[entry.column].map { Matrix.Entry(column: $0, value: entry.value) }
        }
        return read.isEmpty ? [] : [Term(row: read, lag: lag, decay: 0)]
      }
      var signals = (0..<dimension).map { coordinate in
        let sum = [Term(row: [.init(column: coordinate, value: 1)], lag: 0, decay: 0)]
        return (1...StatePlan.longestLag).reduce(into: sum) { sum, lag in
          let power = powers[stage * StatePlan.longestLag + lag - 1]
          sum += terms(power.row(coordinate), lag: lag)
        }
      }
      let next = isRead[stage + 1].sorted()
      signals += next.map { coordinate in
        terms([.init(column: coordinate, value: 1)], lag: StatePlan.longestLag)
      }
      stages.append(signals)
      delayed = next
    }
    readOut = .identity(dimension)
  }
}

// MARK: - Triangles

extension StatePlan {
  /// r ← T r + P⁻¹ w for a triangular T, level by level: a coordinate decays by its diagonal entry
  /// and reads what it needs of w, and of lower levels one token ago. Between stages pass the
  /// coordinates of P⁻¹ w that higher levels wait for.
  private init?(triangle: Matrix, entering inverse: Matrix, limit: Int) {
    stages = []
    let levels = triangle.levels
    let top = levels.max() ?? 0
    guard (top + 1) * triangle.rowCount <= limit else { return nil }
    var waiting: [Int: [Matrix.Entry]] = [:]
    for coordinate in 0..<triangle.rowCount {
      waiting[coordinate] = Array(inverse.row(coordinate))
    }
    var done: [Int] = []
    var place: [Int: Int] = [:]
    for level in 0...top {
      let later = levels.indices.filter { levels[$0] > level }
      let current = levels.indices.filter { levels[$0] == level }
      var signals = later.map { [Term(row: waiting[$0] ?? [], lag: 0, decay: 0)] }
      for coordinate in done {
        let column = place[coordinate] ?? 0
        signals.append([Term(row: [.init(column: column, value: 1)], lag: 0, decay: 0)])
      }
      for coordinate in current {
        var decay: Rational = 0
        var read: [Matrix.Entry] = []
        for entry in triangle.row(coordinate) {
          if entry.column == coordinate {
            decay = entry.value
          } else if let column = place[entry.column] {
            read.append(Matrix.Entry(column: column, value: entry.value))
          }
        }
        read.sort { $0.column < $1.column }
        var terms = [Term(row: waiting[coordinate] ?? [], lag: 0, decay: decay)]
        if !read.isEmpty { terms.append(Term(row: read, lag: 1, decay: decay)) }
        signals.append(terms)
      }
      stages.append(signals)
      done += current
      for (position, coordinate) in later.enumerated() {
        waiting[coordinate] = [.init(column: position, value: 1)]
      }
      for (position, coordinate) in done.enumerated() { place[coordinate] = later.count + position }
    }
    readOut = Matrix(
      columnCount: done.count,
      rows: (0..<triangle.rowCount).map { [.init(column: place[$0] ?? 0, value: 1)] })
  }

  /// How many signals stage number `stage` reads.
  func width(before stage: Int) -> Int {
    stage == 0 ? readOut.rowCount : stages[stage - 1].count
  }

  /// How many signals there are, over all stages.
  var signalCount: Int { stages.reduce(0) { $0 + $1.count } }

  /// As many stages as `count`: the last signals pass through those added.
  mutating func pad(to count: Int) {
    let width = readOut.columnCount
    while stages.count < count {
      stages.append(
        (0..<width).map { [Term(row: [.init(column: $0, value: 1)], lag: 0, decay: 0)] })
    }
  }
}
