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
    return try unrolled(steps: steps, reading: inputDimension, remembers: false)
  }

  /// The program that reads `steps` tokens on top of each other at a time, and whose output is the
  /// outputs after each of them on top of each other. Two programs that are equal so, in all blocks,
  /// are equal: each output depends only on tokens before it, and every sequence is the beginning of
  /// a sequence of whole blocks. For claims that take more than one step to see.
  ///
  /// Precondition: `steps` is positive.
  public func inBlocks(
    of steps: Int, reading inputDimension: Int
  ) throws(Malformation) -> CellProgram {
    precondition(steps > 0, "blocks of \(steps) steps")
    return try unrolled(steps: steps, reading: inputDimension, remembers: true)
  }

  private func unrolled(
    steps: Int, reading inputDimension: Int, remembers: Bool
  ) throws(Malformation) -> CellProgram {
    let dimensions = try dimensions(reading: inputDimension)
    let total = inputDimension.multipliedReportingOverflow(by: steps)
    guard !total.overflow else { throw Malformation(node: nil, .tooWide) }
    var unrolling = Unrolling(
      program: self, inputDimension: inputDimension, tokens: total.partialValue,
      remembers: remembers)
    var outputs: [Int] = []
    for step in 0..<steps {
      unrolling.append(step: step, dimensions)
      outputs.append(unrolling.current[output])
    }
    unrolling.nodes.append(.concat(outputs))
    let output = unrolling.nodes.count - 1
    unrolling.remember()
    return CellProgram(nodes: unrolling.nodes, initial: unrolling.initial, output: output)
  }
}

private struct Unrolling {
  let program: CellProgram
  let inputDimension: Int

  /// How many numbers all tokens have.
  let tokens: Int

  /// Whether the first step looks back at the last one of the block before; if not, it is the first
  /// of all.
  let remembers: Bool

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

  /// By node of the program, where the first step looks back at it.
  private var lookingBack: [Int: Int] = [:]

  /// What the nodes remember.
  private(set) var initial: [[Rational]] = []

  init(program: CellProgram, inputDimension: Int, tokens: Int, remembers: Bool) {
    self.program = program
    self.inputDimension = inputDimension
    self.tokens = tokens
    self.remembers = remembers
  }

  /// Makes the first step look back at the last.
  mutating func remember() {
    for (node, place) in lookingBack.sorted(by: { $0.key < $1.key }) {
      let value = program.initialValue(of: node)
      var last = current[node]
      initial += Array(repeating: [], count: nodes.count - initial.count)
      if !initial[last].isEmpty && initial[last] != value {
        // Two nodes of the program stand in one place here, but began with other values.
        last = write(.linear(.identity(value.count), of: last))
        initial.append([])
      }
      initial[last] = value
      nodes[place] = .previous(of: last)
    }
  }

  private mutating func remembered(_ node: Int, step: Int) -> Int {
    if step > 0 { return previous[node] }
    if remembers {
      if let place = lookingBack[node] { return place }
      lookingBack[node] = write(.previous(of: 0))
      return nodes.count - 1
    }
    let value = program.initialValue(of: node)
    return write(.linear(AffineMap(.zero(value.count, tokens), offset: value), of: 0))
  }
}
