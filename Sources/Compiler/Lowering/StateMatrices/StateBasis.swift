import ExactArithmetic

extension StateBasis {
  /// A basis in which `block` is triangular with as few levels as any: for each eigenvalue λ, the
  /// kernels of (A − λ)ʲ, each extending the one before. (A − λ) maps each into the one before, so
  /// in this basis a coordinate reads only those of a higher kernel, and the levels are as many as
  /// the largest Jordan block is large.
  ///
  /// Precondition: the eigenvalues are all there are, each once.
  static func jordan(of block: Matrix, eigenvalues: [Rational]) -> StateBasis {
    let size = block.rowCount
    var columns: [[Rational]] = []
    for eigenvalue in eigenvalues {
      let shifted = block.shifted(by: eigenvalue)
      var power = shifted
      var kernel = Independent()
      while true {
        let before = kernel.vectors.count
        for vector in power.dense.kernel(size) { kernel.insert(vector) }
        if kernel.vectors.count == before { break }
        power = power.multiplied(by: shifted)
      }
      columns += kernel.vectors
    }
    precondition(columns.count == size, "\(columns.count) generalised eigenvectors of \(size)")
    let rows = (0..<size).map { row in columns.map { $0[row] } }
    return StateBasis(matrix: Matrix(dense: rows), inverse: Matrix(dense: rows.inverse))
  }

  /// The given bases on their blocks, the identity elsewhere.
  static func joined(_ parts: [(block: [Int], basis: StateBasis)], _ size: Int) -> StateBasis {
    func join(_ part: (StateBasis) -> Matrix) -> Matrix {
      var rows = (0..<size).map { [Matrix.Entry(column: $0, value: 1)] }
      for (block, basis) in parts {
        for (place, row) in part(basis).rows.enumerated() {
          rows[block[place]] = row.map { Matrix.Entry(column: block[$0.column], value: $0.value) }
        }
      }
      return Matrix(columnCount: size, rows: rows)
    }
    return StateBasis(matrix: join(\.matrix), inverse: join(\.inverse))
  }
}

/// Vectors of which none is a combination of those before.
private struct Independent {
  private(set) var vectors: [[Rational]] = []

  /// The same space, reduced: the pivot of each is 1 and zero in those inserted later.
  private var reduced: [(pivot: Int, vector: [Rational])] = []

  /// Keeps `vector` if it is independent of those before.
  mutating func insert(_ vector: [Rational]) {
    var rest = vector
    for (pivot, row) in reduced where rest[pivot] != 0 {
      let factor = rest[pivot]
      for index in rest.indices { rest[index] = rest[index] - factor * row[index] }
    }
    guard let pivot = rest.firstIndex(where: { $0 != 0 }) else { return }
    let scale = rest[pivot].reciprocal
    reduced.append((pivot, rest.map { $0 * scale }))
    vectors.append(vector)
  }
}

extension Matrix {
  /// Row by row, zeros included.
  var dense: [[Rational]] {
    rows.map { row in
      var numbers = [Rational](repeating: 0, count: columnCount)
      for entry in row { numbers[entry.column] = entry.value }
      return numbers
    }
  }

  /// self − λ I.
  fileprivate func shifted(by eigenvalue: Rational) -> Matrix {
    var numbers = dense
    for index in numbers.indices { numbers[index][index] = numbers[index][index] - eigenvalue }
    return Matrix(dense: numbers)
  }
}

extension [[Rational]] {
  /// Gauss–Jordan elimination in the first `columns` columns. Returns the pivot columns; row i then
  /// has a 1 in the i-th of them, where all other rows have 0.
  fileprivate mutating func reduce(columns: Int) -> [Int] {
    var pivots: [Int] = []
    for column in 0..<columns {
      guard let row = (pivots.count..<count).first(where: { self[$0][column] != 0 }) else {
        continue
      }
      let target = pivots.count
      swapAt(row, target)
      let scale = self[target][column].reciprocal
      self[target] = self[target].map { $0 * scale }
      let pivotRow = self[target]
      for other in indices where other != target && self[other][column] != 0 {
        let factor = self[other][column]
        for index in pivotRow.indices where pivotRow[index] != 0 {
          self[other][index] = self[other][index] - factor * pivotRow[index]
        }
      }
      pivots.append(column)
    }
    return pivots
  }

  /// A basis of the vectors that are mapped to zero, for rows of `size` numbers.
  fileprivate func kernel(_ size: Int) -> [[Rational]] {
    var rows = self
    let pivots = rows.reduce(columns: size)
    return (0..<size).filter { !pivots.contains($0) }.map { free in
      var vector = [Rational](repeating: 0, count: size)
      vector[free] = 1
      for (row, pivot) in pivots.enumerated() { vector[pivot] = -rows[row][free] }
      return vector
    }
  }

  /// Precondition: square and invertible.
  fileprivate var inverse: [[Rational]] {
    var rows = enumerated().map { position, row in
      row + indices.map { $0 == position ? 1 : 0 }
    }
    let pivots = rows.reduce(columns: count)
    precondition(pivots.count == count, "a basis that is not independent")
    return rows.map { Array<Rational>($0[count...]) }
  }
}
