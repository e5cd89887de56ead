import ExactArithmetic

extension ProgramWriter {
  /// β + Σ_i K_i u_{t−i}, with u = 0 before the first token. Keeps of older values only what some
  /// matrix reads.
  mutating func convolved(_ current: Int, by kernel: [Matrix], offset: [Rational]) -> Int {
    guard let reach = kernel.lastIndex(where: { $0.nonzeroCount > 0 }) else {
      return constant(offset)
    }
    let channelCount = dimension(of: current)
    var lag = current
    var channels = Array(0..<channelCount)
    var parts = [current]
    var columns = [channels.map(Optional.init)]
    for age in 0..<reach {
      let read = ProgramWriter.columnsRead(by: kernel[(age + 1)...reach])
      let kept = channels.filter { read[$0] }
      if kept != channels {
        lag = selection(channels.indices.filter { read[channels[$0]] }, of: lag)
      }
      let silence = [Rational](repeating: 0, count: kept.count)
      let old = previous(silence)
      remember(lag, as: old, initial: silence)
      (lag, channels) = (old, kept)
      var places = [Int?](repeating: nil, count: channelCount)
      for (place, channel) in kept.enumerated() { places[channel] = place }
      parts.append(old)
      columns.append(places)
    }

    var starts = [0]
    for part in parts { starts.append((starts.last ?? 0) + dimension(of: part)) }
    let rows = offset.indices.map { row in
      (0...reach).flatMap { age in
        kernel[age].row(row).compactMap { entry in
          columns[age][entry.column].map {
            Matrix.Entry(column: starts[age] + $0, value: entry.value)
          }
        }
      }
    }
    let map = AffineMap(
      Matrix(columnCount: starts[parts.count], rows: rows), offset: offset)
    return affine(map, of: concat(parts))
  }

  private static func columnsRead(by matrices: ArraySlice<Matrix>) -> [Bool] {
    let columnCount = matrices.first?.columnCount ?? 0
    return matrices.reduce(into: [Bool](repeating: false, count: columnCount)) { read, matrix in
      for (column, isOccupied) in matrix.occupiedColumns.enumerated() where isOccupied {
        read[column] = true
      }
    }
  }
}

extension Matrix {
  /// The columns of weights by channel and lag, each as a diagonal matrix of its own.
  var depthwiseKernel: [Matrix] {
    var diagonals = [[Rational]](
      repeating: Array(repeating: 0, count: rowCount), count: columnCount)
    for (channel, row) in rows.enumerated() {
      for entry in row { diagonals[entry.column][channel] = entry.value }
    }
    return diagonals.map(Matrix.diagonal)
  }
}
