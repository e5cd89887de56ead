import Architectures
import Certificates
import ExactArithmetic

// Products in GRUs, as the lowering has them: two units, whose difference is the product.

extension Example {
  private static func gru(
    update: AffineMap, reset: AffineMap, candidate: AffineMap, seeing recurrence: Matrix,
    readOut: Matrix
  ) throws -> CellProgram {
    try CellProgram(
      LayerStack(
        architecture: .gru, inputDimension: 2,
        layers: [
          .gru(
            GRULayer(
              update: RecurrentMap(input: update), reset: RecurrentMap(input: reset),
              candidate: RecurrentMap(input: candidate, recurrence: recurrence), initial: [0, 0]))
        ],
        readOut: AffineMap(readOut)))
  }

  /// Nothing is known of what the target remembers but that it is not negative.
  private static func certificate(_ target: CellProgram, _ inputs: [Interval]) -> Certificate {
    Certificate(
      inputBounds: inputs, source: product, target: target, reads: [], coupling: passing,
      links: [],
      targetBounds: target.initial.map { $0.map { _ in .nonnegative } })
  }

  /// h ← h + x y and κ ← h, for x, y ≥ 0: the product is h − κ.
  static func accumulatingProduct() throws -> Certificate {
    let target = try gru(
      update: AffineMap([[1, 0], [0, 0]], offset: [0, 1]),
      reset: AffineMap([[0, 0], [0, 0]], offset: [1, 1]),
      candidate: AffineMap([[0, 1], [0, 0]]), seeing: [[1, 0], [1, 0]], readOut: [[1, -1]])
    return certificate(target, [.nonnegative, .nonnegative])
  }

  /// h ← (1 − g) h + g y and κ ← (1 − g) h with g = x/3, for 0 ≤ x ≤ 3 and y ≥ 0: the product is
  /// 3 (h − κ).
  static func boundedProduct(upTo largest: Rational = 3) throws -> Certificate {
    let third = Rational(1, 3)
    let target = try gru(
      update: AffineMap([[third, 0], [0, 0]], offset: [0, 1]),
      reset: AffineMap([[-third, 0], [0, 0]], offset: [1, 1]),
      candidate: AffineMap([[0, 1], [0, 0]]), seeing: [[0, 0], [1, 0]], readOut: [[3, -3]])
    return certificate(target, [Interval(0, largest), .nonnegative])
  }

  /// As `boundedProduct`, with the gate ReLU(−x)/3 for x from −3 to 3: how a product of signed
  /// numbers has it.
  static func boundedNegativeProduct(from least: Rational = -3) throws -> Certificate {
    let third = Rational(1, 3)
    let parts = AffineMap([[-1, 0], [0, 1]])
    let zero = Matrix.zero(2, 2)
    let rectifying = GRULayer(
      update: .constant([1, 1], reading: 2), reset: .constant([1, 1], reading: 2),
      candidate: RecurrentMap(input: parts, recurrence: zero), initial: [0, 0])
    let multiplying = GRULayer(
      update: RecurrentMap(input: AffineMap([[third, 0], [0, 0]], offset: [0, 1])),
      reset: RecurrentMap(input: AffineMap([[-third, 0], [0, 0]], offset: [1, 1])),
      candidate: RecurrentMap(
        input: AffineMap([[0, 1], [0, 0]]), recurrence: [[0, 0], [1, 0]]),
      initial: [0, 0])
    let target = try CellProgram(
      LayerStack(
        architecture: .gru, inputDimension: 2, layers: [.gru(rectifying), .gru(multiplying)],
        readOut: AffineMap([[3, -3]])))
    var certificate = certificate(target, [Interval(least, 3), .everything])
    certificate.source = CellProgram(
      nodes: [.input, .linear(parts, of: 0), .relu(of: 1), .multiply(of: 2)], initial: [],
      output: 3)
    return certificate
  }
}
