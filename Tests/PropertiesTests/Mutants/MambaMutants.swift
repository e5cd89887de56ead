import Architectures
import ExactArithmetic

extension Mutant {
  static let wrongMambas: [Mutant] = [
    .mamba("taps-reversed", "the convolution's lags in the order of the libraries") { stack in
      stack.mapped { block in
        block.with(convolution: block.convolution.columnsReversed)
      }
    },
    .mamba("skip-counted-twice", "d = 1 beside a state that already passes x on") { stack in
      stack.mapped { block in block.with(skip: block.skip.map { _ in 1 }) }
    },
    .mamba("minus-lost", "the negative halves are added") { stack in
      stack.mapped { block in block.with(output: block.output.withEntries { $0.magnitude }) }
    },
    .mamba("never-forgets", "Ā = 1 in every channel") { stack in
      stack.mapped { block in
        let (rows, columns) = (block.decay.rowCount, block.decay.columnCount)
        return block.with(
          decay: Matrix(dense: Array(repeating: Array(repeating: 1, count: columns), count: rows)))
      }
    },
    .mamba("gate-reads-input", "z = u: p ⊙ p in the place of p ⊙ q") { stack in
      stack.mapped { block in block.with(gate: block.input) }
    },
    .mamba("initial-state-lost", "s₀ is not added behind the block") { stack in
      LayerStack(
        architecture: stack.architecture, inputDimension: stack.inputDimension,
        embedding: stack.embedding, layers: stack.layers,
        readOut: AffineMap(stack.readOut.matrix))
    },
  ]
}

extension LayerStack {
  fileprivate func mapped(_ change: (MambaBlock) -> MambaBlock) -> LayerStack {
    let changed = layers.map { layer -> Layer in
      guard case .mamba(let block) = layer else { return layer }
      return .mamba(change(block))
    }
    return LayerStack(
      architecture: architecture, inputDimension: inputDimension, embedding: embedding,
      layers: changed, readOut: readOut, maximumLength: maximumLength)
  }
}

extension MambaBlock {
  fileprivate func with(
    gate: Matrix? = nil, convolution: Matrix? = nil, decay: Matrix? = nil,
    skip: [Rational]? = nil, output: Matrix? = nil
  ) -> MambaBlock {
    MambaBlock(
      input: input, gate: gate ?? self.gate, convolution: convolution ?? self.convolution,
      convolutionBias: convolutionBias, stepReduction: stepReduction, step: step,
      writing: writing, reading: reading, decay: decay ?? self.decay, skip: skip ?? self.skip,
      output: output ?? self.output)
  }
}

extension Matrix {
  fileprivate var columnsReversed: Matrix {
    Matrix(
      columnCount: columnCount,
      rows: rows.map { row in
        row.reversed().map { Entry(column: columnCount - 1 - $0.column, value: $0.value) }
      })
  }
}
