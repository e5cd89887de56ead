import ExactArithmetic
import LSRL
import PropertyTesting

extension Generator where Value == ProgramCase {
  /// Small programs whose weights are short dyadic numbers of very different sizes, so that sums
  /// lose bits in short formats and cancel; tokens on a grid. Simplest: the Input alone, one token.
  static let gridPrograms = Generator<ProgramCase> { choices in
    var sketch = GridSketch(&choices)
    while choices.another(after: sketch.nodeCount, average: 5, limit: GridSketch.largestNodeCount) {
      sketch.addNode(&choices)
    }
    let dimension = sketch.dimension
    let step = choices.element(of: [1, Rational(1, 4), 4])
    let bound = choices.element(of: [3, 1, 15, 100])
    let token = Generator<[Rational]> { choices in
      (0..<dimension).map { _ in choices.whole(from: -bound, to: bound) * step }
    }
    let first = token(&choices)
    let tokens = [first] + token.list(average: 3, limit: 7)(&choices)
    return ProgramCase(program: sketch.finish(), tokens: tokens)
  }
}

/// A program under construction; every node reads earlier ones.
private struct GridSketch {
  static let largestNodeCount = 10

  private var builder = ProgramBuilder()
  private var wires: [Wire] = []

  /// How often its largest factor has been multiplied.
  private var degrees = [1]
  let dimension: Int

  var nodeCount: Int { wires.count }

  private enum Kind: CaseIterable { case linear, relu, step, concat, multiply, linState, detour }

  init(_ choices: inout Choices) {
    dimension = 1 + choices.index(below: 3)
    let dimension = dimension
    wires = [build { builder throws(BuildError) in try builder.Input(dim: dimension) }]
  }

  mutating func addNode(_ choices: inout Choices) {
    let kind = choices.element(of: Kind.allCases)
    let source = recentNode(&choices)
    let x = wires[source]
    switch kind {
    case .linear:
      let map = choices.dyadicMap(x.dimension, to: 1 + choices.index(below: 3))
      append(source) { builder throws(BuildError) in try builder.Linear(x, map) }
    case .relu: append(source) { builder throws(BuildError) in try builder.ReLU(x) }
    case .step:
      let mu: Rational = choices.element(of: [1, 2, 8, 1000])
      append(source) { builder throws(BuildError) in try builder.f_step(x, mu: mu) }
    case .concat:
      let other = recentNode(&choices)
      let y = wires[other]
      guard x.dimension + y.dimension <= 8 else { return }
      append(degrees[source] > degrees[other] ? source : other) { builder throws(BuildError) in
        try builder.Concat([x, y])
      }
    case .multiply:
      let other = recentNode(&choices)
      let factor = wires[other].dimension == x.dimension ? other : source
      let degree = degrees[source] + degrees[factor]
      guard degree <= 4, x.dimension <= 4 else { return }
      let y = wires[factor]
      append(source) { builder throws(BuildError) in try builder.Multi(builder.Concat([x, y])) }
      degrees[wires.count - 1] = degree
    case .detour: addDetour(source, &choices)
    case .linState:
      let size = 1 + choices.index(below: 2)
      let recurrence = choices.matrix(size, size) { row, column, _ in row <= column ? 1 : 0 }
      let map = choices.dyadicMap(x.dimension, to: size)
      append(source) { builder throws(BuildError) in
        try builder.LinState(x, A: recurrence, B: map.matrix, b: map.offset)
      }
    }
  }

  /// x, with c y added and taken away again, in some order.
  private mutating func addDetour(_ source: Int, _ choices: inout Choices) {
    let other = recentNode(&choices)
    let c = choices.element(of: [256, 16, 4096, 3] as [Rational])
    let place = choices.index(below: 3)
    var parts = [(wires[other], c), (wires[other], -c)]
    parts.insert((wires[source], 1), at: place)
    let wiresInOrder = parts.map(\.0)
    let row = parts.flatMap { wire, factor in
      (0..<wire.dimension).map { $0 == 0 ? factor : 0 }
    }
    guard row.count <= 16 else { return }
    append(degrees[source] > degrees[other] ? source : other) { builder throws(BuildError) in
      try builder.Linear(builder.Concat(wiresInOrder), A: Matrix(dense: [row]))
    }
  }

  private func recentNode(_ choices: inout Choices) -> Int {
    wires.count - 1 - choices.index(below: min(3, wires.count))
  }

  private mutating func append(
    _ source: Int, _ make: (inout ProgramBuilder) throws(BuildError) -> Wire
  ) {
    wires.append(build(make))
    degrees.append(degrees[source])
  }

  private mutating func build(
    _ make: (inout ProgramBuilder) throws(BuildError) -> Wire
  ) -> Wire {
    do {
      return try make(&builder)
    } catch {
      preconditionFailure("the generator asked for an impossible node: \(error)")
    }
  }

  mutating func finish() -> Program {
    let last = wires[wires.count - 1]
    do {
      return try builder.finish(returning: last).program
    } catch {
      preconditionFailure("the generator built an ill-formed program: \(error)")
    }
  }
}

extension Choices {
  /// Whole numbers and halves, and some that push them out of short formats.
  private static let dyadics: [Rational: Rational] = [
    5: 256, -3: -256, -2: -16, Rational(1, 3): 16,
  ]

  fileprivate mutating func dyadicMap(_ dimension: Int, to size: Int) -> AffineMap {
    let rows = matrix(size, dimension) { _, _, number in Choices.dyadics[number] ?? number }
    let offset = vector(size).map { Choices.dyadics[$0] ?? $0 }
    return AffineMap(rows, offset: offset)
  }
}
