import Architectures
import ExactArithmetic

// The cells, in the order of operations of their equations; ReLU for every gate.

extension TapeBuilder {
  mutating func apply(_ layer: RNNLayer, to x: Tape.Source) -> Tape.Source {
    let hidden = memory(layer.initial)
    let next = relu(apply(layer.map, to: x, hidden))
    keep(next, in: hidden)
    return next
  }

  mutating func apply(_ layer: GatedRNNLayer, to x: Tape.Source) -> Tape.Source {
    let state = memory(layer.initial)
    let next = relu(apply(layer.map, to: x, state))
    keep(next, in: state)
    return multiply(apply(layer.gate, to: x), apply(layer.output, to: next))
  }

  mutating func apply(_ layer: LSTMLayer, to x: Tape.Source) -> Tape.Source {
    let hidden = memory(layer.initialHidden)
    let cell = memory(layer.initialCell)
    let f = relu(apply(layer.forget, to: x, hidden))
    let i = relu(apply(layer.input, to: x, hidden))
    let o = relu(apply(layer.output, to: x, hidden))
    let g = relu(apply(layer.candidate, to: x, hidden))
    let next = sum(multiply(f, cell), multiply(i, g))
    keep(next, in: cell)
    let shown = multiply(o, relu(next))
    keep(shown, in: hidden)
    return shown
  }

  mutating func apply(_ layer: GRULayer, to x: Tape.Source) -> Tape.Source {
    let hidden = memory(layer.initial)
    let z = relu(apply(layer.update, to: x, hidden))
    let r = relu(apply(layer.reset, to: x, hidden))
    let n = relu(apply(layer.candidate, to: x, multiply(r, hidden)))
    let next = sum(multiply(complement(z), hidden), multiply(z, n))
    keep(next, in: hidden)
    return next
  }

  mutating func apply(_ layer: GRUResetAfterLayer, to x: Tape.Source) -> Tape.Source {
    let hidden = memory(layer.initial)
    let z = relu(apply(layer.update, to: x, hidden))
    let r = relu(apply(layer.reset, to: x, hidden))
    let read = affine(layer.candidateInput, x)
    let remembered = affine(layer.candidateState, hidden)
    let n = relu(sum(read, multiply(r, remembered)))
    let next = sum(multiply(complement(z), n), multiply(z, hidden))
    keep(next, in: hidden)
    return next
  }

  /// W x + U h + b, U's columns first.
  private mutating func apply(
    _ map: RecurrentMap, to x: Tape.Source, _ hidden: Tape.Source
  ) -> Tape.Source {
    let size = map.size
    let rows = (0..<size).map { row in
      map.recurrence.row(row)
        + map.input.matrix.row(row).map {
          Matrix.Entry(column: size + $0.column, value: $0.value)
        }
    }
    let matrix = Matrix(columnCount: size + map.inputDimension, rows: rows.map(Array.init))
    return affine(
      AffineMap(matrix, offset: map.input.offset), Tape.Source(stacking: [hidden, x]))
  }

  /// 1 − z.
  private mutating func complement(_ z: Tape.Source) -> Tape.Source {
    affine(
      AffineMap(
        .diagonal(Array(repeating: -1, count: z.count)),
        offset: Array(repeating: 1, count: z.count)), z)
  }
}
