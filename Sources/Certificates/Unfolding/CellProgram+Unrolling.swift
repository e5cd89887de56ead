import ExactArithmetic

extension CellProgram {
  /// The program without memory that reads `steps` tokens on top of each other, and whose output is
  /// the outputs after each of them on top of each other. For claims about sequences up to a
  /// maximum length.
  ///
  /// Precondition: `steps` is not negative.
  public func unrolled(
    steps: Int, reading inputDimension: Int
  ) throws(Malformation) -> CellProgram {
    precondition(steps >= 0, "\(steps) steps")
    let dimensions = try dimensions(reading: inputDimension)
    let total = inputDimension.multipliedReportingOverflow(by: steps)
    guard !total.overflow else { throw Malformation(node: nil, .tooWide) }
    var unrolling = Unrolling(
      program: self, inputDimension: inputDimension, tokens: total.partialValue)
    var outputs: [Int] = []
    for step in 0..<steps {
      unrolling.append(step: step, dimensions)
      outputs.append(unrolling.current[output])
    }
    return CellProgram(
      nodes: unrolling.nodes + [.concat(outputs)], initial: [], output: unrolling.nodes.count)
  }
}

private struct Unrolling {
  let program: CellProgram
  let inputDimension: Int

  /// How many numbers all tokens have.
  let tokens: Int

  var nodes: [CellProgram.Node] = [.input]

  /// By node of the program, where its values at the current and the previous step are.
  var current: [Int] = []
  var previous: [Int] = []

  mutating func append(step: Int, _ dimensions: [Int]) {
    previous = current
    current = []
    for (position, node) in program.nodes.enumerated() {
      current.append(place(of: node, at: position, step: step, dimensions))
    }
  }

  private mutating func write(_ node: CellProgram.Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  private mutating func place(
    of node: CellProgram.Node, at position: Int, step: Int, _ dimensions: [Int]
  ) -> Int {
    switch node {
    case .input:
      let range = step * inputDimension..<(step + 1) * inputDimension
      return write(.linear(.selection(of: range, from: tokens), of: 0))
    case .linear(let map, let source): return write(.linear(map, of: current[source]))
    case .relu(let source): return write(.relu(of: current[source]))
    case .concat(let sources): return write(.concat(sources.map { current[$0] }))
    case .multiply(let source): return write(.multiply(of: current[source]))
    case .previous(let source): return remembered(source, step: step)
    case .state(let recurrence, let input, let source):
      let old = remembered(position, step: step)
      let size = input.outputDimension
      let rows = (0..<size).map { row in
        Array(recurrence.row(row))
          + input.matrix.row(row).map { Matrix.Entry(column: size + $0.column, value: $0.value) }
      }
      let map = AffineMap(
        Matrix(columnCount: size + dimensions[source], rows: rows), offset: input.offset)
      return write(.linear(map, of: write(.concat([old, current[source]]))))
    }
  }

  private mutating func remembered(_ node: Int, step: Int) -> Int {
    if step > 0 { return previous[node] }
    let value = program.initialValue(of: node)
    return write(.linear(AffineMap(.zero(value.count, tokens), offset: value), of: 0))
  }
}
