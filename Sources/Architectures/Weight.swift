import ExactArithmetic

/// A named array of numbers in a stack.
///
/// Names are paths, such as `layers.3.input.matrix`: the layer's position, the part by the name
/// that its type gives it, and `matrix` or `offset` for the parts of an affine map.
public struct Weight: Hashable, Sendable {
  public enum Role: Hashable, Sendable {
    case parameter

    /// Where a state starts. Not counted among the parameters.
    case initialState
  }

  public let name: String

  /// Rows and columns of a matrix; the one length of a vector.
  public let shape: [Int]

  public let role: Role

  /// The numbers; a vector is one column.
  public let values: Matrix

  public subscript(row: Int, column: Int) -> Rational { values[row, column] }
}

/// What walks over the weights of a layer and may change them. Reading and replacing weights are
/// the same walk, so neither can forget one that the other knows.
protocol WeightVisitor {
  mutating func visit(_ weight: Weight) -> Matrix
}

extension WeightVisitor {
  mutating func matrix(_ name: String, _ matrix: Matrix) -> Matrix {
    visit(
      Weight(
        name: name, shape: [matrix.rowCount, matrix.columnCount], role: .parameter,
        values: matrix))
  }

  mutating func vector(
    _ name: String, _ vector: [Rational], role: Weight.Role = .parameter
  ) -> [Rational] {
    let column = Matrix(
      columnCount: 1, rows: vector.map { [Matrix.Entry(column: 0, value: $0)] })
    let visited = visit(
      Weight(name: name, shape: [vector.count], role: role, values: column))
    return visited.rows.map { $0.first?.value ?? 0 }
  }

  mutating func affine(_ name: String, _ map: AffineMap) -> AffineMap {
    let changed = matrix("\(name).matrix", map.matrix)
    return AffineMap(changed, offset: vector("\(name).offset", map.offset))
  }

  mutating func mlp(_ name: String, _ mlp: MLP) -> MLP {
    var maps: [AffineMap] = []
    for (position, map) in mlp.maps.enumerated() {
      maps.append(affine("\(name).\(position)", map))
    }
    return MLP(maps)
  }
}

private struct WeightList: WeightVisitor {
  var weights: [Weight] = []

  mutating func visit(_ weight: Weight) -> Matrix {
    weights.append(weight)
    return weight.values
  }
}

private struct Replacement: WeightVisitor {
  let name: String
  let row: Int
  let column: Int
  let value: Rational
  var isDone = false

  mutating func visit(_ weight: Weight) -> Matrix {
    let values = weight.values
    guard weight.name == name, 0..<values.rowCount ~= row, 0..<values.columnCount ~= column else {
      return values
    }
    isDone = true
    return values.replacing(row: row, column: column, by: value)
  }
}

extension LayerStack {
  private func rebuilt(by visitor: inout some WeightVisitor) -> LayerStack {
    var layers: [Layer] = []
    for (position, layer) in self.layers.enumerated() {
      layers.append(layer.rebuilt(by: &visitor, under: "layers.\(position)"))
    }
    return LayerStack(
      architecture: architecture, inputDimension: inputDimension, embedding: embedding,
      layers: layers, readOut: visitor.affine("readOut", readOut), maximumLength: maximumLength,
      notes: notes)
  }

  /// Every number of the stack, layer by layer, the read-out last. Names are unique.
  public var weights: [Weight] {
    var list = WeightList()
    _ = rebuilt(by: &list)
    return list.weights
  }

  /// The same stack but for one number; nil if there is none of that name and place. Elements of
  /// vectors are in column 0.
  public func replacing(
    _ name: String, row: Int, column: Int = 0, by value: Rational
  ) -> LayerStack? {
    var replacement = Replacement(name: name, row: row, column: column, value: value)
    let changed = rebuilt(by: &replacement)
    return replacement.isDone ? changed : nil
  }
}
