import Architectures
import ExactArithmetic

extension ProgramWriter {
  /// h ← σ(W x + U h + b).
  mutating func hidden(
    _ map: RecurrentMap, _ initial: [Rational], reading token: Int
  ) -> Int {
    let old = previous(initial)
    let hidden = relu(affine(map.joined, of: concat([token, old])))
    return remember(hidden, as: old, initial: initial)
  }

  mutating func lstm(_ layer: LSTMLayer, reading token: Int) -> Int {
    let hidden = previous(layer.initialHidden)
    let cell = previous(layer.initialCell)
    let read = concat([token, hidden])
    let forget = relu(affine(layer.forget.joined, of: read))
    let input = relu(affine(layer.input.joined, of: read))
    let output = relu(affine(layer.output.joined, of: read))
    let candidate = relu(affine(layer.candidate.joined, of: read))
    let kept = product(forget, cell)
    let next = remember(
      sum(kept, product(input, candidate)), as: cell, initial: layer.initialCell)
    return remember(product(output, relu(next)), as: hidden, initial: layer.initialHidden)
  }

  mutating func gru(_ layer: GRULayer, reading token: Int) -> Int {
    let hidden = previous(layer.initial)
    let read = concat([token, hidden])
    let update = relu(affine(layer.update.joined, of: read))
    let reset = relu(affine(layer.reset.joined, of: read))
    let seen = concat([token, product(reset, hidden)])
    let candidate = relu(affine(layer.candidate.joined, of: seen))
    let next = sum(product(complement(of: update), hidden), product(update, candidate))
    return remember(next, as: hidden, initial: layer.initial)
  }

  mutating func gruResetAfter(_ layer: GRUResetAfterLayer, reading token: Int) -> Int {
    let hidden = previous(layer.initial)
    let read = concat([token, hidden])
    let update = relu(affine(layer.update.joined, of: read))
    let reset = relu(affine(layer.reset.joined, of: read))
    let remembered = affine(layer.candidateState, of: hidden)
    let seen = product(reset, remembered)
    let candidate = relu(sum(affine(layer.candidateInput, of: token), seen))
    let next = sum(product(complement(of: update), candidate), product(update, hidden))
    return remember(next, as: hidden, initial: layer.initial)
  }

  /// 1 − z.
  private mutating func complement(of node: Int) -> Int {
    let size = dimension(of: node)
    return affine(
      AffineMap(-.identity(size), offset: Array(repeating: 1, count: size)), of: node)
  }
}

extension RecurrentMap {
  /// [x; h] ↦ W x + U h + b.
  fileprivate var joined: AffineMap {
    let columns = inputDimension + size
    let rows = (0..<size).map { row in
      Array(input.matrix.row(row))
        + recurrence.row(row).map {
          Matrix.Entry(column: inputDimension + $0.column, value: $0.value)
        }
    }
    return AffineMap(Matrix(columnCount: columns, rows: rows), offset: input.offset)
  }
}
