import Architectures
import ExactArithmetic

extension ProgramWriter {
  mutating func mamba(
    _ block: MambaBlock, at layer: Int, reading token: Int
  ) throws(UnfoldingError) -> Int {
    let u = affine(AffineMap(block.input), of: token)
    let x = relu(
      convolved(u, by: block.convolution.depthwiseKernel, offset: block.convolutionBias))
    let opening = relu(affine(AffineMap(block.gate), of: token))
    let cells = try cells(of: block, at: layer, x: x, opening: opening)

    // h of the cells, then Σ_n C_n h_{c,n} + d_c x_c.
    let hidden = advanced(cells, block, x)
    let reading = affine(
      AffineMap(block.reading.rows(cells.map(\.state))), of: x)
    let read = product(reading, hidden)
    var rows = [[Matrix.Entry]](repeating: [], count: block.channelCount)
    for (place, cell) in cells.enumerated() {
      rows[cell.channel].append(Matrix.Entry(column: place, value: 1))
    }
    for (channel, direct) in block.skip.enumerated() {
      rows[channel].append(Matrix.Entry(column: cells.count + channel, value: direct))
    }
    let y = affine(
      AffineMap(Matrix(columnCount: cells.count + block.channelCount, rows: rows)),
      of: concat([read, x]))
    return affine(AffineMap(block.output), of: product(y, opening))
  }

  /// h_{c,n}, for those c and n where it is ever written and read.
  private struct Cell {
    let channel: Int
    let state: Int

    /// Δ_c.
    let size: Rational

    /// Ā_{c,n}^Δ_c.
    let factor: Rational
  }

  /// The cells that remember nothing come last.
  private func cells(
    of block: MambaBlock, at layer: Int, x: Int, opening: Int
  ) throws(UnfoldingError) -> [Cell] {
    let sizes = constants(
      of: block.step.composed(after: AffineMap(block.stepReduction)), at: x)
    let written = constants(of: AffineMap(block.writing), at: x)
    let read = constants(of: AffineMap(block.reading), at: x)
    let isOutput = block.output.occupiedColumns
    var cells: [Cell] = []
    for channel in 0..<block.channelCount where block.statesPerChannel > 0 {
      guard let size = sizes[channel]?.positivePart else {
        throw UnfoldingError(layer: layer, channel: channel, .varyingStepSize)
      }
      var decays = [Rational](repeating: 0, count: block.statesPerChannel)
      for entry in block.decay.row(channel) { decays[entry.column] = entry.value }
      let isUsed =
        isOutput[channel] && constants(of: opening)[channel] != 0
        && constants(of: x)[channel] != 0 && size != 0
      for (state, decay) in decays.enumerated() {
        guard let factor = size == 1 ? decay : decay.power(size) else {
          throw UnfoldingError(layer: layer, channel: channel, .stepSize(size))
        }
        if isUsed && written[state] != 0 && read[state] != 0 {
          cells.append(Cell(channel: channel, state: state, size: size, factor: factor))
        }
      }
    }
    return cells.filter { $0.factor != 0 } + cells.filter { $0.factor == 0 }
  }

  /// h_{c,n} ← Ā_{c,n}^Δ_c h_{c,n} + Δ_c B_n x_c.
  private mutating func advanced(_ cells: [Cell], _ block: MambaBlock, _ x: Int) -> Int {
    let writing = affine(AffineMap(block.writing.rows(cells.map(\.state))), of: x)
    let written = product(writing, selection(cells.map(\.channel), of: x))
    func scaled(_ places: Range<Int>) -> AffineMap {
      AffineMap(
        Matrix(
          columnCount: cells.count,
          rows: places.map { [Matrix.Entry(column: $0, value: cells[$0].size)] }))
    }
    let keptCount = cells.count { $0.factor != 0 }
    let factors = cells[..<keptCount].map(\.factor)
    let kept = state(
      .diagonal(factors), scaled(0..<keptCount), of: written,
      initial: Array(repeating: 0, count: keptCount))
    return concat([kept, affine(scaled(keptCount..<cells.count), of: written)])
  }
}
