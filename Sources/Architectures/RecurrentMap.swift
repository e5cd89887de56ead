import ExactArithmetic

/// x, h ↦ W x + U h + b: what a gate, a candidate or a recurrent layer computes before its
/// activation function.
///
/// Shapes: x has n elements, h has k; W is k × n, U is k × k, b has k.
///
/// In floats the sum starts at b, takes U's columns, then W's (`Matrix+Layers.swift`).
public struct RecurrentMap: Hashable, Sendable {
  /// x ↦ W x + b.
  public let input: AffineMap

  /// U.
  public let recurrence: Matrix

  public init(input: AffineMap, recurrence: Matrix) {
    let size = input.outputDimension
    precondition(
      recurrence.rowCount == size && recurrence.columnCount == size,
      "a map to \(size) with a \(recurrence.rowCount)×\(recurrence.columnCount) recurrence")
    self.input = input
    self.recurrence = recurrence
  }

  /// x, h ↦ W x + b.
  public init(input: AffineMap) {
    self.init(input: input, recurrence: .zero(input.outputDimension, input.outputDimension))
  }

  /// x, h ↦ `values`, for x of `inputDimension`.
  public static func constant(_ values: [Rational], reading inputDimension: Int) -> RecurrentMap {
    RecurrentMap(input: AffineMap(.zero(values.count, inputDimension), offset: values))
  }

  public var inputDimension: Int { input.inputDimension }

  /// k.
  public var size: Int { input.outputDimension }

  @inlinable
  func applied<Number: PowerScalar>(to token: [Number], _ hidden: [Number]) -> [Number] {
    var sums = input.offset.map(Number.init(nearest:))
    recurrence.add(hidden, to: &sums)
    input.matrix.add(token, to: &sums)
    return sums
  }
}

extension RecurrentMap {
  func rebuilt(by visitor: inout some WeightVisitor, under name: String) -> RecurrentMap {
    RecurrentMap(
      input: visitor.affine("\(name).input", input),
      recurrence: visitor.matrix("\(name).recurrence", recurrence))
  }
}
